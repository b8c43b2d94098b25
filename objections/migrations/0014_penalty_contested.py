"""An objection or an appeal can be about the penalty for deciding late besides (Awb 4:19); a decision sets it anew.

Who set that penalty does not decide on the objection either (10:3(3)).
"""

import django.db.models.deletion
from django.db import migrations, models

ATTACKED = "objection.decision_id"
WITH_PENALTY = "ANY (ARRAY[objection.decision_id, objection.penalty_id])"
REFUSE = """
CREATE OR REPLACE FUNCTION objections_decider_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        WITH RECURSIVE chain AS (
            SELECT decision.id, decision.taken_by_id
            FROM exemptions_decision AS decision
            JOIN objections_objection AS objection ON decision.id = {contested}
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
CREATE OR REPLACE FUNCTION objections_decider_recheck() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        WITH RECURSIVE chain AS (
            SELECT decision.id, decision.taken_by_id, decided.taken_by_id AS decider
            FROM objections_objectiondecision AS decided
            JOIN objections_objection AS objection ON objection.id = decided.objection_id
            JOIN exemptions_decision AS decision ON decision.id = {contested}
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
"""
WATCH = """
CREATE TRIGGER objections_decider_of_penalty AFTER UPDATE OF penalty_id ON objections_objection
    FOR EACH ROW WHEN (NEW.penalty_id IS DISTINCT FROM OLD.penalty_id)
    EXECUTE FUNCTION objections_decider_recheck();
"""
UNWATCH = "DROP TRIGGER objections_decider_of_penalty ON objections_objection;"


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0031_penalty_decision"), ("objections", "0013_silence")]

    operations = [
        migrations.AddField(
            model_name="objection",
            name="penalty",
            field=models.ForeignKey(
                blank=True,
                help_text="The objection is also about this decision on the penalty for deciding late (Awb 4:19).",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="objections_beside",
                to="exemptions.decision",
                verbose_name="penalty contested too",
            ),
        ),
        migrations.AddField(
            model_name="objectiondecision",
            name="new_penalty",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="from_objection_beside",
                to="exemptions.decision",
                verbose_name="penalty set anew (Awb 4:19)",
            ),
        ),
        migrations.AddField(
            model_name="objectiondecision",
            name="penalty_because",
            field=models.TextField(blank=True, default="", verbose_name="about the penalty (Awb 4:19)"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="appeal",
            name="about_penalty",
            field=models.BooleanField(default=False, verbose_name="about the penalty too (Awb 4:19)"),
        ),
        migrations.AddConstraint(
            model_name="objection",
            constraint=models.CheckConstraint(
                condition=models.Q(penalty=None) | ~models.Q(penalty=models.F("decision")),
                name="objection_penalty_beside_another",
            ),
        ),
        migrations.RunSQL(REFUSE.format(contested=WITH_PENALTY), REFUSE.format(contested=ATTACKED)),
        migrations.RunSQL(WATCH, UNWATCH),
    ]
