"""The database itself refuses to change or delete an event: the statistics rest on them."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION casework_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER casework_event_append_only BEFORE UPDATE OR DELETE ON casework_event
    FOR EACH ROW EXECUTE FUNCTION casework_event_refuse();
"""
ALLOW = """
DROP TRIGGER casework_event_append_only ON casework_event;
DROP FUNCTION casework_event_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_case")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
