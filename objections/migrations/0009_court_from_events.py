"""Before which court an appeal was lodged, and about which objection, stands in the event of lodging.

Events of before got the objection only later on, and never the court; the guard on events is lifted for this one time.
"""

from django.db import migrations

LIFT = "ALTER TABLE casework_event DISABLE TRIGGER casework_event_append_only"
SET = "ALTER TABLE casework_event ENABLE TRIGGER casework_event_append_only"
COURTS = """
UPDATE casework_event AS event
SET detail = event.detail || jsonb_build_object('objection_id', appeal.objection_id, 'instance', appeal.instance)
FROM objections_appeal AS appeal
WHERE appeal.id = event.case_id AND event.case_type = 'appeal' AND event.step = 'lodge'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0020_counted_from_events"),
        ("objections", "0008_note_words"),
    ]

    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (LIFT, COURTS, SET)]
