"""The database itself refuses to change a published report, its words and its files."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION reporting_published_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published report never changes' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER reporting_published_stays BEFORE UPDATE OR DELETE ON reporting_reporttoparliament
    FOR EACH ROW WHEN (OLD.status = 'published') EXECUTE FUNCTION reporting_published_refuse();

CREATE FUNCTION reporting_published_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record;
BEGIN
    part := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    IF EXISTS (
        SELECT FROM reporting_reporttoparliament AS report
        WHERE report.status = 'published'
        AND (report.id = part.report_id OR (TG_OP = 'UPDATE' AND report.id = OLD.report_id))
    ) THEN
        RAISE EXCEPTION 'a published report never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN part;
END $$;
CREATE TRIGGER reporting_published_text BEFORE INSERT OR UPDATE OR DELETE ON reporting_reporttext
    FOR EACH ROW EXECUTE FUNCTION reporting_published_part();
CREATE TRIGGER reporting_published_file BEFORE INSERT OR UPDATE OR DELETE ON reporting_reportfile
    FOR EACH ROW EXECUTE FUNCTION reporting_published_part();
"""
ALLOW = """
DROP TRIGGER reporting_published_file ON reporting_reportfile;
DROP TRIGGER reporting_published_text ON reporting_reporttext;
DROP FUNCTION reporting_published_part();
DROP TRIGGER reporting_published_stays ON reporting_reporttoparliament;
DROP FUNCTION reporting_published_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_handed_in_and_published")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
