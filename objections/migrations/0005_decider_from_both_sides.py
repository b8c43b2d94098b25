"""The rule on the decider (Awb 10:3(3)) holds whichever row is written last; decisions on objections are kept.

0002 looks at a new decision on an objection. Here the same is asked where a decision gets a successor, or an objection
another decision: either could bring somebody's own decision into the chain that they decided on.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION objections_decider_recheck() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        WITH RECURSIVE chain AS (
            SELECT decision.id, decision.taken_by_id, decided.taken_by_id AS decider
            FROM objections_objectiondecision AS decided
            JOIN objections_objection AS objection ON objection.id = decided.objection_id
            JOIN exemptions_decision AS decision ON decision.id = objection.decision_id
            WHERE CASE TG_TABLE_NAME
                WHEN 'objections_objection' THEN objection.id = NEW.id
                ELSE decision.application_id = (to_jsonb(NEW) ->> 'application_id')::bigint
            END
            UNION
            SELECT earlier.id, earlier.taken_by_id, chain.decider
            FROM exemptions_decision AS earlier
            JOIN chain ON earlier.replaced_by_id = chain.id
        )
        SELECT FROM chain WHERE chain.taken_by_id = chain.decider
    ) THEN
        RAISE EXCEPTION 'the decider took a decision of the chain under attack (Awb 10:3(3))'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER objections_decider_of_chain AFTER UPDATE OF replaced_by_id ON exemptions_decision
    FOR EACH ROW WHEN (NEW.replaced_by_id IS DISTINCT FROM OLD.replaced_by_id)
    EXECUTE FUNCTION objections_decider_recheck();
CREATE TRIGGER objections_decider_of_objection AFTER UPDATE OF decision_id ON objections_objection
    FOR EACH ROW WHEN (NEW.decision_id IS DISTINCT FROM OLD.decision_id)
    EXECUTE FUNCTION objections_decider_recheck();
CREATE TRIGGER objections_objectiondecision_kept BEFORE UPDATE OR DELETE ON objections_objectiondecision
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('new_decision_id', 'posted_on', 'annulled_on');
CREATE TRIGGER objections_objectiondecision_not_emptied BEFORE TRUNCATE ON objections_objectiondecision
    EXECUTE FUNCTION casework_keep_row();
"""
ALLOW = """
DROP TRIGGER objections_objectiondecision_not_emptied ON objections_objectiondecision;
DROP TRIGGER objections_objectiondecision_kept ON objections_objectiondecision;
DROP TRIGGER objections_decider_of_objection ON objections_objection;
DROP TRIGGER objections_decider_of_chain ON exemptions_decision;
DROP FUNCTION objections_decider_recheck();
"""


class Migration(migrations.Migration):
    dependencies = [("objections", "0004_wording"), ("exemptions", "0015_kept_decisions")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
