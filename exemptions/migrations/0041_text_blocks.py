"""Text blocks for the explanation in a letter."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exemptions", "0001_squashed_0040"),
    ]

    operations = [
        migrations.CreateModel(
            name="TextBlock",
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
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("grant", "granting"),
                            ("reject", "rejecting"),
                            ("set_aside", "setting aside"),
                            ("completion", "asking to complete the application"),
                            ("view", "asking for a view"),
                        ],
                        max_length=20,
                        verbose_name="for",
                    ),
                ),
                (
                    "ground",
                    models.SlugField(
                        blank=True,
                        help_text="Then it is offered only where that ground is chosen. Empty: with every ground.",
                        max_length=40,
                        verbose_name="code of the ground",
                    ),
                ),
                ("title_nl", models.CharField(max_length=100, verbose_name="title in Dutch")),
                ("title_en", models.CharField(max_length=100, verbose_name="title in English")),
                ("text_nl", models.TextField(verbose_name="text in Dutch")),
                ("text_en", models.TextField(verbose_name="text in English")),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: for every kind.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="text_blocks",
                        to="exemptions.kind",
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "text block",
                "verbose_name_plural": "text blocks",
                "ordering": ("use", models.OrderBy(models.F("kind"), nulls_first=True), "code"),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="textblock_once_a_day"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Cast("code", models.TextField()),
                                    django.db.models.functions.comparison.Cast("code", models.TextField()),
                                    models.Value("[]"),
                                    function="text_range",
                                ),
                                "&&",
                            ),
                            (models.Func("valid_from", "valid_until", function="daterange"), "&&"),
                        ],
                        name="textblock_never_twice_at_once",
                        violation_error_message="Another version holds on some of these days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="textblock_holds_for_a_while",
                        violation_error_message="The end must be after the beginning.",
                    ),
                ],
            },
        ),
    ]
