"""The database itself keeps decisions: what was decided, by whom and when does not change, and none goes."""

from django.db import migrations

REFUSE = """
CREATE TRIGGER exemptions_decision_kept BEFORE UPDATE OR DELETE ON exemptions_decision
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('replaced_by_id', 'posted_on', 'revoked_at');
CREATE TRIGGER exemptions_decision_not_emptied BEFORE TRUNCATE ON exemptions_decision
    EXECUTE FUNCTION casework_keep_row();
"""
ALLOW = """
DROP TRIGGER exemptions_decision_not_emptied ON exemptions_decision;
DROP TRIGGER exemptions_decision_kept ON exemptions_decision;
"""


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0014_wording"), ("casework", "0013_kept_rows")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
