"""What a caseworker decided waits some minutes, in which its maker can take it back."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_letter_always_of_a_case"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PendingStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_type", models.CharField(max_length=20, verbose_name="case type")),
                ("case_id", models.BigIntegerField(verbose_name="case id")),
                ("step", models.CharField(max_length=40, verbose_name="step")),
                ("typed", models.JSONField(blank=True, default=dict, verbose_name="what was typed")),
                ("language", models.CharField(max_length=10, verbose_name="language in which it was typed")),
                ("shown", models.JSONField(blank=True, default=dict, verbose_name="letters and mails")),
                ("seen", models.BigIntegerField(verbose_name="last event seen")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="decided")),
                ("due_at", models.DateTimeField(verbose_name="goes out")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("carried_out", "carried out"),
                            ("taken_back", "taken back"),
                            ("overtaken", "overtaken by what happened to the case"),
                            ("refused", "not allowed any more"),
                        ],
                        max_length=20,
                        verbose_name="how it ended",
                    ),
                ),
                ("because", models.TextField(blank=True, verbose_name="why it was not carried out")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="needs no attention since")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pending_steps",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
            ],
            options={
                "verbose_name": "waiting step",
                "verbose_name_plural": "waiting steps",
                "ordering": ("made_at", "pk"),
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["due_at"], name="pendingstep_due"),
                    models.Index(
                        condition=models.Q(("settled_at", None)),
                        fields=["case_type", "case_id"],
                        name="pendingstep_unsettled",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("case_type", "case_id"),
                        name="pendingstep_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ending", ""), ("settled_at", None)),
                            models.Q(("ended_at__isnull", False), models.Q(("ending", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="pendingstep_ended_somehow",
                    ),
                ],
            },
        ),
    ]
