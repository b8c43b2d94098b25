"""The database itself keeps what was sent: no letter changes or goes, and no table of records is emptied.

`casework_keep_row` serves the tables of other apps too; the arguments of a trigger name the columns that may change.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION casework_keep_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR (to_jsonb(NEW) - TG_ARGV) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV) THEN
        RAISE EXCEPTION '% keeps its rows as they were written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER casework_letter_kept BEFORE UPDATE OR DELETE ON casework_letter
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('pdf_id');
CREATE TRIGGER casework_letter_not_emptied BEFORE TRUNCATE ON casework_letter
    EXECUTE FUNCTION casework_keep_row();
CREATE TRIGGER casework_event_not_emptied BEFORE TRUNCATE ON casework_event
    EXECUTE FUNCTION casework_keep_row();
CREATE TRIGGER casework_referencechange_not_emptied BEFORE TRUNCATE ON casework_referencechange
    EXECUTE FUNCTION casework_keep_row();
"""
ALLOW = """
DROP TRIGGER casework_referencechange_not_emptied ON casework_referencechange;
DROP TRIGGER casework_event_not_emptied ON casework_event;
DROP TRIGGER casework_letter_not_emptied ON casework_letter;
DROP TRIGGER casework_letter_kept ON casework_letter;
DROP FUNCTION casework_keep_row();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0012_wording")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
