"""The log of roles cannot be emptied: its trigger of 0004 sees rows, and TRUNCATE touches none."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION accounts_rolechange_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of roles is kept' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER accounts_rolechange_not_emptied BEFORE TRUNCATE ON accounts_rolechange
    EXECUTE FUNCTION accounts_rolechange_not_emptied();
"""
ALLOW = """
DROP TRIGGER accounts_rolechange_not_emptied ON accounts_rolechange;
DROP FUNCTION accounts_rolechange_not_emptied();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_wording")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
