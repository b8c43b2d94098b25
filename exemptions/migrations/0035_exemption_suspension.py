"""An exemption can be suspended for some time (schorsing)."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

import casework.clock


class Migration(migrations.Migration):
    dependencies = [
        ("exemptions", "0034_converted_before"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExemptionSuspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField(default=casework.clock.now, verbose_name="suspended from")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="lifted")),
                (
                    "exemption",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="exemptions.exemption",
                        verbose_name="exemption",
                    ),
                ),
            ],
            options={
                "verbose_name": "suspension of an exemption",
                "verbose_name_plural": "suspensions of exemptions",
                "ordering": ("starts_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at", None), ("ends_at__gte", models.F("starts_at")), _connector="OR"),
                        name="exemptionsuspension_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (models.Func("exemption", "exemption", models.Value("[]"), function="int8range"), "&&"),
                            (models.Func("starts_at", "ends_at", function="tstzrange"), "&&"),
                        ],
                        name="exemptionsuspension_once_at_a_time",
                    ),
                ],
            },
        ),
    ]
