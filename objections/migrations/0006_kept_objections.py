"""Who serves deletes no objection but a draft."""

from django.db import migrations

REFUSE = """
CREATE TRIGGER objections_objection_kept BEFORE DELETE ON objections_objection
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();
"""
ALLOW = "DROP TRIGGER objections_objection_kept ON objections_objection;"


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0015_kept_from_who_serves"),
        ("objections", "0005_decider_from_both_sides"),
    ]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
