"""A row for every case of any type, kept by a trigger on the table of each."""

from django.db import migrations, models

KEEP = """
CREATE FUNCTION casework_key_of_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO casework_casekey (case_type, case_id) VALUES (TG_ARGV[0], NEW.id);
    ELSE
        DELETE FROM casework_casekey WHERE case_type = TG_ARGV[0] AND case_id = OLD.id AND NOT EXISTS (
            SELECT FROM casework_event WHERE case_type = TG_ARGV[0] AND case_id = OLD.id
        );
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0015_kept_from_who_serves")]

    operations = [
        migrations.CreateModel(
            name="CaseKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_type", models.CharField(max_length=20, verbose_name="case type")),
                ("case_id", models.BigIntegerField(verbose_name="case id")),
            ],
            options={"verbose_name": "case", "verbose_name_plural": "cases"},
        ),
        migrations.AddConstraint(
            "casekey", models.UniqueConstraint(fields=["case_type", "case_id"], name="casekey_once")
        ),
        migrations.RunSQL(KEEP, "DROP FUNCTION casework_key_of_case()"),
    ]
