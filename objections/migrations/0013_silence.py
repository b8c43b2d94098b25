"""An appeal can be about our silence on an application: no objection comes before it (Awb 6:2, 6:12, 7:1(1)(f)).

Orders of a court that objections still obey get their row: the day of the event is that of the judgment, the money unknown.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ORDERED = """
INSERT INTO casework_courtorder (dossier_id, case_type, case_id, sent_on, until, euros_a_day)
SELECT DISTINCT ON (objection.id) objection.dossier_id, 'objection', objection.id,
    least((event.at AT TIME ZONE 'Europe/Amsterdam')::date, objection.extended_to), objection.extended_to, 0
FROM objections_objection AS objection
JOIN casework_event AS event ON event.case_type = 'objection' AND event.case_id = objection.id
    AND event.step IN ('decide_again', 'keep_to_order')
    AND (event.detail ->> 'until')::date = objection.extended_to
JOIN casework_deadline AS term ON term.case_type = 'objection' AND term.case_id = objection.id
    AND term.kind = 'decide_objection' AND term.closed_at IS NULL
ORDER BY objection.id, event.id DESC
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0025_court_order"),
        ("objections", "0012_committee"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="appeal",
            name="appeal_one_open",
        ),
        migrations.AddField(
            model_name="appeal",
            name="decision_told_on",
            field=models.DateField(blank=True, null=True, verbose_name="court told that we decided (Awb 6:20)"),
        ),
        migrations.AddField(
            model_name="appeal",
            name="judgment_sent_on",
            field=models.DateField(blank=True, null=True, verbose_name="judgment sent"),
        ),
        migrations.AddField(
            model_name="appeal",
            name="premature",
            field=models.BooleanField(default=False, verbose_name="premature (Awb 6:12, paragraph 2)"),
        ),
        migrations.AddField(
            model_name="appeal",
            name="unheard",
            field=models.BooleanField(default=False, verbose_name="judged without a hearing (Awb 8:54)"),
        ),
        migrations.AddField(
            model_name="appeal",
            name="uses_loop",
            field=models.BooleanField(blank=True, null=True, verbose_name="we repair as the court asked (Awb 8:51a)"),
        ),
        migrations.AddField(
            model_name="appeal",
            name="without_notice_because",
            field=models.TextField(
                blank=True, verbose_name="why no notice of default could be asked (Awb 6:12, paragraph 3)"
            ),
        ),
        migrations.AlterField(
            model_name="appeal",
            name="objection",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeals",
                to="objections.objection",
                verbose_name="objection",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["filed", "pending"])),
                fields=("dossier", "objection", "instance"),
                name="appeal_one_open",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("objection__isnull", False), ("against__in", ["silence", "judgment"]), _connector="OR"
                ),
                name="appeal_without_objection_is_about_silence",
            ),
        ),
        migrations.RunSQL(ORDERED, migrations.RunSQL.noop),
    ]
