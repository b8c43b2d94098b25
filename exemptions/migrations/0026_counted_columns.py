"""What figures count by does not change: of a filed application, of an exemption, of a kind and of a ground."""

from django.db import migrations

COUNTED_BY = {
    "exemptions_application": ("dossier_id", "filed_as_id", "plate", "country", "municipality_id"),
    "exemptions_kindversion": ("kind_id", "scope"),
    "exemptions_ground": ("category",),
}
"""Of an application from the moment on that it is filed as some kind."""
FILED = {"exemptions_application": "OLD.filed_as_id IS NOT NULL AND "}


def keep(table: str, columns: tuple[str, ...]) -> migrations.RunSQL:
    """The trigger on a table, and that it cannot be emptied."""
    was, becomes = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER {table}_counted BEFORE UPDATE ON {table}
            FOR EACH ROW WHEN ({FILED.get(table, "")}({was}) IS DISTINCT FROM ({becomes}))
            EXECUTE FUNCTION casework_refuse_change();
        CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} EXECUTE FUNCTION casework_refuse_change();
        """,
        f"DROP TRIGGER {table}_not_emptied ON {table}; DROP TRIGGER {table}_counted ON {table};",
    )


EXEMPTION = """
CREATE TRIGGER exemptions_exemption_counted BEFORE UPDATE ON exemptions_exemption
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('revoked_at');
CREATE TRIGGER exemptions_exemption_not_emptied BEFORE TRUNCATE ON exemptions_exemption
    EXECUTE FUNCTION casework_keep_row();
"""
CHANGEABLE = """
DROP TRIGGER exemptions_exemption_not_emptied ON exemptions_exemption;
DROP TRIGGER exemptions_exemption_counted ON exemptions_exemption;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0021_refuse_change"),
        ("exemptions", "0025_class_from_events"),
    ]

    operations = [
        *(keep(table, columns) for table, columns in COUNTED_BY.items()),
        migrations.RunSQL(EXEMPTION, CHANGEABLE),
    ]
