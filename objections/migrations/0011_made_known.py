"""A decision on an objection is made known on a day, a request to repair is sent then, and a delay is told.

What was decided before was made known when it was taken, or when it was posted: the event of posting then tells the
term that ended with it, as with a decision on an application.
"""

import django.db.models.deletion
from django.db import migrations, models

OPEN = "DROP TRIGGER objections_objectiondecision_kept ON objections_objectiondecision;"
CLOSE = """
CREATE TRIGGER objections_objectiondecision_kept BEFORE UPDATE OR DELETE ON objections_objectiondecision
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('new_decision_id', '{day}', 'annulled_on');
"""
LIFT = "ALTER TABLE casework_event DISABLE TRIGGER casework_event_append_only"
SET = "ALTER TABLE casework_event ENABLE TRIGGER casework_event_append_only"
MOVE_TERMS = """
WITH late AS (
    SELECT DISTINCT ON (posting.id) posting.id AS posting, taken.id AS taken, taken.detail -> 'decision_term' AS term
    FROM objections_objectiondecision AS decided
    JOIN casework_event AS taken ON taken.case_type = 'objection' AND taken.case_id = decided.objection_id
        AND taken.detail -> 'decision_term' ->> 'due' IS NOT NULL
        AND taken.at BETWEEN decided.taken_at AND decided.taken_at + interval '1 minute'
        AND (taken.at AT TIME ZONE 'Europe/Amsterdam')::date < decided.made_known_on
    JOIN casework_letter AS letter ON letter.reference = decided.reference AND letter.case_type = 'objection'
    JOIN casework_event AS posting ON posting.case_type = 'objection' AND posting.case_id = decided.objection_id
        AND posting.step = 'post_letters' AND posting.detail -> 'letters' @> to_jsonb(letter.id)
        AND posting.detail ->> 'posted_on' = decided.made_known_on::text
    ORDER BY posting.id, taken.id DESC
), told AS (
    UPDATE casework_event AS event SET detail = event.detail || jsonb_build_object('decision_term', late.term)
    FROM late WHERE event.id = late.posting
)
UPDATE casework_event AS event SET detail = event.detail || '{"made_known_on": null, "decision_term": null}'
FROM late WHERE event.id = late.taken
"""
FILL = """
UPDATE objections_objectiondecision SET made_known_on = (taken_at AT TIME ZONE 'Europe/Amsterdam')::date
WHERE made_known_on IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = (("objections", "0010_papers_until"), ("exemptions", "0027_made_known"))

    operations = (
        migrations.AddField(
            model_name="objection",
            name="delay_to_tell",
            field=models.DateField(
                blank=True,
                help_text="Its letter waits to be posted.",
                null=True,
                verbose_name="delayed further until, once told",
            ),
        ),
        migrations.AddField(
            model_name="repairrequest",
            name="letter",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.letter",
                verbose_name="letter",
            ),
        ),
        migrations.AlterField(
            model_name="repairrequest",
            name="sent_on",
            field=models.DateField(blank=True, null=True, verbose_name="sent on"),
        ),
        migrations.RunSQL(OPEN, CLOSE.format(day="posted_on")),
        migrations.RenameField(model_name="objectiondecision", old_name="posted_on", new_name="made_known_on"),
        migrations.AlterField(
            model_name="objectiondecision",
            name="made_known_on",
            field=models.DateField(
                blank=True,
                help_text="The day on which its letter was placed, or was posted to those who want post; empty until then.",
                null=True,
                verbose_name="made known on",
            ),
        ),
        *(migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (LIFT, MOVE_TERMS, SET, FILL)),
        migrations.RunSQL(CLOSE.format(day="made_known_on"), OPEN),
    )
