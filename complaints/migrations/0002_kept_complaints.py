"""Each complaint has its key as a case, and who serves deletes none but a draft."""

from django.db import migrations

KEEP = """
CREATE TRIGGER casework_key_of_case AFTER INSERT OR DELETE ON complaints_complaint
    FOR EACH ROW EXECUTE FUNCTION casework_key_of_case('complaint');
CREATE TRIGGER complaints_complaint_kept BEFORE DELETE ON complaints_complaint
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();
"""
FORGET = """
DROP TRIGGER complaints_complaint_kept ON complaints_complaint;
DROP TRIGGER casework_key_of_case ON complaints_complaint;
DELETE FROM casework_casekey WHERE case_type = 'complaint';
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_complaint")]

    operations = [migrations.RunSQL(KEEP, FORGET)]
