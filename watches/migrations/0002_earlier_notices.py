"""Who was told by an earlier version that an exemption ends is not told again; the words of that mail are gone."""

from typing import Any

from django.db import migrations

KEEP = """
INSERT INTO watches_endnotice (exemption_id, "to", ends_on, days_before, found_at, sent_on)
SELECT DISTINCT ON (exemption.id, lower(message.to), exemption.ends_on, notice.days_before)
    exemption.id, lower(message.to), exemption.ends_on, notice.days_before, notice.sent_at,
    (notice.sent_at AT TIME ZONE 'Europe/Amsterdam')::date
FROM exemptions_expirynotice notice
    JOIN exemptions_exemption exemption ON exemption.id = notice.exemption_id
    JOIN exemptions_application application ON application.id = exemption.application_id
    JOIN casework_message message ON message.dossier_id = application.dossier_id AND message.kind = 'mail_expiry'
ON CONFLICT DO NOTHING
"""
DROP_TEXTS = "DELETE FROM casework_lettertext WHERE kind = 'mail_expiry'"


def keep_earlier_notices(apps: Any, schema_editor: Any) -> None:
    """A row for each address that had one of the mails."""
    schema_editor.execute(KEEP)
    schema_editor.execute(DROP_TEXTS)


class Migration(migrations.Migration):
    dependencies = [("watches", "0001_watch")]

    operations = [migrations.RunPython(keep_earlier_notices, migrations.RunPython.noop)]
