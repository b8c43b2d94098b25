import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import casework.clock

KEEP = """
-- The database writes the journal itself, so that no step and no script can forget it.
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

-- A line of the journal: from when until when an exemption holds as far as is known now, and when not in between.
CREATE FUNCTION enforcement_note_change(about bigint, happened text) RETURNS void LANGUAGE plpgsql AS $$
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

-- Nobody rewrites a journal.
CREATE FUNCTION enforcement_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journals of enforcement are append-only' USING ERRCODE = 'restrict_violation';
END $$;

-- A suspension changes until when an exemption holds.
CREATE FUNCTION enforcement_suspension_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM enforcement_note_change(NEW.exemption_id, 'changed');
    RETURN NULL;
END $$;

-- Ties a reader of the journal to this database: after a restore a series begins anew.
CREATE SEQUENCE enforcement_feed_series;

CREATE TRIGGER enforcement_credentialchange_append_only BEFORE DELETE OR UPDATE ON enforcement_credentialchange
    FOR EACH ROW EXECUTE FUNCTION enforcement_refuse();
CREATE TRIGGER enforcement_credentialchange_not_emptied BEFORE TRUNCATE ON enforcement_credentialchange
    FOR EACH STATEMENT EXECUTE FUNCTION enforcement_refuse();
CREATE TRIGGER enforcement_exemption_written AFTER INSERT OR UPDATE ON exemptions_exemption
    FOR EACH ROW EXECUTE FUNCTION enforcement_exemption_written();
CREATE TRIGGER enforcement_exemptionchange_append_only BEFORE DELETE OR UPDATE ON enforcement_exemptionchange
    FOR EACH ROW EXECUTE FUNCTION enforcement_refuse();
CREATE TRIGGER enforcement_exemptionchange_not_emptied BEFORE TRUNCATE ON enforcement_exemptionchange
    FOR EACH STATEMENT EXECUTE FUNCTION enforcement_refuse();
CREATE TRIGGER enforcement_suspension_written AFTER INSERT OR UPDATE ON exemptions_exemptionsuspension
    FOR EACH ROW EXECUTE FUNCTION enforcement_suspension_written();
"""
LET_GO = """
DROP FUNCTION enforcement_exemption_written() CASCADE;
DROP FUNCTION enforcement_note_change(bigint, text) CASCADE;
DROP FUNCTION enforcement_refuse() CASCADE;
DROP FUNCTION enforcement_suspension_written() CASCADE;
DROP SEQUENCE enforcement_feed_series;
"""


class Migration(migrations.Migration):
    replaces = [
        ("enforcement", "0001_programs"),
        ("enforcement", "0002_journal"),
        ("enforcement", "0003_pause_in_journal"),
        ("enforcement", "0004_street_checks"),
    ]

    initial = True

    dependencies = [
        ("allauth_idp_oidc", "0003_client_allow_uri_wildcards"),
        ("exemptions", "0001_squashed_0040"),
        ("zones", "0001_squashed_0009"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                (
                    "digest",
                    models.BinaryField(
                        max_length=16, primary_key=True, serialize=False, verbose_name="digest of the plate"
                    ),
                ),
                ("facts", models.TextField(blank=True, verbose_name="facts")),
                ("as_of", models.DateTimeField(default=casework.clock.now, verbose_name="as of")),
            ],
            options={
                "verbose_name": "answer of the vehicle register",
                "verbose_name_plural": "answers of the vehicle register",
            },
        ),
        migrations.CreateModel(
            name="MachineClient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="Which system it is, as in 'cameras of the ring'.",
                        max_length=100,
                        verbose_name="name",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        help_text="What the municipality asks for; it is kept with every question.",
                        max_length=200,
                        verbose_name="purpose",
                    ),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                ("seen_at", models.DateTimeField(blank=True, null=True, verbose_name="last used")),
                (
                    "client",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="machine",
                        to="allauth_idp_oidc.client",
                        verbose_name="client ID",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="machine_clients",
                        to="zones.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "program of a municipality",
                "verbose_name_plural": "programs of municipalities",
                "ordering": ("municipality__name", "name"),
                "permissions": (("issue_machineclient", "May issue, rotate and revoke the secrets of programs"),),
            },
        ),
        migrations.CreateModel(
            name="CredentialChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[("issued", "issued"), ("rotated", "secret replaced"), ("revoked", "revoked")],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("at", models.DateTimeField(default=casework.clock.now, verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "machine",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="enforcement.machineclient",
                        verbose_name="program",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a secret",
                "verbose_name_plural": "changes of secrets",
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ExemptionChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("transaction", models.BigIntegerField(verbose_name="transaction")),
                (
                    "what",
                    models.CharField(
                        choices=[("granted", "granted"), ("changed", "changed"), ("ended", "ended")],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("reference", models.CharField(max_length=20, verbose_name="reference")),
                ("plate", models.CharField(max_length=12, verbose_name="plate")),
                ("country", models.CharField(max_length=3, verbose_name="country")),
                ("starts_at", models.DateTimeField(verbose_name="valid from")),
                ("ends_at", models.DateTimeField(verbose_name="valid until")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "municipality",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.municipality",
                        verbose_name="municipality",
                    ),
                ),
                ("paused_from", models.DateTimeField(null=True, verbose_name="does not hold from")),
                ("paused_until", models.DateTimeField(null=True, verbose_name="holds again from")),
            ],
            options={
                "verbose_name": "change of an exemption",
                "verbose_name_plural": "changes of exemptions",
                "ordering": ("transaction", "pk"),
                "indexes": [models.Index(fields=["transaction", "id"], name="exemptionchange_in_order")],
            },
        ),
        migrations.CreateModel(
            name="EnforcementQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(max_length=200, verbose_name="purpose")),
                ("zone", models.CharField(max_length=6, verbose_name="zone")),
                ("asked_at", models.DateTimeField(default=casework.clock.now, verbose_name="asked")),
                (
                    "plates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BinaryField(max_length=16), size=None, verbose_name="digests of the plates"
                    ),
                ),
                ("count", models.PositiveIntegerField(default=1, verbose_name="number of vehicles")),
                (
                    "machine",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="enforcement.machineclient",
                        verbose_name="program",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "question of enforcement",
                "verbose_name_plural": "questions of enforcement",
                "ordering": ("-asked_at",),
                "permissions": (("check_vehicle", "May ask whether a vehicle may be in the zone"),),
                "indexes": [models.Index(fields=["asked_at"], name="enforcementquestion_by_moment")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("machine", None), ("asked_by", None), _connector="XOR"),
                        name="enforcementquestion_by_one",
                    )
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
