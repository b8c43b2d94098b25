"""Who serves deletes no exemption, and no application but a draft."""

from django.db import migrations

REFUSE = """
CREATE TRIGGER exemptions_exemption_kept BEFORE DELETE ON exemptions_exemption
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();
CREATE TRIGGER exemptions_application_kept BEFORE DELETE ON exemptions_application
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();
"""
ALLOW = """
DROP TRIGGER exemptions_application_kept ON exemptions_application;
DROP TRIGGER exemptions_exemption_kept ON exemptions_exemption;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0015_kept_from_who_serves"),
        ("exemptions", "0016_article_in_english"),
    ]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
