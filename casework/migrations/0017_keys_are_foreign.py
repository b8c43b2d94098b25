"""Events, deadlines, letters, notices of default and waiting steps belong to a case that exists."""

from django.db import migrations, models

CASES = {
    "application": "exemptions_application",
    "objection": "objections_objection",
    "appeal": "objections_appeal",
    "renewal": "renewals_renewal",
    "report": "reporting_reporttoparliament",
}
ABOUT_A_CASE = ("event", "deadline", "letter", "defaultnotice", "pendingstep")

KEEP = """
INSERT INTO casework_casekey (case_type, case_id) SELECT '{case_type}', id FROM {table};
CREATE TRIGGER casework_key_of_case AFTER INSERT OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION casework_key_of_case('{case_type}');
"""
FORGET = """
DROP TRIGGER casework_key_of_case ON {table};
DELETE FROM casework_casekey WHERE case_type = '{case_type}';
"""
REFER = """
ALTER TABLE casework_{name} ADD CONSTRAINT {name}_of_a_case FOREIGN KEY (case_type, case_id)
    REFERENCES casework_casekey (case_type, case_id) DEFERRABLE INITIALLY DEFERRED;
"""
LET_GO = "ALTER TABLE casework_{name} DROP CONSTRAINT {name}_of_a_case;"


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0016_case_key"),
        ("exemptions", "0017_kept_cases"),
        ("objections", "0006_kept_objections"),
        ("renewals", "0002_wording"),
        ("reporting", "0008_no_spreadsheet_of_the_site"),
    ]

    operations = [
        *(
            migrations.RunSQL(
                KEEP.format(case_type=case_type, table=table), FORGET.format(case_type=case_type, table=table)
            )
            for case_type, table in CASES.items()
        ),
        # a draft is deleted at once, however many letters and waiting steps there are
        *(
            migrations.AddIndex(name, models.Index(fields=["case_type", "case_id"], name=f"{name}_by_case"))
            for name in ("deadline", "letter", "pendingstep")
        ),
        *(migrations.RunSQL(REFER.format(name=name), LET_GO.format(name=name)) for name in ABOUT_A_CASE),
    ]
