"""What the register says otherwise than an exemption rests on, and what a check of a day exemption found wrong."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import casework.clock


class Migration(migrations.Migration):
    dependencies = [
        ("exemptions", "0038_change_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RegisterCheck",
            fields=[
                (
                    "exemption",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="register_check",
                        serialize=False,
                        to="exemptions.exemption",
                        verbose_name="exemption",
                    ),
                ),
                (
                    "checked_at",
                    models.DateTimeField(default=casework.clock.now, verbose_name="compared with the register"),
                ),
            ],
            options={
                "verbose_name": "comparison with the vehicle register",
                "verbose_name_plural": "comparisons with the vehicle register",
            },
        ),
        migrations.CreateModel(
            name="RegisterFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plate", models.CharField(max_length=12, verbose_name="plate")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("gone", "Struck from the register"),
                            ("exported", "Exported"),
                            ("blocked", "Can no longer be put in anybody's name"),
                            ("holder", "In this holder's name since"),
                            ("category", "Kind of vehicle"),
                            ("emission_class", "Emission class"),
                            ("fuels", "Fuels"),
                        ],
                        max_length=20,
                        verbose_name="what",
                    ),
                ),
                ("was", models.CharField(blank=True, max_length=200, verbose_name="at the decision")),
                ("found", models.CharField(max_length=200, verbose_name="in the register now")),
                ("found_at", models.DateTimeField(default=casework.clock.now, verbose_name="found")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("back", "the register says again what the decision rests on"),
                            ("otherwise", "the register says something else by now"),
                            ("over", "the exemption for this vehicle ended"),
                        ],
                        max_length=20,
                        verbose_name="why it ended",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_findings",
                        to="exemptions.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change in the vehicle register",
                "verbose_name_plural": "changes in the vehicle register",
                "ordering": ("found_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("application", "plate", "what", "found"),
                        name="registerfinding_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_at", None), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="registerfinding_settled_with_a_note",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ending", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ending", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="registerfinding_ended_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="factsrecord",
            name="found_wrong",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="A day exemption could not have been given on what is really so.",
                verbose_name="given on wrong data",
            ),
        ),
        migrations.AddIndex(
            model_name="factsrecord",
            index=models.Index(
                condition=models.Q(("found_wrong", True)), fields=["application"], name="factsrecord_found_wrong"
            ),
        ),
    ]
