import django.db.models.deletion
from django.db import migrations, models

import casework.clock


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0048_reference_version")]

    operations = [
        migrations.CreateModel(
            name="Satisfaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "very unsatisfied"),
                            (2, "unsatisfied"),
                            (3, "neither satisfied nor unsatisfied"),
                            (4, "satisfied"),
                            (5, "very satisfied"),
                        ],
                        verbose_name="satisfied",
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="what could be better")),
                ("given_at", models.DateTimeField(default=casework.clock.now, verbose_name="given")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="satisfaction",
                        to="exemptions.application",
                        verbose_name="application",
                    ),
                ),
            ],
            options={
                "verbose_name": "satisfaction",
                "verbose_name_plural": "satisfaction",
                "ordering": ("-given_at", "-pk"),
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("score__range", (1, 5))), name="satisfaction_from_one_to_five"
                    )
                ],
            },
        ),
    ]
