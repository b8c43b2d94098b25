"""The database itself writes the journal of exemptions, so that no step and no script can forget it; nobody rewrites it.

A row says from when until when the exemption holds as far as is known now; those that there are get theirs here.
"""

from django.db import migrations

WRITE = """
CREATE FUNCTION enforcement_note_change(about bigint, happened text) RETURNS void LANGUAGE plpgsql AS $$
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

CREATE FUNCTION enforcement_exemption_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM enforcement_note_change(NEW.id, 'granted');
        RETURN NULL;
    END IF;
    IF (OLD.plate, OLD.country, OLD.municipality_id) IS DISTINCT FROM (NEW.plate, NEW.country, NEW.municipality_id) THEN
        INSERT INTO enforcement_exemptionchange
            (transaction, what, reference, plate, country, municipality_id, starts_at, ends_at, at)
            SELECT pg_current_xact_id()::text::bigint, 'ended', d.reference, OLD.plate, OLD.country,
                   OLD.municipality_id, OLD.starts_at, GREATEST(now(), OLD.starts_at), now()
            FROM exemptions_decision d WHERE d.id = OLD.decision_id;
    END IF;
    IF (OLD.plate, OLD.country, OLD.municipality_id, OLD.starts_at, OLD.ends_at, OLD.revoked_at)
        IS DISTINCT FROM (NEW.plate, NEW.country, NEW.municipality_id, NEW.starts_at, NEW.ends_at, NEW.revoked_at)
    THEN
        PERFORM enforcement_note_change(NEW.id, 'changed');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER enforcement_exemption_written AFTER INSERT OR UPDATE ON exemptions_exemption
    FOR EACH ROW EXECUTE FUNCTION enforcement_exemption_written();

CREATE FUNCTION enforcement_suspension_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM enforcement_note_change(NEW.exemption_id, 'changed');
    RETURN NULL;
END $$;
CREATE TRIGGER enforcement_suspension_written AFTER INSERT OR UPDATE ON exemptions_exemptionsuspension
    FOR EACH ROW EXECUTE FUNCTION enforcement_suspension_written();
"""
FORGET = """
DROP TRIGGER enforcement_suspension_written ON exemptions_exemptionsuspension;
DROP TRIGGER enforcement_exemption_written ON exemptions_exemption;
DROP FUNCTION enforcement_suspension_written();
DROP FUNCTION enforcement_exemption_written();
DROP FUNCTION enforcement_note_change(bigint, text);
"""
TAKE_OVER = "SELECT enforcement_note_change(id, 'granted') FROM exemptions_exemption ORDER BY id"
KEEP = """
CREATE FUNCTION enforcement_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journals of enforcement are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER enforcement_exemptionchange_append_only BEFORE UPDATE OR DELETE ON enforcement_exemptionchange
    FOR EACH ROW EXECUTE FUNCTION enforcement_refuse();
CREATE TRIGGER enforcement_credentialchange_append_only BEFORE UPDATE OR DELETE ON enforcement_credentialchange
    FOR EACH ROW EXECUTE FUNCTION enforcement_refuse();
CREATE TRIGGER enforcement_exemptionchange_not_emptied BEFORE TRUNCATE ON enforcement_exemptionchange
    EXECUTE FUNCTION enforcement_refuse();
CREATE TRIGGER enforcement_credentialchange_not_emptied BEFORE TRUNCATE ON enforcement_credentialchange
    EXECUTE FUNCTION enforcement_refuse();
"""
LIFT = """
DROP TRIGGER enforcement_credentialchange_not_emptied ON enforcement_credentialchange;
DROP TRIGGER enforcement_exemptionchange_not_emptied ON enforcement_exemptionchange;
DROP TRIGGER enforcement_credentialchange_append_only ON enforcement_credentialchange;
DROP TRIGGER enforcement_exemptionchange_append_only ON enforcement_exemptionchange;
DROP FUNCTION enforcement_refuse();
"""
SERIES = "CREATE SEQUENCE enforcement_feed_series"
NO_SERIES = "DROP SEQUENCE enforcement_feed_series"


class Migration(migrations.Migration):
    dependencies = [("enforcement", "0001_programs"), ("exemptions", "0035_exemption_suspension")]

    operations = [
        migrations.RunSQL(WRITE, FORGET),
        migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP, LIFT),
        migrations.RunSQL(SERIES, NO_SERIES),
    ]
