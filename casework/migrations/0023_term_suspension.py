"""The other grounds on which a term to decide stands still (Awb 4:15); each row belongs to a case that exists."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import casework.clock

REFER = """
ALTER TABLE casework_termsuspension ADD CONSTRAINT termsuspension_of_a_case FOREIGN KEY (case_type, case_id)
    REFERENCES casework_casekey (case_type, case_id) DEFERRABLE INITIALLY DEFERRED;
"""
LET_GO = "ALTER TABLE casework_termsuspension DROP CONSTRAINT termsuspension_of_a_case;"


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0022_made_known"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TermSuspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_type", models.CharField(max_length=20, verbose_name="case type")),
                ("case_id", models.BigIntegerField(verbose_name="case id")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("foreign", "information was asked of a foreign authority (Awb 4:15, paragraph 1 under b)"),
                            ("agreed", "the applicant agreed in writing (Awb 4:15, paragraph 2 under a)"),
                            ("applicant", "the delay is due to the applicant (Awb 4:15, paragraph 2 under b)"),
                            ("force_majeure", "force majeure (Awb 4:15, paragraph 2 under c)"),
                        ],
                        max_length=20,
                        verbose_name="why the term stands still",
                    ),
                ),
                ("first_day", models.DateField(blank=True, null=True, verbose_name="first day that stands still")),
                ("expected_on", models.DateField(verbose_name="expected to run again on")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ran again on")),
                ("reason", models.TextField(verbose_name="reason")),
                ("noted_at", models.DateTimeField(default=casework.clock.now, verbose_name="noted")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="term_suspensions",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.letter",
                        verbose_name="letter",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "suspension of a term",
                "verbose_name_plural": "suspensions of terms",
                "ordering": ("noted_at", "pk"),
                "indexes": [models.Index(fields=["case_type", "case_id"], name="termsuspension_by_case")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None), models.Q(("ground", "agreed"), _negated=True)),
                        fields=("case_type", "case_id", "ground"),
                        name="termsuspension_one_open_a_ground",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None), ("first_day", None), ("ground", "agreed")),
                        fields=("case_type", "case_id"),
                        name="termsuspension_one_proposed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_day__isnull", False), ("ground__in", ["foreign", "agreed"]), _connector="OR"
                        ),
                        name="termsuspension_begins_by_a_fact",
                    ),
                ],
            },
        ),
        migrations.RunSQL(REFER, LET_GO),
    ]
