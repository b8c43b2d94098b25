"""Published reports cannot be emptied: the triggers of 0002 see rows, and TRUNCATE touches none."""

from django.db import migrations

TABLES = ("reporttoparliament", "reporttext", "reportfile")


class Migration(migrations.Migration):
    dependencies = [("reporting", "0005_wording"), ("casework", "0013_kept_rows")]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER reporting_{table}_not_emptied BEFORE TRUNCATE ON reporting_{table} "
            "EXECUTE FUNCTION casework_keep_row()",
            f"DROP TRIGGER reporting_{table}_not_emptied ON reporting_{table}",
        )
        for table in TABLES
    ]
