"""The database itself refuses a decider who took the decision under attack, or an earlier one of its chain."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION objections_decider_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        WITH RECURSIVE chain AS (
            SELECT decision.id, decision.taken_by_id
            FROM exemptions_decision AS decision
            JOIN objections_objection AS objection ON objection.decision_id = decision.id
            WHERE objection.id = NEW.objection_id
            UNION
            SELECT earlier.id, earlier.taken_by_id
            FROM exemptions_decision AS earlier
            JOIN chain ON earlier.replaced_by_id = chain.id
        )
        SELECT FROM chain WHERE chain.taken_by_id = NEW.taken_by_id
    ) THEN
        RAISE EXCEPTION 'the decider took a decision of the chain under attack (Awb 10:3(3))'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER objections_decider BEFORE INSERT OR UPDATE ON objections_objectiondecision
    FOR EACH ROW EXECUTE FUNCTION objections_decider_refuse();
"""
ALLOW = """
DROP TRIGGER objections_decider ON objections_objectiondecision;
DROP FUNCTION objections_decider_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("objections", "0001_objection")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
