"""Who serves deletes no deadline or mail of a numbered dossier, leaves the desk's own log as it is, and dates no event back.

What the product itself never does: only drafts have dossiers without a number, and go as a whole. The owner of the tables
may, as at the end of a retention term. `casework_keep_from_who_serves` serves tables of other apps too.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION casework_keep_from_who_serves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
BEGIN
    IF (SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = TG_RELID)
        OR was ->> 'status' = 'draft'
        OR (was ? 'dossier_id' AND NOT was ? 'status' AND NOT EXISTS (
            SELECT FROM casework_dossier WHERE id = (was ->> 'dossier_id')::bigint AND number IS NOT NULL
        ))
    THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION '% keeps its rows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER casework_deadline_kept BEFORE DELETE ON casework_deadline
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();
CREATE TRIGGER casework_message_kept BEFORE DELETE ON casework_message
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();
CREATE TRIGGER django_admin_log_kept BEFORE UPDATE OR DELETE ON django_admin_log
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();

CREATE FUNCTION casework_event_of_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = TG_RELID)
        AND NEW.at NOT BETWEEN now() - interval '10 minutes' AND clock_timestamp() + interval '10 minutes'
    THEN
        RAISE EXCEPTION 'an event is of now' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_event_of_now BEFORE INSERT ON casework_event
    FOR EACH ROW EXECUTE FUNCTION casework_event_of_now();
"""
ALLOW = """
DROP TRIGGER casework_event_of_now ON casework_event;
DROP FUNCTION casework_event_of_now();
DROP TRIGGER django_admin_log_kept ON django_admin_log;
DROP TRIGGER casework_message_kept ON casework_message;
DROP TRIGGER casework_deadline_kept ON casework_deadline;
DROP FUNCTION casework_keep_from_who_serves();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("casework", "0014_kept_for_good"),
    ]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
