"""Each submission has its key as a case, and who serves deletes none."""

from django.db import migrations

KEEP = """
CREATE TRIGGER casework_key_of_case AFTER INSERT OR DELETE ON correspondence_submission
    FOR EACH ROW EXECUTE FUNCTION casework_key_of_case('submission');
CREATE TRIGGER correspondence_submission_kept BEFORE DELETE ON correspondence_submission
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();
"""
FORGET = """
DROP TRIGGER correspondence_submission_kept ON correspondence_submission;
DROP TRIGGER casework_key_of_case ON correspondence_submission;
DELETE FROM casework_casekey WHERE case_type = 'submission';
"""


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0001_submission")]

    operations = [migrations.RunSQL(KEEP, FORGET)]
