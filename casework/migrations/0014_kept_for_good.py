"""What became of a kept row stays too: its PDF, its revocation, its successor come once, and are not taken back.

0013 let the columns that it names change at will. A day of posting may be followed by a later one (one more copy was
posted), never by an earlier one: a term begins with it.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION casework_keep_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR (to_jsonb(NEW) - TG_ARGV) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV){changed} THEN
        RAISE EXCEPTION '% keeps its rows as they were written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
CHANGED = """ OR EXISTS (
        SELECT FROM unnest(TG_ARGV) AS name, to_jsonb(OLD) AS was, to_jsonb(NEW) AS becomes
        WHERE was ->> name IS NOT NULL
        AND becomes ->> name IS DISTINCT FROM was ->> name
        AND NOT coalesce(name = 'posted_on' AND becomes ->> name > was ->> name, false)
    )"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0013_kept_rows")]

    operations = [migrations.RunSQL(FUNCTION.format(changed=CHANGED), FUNCTION.format(changed=""))]
