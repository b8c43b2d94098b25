"""A committee is a row: who sits on it, its advice, or why there was none; a hearing may be before it (Awb 7:13).

An open objection on which a committee was asked before gets one without names: its advice can be recorded, or its
referral ended. What was decided before without advice stays as it is.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

NAMELESS = """
INSERT INTO objections_committee (objection_id, chair, members, referred_on, conclusion, ended_because)
SELECT objection.id, '', '{}', coalesce(
    (SELECT max(event.at AT TIME ZONE 'Europe/Amsterdam')::date FROM casework_event AS event
     WHERE event.case_type = 'objection' AND event.case_id = objection.id AND event.step = 'refer_to_committee'),
    objection.received_on
), '', ''
FROM objections_objection AS objection
WHERE objection.committee
  AND objection.status IN ('registered', 'repair', 'handling', 'hearing_offered', 'hearing_planned')
"""
OUTCOMES = [
    ("upheld", "upheld"),
    ("upheld_in_part", "upheld in part"),
    ("unfounded", "unfounded"),
    ("inadmissible", "inadmissible"),
]
NAME = models.CharField(max_length=200)


class Migration(migrations.Migration):
    dependencies = (("casework", "0022_made_known"), ("objections", "0011_made_known"))

    operations = (
        migrations.AlterField(
            model_name="objection",
            name="committee",
            field=models.BooleanField(default=False, verbose_name="twelve weeks, for a committee advises (Awb 7:13)"),
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="committees",
                        to="objections.objection",
                        verbose_name="objection",
                    ),
                ),
                ("chair", models.CharField(blank=True, max_length=200, verbose_name="chair")),
                (
                    "members",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=NAME, blank=True, default=list, size=None, verbose_name="members"
                    ),
                ),
                ("referred_on", models.DateField(verbose_name="referred on")),
                ("advised_on", models.DateField(blank=True, null=True, verbose_name="date of the advice")),
                (
                    "conclusion",
                    models.CharField(blank=True, choices=OUTCOMES, max_length=20, verbose_name="advises"),
                ),
                (
                    "advice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.document",
                        verbose_name="advice",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="referral ended on")),
                ("ended_because", models.TextField(blank=True, verbose_name="why the referral ended")),
            ],
            options={
                "verbose_name": "advisory committee",
                "verbose_name_plural": "advisory committees",
                "ordering": ("referred_on", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="committee",
            constraint=models.UniqueConstraint(
                fields=["objection"], condition=models.Q(ended_on=None), name="committee_one_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="committee",
            constraint=models.CheckConstraint(
                condition=models.Q(advised_on=None, conclusion="", advice=None)
                | (models.Q(advised_on__isnull=False, advice__isnull=False) & ~models.Q(conclusion="")),
                name="committee_advice_is_whole",
            ),
        ),
        migrations.AddField(
            model_name="objectiondecision",
            name="deviation_because",
            field=models.TextField(blank=True, default="", verbose_name="why it deviates from the advice (Awb 7:13)"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="hearing",
            name="committee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hearings",
                to="objections.committee",
                verbose_name="heard by the committee (Awb 7:13)",
            ),
        ),
        migrations.RemoveConstraint(model_name="hearing", name="hearing_report_of_one_that_was_held"),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(report="")
                | models.Q(held_at__isnull=False, heard_by__isnull=False)
                | models.Q(held_at__isnull=False, committee__isnull=False),
                name="hearing_report_of_one_that_was_held",
            ),
        ),
        migrations.RunSQL(NAMELESS, migrations.RunSQL.noop),
    )
