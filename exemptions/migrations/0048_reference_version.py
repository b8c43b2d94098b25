"""The kinds, the zones and their rules are reference rows too: `casework.reference_cache`."""

from django.db import migrations

TABLES = (
    "exemptions_kindquestion",
    "exemptions_kindversion",
    "zones_accessrule",
    "zones_automaticexemption",
    "zones_municipality",
    "zones_zone",
)
TRIGGER = """
CREATE TRIGGER {table}_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION casework_reference_changed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0031_referenceversion"),
        ("exemptions", "0047_decisions_by_ground"),
        ("zones", "0001_squashed_0009"),
    ]

    operations = [
        migrations.RunSQL(
            "".join(TRIGGER.format(table=table) for table in TABLES),
            "".join(f"DROP TRIGGER {table}_changed ON {table};" for table in TABLES),
        )
    ]
