"""The database itself refuses a day exemption above the maximum that the policy has for that day."""

import django.db.models.functions.datetime
from django.db import migrations, models

REFUSE = """
CREATE FUNCTION exemptions_dayuse_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    setting jsonb;
BEGIN
    SELECT value INTO setting FROM casework_policy
        WHERE name = 'day_exemption_max' AND valid_from <= NEW.day ORDER BY valid_from DESC LIMIT 1;
    IF jsonb_typeof(setting) IS DISTINCT FROM 'number' OR NEW.ordinal > setting::numeric THEN
        RAISE EXCEPTION 'number % is above the maximum of day exemptions: %', NEW.ordinal, setting
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dayuse_ordinal_to_maximum';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exemptions_dayuse_maximum BEFORE INSERT OR UPDATE OF ordinal, day ON exemptions_dayuse
    FOR EACH ROW EXECUTE FUNCTION exemptions_dayuse_refuse();
"""
ALLOW = """
DROP TRIGGER exemptions_dayuse_maximum ON exemptions_dayuse;
DROP FUNCTION exemptions_dayuse_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0011_true_state"), ("casework", "0011_reference_change")]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.AddConstraint(
            model_name="dayuse",
            constraint=models.CheckConstraint(
                condition=models.Q(("year", django.db.models.functions.datetime.ExtractYear("day"))),
                name="dayuse_year_of_the_day",
            ),
        ),
    ]
