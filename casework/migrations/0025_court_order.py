"""A court orders us to decide by a day, and each day after it can cost money; it may set the penalty too (Awb 8:55c, d)."""

import django.db.models.deletion
from django.db import migrations, models

REFER = """
ALTER TABLE casework_courtorder ADD CONSTRAINT courtorder_of_a_case FOREIGN KEY (case_type, case_id)
    REFERENCES casework_casekey (case_type, case_id) DEFERRABLE INITIALLY DEFERRED;
"""
LET_GO = "ALTER TABLE casework_courtorder DROP CONSTRAINT courtorder_of_a_case;"


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0024_terms_are_kept"),
    ]

    operations = [
        migrations.AddField(
            model_name="defaultnotice",
            name="by_court",
            field=models.BooleanField(default=False, verbose_name="amount set by the court (Awb 8:55c)"),
        ),
        migrations.AlterField(
            model_name="deadline",
            name="kind",
            field=models.CharField(
                choices=[
                    ("decide", "decide on the application (Awb 4:13)"),
                    ("supply", "applicant completes the application (Awb 4:5)"),
                    ("set_aside", "last day to set aside (Awb 4:5, paragraph 4)"),
                    ("view", "applicant gives a view (Awb 4:7)"),
                    ("object", "last day to object (Awb 6:7)"),
                    ("decide_objection", "decide on the objection (Awb 7:10)"),
                    ("repair", "objector repairs the objection (Awb 6:6)"),
                    ("hearing_reply", "objector says whether they want to be heard (Awb 7:3)"),
                    ("papers", "last day to hand in papers before the hearing (Awb 7:4)"),
                    ("file_open", "the file lies open from this day at the latest (Awb 7:4)"),
                    ("appeal", "last day to appeal to the court (Awb 6:7, 8:1)"),
                    ("court_papers", "send the papers to the court (Awb 8:42)"),
                    ("court_remedy", "our last day to go against the judgment (Awb 6:7, 6:24, 8:55)"),
                    ("court_repair", "repair the decision as the court asked (Awb 8:51a)"),
                    ("set_penalty", "set the penalty by decision (Awb 4:18)"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="CourtOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_type", models.CharField(max_length=20, verbose_name="case type")),
                ("case_id", models.BigIntegerField(verbose_name="case id")),
                ("sent_on", models.DateField(verbose_name="judgment sent")),
                ("until", models.DateField(verbose_name="last day to decide")),
                ("euros_a_day", models.PositiveIntegerField(default=0, verbose_name="euros for each day too late")),
                ("most_eur", models.PositiveIntegerField(blank=True, null=True, verbose_name="at most, in euros")),
                (
                    "ended_on",
                    models.DateField(blank=True, null=True, verbose_name="decided, or no longer to be decided"),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="court_orders",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "order of a court",
                "verbose_name_plural": "orders of a court",
                "ordering": ("until", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("case_type", "case_id"),
                        name="courtorder_one_running",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("sent_on"))), name="courtorder_until_after_sending"
                    ),
                ],
            },
        ),
        migrations.RunSQL(REFER, LET_GO),
    ]
