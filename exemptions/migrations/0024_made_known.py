"""A decision is made known on a day: that of placing its letter, or that of posting it to who wants post.

What was decided before was made known when it was taken, or when it was posted; so the event of such a decision says
too. A request to complete knows its letter from now on, and is sent when that is made known.
"""

import django.db.models.deletion
from django.db import migrations, models

OPEN = "DROP TRIGGER exemptions_decision_kept ON exemptions_decision;"
CLOSE = """
CREATE TRIGGER exemptions_decision_kept BEFORE UPDATE OR DELETE ON exemptions_decision
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('replaced_by_id', '{day}', 'revoked_at');
"""
FILL = """
ALTER TABLE casework_event DISABLE TRIGGER casework_event_append_only;
UPDATE casework_event AS event
SET detail = event.detail || jsonb_build_object('made_known_on', decision.made_known_on)
FROM exemptions_decision AS decision
WHERE event.case_type = 'application' AND event.case_id = decision.application_id
    AND event.step IN ('grant', 'reject', 'set_aside', 'approve_grant', 'approve_rejection')
    AND event.at BETWEEN decision.taken_at AND decision.taken_at + interval '1 minute'
    AND decision.made_known_on > (event.at AT TIME ZONE 'Europe/Amsterdam')::date;
ALTER TABLE casework_event ENABLE TRIGGER casework_event_append_only;
UPDATE exemptions_decision SET made_known_on = (taken_at AT TIME ZONE 'Europe/Amsterdam')::date
WHERE made_known_on IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = (("exemptions", "0023_limits_of_kinds"), ("casework", "0020_made_known"))

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
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(CLOSE.format(day="made_known_on"), OPEN),
    )
