"""A name for the state of the reference rows, which every change of one of them writes anew."""

import uuid

from django.db import migrations, models

WRITE_ANEW = """
INSERT INTO casework_referenceversion (id, version) VALUES (1, gen_random_uuid());

CREATE FUNCTION casework_reference_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO casework_referenceversion (id, version) VALUES (1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET version = excluded.version;
    RETURN NULL;
END $$;
"""
TABLES = ("casework_equatedday", "casework_lettertext", "casework_policy")
TRIGGER = """
CREATE TRIGGER {table}_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION casework_reference_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0030_snooze")]

    operations = [
        migrations.CreateModel(
            name="ReferenceVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.UUIDField(default=uuid.uuid4)),
            ],
        ),
        migrations.RunSQL(WRITE_ANEW, "DROP FUNCTION casework_reference_changed(); TRUNCATE casework_referenceversion"),
        migrations.RunSQL(
            "".join(TRIGGER.format(table=table) for table in TABLES),
            "".join(f"DROP TRIGGER {table}_changed ON {table};" for table in TABLES),
        ),
    ]
