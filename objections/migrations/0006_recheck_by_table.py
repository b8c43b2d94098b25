"""The recheck of the decider reads the column that its table has.

0005 named `NEW.application_id` for both tables; an objection has none, so each objection that was pointed at another
decision failed, lawful or not.
"""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION objections_decider_recheck() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    written jsonb := to_jsonb(NEW);
BEGIN
    IF EXISTS (
        WITH RECURSIVE chain AS (
            SELECT decision.id, decision.taken_by_id, decided.taken_by_id AS decider
            FROM objections_objectiondecision AS decided
            JOIN objections_objection AS objection ON objection.id = decided.objection_id
            JOIN exemptions_decision AS decision ON decision.id = objection.decision_id
            WHERE CASE TG_TABLE_NAME
                WHEN 'objections_objection' THEN objection.id = (written->>'id')::bigint
                ELSE decision.application_id = (written->>'application_id')::bigint
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
"""


class Migration(migrations.Migration):
    dependencies = [("objections", "0005_decider_from_both_sides")]

    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
