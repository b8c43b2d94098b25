"""What the letters of a municipality say of who decides, by the day."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("zones", "0007_court_and_policy_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="MunicipalAuthority",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which it no longer applies.",
                        null=True,
                        verbose_name="valid until",
                    ),
                ),
                (
                    "authority_nl",
                    models.CharField(
                        help_text="In whose name the letters decide.",
                        max_length=200,
                        verbose_name="authority, in Dutch",
                    ),
                ),
                ("authority_en", models.CharField(max_length=200, verbose_name="authority, in English")),
                (
                    "mandate",
                    models.TextField(
                        blank=True,
                        help_text="The decree under which the desk or its own people decide; stands below each decision. Empty: where the desk decides, its own sentence.",
                        verbose_name="mandate",
                    ),
                ),
                (
                    "objection_address",
                    models.TextField(
                        blank=True, help_text="Postal address. Empty: that of the desk.", verbose_name="where to object"
                    ),
                ),
                (
                    "contact",
                    models.TextField(
                        blank=True,
                        help_text="Where an applicant reaches a person. Empty: that of the desk.",
                        verbose_name="contact",
                    ),
                ),
                (
                    "court",
                    models.CharField(
                        blank=True,
                        help_text="Of the district in which it has its seat (Awb 8:7), as Midden-Nederland.",
                        max_length=60,
                        verbose_name="district court",
                    ),
                ),
                (
                    "policy_rules",
                    models.CharField(
                        blank=True,
                        help_text="Their name, and where they were published, as a letter says it (Awb 3:47, 4:82).",
                        max_length=300,
                        verbose_name="policy rules",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorities",
                        to="zones.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "authority of a municipality",
                "verbose_name_plural": "authorities of municipalities",
                "ordering": ("municipality__name", "valid_from"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "valid_from"), name="municipalauthority_one_version_a_day"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Cast("municipality", models.TextField()),
                                    django.db.models.functions.comparison.Cast("municipality", models.TextField()),
                                    models.Value("[]"),
                                    function="text_range",
                                ),
                                "&&",
                            ),
                            (models.Func("valid_from", "valid_until", function="daterange"), "&&"),
                        ],
                        name="municipalauthority_never_twice_at_once",
                        violation_error_message="Another version holds on some of these days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="municipalauthority_holds_for_a_while",
                        violation_error_message="The end must be after the beginning.",
                    ),
                ],
            },
        ),
    ]
