"""A trigger that refuses: tables of other apps use it, `WHEN` a column changes by which figures count."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION casework_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% keeps what figures count by', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0020_counted_from_events")]

    operations = [migrations.RunSQL(REFUSE, "DROP FUNCTION casework_refuse_change()")]
