"""A decision is made known on a day: that of placing its letter, or that of posting it to who wants post.

What was decided before was made known when it was taken, or when it was posted: the event of posting then tells the
term that ended with it, as it does from now on, and that of the decision no longer does. A request to complete knows its letter from now on, and is sent when that is made known.
"""

import django.db.models.deletion
from django.db import migrations, models

OPEN = "DROP TRIGGER exemptions_decision_kept ON exemptions_decision;"
CLOSE = """
CREATE TRIGGER exemptions_decision_kept BEFORE UPDATE OR DELETE ON exemptions_decision
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('replaced_by_id', '{day}', 'revoked_at');
"""
LIFT = "ALTER TABLE casework_event DISABLE TRIGGER casework_event_append_only"
SET = "ALTER TABLE casework_event ENABLE TRIGGER casework_event_append_only"
MOVE_TERMS = """
WITH late AS (
    SELECT DISTINCT ON (posting.id) posting.id AS posting, taken.id AS taken, taken.detail -> 'decision_term' AS term
    FROM exemptions_decision AS decision
    JOIN casework_event AS taken ON taken.case_type = 'application' AND taken.case_id = decision.application_id
        AND taken.detail -> 'decision_term' ->> 'due' IS NOT NULL
        AND taken.at BETWEEN decision.taken_at AND decision.taken_at + interval '1 minute'
        AND (taken.at AT TIME ZONE 'Europe/Amsterdam')::date < decision.made_known_on
    JOIN casework_letter AS letter ON letter.reference = decision.reference AND letter.case_type = 'application'
    JOIN casework_event AS posting ON posting.case_type = 'application' AND posting.case_id = decision.application_id
        AND posting.step = 'post_letters' AND posting.detail -> 'letters' @> to_jsonb(letter.id)
        AND posting.detail ->> 'posted_on' = decision.made_known_on::text
    ORDER BY posting.id, taken.id DESC
), told AS (
    UPDATE casework_event AS event SET detail = event.detail || jsonb_build_object('decision_term', late.term)
    FROM late WHERE event.id = late.posting
)
UPDATE casework_event AS event SET detail = event.detail || '{"made_known_on": null, "decision_term": null}'
FROM late WHERE event.id = late.taken
"""
FILL = """
UPDATE exemptions_decision SET made_known_on = (taken_at AT TIME ZONE 'Europe/Amsterdam')::date
WHERE made_known_on IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = (("exemptions", "0026_counted_columns"), ("casework", "0022_made_known"))

    operations = (
        migrations.AddField(
            model_name="completionrequest",
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
            model_name="completionrequest",
            name="sent_on",
            field=models.DateField(blank=True, null=True, verbose_name="sent on"),
        ),
        migrations.RunSQL(OPEN, CLOSE.format(day="posted_on")),
        migrations.RenameField(model_name="decision", old_name="posted_on", new_name="made_known_on"),
        migrations.AlterField(
            model_name="decision",
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
