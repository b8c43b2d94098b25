"""A term stays as it was opened, and once it ended it stays ended: figures count by it what is late and open."""

from django.db import migrations

KEEP = """
CREATE TRIGGER casework_deadline_counted BEFORE UPDATE ON casework_deadline
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('closed_at');
CREATE TRIGGER casework_deadline_not_emptied BEFORE TRUNCATE ON casework_deadline
    EXECUTE FUNCTION casework_keep_row();
"""
CHANGEABLE = """
DROP TRIGGER casework_deadline_not_emptied ON casework_deadline;
DROP TRIGGER casework_deadline_counted ON casework_deadline;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0023_term_suspension")]

    operations = [migrations.RunSQL(KEEP, CHANGEABLE)]
