import uuid

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import casework.clock
import casework.models.document
import casework.models.export
import casework.models.message

KEEP = """
-- Who serves dates no event back.
CREATE FUNCTION casework_event_of_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = TG_RELID)
        AND NEW.at NOT BETWEEN now() - interval '10 minutes' AND clock_timestamp() + interval '10 minutes'
    THEN
        RAISE EXCEPTION 'an event is of now' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- The statistics count events: none changes, none goes.
CREATE FUNCTION casework_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'restrict_violation';
END $$;

-- Who serves deletes nothing of a numbered dossier: only drafts have dossiers without a number.
CREATE FUNCTION casework_keep_from_who_serves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
BEGIN
    IF (SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = TG_RELID)
        OR was ->> 'status' = 'draft'
        OR (was ? 'dossier_id' AND NOT was ? 'status' AND NOT EXISTS (
            SELECT FROM casework_dossier WHERE id = (was ->> 'dossier_id')::bigint AND number IS NOT NULL
        ))
    THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION '% keeps its rows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- A row stays as it was written. The arguments of the trigger name columns that may be filled once; a day of
-- posting may be followed by a later one, when the letter had to be sent again.
CREATE FUNCTION casework_keep_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR (to_jsonb(NEW) - TG_ARGV) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV) OR EXISTS (
        SELECT FROM unnest(TG_ARGV) AS name, to_jsonb(OLD) AS was, to_jsonb(NEW) AS becomes
        WHERE was ->> name IS NOT NULL
        AND becomes ->> name IS DISTINCT FROM was ->> name
        AND NOT coalesce(name = 'made_known_on' AND becomes ->> name > was ->> name, false)
    ) THEN
        RAISE EXCEPTION '% keeps its rows as they were written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- A letter that waits to be posted only gets the day on which it is.
CREATE FUNCTION casework_keep_unsent_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE'
        OR NEW.made_known_on IS NULL
        OR to_jsonb(NEW) - '{body,made_known_on}'::text[] IS DISTINCT FROM to_jsonb(OLD) - '{body,made_known_on}'::text[]
    THEN
        RAISE EXCEPTION 'a letter that waits to be posted only gets its day' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- A row for every case of any type, to which events, deadlines and letters point.
CREATE FUNCTION casework_key_of_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO casework_casekey (case_type, case_id) VALUES (TG_ARGV[0], NEW.id);
    ELSE
        DELETE FROM casework_casekey WHERE case_type = TG_ARGV[0] AND case_id = OLD.id AND NOT EXISTS (
            SELECT FROM casework_event WHERE case_type = TG_ARGV[0] AND case_id = OLD.id
        );
    END IF;
    RETURN NULL;
END $$;

-- A proposal is never rewritten, and what was settled stays settled.
CREATE FUNCTION casework_referencechange_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.outcome = '' AND
        to_jsonb(NEW) - ARRAY['outcome', 'settled_by_id', 'settled_at', 'remark', 'written'] =
        to_jsonb(OLD) - ARRAY['outcome', 'settled_by_id', 'settled_at', 'remark', 'written']
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'changes of settings and rules are append-only' USING ERRCODE = 'restrict_violation';
END $$;

-- What figures count by does not change.
CREATE FUNCTION casework_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% keeps what figures count by', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER casework_deadline_counted BEFORE UPDATE ON casework_deadline
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('closed_at');
CREATE TRIGGER casework_deadline_kept BEFORE DELETE ON casework_deadline
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();
CREATE TRIGGER casework_deadline_not_emptied BEFORE TRUNCATE ON casework_deadline
    FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_row();
CREATE TRIGGER casework_event_append_only BEFORE DELETE OR UPDATE ON casework_event
    FOR EACH ROW EXECUTE FUNCTION casework_event_refuse();
CREATE TRIGGER casework_event_not_emptied BEFORE TRUNCATE ON casework_event
    FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_row();
CREATE TRIGGER casework_event_of_now BEFORE INSERT ON casework_event
    FOR EACH ROW EXECUTE FUNCTION casework_event_of_now();
CREATE TRIGGER casework_letter_kept BEFORE DELETE OR UPDATE ON casework_letter
    FOR EACH ROW WHEN (OLD.made_known_on IS NOT NULL) EXECUTE FUNCTION casework_keep_row('pdf_id');
CREATE TRIGGER casework_letter_kept_unsent BEFORE DELETE OR UPDATE ON casework_letter
    FOR EACH ROW WHEN (OLD.made_known_on IS NULL) EXECUTE FUNCTION casework_keep_unsent_letter();
CREATE TRIGGER casework_letter_not_emptied BEFORE TRUNCATE ON casework_letter
    FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_row();
CREATE TRIGGER casework_message_kept BEFORE DELETE ON casework_message
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();
CREATE TRIGGER casework_referencechange_append_only BEFORE DELETE OR UPDATE ON casework_referencechange
    FOR EACH ROW EXECUTE FUNCTION casework_referencechange_refuse();
CREATE TRIGGER casework_referencechange_not_emptied BEFORE TRUNCATE ON casework_referencechange
    FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_row();
CREATE TRIGGER django_admin_log_kept BEFORE DELETE OR UPDATE ON django_admin_log
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();

-- What belongs to a case belongs to one that exists.
ALTER TABLE casework_courtorder ADD CONSTRAINT courtorder_of_a_case FOREIGN KEY (case_type, case_id)
    REFERENCES casework_casekey(case_type, case_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE casework_deadline ADD CONSTRAINT deadline_of_a_case FOREIGN KEY (case_type, case_id)
    REFERENCES casework_casekey(case_type, case_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE casework_defaultnotice ADD CONSTRAINT defaultnotice_of_a_case FOREIGN KEY (case_type, case_id)
    REFERENCES casework_casekey(case_type, case_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE casework_event ADD CONSTRAINT event_of_a_case FOREIGN KEY (case_type, case_id)
    REFERENCES casework_casekey(case_type, case_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE casework_letter ADD CONSTRAINT letter_of_a_case FOREIGN KEY (case_type, case_id)
    REFERENCES casework_casekey(case_type, case_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE casework_pendingstep ADD CONSTRAINT pendingstep_of_a_case FOREIGN KEY (case_type, case_id)
    REFERENCES casework_casekey(case_type, case_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE casework_termsuspension ADD CONSTRAINT termsuspension_of_a_case FOREIGN KEY (case_type, case_id)
    REFERENCES casework_casekey(case_type, case_id) DEFERRABLE INITIALLY DEFERRED;
"""
LET_GO = """
DROP FUNCTION casework_event_of_now() CASCADE;
DROP FUNCTION casework_event_refuse() CASCADE;
DROP FUNCTION casework_keep_from_who_serves() CASCADE;
DROP FUNCTION casework_keep_row() CASCADE;
DROP FUNCTION casework_keep_unsent_letter() CASCADE;
DROP FUNCTION casework_key_of_case() CASCADE;
DROP FUNCTION casework_referencechange_refuse() CASCADE;
DROP FUNCTION casework_refuse_change() CASCADE;
"""


class Migration(migrations.Migration):
    replaces = [
        ("casework", "0001_case"),
        ("casework", "0002_event_append_only"),
        ("casework", "0003_default_notice"),
        ("casework", "0004_export"),
        ("casework", "0005_message_headers"),
        ("casework", "0006_letter_of_a_case"),
        ("casework", "0007_letter_always_of_a_case"),
        ("casework", "0008_pending_step"),
        ("casework", "0009_mail_of_a_letter"),
        ("casework", "0010_letter_plate"),
        ("casework", "0011_reference_change"),
        ("casework", "0012_wording"),
        ("casework", "0013_kept_rows"),
        ("casework", "0014_kept_for_good"),
        ("casework", "0015_kept_from_who_serves"),
        ("casework", "0016_case_key"),
        ("casework", "0017_keys_are_foreign"),
        ("casework", "0018_moment_from_clock"),
        ("casework", "0019_postal_copy"),
        ("casework", "0020_counted_from_events"),
        ("casework", "0021_refuse_change"),
        ("casework", "0022_made_known"),
        ("casework", "0023_term_suspension"),
        ("casework", "0024_terms_are_kept"),
        ("casework", "0025_court_order"),
        ("casework", "0026_other_body"),
    ]

    initial = True

    dependencies = [
        ("admin", "0003_logentry_add_action_flag_choices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(blank=True, max_length=20, null=True, unique=True, verbose_name="number")),
                ("opened_at", models.DateTimeField(default=casework.clock.now, verbose_name="opened")),
            ],
            options={
                "verbose_name": "dossier",
                "verbose_name_plural": "dossiers",
            },
        ),
        migrations.CreateModel(
            name="EquatedDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "equated day",
                "verbose_name_plural": "equated days",
                "ordering": ("day",),
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="CaseKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_type", models.CharField(max_length=20, verbose_name="case type")),
                ("case_id", models.BigIntegerField(verbose_name="case id")),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "constraints": [models.UniqueConstraint(fields=("case_type", "case_id"), name="casekey_once")],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("evidence", "evidence"), ("letter", "letter"), ("receipt", "receipt")],
                        default="evidence",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=casework.models.document.storage_path, verbose_name="file"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("content_type", models.CharField(max_length=100, verbose_name="type")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                ("added_at", models.DateTimeField(default=casework.clock.now, verbose_name="added")),
                ("removed_at", models.DateTimeField(blank=True, null=True, verbose_name="removed")),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ("added_at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="LetterText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(max_length=40, verbose_name="kind")),
                (
                    "channel",
                    models.CharField(
                        choices=[("letter", "letter"), ("mail", "email")], max_length=10, verbose_name="channel"
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Nederlands"), ("en", "English")], max_length=2, verbose_name="language"
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("body", models.TextField(verbose_name="text")),
                ("created_at", models.DateTimeField(default=casework.clock.now, verbose_name="written")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter text",
                "verbose_name_plural": "letter texts",
                "ordering": ("kind", "language", "-version"),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "language", "version"), name="lettertext_one_row_a_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.SlugField(max_length=40, verbose_name="kind")),
                ("language", models.CharField(default="nl", max_length=2, verbose_name="language")),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("body", models.TextField(verbose_name="text")),
                ("address", models.TextField(blank=True, verbose_name="addressee")),
                ("reference", models.CharField(blank=True, max_length=30, verbose_name="reference")),
                ("placed_at", models.DateTimeField(default=casework.clock.now, verbose_name="in the portal since")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="letters",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "pdf",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="letter",
                        to="casework.document",
                        verbose_name="PDF",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="casework.lettertext",
                        verbose_name="version",
                    ),
                ),
                ("case_type", models.CharField(max_length=20, verbose_name="case type")),
                ("case_id", models.BigIntegerField(verbose_name="case id")),
                (
                    "plate",
                    models.CharField(
                        blank=True,
                        help_text="Of the exemption that it announces; its QR code carries it.",
                        max_length=12,
                        verbose_name="plate",
                    ),
                ),
                (
                    "made_known_on",
                    models.DateField(
                        blank=True,
                        default=casework.clock.today,
                        help_text="The day on which it was placed, or on which it was posted to those who want post.",
                        null=True,
                        verbose_name="made known on",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ("placed_at", "pk"),
                "indexes": [
                    models.Index(condition=models.Q(("pdf", None)), fields=["id"], name="letter_without_pdf"),
                    models.Index(fields=["case_type", "case_id"], name="letter_by_case"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("to", models.EmailField(max_length=254, verbose_name="to")),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("body", models.TextField(verbose_name="text")),
                (
                    "message_id",
                    models.CharField(
                        default=casework.models.message.new_message_id,
                        max_length=200,
                        unique=True,
                        verbose_name="Message-ID",
                    ),
                ),
                ("created_at", models.DateTimeField(default=casework.clock.now, verbose_name="written")),
                ("not_before", models.DateTimeField(default=casework.clock.now, verbose_name="not before")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("error", models.CharField(blank=True, max_length=500, verbose_name="last error")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("given_up_at", models.DateTimeField(blank=True, null=True, verbose_name="given up")),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outgoing_mail",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "headers",
                    models.JSONField(
                        blank=True, default=dict, help_text="Such as In-Reply-To.", verbose_name="headers"
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="mails",
                        to="casework.letter",
                        verbose_name="letter that it announces",
                    ),
                ),
                (
                    "mended_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="replaced by another email or by post"),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ("-created_at", "-pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("given_up_at", None), ("sent_at", None)),
                        fields=["not_before", "id"],
                        name="message_to_send",
                    ),
                    models.Index(
                        condition=models.Q(("given_up_at", None), _negated=True),
                        fields=["given_up_at"],
                        name="message_failed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OtherBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=30, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "sort",
                    models.CharField(
                        choices=[("ombudsman", "ombudsman"), ("fines", "fines"), ("other", "something else")],
                        max_length=12,
                        verbose_name="for",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=6, verbose_name="municipality")),
                ("address", models.CharField(max_length=200, verbose_name="address")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "other body",
                "verbose_name_plural": "other bodies",
                "ordering": ("name", "valid_from"),
                "constraints": [models.UniqueConstraint(fields=("code", "valid_from"), name="otherbody_one_row_a_day")],
            },
        ),
        migrations.CreateModel(
            name="PendingStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_type", models.CharField(max_length=20, verbose_name="case type")),
                ("case_id", models.BigIntegerField(verbose_name="case id")),
                ("step", models.CharField(max_length=40, verbose_name="step")),
                ("typed", models.JSONField(blank=True, default=dict, verbose_name="what was typed")),
                ("language", models.CharField(max_length=10, verbose_name="language in which it was typed")),
                ("shown", models.JSONField(blank=True, default=dict, verbose_name="letters and emails")),
                ("seen", models.BigIntegerField(verbose_name="last event seen")),
                ("made_at", models.DateTimeField(default=casework.clock.now, verbose_name="decided")),
                ("due_at", models.DateTimeField(verbose_name="goes out")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("carried_out", "carried out"),
                            ("taken_back", "taken back"),
                            ("overtaken", "overtaken by what happened to the case"),
                            ("refused", "not allowed any more"),
                        ],
                        max_length=20,
                        verbose_name="how it ended",
                    ),
                ),
                ("because", models.TextField(blank=True, verbose_name="why it was not carried out")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="needs no attention since")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pending_steps",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
            ],
            options={
                "verbose_name": "waiting step",
                "verbose_name_plural": "waiting steps",
                "ordering": ("made_at", "pk"),
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["due_at"], name="pendingstep_due"),
                    models.Index(
                        condition=models.Q(("settled_at", None)),
                        fields=["case_type", "case_id"],
                        name="pendingstep_unsettled",
                    ),
                    models.Index(fields=["case_type", "case_id"], name="pendingstep_by_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("case_type", "case_id"),
                        name="pendingstep_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ending", ""), ("settled_at", None)),
                            models.Q(("ended_at__isnull", False), models.Q(("ending", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="pendingstep_ended_somehow",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.SlugField(max_length=60, verbose_name="name")),
                (
                    "value",
                    models.JSONField(
                        blank=True, help_text="Empty means: to be filled in.", null=True, verbose_name="value"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "verbose_name": "policy setting",
                "verbose_name_plural": "policy settings",
                "ordering": ("name", "-valid_from"),
                "constraints": [models.UniqueConstraint(fields=("name", "valid_from"), name="policy_one_value_a_day")],
            },
        ),
        migrations.CreateModel(
            name="PostalCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("marked_at", models.DateTimeField(default=casework.clock.now, verbose_name="marked")),
                ("posted_on", models.DateField(blank=True, null=True, verbose_name="posted on")),
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postal_copy",
                        to="casework.letter",
                        verbose_name="letter",
                    ),
                ),
                (
                    "posted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="posted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter by post",
                "verbose_name_plural": "letters by post",
                "db_table": "exemptions_postalcopy",
                "indexes": [
                    models.Index(
                        condition=models.Q(("posted_on", None)), fields=["marked_at"], name="postalcopy_to_post"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("posted_by", None), ("posted_on", None)),
                            models.Q(("posted_by__isnull", False), ("posted_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="postalcopy_posted_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferenceChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "model",
                    models.CharField(help_text="The table, as casework.policy.", max_length=60, verbose_name="about"),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="What every version of it shares: a name, a code.",
                        max_length=200,
                        verbose_name="which",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("add", "new"),
                            ("version", "new version"),
                            ("end", "end"),
                            ("cancel", "taken back before it begins"),
                        ],
                        max_length=10,
                        verbose_name="change",
                    ),
                ),
                ("replaces", models.BigIntegerField(blank=True, null=True, verbose_name="version that it is about")),
                (
                    "before",
                    models.JSONField(
                        blank=True,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="as it was",
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="as it becomes",
                    ),
                ),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("reason", models.TextField(verbose_name="reason")),
                ("proposed_at", models.DateTimeField(default=casework.clock.now, verbose_name="proposed")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "waits for a second person"),
                            ("published", "published"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn by its maker"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="why not")),
                ("written", models.BigIntegerField(blank=True, null=True, verbose_name="version that was written")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposed by",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change to settings and rules",
                "verbose_name_plural": "changes to settings and rules",
                "ordering": ("-proposed_at", "-pk"),
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", "")), fields=["model", "key"], name="referencechange_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at", None), ("settled_by", None)),
                            models.Q(
                                ("outcome", "withdrawn"),
                                ("settled_at__isnull", False),
                                ("settled_by", models.F("proposed_by")),
                            ),
                            models.Q(
                                ("outcome__in", ("published", "declined")),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("settled_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="referencechange_two_pairs_of_eyes",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TermSuspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_type", models.CharField(max_length=20, verbose_name="case type")),
                ("case_id", models.BigIntegerField(verbose_name="case id")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("foreign", "information was asked of a foreign authority (Awb 4:15, paragraph 1 under b)"),
                            ("agreed", "the applicant agreed in writing (Awb 4:15, paragraph 2 under a)"),
                            ("applicant", "the delay is due to the applicant (Awb 4:15, paragraph 2 under b)"),
                            ("force_majeure", "force majeure (Awb 4:15, paragraph 2 under c)"),
                        ],
                        max_length=20,
                        verbose_name="why the term stands still",
                    ),
                ),
                ("first_day", models.DateField(blank=True, null=True, verbose_name="first day that stands still")),
                ("expected_on", models.DateField(verbose_name="expected to run again on")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ran again on")),
                ("reason", models.TextField(verbose_name="reason")),
                ("noted_at", models.DateTimeField(default=casework.clock.now, verbose_name="noted")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="term_suspensions",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.letter",
                        verbose_name="letter",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "suspension of a term",
                "verbose_name_plural": "suspensions of terms",
                "ordering": ("noted_at", "pk"),
                "indexes": [models.Index(fields=["case_type", "case_id"], name="termsuspension_by_case")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None), models.Q(("ground", "agreed"), _negated=True)),
                        fields=("case_type", "case_id", "ground"),
                        name="termsuspension_one_open_a_ground",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None), ("first_day", None), ("ground", "agreed")),
                        fields=("case_type", "case_id"),
                        name="termsuspension_one_proposed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_day__isnull", False), ("ground__in", ["foreign", "agreed"]), _connector="OR"
                        ),
                        name="termsuspension_begins_by_a_fact",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DefaultNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_type", models.CharField(max_length=20, verbose_name="case type")),
                ("case_id", models.BigIntegerField(verbose_name="case id")),
                ("received_on", models.DateField(verbose_name="received")),
                ("due", models.DateField(verbose_name="the term that had lapsed")),
                ("first_day", models.DateField(blank=True, null=True, verbose_name="first penalty day")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on the case")),
                ("set_on", models.DateField(blank=True, null=True, verbose_name="amount set")),
                ("amount_eur", models.PositiveIntegerField(blank=True, null=True, verbose_name="penalty in euros")),
                (
                    "without",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unreasonably_late", "the notice came unreasonably late"),
                            ("not_interested", "the applicant is no interested party"),
                            ("manifestly_unfounded", "manifestly inadmissible or unfounded"),
                        ],
                        max_length=30,
                        verbose_name="no penalty, because",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="default_notices",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="set by",
                    ),
                ),
                ("by_court", models.BooleanField(default=False, verbose_name="amount set by the court (Awb 8:55c)")),
            ],
            options={
                "verbose_name": "notice of default",
                "verbose_name_plural": "notices of default",
                "ordering": ("received_on", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("set_on", None)), fields=["first_day"], name="defaultnotice_to_set"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("first_day__isnull", False)),
                        fields=("case_type", "case_id", "due"),
                        name="defaultnotice_one_a_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("set_on", None), ("amount_eur__isnull", False), _connector="OR"),
                        name="defaultnotice_set_is_amount",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_type", models.CharField(max_length=20, verbose_name="case type")),
                ("case_id", models.BigIntegerField(verbose_name="case id")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("decide", "decide on the application (Awb 4:13)"),
                            ("supply", "applicant completes the application (Awb 4:5)"),
                            ("set_aside", "last day to set aside (Awb 4:5, paragraph 4)"),
                            ("view", "applicant gives a view (Awb 4:7)"),
                            ("object", "last day to object (Awb 6:7)"),
                            ("decide_objection", "decide on the objection (Awb 7:10)"),
                            ("repair", "objector repairs the objection (Awb 6:6)"),
                            ("hearing_reply", "objector says whether they want to be heard (Awb 7:3)"),
                            ("papers", "last day to hand in papers before the hearing (Awb 7:4)"),
                            ("file_open", "the file lies open from this day at the latest (Awb 7:4)"),
                            ("appeal", "last day to appeal to the court (Awb 6:7, 8:1)"),
                            ("court_papers", "send the papers to the court (Awb 8:42)"),
                            ("court_remedy", "our last day to go against the judgment (Awb 6:7, 6:24, 8:55)"),
                            ("court_repair", "repair the decision as the court asked (Awb 8:51a)"),
                            ("set_penalty", "set the penalty by decision (Awb 4:18)"),
                            ("decide_complaint", "tell the outcome of the complaint (Awb 9:11)"),
                            ("decline_complaint", "last day to tell that a complaint is not handled (Awb 9:8)"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("due", models.DateField(verbose_name="last day")),
                ("basis", models.JSONField(blank=True, default=dict, verbose_name="the sum")),
                ("opened_at", models.DateTimeField(default=casework.clock.now, verbose_name="opened")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deadlines",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "deadline",
                "verbose_name_plural": "deadlines",
                "ordering": ("due", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["kind", "due"], name="deadline_open_by_due"
                    ),
                    models.Index(fields=["case_type", "case_id"], name="deadline_by_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("case_type", "case_id", "kind"),
                        name="deadline_one_open_a_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CourtOrder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_type", models.CharField(max_length=20, verbose_name="case type")),
                ("case_id", models.BigIntegerField(verbose_name="case id")),
                ("sent_on", models.DateField(verbose_name="judgment sent")),
                ("until", models.DateField(verbose_name="last day to decide")),
                ("euros_a_day", models.PositiveIntegerField(default=0, verbose_name="euros for each day too late")),
                ("most_eur", models.PositiveIntegerField(blank=True, null=True, verbose_name="at most, in euros")),
                (
                    "ended_on",
                    models.DateField(blank=True, null=True, verbose_name="decided, or no longer to be decided"),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="court_orders",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "order of a court",
                "verbose_name_plural": "orders of a court",
                "ordering": ("until", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("case_type", "case_id"),
                        name="courtorder_one_running",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("sent_on"))), name="courtorder_until_after_sending"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_type", models.CharField(max_length=20, verbose_name="case type")),
                ("case_id", models.BigIntegerField(verbose_name="case id")),
                ("at", models.DateTimeField(default=casework.clock.now, verbose_name="moment")),
                ("step", models.CharField(max_length=40, verbose_name="step")),
                ("from_status", models.CharField(max_length=20, verbose_name="from")),
                ("to_status", models.CharField(max_length=20, verbose_name="to")),
                ("detail", models.JSONField(blank=True, default=dict, verbose_name="details")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ("at", "pk"),
                "indexes": [
                    models.Index(fields=["case_type", "case_id", "-at", "-id"], name="event_by_case"),
                    models.Index(fields=["step", "at"], name="event_by_step"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("listing", models.CharField(max_length=40, verbose_name="list")),
                ("filters", models.CharField(blank=True, max_length=1000, verbose_name="filters, as in an address")),
                (
                    "format",
                    models.CharField(choices=[("csv", "CSV"), ("xlsx", "XLSX")], max_length=4, verbose_name="format"),
                ),
                ("language", models.CharField(default="nl", max_length=2, verbose_name="language")),
                ("asked_at", models.DateTimeField(default=casework.clock.now, verbose_name="asked")),
                (
                    "leased_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="in the hands of a worker until"),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                ("not_before", models.DateTimeField(blank=True, null=True, verbose_name="not tried again before")),
                ("rights", models.JSONField(blank=True, default=list, verbose_name="rights with which it was made")),
                ("rows", models.PositiveIntegerField(blank=True, null=True, verbose_name="rows")),
                (
                    "file",
                    models.FileField(blank=True, upload_to=casework.models.export.storage_path, verbose_name="file"),
                ),
                ("ready_at", models.DateTimeField(blank=True, null=True, verbose_name="ready")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="expires")),
                ("problem", models.CharField(blank=True, max_length=500, verbose_name="what is the matter")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
                "ordering": ("-asked_at", "-pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("problem", ""), ("ready_at", None)),
                        fields=["asked_at", "id"],
                        name="export_unfinished",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("problem", ""), ("ready_at", None)),
                        fields=("owner", "listing", "filters", "format", "language"),
                        name="export_asked_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ready_at", None),
                            models.Q(("expires_at__isnull", False), ("problem", ""), ("rows__isnull", False)),
                            _connector="OR",
                        ),
                        name="export_ready_has_an_end",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
