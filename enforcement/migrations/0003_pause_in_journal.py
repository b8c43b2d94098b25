"""A line says when an exemption does not hold in between: until a temporary vehicle has it, its own vehicle does."""

from django.db import migrations, models

NOTE = """
CREATE OR REPLACE FUNCTION enforcement_note_change(about bigint, happened text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    held record;
    pause record;
    ends timestamptz;
BEGIN
    SELECT e.*, d.reference INTO held
        FROM exemptions_exemption e JOIN exemptions_decision d ON d.id = e.decision_id WHERE e.id = about;
    SELECT s.starts_at, s.ends_at INTO pause
        FROM exemptions_exemptionsuspension s WHERE s.exemption_id = about ORDER BY s.starts_at DESC LIMIT 1;
    ends := LEAST(held.ends_at, held.revoked_at, CASE WHEN pause.ends_at IS NULL THEN pause.starts_at END);
    IF held.revoked_at IS NOT NULL OR (pause.starts_at IS NOT NULL AND pause.ends_at IS NULL)
        OR (pause.starts_at <= held.starts_at AND pause.ends_at >= ends)
    THEN
        happened := 'ended';
    END IF;
    INSERT INTO enforcement_exemptionchange
        (transaction, what, reference, plate, country, municipality_id, starts_at, ends_at,
         paused_from, paused_until, at)
        VALUES (pg_current_xact_id()::text::bigint, happened, held.reference, held.plate, held.country,
                held.municipality_id, held.starts_at, ends,
                CASE WHEN pause.ends_at IS NOT NULL THEN pause.starts_at END, pause.ends_at, now());
END $$;
"""
AS_BEFORE = """
CREATE OR REPLACE FUNCTION enforcement_note_change(about bigint, happened text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    held record;
    pause record;
    starts timestamptz;
    ends timestamptz;
BEGIN
    SELECT e.*, d.reference INTO held
        FROM exemptions_exemption e JOIN exemptions_decision d ON d.id = e.decision_id WHERE e.id = about;
    SELECT s.starts_at, s.ends_at INTO pause
        FROM exemptions_exemptionsuspension s WHERE s.exemption_id = about ORDER BY s.starts_at DESC LIMIT 1;
    starts := GREATEST(held.starts_at, pause.ends_at);
    ends := LEAST(held.ends_at, held.revoked_at, CASE WHEN pause.ends_at IS NULL THEN pause.starts_at END);
    IF held.revoked_at IS NOT NULL OR (pause.starts_at IS NOT NULL AND pause.ends_at IS NULL) OR starts >= ends THEN
        happened := 'ended';
    END IF;
    INSERT INTO enforcement_exemptionchange
        (transaction, what, reference, plate, country, municipality_id, starts_at, ends_at, at)
        VALUES (pg_current_xact_id()::text::bigint, happened, held.reference, held.plate, held.country,
                held.municipality_id, starts, ends, now());
END $$;
"""
TELL_AGAIN = """
SELECT enforcement_note_change(exemption, 'changed') FROM (
    SELECT DISTINCT exemption_id AS exemption FROM exemptions_exemptionsuspension WHERE ends_at > now()
    ORDER BY 1) AS paused
"""


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0002_journal")]

    operations = [
        migrations.AddField(
            model_name="exemptionchange",
            name="paused_from",
            field=models.DateTimeField(null=True, verbose_name="does not hold from"),
        ),
        migrations.AddField(
            model_name="exemptionchange",
            name="paused_until",
            field=models.DateTimeField(null=True, verbose_name="holds again from"),
        ),
        migrations.RunSQL(NOTE, AS_BEFORE),
        migrations.RunSQL(TELL_AGAIN, migrations.RunSQL.noop),
    ]
