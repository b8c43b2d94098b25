"""A decision on an objection is made known on a day, a request to repair is sent then, and a delay is told.

What was decided before was made known when it was taken, or when it was posted; so the event of such a decision says
too.
"""

import django.db.models.deletion
from django.db import migrations, models

OPEN = "DROP TRIGGER objections_objectiondecision_kept ON objections_objectiondecision;"
CLOSE = """
CREATE TRIGGER objections_objectiondecision_kept BEFORE UPDATE OR DELETE ON objections_objectiondecision
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('new_decision_id', '{day}', 'annulled_on');
"""
FILL = """
ALTER TABLE casework_event DISABLE TRIGGER casework_event_append_only;
UPDATE casework_event AS event
SET detail = event.detail || jsonb_build_object('made_known_on', decided.made_known_on)
FROM objections_objectiondecision AS decided
WHERE event.case_type = 'objection' AND event.case_id = decided.objection_id AND event.from_status <> event.to_status
    AND event.at BETWEEN decided.taken_at AND decided.taken_at + interval '1 minute'
    AND decided.made_known_on > (event.at AT TIME ZONE 'Europe/Amsterdam')::date;
ALTER TABLE casework_event ENABLE TRIGGER casework_event_append_only;
UPDATE objections_objectiondecision SET made_known_on = (taken_at AT TIME ZONE 'Europe/Amsterdam')::date
WHERE made_known_on IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = (("objections", "0008_note_words"), ("exemptions", "0024_made_known"))

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
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(CLOSE.format(day="made_known_on"), OPEN),
    )
