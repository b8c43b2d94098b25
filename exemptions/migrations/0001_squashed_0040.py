import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django_fsm
from django.conf import settings
from django.db import migrations, models

import casework.clock
import exemptions.models.applicant
import exemptions.models.decision
import exemptions.models.fleet

KEEP = """
-- No day exemption above the maximum that the policy has for that day.
CREATE FUNCTION exemptions_dayuse_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    setting jsonb;
BEGIN
    SELECT value INTO setting FROM casework_policy
        WHERE name = 'day_exemption_max' AND valid_from <= NEW.day ORDER BY valid_from DESC LIMIT 1;
    IF jsonb_typeof(setting) IS DISTINCT FROM 'number' OR NEW.ordinal > setting::numeric THEN
        RAISE EXCEPTION 'number % is above the maximum of day exemptions: %', NEW.ordinal, setting
            USING ERRCODE = 'check_violation', CONSTRAINT = 'dayuse_ordinal_to_maximum';
    END IF;
    RETURN NEW;
END $$;

-- While a temporary vehicle has an exemption, the own vehicle has none.
CREATE FUNCTION exemptions_refuse_two_vehicles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM exemptions_exemption loan
        JOIN exemptions_exemption base ON base.application_id = loan.application_id AND NOT base.temporary
        CROSS JOIN LATERAL (
            SELECT tstzrange(base.starts_at, base.ends_at) * tstzrange(loan.starts_at, loan.ends_at) AS both_hold
        ) AS times
        WHERE loan.id = NEW.id AND loan.revoked_at IS NULL AND base.revoked_at IS NULL AND NOT isempty(both_hold)
        AND NOT coalesce(both_hold <@ (
            SELECT range_agg(tstzrange(off.starts_at, off.ends_at))
            FROM exemptions_exemptionsuspension off WHERE off.exemption_id = base.id
        ), false)
    ) THEN
        RAISE EXCEPTION 'while a temporary vehicle has an exemption, the own vehicle has none'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'exemption_one_vehicle_at_a_time';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER casework_key_of_case AFTER INSERT OR DELETE ON exemptions_application
    FOR EACH ROW EXECUTE FUNCTION casework_key_of_case('application');
CREATE TRIGGER casework_key_of_case AFTER INSERT OR DELETE ON exemptions_thresholdversion
    FOR EACH ROW EXECUTE FUNCTION casework_key_of_case('thresholds');
CREATE TRIGGER exemptions_application_counted BEFORE UPDATE ON exemptions_application
    FOR EACH ROW
    WHEN (OLD.filed_as_id IS NOT NULL AND (OLD.dossier_id IS DISTINCT FROM NEW.dossier_id
        OR OLD.filed_as_id IS DISTINCT FROM NEW.filed_as_id
        OR OLD.plate IS DISTINCT FROM NEW.plate
        OR OLD.country IS DISTINCT FROM NEW.country
        OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id))
    EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER exemptions_application_kept BEFORE DELETE ON exemptions_application
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();
CREATE TRIGGER exemptions_application_not_emptied BEFORE TRUNCATE ON exemptions_application
    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER exemptions_dayuse_maximum BEFORE INSERT OR UPDATE OF ordinal, day ON exemptions_dayuse
    FOR EACH ROW EXECUTE FUNCTION exemptions_dayuse_refuse();
CREATE TRIGGER exemptions_decision_kept BEFORE DELETE OR UPDATE ON exemptions_decision
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('replaced_by_id', 'made_known_on', 'revoked_at');
CREATE TRIGGER exemptions_decision_not_emptied BEFORE TRUNCATE ON exemptions_decision
    FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_row();
CREATE TRIGGER exemptions_exemption_counted BEFORE UPDATE ON exemptions_exemption
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('revoked_at');
CREATE TRIGGER exemptions_exemption_kept BEFORE DELETE ON exemptions_exemption
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();
CREATE TRIGGER exemptions_exemption_not_emptied BEFORE TRUNCATE ON exemptions_exemption
    FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_row();
CREATE CONSTRAINT TRIGGER exemptions_exemption_one_vehicle AFTER INSERT ON exemptions_exemption DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.temporary) EXECUTE FUNCTION exemptions_refuse_two_vehicles();
CREATE TRIGGER exemptions_ground_counted BEFORE UPDATE ON exemptions_ground
    FOR EACH ROW WHEN (OLD.category IS DISTINCT FROM NEW.category) EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER exemptions_ground_not_emptied BEFORE TRUNCATE ON exemptions_ground
    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER exemptions_kindversion_counted BEFORE UPDATE ON exemptions_kindversion
    FOR EACH ROW
    WHEN (OLD.kind_id IS DISTINCT FROM NEW.kind_id OR OLD.scope IS DISTINCT FROM NEW.scope)
    EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER exemptions_kindversion_not_emptied BEFORE TRUNCATE ON exemptions_kindversion
    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
LET_GO = """
DROP FUNCTION exemptions_dayuse_refuse() CASCADE;
DROP FUNCTION exemptions_refuse_two_vehicles() CASCADE;
"""


class Migration(migrations.Migration):
    replaces = [
        ("exemptions", "0001_application"),
        ("exemptions", "0002_authorisation"),
        ("exemptions", "0003_deciding_again"),
        ("exemptions", "0004_filed_as"),
        ("exemptions", "0005_channel_and_extension"),
        ("exemptions", "0006_fleet"),
        ("exemptions", "0007_decision_doubts"),
        ("exemptions", "0009_open_application_of_applicant"),
        ("exemptions", "0010_bounds_of_answers"),
        ("exemptions", "0011_true_state"),
        ("exemptions", "0012_day_maximum"),
        ("exemptions", "0013_one_open_a_day"),
        ("exemptions", "0014_wording"),
        ("exemptions", "0015_kept_decisions"),
        ("exemptions", "0016_article_in_english"),
        ("exemptions", "0017_kept_cases"),
        ("exemptions", "0018_never_twice_at_once"),
        ("exemptions", "0019_moment_from_clock"),
        ("exemptions", "0020_thresholds_with_steps"),
        ("exemptions", "0021_postal_copy_to_casework"),
        ("exemptions", "0022_note_order"),
        ("exemptions", "0023_limits_of_kinds"),
        ("exemptions", "0024_kind_and_versions"),
        ("exemptions", "0025_class_from_events"),
        ("exemptions", "0026_counted_columns"),
        ("exemptions", "0027_made_known"),
        ("exemptions", "0028_grant_in_part"),
        ("exemptions", "0029_registration"),
        ("exemptions", "0030_policy_rules_named"),
        ("exemptions", "0031_penalty_decision"),
        ("exemptions", "0032_forwarded_application"),
        ("exemptions", "0033_conversion_decision"),
        ("exemptions", "0034_converted_before"),
        ("exemptions", "0035_exemption_suspension"),
        ("exemptions", "0036_after_the_grant"),
        ("exemptions", "0037_expiry_notices_moved"),
        ("exemptions", "0038_change_requests"),
        ("exemptions", "0039_register_finding"),
        ("exemptions", "0040_requests_at_the_desk"),
    ]

    initial = True

    dependencies = [
        ("casework", "0001_squashed_0026"),
        ("zones", "0001_squashed_0009"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Kind",
            fields=[
                ("code", models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name="code")),
            ],
            options={
                "verbose_name": "kind",
                "verbose_name_plural": "kinds",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="Ground",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("grant", "granting"),
                            ("reject", "rejecting"),
                            ("set_aside", "setting aside"),
                            ("revoke", "revoking, suspending or shortening"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("conditions_not_met", "conditions not met"),
                            ("other", "other"),
                            ("no_response", "no response"),
                            ("wrong_data", "wrong data"),
                            ("", "–"),
                        ],
                        max_length=30,
                        verbose_name="counted as",
                    ),
                ),
                ("label_nl", models.CharField(max_length=150, verbose_name="short, in Dutch")),
                ("label_en", models.CharField(max_length=150, verbose_name="short, in English")),
                ("text_nl", models.TextField(verbose_name="in the letter, in Dutch")),
                ("text_en", models.TextField(verbose_name="in the letter, in English")),
                (
                    "article",
                    models.CharField(
                        help_text="{rules} becomes the policy rules of who decides, with where they were published.",
                        max_length=200,
                        verbose_name="article of law",
                    ),
                ),
                (
                    "rests_on_other_data",
                    models.BooleanField(
                        default=False,
                        help_text="A hearing comes first (Awb 4:7).",
                        verbose_name="based on data other than the applicant's own",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which it no longer applies.",
                        null=True,
                        verbose_name="valid until",
                    ),
                ),
                (
                    "rests_on_thresholds",
                    models.BooleanField(
                        default=False,
                        help_text="When the thresholds change, such a decision is reviewed.",
                        verbose_name="is based on the thresholds",
                    ),
                ),
                (
                    "proof",
                    models.CharField(
                        choices=[
                            ("needed", "every item of proof has been judged"),
                            ("short", "the proof falls short"),
                            ("none", "the proof does not matter"),
                        ],
                        default="needed",
                        help_text="What a decision on this ground asks of the proof; otherwise the desk must say why it decides so.",
                        max_length=10,
                        verbose_name="proof",
                    ),
                ),
                ("article_en", models.CharField(max_length=300, verbose_name="article of law, in English")),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: for every kind.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grounds",
                        to="exemptions.kind",
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "ground",
                "verbose_name_plural": "grounds",
                "ordering": ("outcome", models.OrderBy(models.F("kind"), nulls_first=True), "code"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="ground_holds_for_a_while",
                        violation_error_message="The end must be after the beginning.",
                    ),
                    models.UniqueConstraint(
                        fields=("kind", "code", "valid_from"), name="ground_once_a_day", nulls_distinct=False
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Cast(
                                        django.db.models.functions.comparison.Coalesce(
                                            django.db.models.functions.comparison.Cast("kind", models.TextField()),
                                            models.Value(""),
                                            output_field=models.TextField(),
                                        ),
                                        models.TextField(),
                                    ),
                                    django.db.models.functions.comparison.Cast(
                                        django.db.models.functions.comparison.Coalesce(
                                            django.db.models.functions.comparison.Cast("kind", models.TextField()),
                                            models.Value(""),
                                            output_field=models.TextField(),
                                        ),
                                        models.TextField(),
                                    ),
                                    models.Value("[]"),
                                    function="text_range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Cast("code", models.TextField()),
                                    django.db.models.functions.comparison.Cast("code", models.TextField()),
                                    models.Value("[]"),
                                    function="text_range",
                                ),
                                "&&",
                            ),
                            (models.Func("valid_from", "valid_until", function="daterange"), "&&"),
                        ],
                        name="ground_never_twice_at_once",
                        violation_error_message="Another version holds on some of these days.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Applicant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.CharField(
                        choices=[("person", "private person"), ("organisation", "company or organisation")],
                        max_length=20,
                        verbose_name="form",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kvk_number",
                    models.CharField(
                        blank=True,
                        max_length=8,
                        validators=[django.core.validators.RegexValidator("^\\d{8}$", "A KvK number has 8 digits.")],
                        verbose_name="KvK number",
                    ),
                ),
                (
                    "branch_number",
                    models.CharField(
                        blank=True,
                        max_length=12,
                        validators=[
                            django.core.validators.RegexValidator("^\\d{12}$", "A branch number has 12 digits.")
                        ],
                        verbose_name="branch number",
                    ),
                ),
                ("street", models.CharField(max_length=200, verbose_name="street and number")),
                ("postcode", models.CharField(max_length=12, verbose_name="postcode")),
                ("city", models.CharField(max_length=100, verbose_name="city")),
                ("country", models.CharField(default="NL", max_length=2, verbose_name="country")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                ("created_at", models.DateTimeField(default=casework.clock.now, verbose_name="registered")),
                ("mail_expiry", models.BooleanField(default=True, verbose_name="email when an exemption ends")),
                ("mail_progress", models.BooleanField(default=False, verbose_name="email about progress")),
                ("second_email", models.EmailField(blank=True, max_length=254, verbose_name="second email address")),
            ],
            options={
                "verbose_name": "applicant",
                "verbose_name_plural": "applicants",
                "indexes": [
                    models.Index(fields=["kvk_number"], name="applicant_by_kvk"),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.search.SearchVector("name", config="simple"), name="applicant_by_name"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("form", "person"), ("kvk_number", "")), ("form", "organisation"), _connector="OR"
                        ),
                        name="applicant_person_without_kvk",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="email address")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "the applicant, or their first user"),
                            ("colleague", "colleague"),
                            ("representative", "authorised representative"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("token", models.CharField(default=exemptions.models.applicant.new_token, max_length=40, unique=True)),
                ("sent_at", models.DateTimeField(default=casework.clock.now, verbose_name="sent")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used")),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="exemptions.applicant",
                        verbose_name="applicant",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
            },
        ),
        migrations.CreateModel(
            name="KindVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="The first day on which it no longer applies.",
                        null=True,
                        verbose_name="valid until",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                ("name_nl", models.CharField(max_length=100, verbose_name="name in Dutch")),
                ("name_en", models.CharField(max_length=100, verbose_name="name in English")),
                ("summary_nl", models.TextField(verbose_name="for whom, in Dutch")),
                ("summary_en", models.TextField(verbose_name="for whom, in English")),
                ("conditions_nl", models.TextField(blank=True, verbose_name="conditions in Dutch")),
                ("conditions_en", models.TextField(blank=True, verbose_name="conditions in English")),
                (
                    "scope",
                    models.CharField(
                        choices=[("national", "national"), ("local", "municipality"), ("day", "day, municipality")],
                        max_length=10,
                        verbose_name="scope",
                    ),
                ),
                (
                    "vehicles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), size=None, verbose_name="vehicle classes"
                    ),
                ),
                (
                    "who",
                    models.CharField(
                        choices=[("anyone", "anyone"), ("person", "private person"), ("organisation", "entrepreneur")],
                        max_length=20,
                        verbose_name="who",
                    ),
                ),
                (
                    "below_age_years",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="vehicle younger than (years)"
                    ),
                ),
                ("plug_in_hybrid_only", models.BooleanField(default=False, verbose_name="plug-in hybrids only")),
                (
                    "plate_may_be_absent",
                    models.BooleanField(default=False, verbose_name="before registration of the vehicle"),
                ),
                (
                    "duration_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="longest duration in months"),
                ),
                ("duration_nl", models.CharField(max_length=200, verbose_name="duration in words, in Dutch")),
                ("duration_en", models.CharField(max_length=200, verbose_name="duration in words, in English")),
                ("ends_by", models.DateField(blank=True, null=True, verbose_name="ends before")),
                (
                    "fee_eur",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=7, null=True, verbose_name="fee in euros"
                    ),
                ),
                ("extension_free", models.BooleanField(default=False, verbose_name="extension is free")),
                ("decision_weeks", models.PositiveSmallIntegerField(default=8, verbose_name="weeks to decide")),
                (
                    "second_pair_for_grant",
                    models.BooleanField(default=False, verbose_name="granting needs a second pair of eyes"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "by_thresholds",
                    models.BooleanField(
                        default=False,
                        help_text="Granted where the vehicle is beyond a threshold (drempelwaarde), rejected where it stays within.",
                        verbose_name="judged by the thresholds",
                    ),
                ),
                (
                    "extension_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: from the first email about the end on.",
                        null=True,
                        verbose_name="extension can be asked from (months before the end)",
                    ),
                ),
                (
                    "minimum_axles",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="with at least so many axles"),
                ),
                (
                    "only_in",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6),
                        blank=True,
                        default=list,
                        help_text="The CBS codes of the municipalities that have it, as GM0344, separated by commas. Empty: all.",
                        size=None,
                        verbose_name="only in",
                    ),
                ),
                ("tractor_only", models.BooleanField(default=False, verbose_name="tractor units only")),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="exemptions.kind",
                        verbose_name="code",
                    ),
                ),
            ],
            options={
                "verbose_name": "kind of exemption",
                "verbose_name_plural": "kinds of exemption",
                "ordering": ("position", "kind_id", "valid_from"),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "valid_from"), name="kindversion_once_a_day"),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    django.db.models.functions.comparison.Cast("kind", models.TextField()),
                                    django.db.models.functions.comparison.Cast("kind", models.TextField()),
                                    models.Value("[]"),
                                    function="text_range",
                                ),
                                "&&",
                            ),
                            (models.Func("valid_from", "valid_until", function="daterange"), "&&"),
                        ],
                        name="kindversion_never_twice_at_once",
                        violation_error_message="Another version holds on some of these days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="kindversion_holds_for_a_while",
                        violation_error_message="The end must be after the beginning.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceRequirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                ("name_nl", models.CharField(max_length=200, verbose_name="name in Dutch")),
                ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                ("help_nl", models.CharField(blank=True, max_length=500, verbose_name="explanation in Dutch")),
                ("help_en", models.CharField(blank=True, max_length=500, verbose_name="explanation in English")),
                ("required", models.BooleanField(default=True, verbose_name="required")),
                (
                    "sensitive",
                    models.BooleanField(
                        default=False,
                        help_text="Special-category data: the file is removed once it has been found sufficient; the verdict stays.",
                        verbose_name="seen and sufficient",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="exemptions.kindversion",
                        verbose_name="kind",
                    ),
                ),
                (
                    "ask_again",
                    models.BooleanField(
                        default=False,
                        help_text="The earlier file no longer proves anything.",
                        verbose_name="asked again for an extension",
                    ),
                ),
            ],
            options={
                "verbose_name": "required evidence",
                "verbose_name_plural": "required evidence",
                "ordering": ("position", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "code"), name="evidencerequirement_once_a_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="FleetBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("add", "adding vehicles"), ("file", "applying for vehicles")],
                        max_length=10,
                        verbose_name="purpose",
                    ),
                ),
                ("language", models.CharField(default="nl", max_length=2, verbose_name="language")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="file")),
                ("created_at", models.DateTimeField(default=casework.clock.now, verbose_name="made")),
                ("wish", models.JSONField(blank=True, default=dict, verbose_name="what is the same for all")),
                ("is_filled_in", models.BooleanField(default=False, verbose_name="filled in")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="exemptions.applicant",
                        verbose_name="applicant",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="exemptions.kindversion",
                        verbose_name="kind",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of vehicles",
                "verbose_name_plural": "lists of vehicles",
                "ordering": ("-created_at", "-pk"),
                "indexes": [models.Index(fields=["created_at"], name="fleetbatch_by_age")],
            },
        ),
        migrations.CreateModel(
            name="FleetFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=exemptions.models.fleet.storage_path, verbose_name="file"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("content_type", models.CharField(max_length=100, verbose_name="type")),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="exemptions.fleetbatch",
                        verbose_name="list",
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="exemptions.evidencerequirement",
                        verbose_name="required evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a list of vehicles",
                "verbose_name_plural": "files of lists of vehicles",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "requirement", "sha256"), name="fleetfile_once_an_item")
                ],
            },
        ),
        migrations.CreateModel(
            name="KindQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("text", "short text"),
                            ("long_text", "long text"),
                            ("date", "date"),
                            ("number", "number"),
                            ("yes_no", "yes or no"),
                            ("confirm", "declaration that must be confirmed"),
                            ("choice", "one of a list"),
                        ],
                        max_length=20,
                        verbose_name="answer",
                    ),
                ),
                ("label_nl", models.CharField(max_length=300, verbose_name="question in Dutch")),
                ("label_en", models.CharField(max_length=300, verbose_name="question in English")),
                ("help_nl", models.CharField(blank=True, max_length=500, verbose_name="explanation in Dutch")),
                ("help_en", models.CharField(blank=True, max_length=500, verbose_name="explanation in English")),
                (
                    "choices_nl",
                    models.TextField(blank=True, help_text="One a line: code=words", verbose_name="list in Dutch"),
                ),
                (
                    "choices_en",
                    models.TextField(blank=True, help_text="One a line: code=words", verbose_name="list in English"),
                ),
                ("required", models.BooleanField(default=True, verbose_name="must be answered")),
                ("only_if_code", models.CharField(blank=True, max_length=40, verbose_name="asked only if question")),
                ("only_if_value", models.CharField(blank=True, max_length=100, verbose_name="has the answer")),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="exemptions.kindversion",
                        verbose_name="kind",
                    ),
                ),
                (
                    "ask_again",
                    models.BooleanField(
                        default=False,
                        help_text="What may have changed; a declaration always is.",
                        verbose_name="asked again for an extension",
                    ),
                ),
                (
                    "not_before",
                    models.CharField(
                        blank=True,
                        help_text="Codes of other questions with a date, or “today”, with a space between.",
                        max_length=100,
                        verbose_name="a date not before",
                    ),
                ),
                (
                    "not_after",
                    models.CharField(
                        blank=True,
                        help_text="Codes of other questions with a date, or “today”, with a space between.",
                        max_length=100,
                        verbose_name="a date not after",
                    ),
                ),
                (
                    "outside_nl",
                    models.CharField(blank=True, max_length=300, verbose_name="what to say of another date, in Dutch"),
                ),
                (
                    "outside_en",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what to say of another date, in English"
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ("position", "pk"),
                "constraints": [models.UniqueConstraint(fields=("kind", "code"), name="kindquestion_once_a_kind")],
            },
        ),
        migrations.CreateModel(
            name="LetterReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("read_at", models.DateTimeField(default=casework.clock.now, verbose_name="read")),
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reading",
                        to="casework.letter",
                        verbose_name="letter",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="read by",
                    ),
                ),
                ("only_marked", models.BooleanField(default=False, verbose_name="marked as read, not opened")),
            ],
            options={
                "verbose_name": "reading of a letter",
                "verbose_name_plural": "readings of letters",
            },
        ),
        migrations.CreateModel(
            name="Mandate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("owner", "the applicant, or their first user"),
                            ("colleague", "colleague"),
                            ("representative", "authorised representative"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("since", models.DateTimeField(default=casework.clock.now, verbose_name="since")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mandates",
                        to="exemptions.applicant",
                        verbose_name="applicant",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mandates",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
                    ),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
            ],
            options={
                "verbose_name": "authorisation",
                "verbose_name_plural": "authorisations",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("user", "applicant"),
                        name="mandate_once_in_force",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ThresholdVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("source", models.CharField(max_length=300, verbose_name="source")),
                (
                    "reason_nl",
                    models.TextField(
                        help_text="Stands in the letters that follow.", verbose_name="why they changed, in Dutch"
                    ),
                ),
                ("reason_en", models.TextField(blank=True, verbose_name="why they changed, in English")),
                ("made_at", models.DateTimeField(default=casework.clock.now, verbose_name="made")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="approved by",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="thresholds",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[("draft", "draft"), ("published", "published")],
                        default="draft",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of the thresholds",
                "verbose_name_plural": "versions of the thresholds",
                "ordering": ("-valid_from", "-pk"),
                "permissions": (("publish_thresholds", "Can publish thresholds that a colleague made"),),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("published_at__isnull", False)),
                        fields=("valid_from",),
                        name="thresholdversion_one_published_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at", None),
                            models.Q(
                                ("approved_by__isnull", False),
                                models.Q(
                                    ("made_by", None),
                                    models.Q(("approved_by", models.F("made_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="thresholdversion_two_pairs_of_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at", None), ("status", "draft")),
                            models.Q(("published_at__isnull", False), ("status", "published")),
                            _connector="OR",
                        ),
                        name="thresholdversion_published_has_a_moment",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Threshold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "vehicle_class",
                    models.CharField(
                        choices=[("van", "van"), ("truck", "truck")], max_length=10, verbose_name="vehicle class"
                    ),
                ),
                (
                    "metric",
                    models.CharField(
                        choices=[
                            ("payload_kg", "payload in kg"),
                            ("towing_kg", "towing weight in kg"),
                            ("range_km", "distance on one day in km"),
                            ("max_mass_kg", "permitted maximum mass in kg"),
                        ],
                        max_length=20,
                        verbose_name="measured",
                    ),
                ),
                ("limit", models.PositiveIntegerField(verbose_name="limit")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="limits",
                        to="exemptions.thresholdversion",
                        verbose_name="version of the thresholds",
                    ),
                ),
            ],
            options={
                "verbose_name": "threshold",
                "verbose_name_plural": "thresholds",
                "ordering": ("vehicle_class", "metric"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "vehicle_class", "metric"), name="threshold_once_a_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Vehicle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plate", models.CharField(max_length=12, verbose_name="plate")),
                ("remark", models.CharField(blank=True, max_length=100, verbose_name="remark")),
                ("added_at", models.DateTimeField(default=casework.clock.now, verbose_name="added")),
                ("facts", models.JSONField(blank=True, default=dict, verbose_name="facts")),
                ("allowed", models.BooleanField(blank=True, null=True, verbose_name="may enter")),
                ("until", models.DateField(blank=True, null=True, verbose_name="first day without access")),
                ("rule", models.CharField(blank=True, max_length=20, verbose_name="rule")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="answer of")),
                ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="register last asked")),
                ("is_unknown", models.BooleanField(default=False, verbose_name="the register does not know it")),
                ("wanted_at", models.DateTimeField(blank=True, null=True, verbose_name="to be asked again since")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="added by",
                    ),
                ),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vehicles",
                        to="exemptions.applicant",
                        verbose_name="applicant",
                    ),
                ),
            ],
            options={
                "verbose_name": "vehicle of a fleet",
                "verbose_name_plural": "vehicles of fleets",
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("tried_at"), nulls_first=True),
                        models.F("id"),
                        name="vehicle_by_last_try",
                    ),
                    models.Index(
                        condition=models.Q(("wanted_at__isnull", False)), fields=["wanted_at"], name="vehicle_wanted"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("applicant", "plate"), name="vehicle_once_a_fleet")],
            },
        ),
        migrations.CreateModel(
            name="ChannelChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("electronic", models.BooleanField(verbose_name="reachable in the portal")),
                ("chosen_at", models.DateTimeField(default=casework.clock.now, verbose_name="chosen")),
                ("text_version", models.DateField(verbose_name="version of the text")),
                ("text", models.TextField(verbose_name="text as it was shown")),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channel_choices",
                        to="exemptions.applicant",
                        verbose_name="applicant",
                    ),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="chosen by",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of channel",
                "verbose_name_plural": "choices of channel",
                "ordering": ("-chosen_at", "-pk"),
                "indexes": [models.Index(fields=["applicant", "-chosen_at"], name="channelchoice_latest")],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="key in addresses"),
                ),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "received"),
                            ("in_review", "taken up"),
                            ("waiting", "waiting for the applicant"),
                            ("supplied", "answered"),
                            ("hearing", "waiting for a view"),
                            ("proposed", "waiting for a second pair of eyes"),
                            ("granted", "granted"),
                            ("rejected", "rejected"),
                            ("set_aside", "set aside"),
                            ("converted", "converted to another kind"),
                            ("withdrawn", "withdrawn"),
                            ("forwarded", "forwarded to another body"),
                        ],
                        default="draft",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Nederlands"), ("en", "English")],
                        default="nl",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("plate", models.CharField(blank=True, max_length=12, verbose_name="plate")),
                ("country", models.CharField(default="NL", max_length=3, verbose_name="country of the plate")),
                (
                    "vehicle_class",
                    models.CharField(
                        blank=True,
                        choices=[("van", "van"), ("truck", "truck")],
                        max_length=10,
                        verbose_name="vehicle class",
                    ),
                ),
                ("facts_verified", models.BooleanField(default=False, verbose_name="vehicle data verified")),
                (
                    "facts_disputed",
                    models.TextField(blank=True, verbose_name="'these data are wrong', says the applicant"),
                ),
                ("wanted_from", models.DateField(blank=True, null=True, verbose_name="wanted from")),
                ("wanted_until", models.DateField(blank=True, null=True, verbose_name="wanted until")),
                ("answers", models.JSONField(blank=True, default=dict, verbose_name="answers")),
                ("draft_step", models.CharField(blank=True, max_length=20, verbose_name="last step filled in")),
                ("created_at", models.DateTimeField(default=casework.clock.now, verbose_name="begun")),
                ("changed_at", models.DateTimeField(default=casework.clock.now, verbose_name="last changed")),
                ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="received")),
                ("decide_by", models.DateField(blank=True, null=True, verbose_name="decide by")),
                ("extended_to", models.DateField(blank=True, null=True, verbose_name="extended to")),
                ("extended_on", models.DateField(blank=True, null=True, verbose_name="extended on")),
                (
                    "applicant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="exemptions.applicant",
                        verbose_name="applicant",
                    ),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="assigned to",
                    ),
                ),
                (
                    "converted_from",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="converted_to",
                        to="exemptions.application",
                        verbose_name="converted from",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="application",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="zones.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_applications",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filled in by",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="exemptions.kindversion",
                        verbose_name="kind of exemption",
                    ),
                ),
                ("reopened_on", models.DateField(blank=True, null=True, verbose_name="taken up again on")),
                (
                    "filed_as",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exemptions.kindversion",
                        verbose_name="kind when it came in",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("portal", "portal"),
                            ("post", "post"),
                            ("counter", "counter"),
                            ("phone", "telephone"),
                            ("email", "email"),
                        ],
                        default="portal",
                        max_length=10,
                        verbose_name="came in by",
                    ),
                ),
            ],
            options={
                "verbose_name": "application",
                "verbose_name_plural": "applications",
                "permissions": (
                    ("handle_application", "Can take applications up, ask, convert and note"),
                    ("decide_application", "Can grant, reject and set aside"),
                    ("approve_proposal", "Can be the second pair of eyes"),
                    ("assign_application", "Can assign applications to others"),
                    ("view_every_application", "Can see the applications of every municipality"),
                    ("revise_decision", "Can replace a decision after an objection, a judgment or a changed rule"),
                    ("view_statistics", "Can see the statistics"),
                ),
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="CompletionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(verbose_name="round")),
                ("sent_at", models.DateTimeField(default=casework.clock.now, verbose_name="sent at")),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="sent on")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="ended without answer on")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="completion_requests",
                        to="exemptions.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
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
            ],
            options={
                "verbose_name": "request for completion",
                "verbose_name_plural": "requests for completion",
                "ordering": ("round",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_on", None), ("closed_on", None), ("reminded_at", None)),
                        fields=["sent_on"],
                        name="completionrequest_to_remind",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "round"), name="completionrequest_once_a_round"),
                    models.UniqueConstraint(
                        condition=models.Q(("answered_on", None), ("closed_on", None)),
                        fields=("application",),
                        name="completionrequest_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("sent_on"))),
                        name="completionrequest_ends_after_sending",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "accepted"), ("insufficient", "not sufficient")],
                        max_length=20,
                        verbose_name="judgement",
                    ),
                ),
                ("because", models.TextField(blank=True, verbose_name="because")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence_items",
                        to="exemptions.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="exemptions.evidencerequirement",
                        verbose_name="required evidence",
                    ),
                ),
                ("judged_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="judged")),
                ("documents", models.ManyToManyField(blank=True, to="casework.document", verbose_name="files")),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "requirement"), name="evidenceitem_once_an_application"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "insufficient"), _negated=True),
                            models.Q(("because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="evidenceitem_insufficient_because",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FactsRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("register", "vehicle register"),
                            ("applicant", "applicant"),
                            ("caseworker", "corrected by the desk"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                ("facts", models.JSONField(verbose_name="facts")),
                ("rows", models.JSONField(blank=True, null=True, verbose_name="as the register published it")),
                ("as_of", models.DateTimeField(default=casework.clock.now, verbose_name="as of")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facts_records",
                        to="exemptions.application",
                        verbose_name="application",
                    ),
                ),
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
                    "found_wrong",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="A day exemption could not have been given on what is really so.",
                        verbose_name="given on wrong data",
                    ),
                ),
            ],
            options={
                "verbose_name": "vehicle facts",
                "verbose_name_plural": "vehicle facts",
                "ordering": ("as_of", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("found_wrong", True)),
                        fields=["application"],
                        name="factsrecord_found_wrong",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("granted", "granted"),
                            ("rejected", "rejected"),
                            ("set_aside", "set aside"),
                            ("penalty", "penalty set for deciding late"),
                            ("converted", "not decided on: converted to another kind"),
                            ("ended", "exemption ended"),
                            ("suspended", "exemption suspended"),
                            ("resumed", "suspension lifted"),
                            ("temporary", "temporary vehicle allowed"),
                            ("refused", "change refused"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                (
                    "reference",
                    models.CharField(
                        default=exemptions.models.decision.new_reference,
                        max_length=20,
                        unique=True,
                        verbose_name="reference",
                    ),
                ),
                ("taken_at", models.DateTimeField(default=casework.clock.now, verbose_name="taken")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="exemptions.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="prepared by",
                    ),
                ),
                (
                    "replaced_by",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="exemptions.decision",
                        verbose_name="replaced by",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken by",
                    ),
                ),
                (
                    "facts",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="exemptions.factsrecord",
                        verbose_name="vehicle facts",
                    ),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="exemptions.ground",
                        verbose_name="ground",
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="The application was taken up again: there is no decision.",
                        null=True,
                        verbose_name="revoked",
                    ),
                ),
                (
                    "thresholds",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="exemptions.thresholdversion",
                        verbose_name="thresholds in force",
                    ),
                ),
                (
                    "doubts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="what speaks against it",
                    ),
                ),
                ("doubts_reason", models.TextField(blank=True, verbose_name="why all the same")),
                (
                    "made_known_on",
                    models.DateField(
                        blank=True,
                        help_text="The day on which its letter was placed, or was posted to those who want post; empty until then.",
                        null=True,
                        verbose_name="made known on",
                    ),
                ),
                (
                    "in_part",
                    models.BooleanField(
                        default=False,
                        help_text="Less than was asked: the letter gives the reasons for the rest (Awb 3:46).",
                        verbose_name="granted in part",
                    ),
                ),
                (
                    "penalty",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose penalty was set (Awb 4:18).",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="casework.defaultnotice",
                        verbose_name="notice of default",
                    ),
                ),
                ("penalty_eur", models.PositiveIntegerField(blank=True, null=True, verbose_name="penalty in euros")),
                (
                    "change",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("vehicle", "another vehicle"),
                            ("request", "ended at the request of the holder"),
                            ("revocation", "revoked"),
                            ("suspension", "suspended"),
                            ("lifting", "suspension lifted"),
                            ("longer", "made longer"),
                            ("shorter", "made shorter"),
                            ("correction", "clerical error corrected"),
                            ("loan", "temporary vehicle"),
                            ("name", "another name of the holder"),
                        ],
                        db_default="",
                        default="",
                        max_length=20,
                        verbose_name="change",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ("taken_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("prepared_by", None),
                            models.Q(("prepared_by", models.F("taken_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_two_pairs_of_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "granted"), _negated=True),
                            models.Q(("ends_on__isnull", False), ("starts_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_granted_has_a_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome", "penalty"), ("penalty__isnull", False), ("penalty_eur__isnull", False)
                            ),
                            models.Q(
                                models.Q(("outcome", "penalty"), _negated=True),
                                ("penalty", None),
                                ("penalty_eur", None),
                            ),
                            _connector="OR",
                        ),
                        name="decision_penalty_has_an_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome__in", ["ended", "suspended", "resumed", "temporary", "refused"]),
                                _negated=True,
                            ),
                            models.Q(("change", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_after_the_grant_says_what_changed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exemption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plate", models.CharField(blank=True, max_length=12, verbose_name="plate")),
                ("country", models.CharField(default="NL", max_length=3, verbose_name="country")),
                ("starts_at", models.DateTimeField(verbose_name="valid from")),
                ("ends_at", models.DateTimeField(verbose_name="valid until")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemptions",
                        to="exemptions.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemption",
                        to="exemptions.decision",
                        verbose_name="decision",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemptions",
                        to="zones.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "temporary",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="While it holds, the exemption of the own vehicle does not.",
                        verbose_name="for a temporary vehicle",
                    ),
                ),
            ],
            options={
                "verbose_name": "exemption",
                "verbose_name_plural": "exemptions",
                "ordering": ("-starts_at",),
                "indexes": [
                    models.Index(fields=["plate", "country", "ends_at"], name="exemption_by_plate"),
                    models.Index(fields=["ends_on"], name="exemption_by_end"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="exemption_has_a_term"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("revoked_at", None), ("temporary", False)),
                        expressions=[
                            (models.Func("application", "application", models.Value("[]"), function="int8range"), "&&"),
                            (models.Func("starts_at", "ends_at", function="tstzrange"), "&&"),
                        ],
                        name="exemption_one_at_a_time",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("revoked_at", None), ("temporary", True)),
                        expressions=[
                            (models.Func("application", "application", models.Value("[]"), function="int8range"), "&&"),
                            (models.Func("starts_at", "ends_at", function="tstzrange"), "&&"),
                        ],
                        name="exemption_one_temporary_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("vehicle", "another vehicle"),
                            ("request", "ended at the request of the holder"),
                            ("revocation", "revoked"),
                            ("suspension", "suspended"),
                            ("lifting", "suspension lifted"),
                            ("longer", "made longer"),
                            ("shorter", "made shorter"),
                            ("correction", "clerical error corrected"),
                            ("loan", "temporary vehicle"),
                            ("name", "another name of the holder"),
                        ],
                        max_length=20,
                        verbose_name="change",
                    ),
                ),
                ("plate", models.CharField(blank=True, max_length=12, verbose_name="plate")),
                ("country", models.CharField(blank=True, max_length=3, verbose_name="country of the plate")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="first day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                ("asked_at", models.DateTimeField(default=casework.clock.now, verbose_name="asked")),
                ("answer_by", models.DateField(help_text="Awb 4:13.", verbose_name="answer by")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("carried_out", "carried out"),
                            ("refused", "refused"),
                            ("taken_back", "taken back"),
                            ("needless", "needless: the exemption ended"),
                        ],
                        max_length=20,
                        verbose_name="result",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="change_requests",
                        to="exemptions.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_requests",
                        to="exemptions.decision",
                        verbose_name="decision",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("portal", "portal"),
                            ("post", "post"),
                            ("counter", "counter"),
                            ("phone", "telephone"),
                            ("email", "email"),
                        ],
                        default="portal",
                        max_length=10,
                        verbose_name="came in by",
                    ),
                ),
                ("came_in_on", models.DateField(blank=True, null=True, verbose_name="came in on")),
            ],
            options={
                "verbose_name": "request for a change",
                "verbose_name_plural": "requests for a change",
                "ordering": ("asked_at", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)), fields=["answer_by"], name="changerequest_open_by_day"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("application", "what"),
                        name="changerequest_one_open_a_change",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", ""), ("settled_at", None)),
                            models.Q(("settled_at__isnull", False), models.Q(("result", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="changerequest_settled_with_a_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("channel", "portal"), ("came_in_on__isnull", False), _connector="OR"),
                        name="changerequest_elsewhere_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterCheck",
            fields=[
                (
                    "exemption",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="register_check",
                        serialize=False,
                        to="exemptions.exemption",
                        verbose_name="exemption",
                    ),
                ),
                (
                    "checked_at",
                    models.DateTimeField(default=casework.clock.now, verbose_name="compared with the register"),
                ),
            ],
            options={
                "verbose_name": "comparison with the vehicle register",
                "verbose_name_plural": "comparisons with the vehicle register",
            },
        ),
        migrations.CreateModel(
            name="DayUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plate", models.CharField(max_length=12, verbose_name="plate")),
                ("country", models.CharField(max_length=3, verbose_name="country")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("ordinal", models.PositiveSmallIntegerField(verbose_name="number")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="zones.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "exemption",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="day_use",
                        to="exemptions.exemption",
                        verbose_name="exemption",
                    ),
                ),
            ],
            options={
                "verbose_name": "day exemption",
                "verbose_name_plural": "day exemptions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plate", "country", "municipality", "year", "ordinal"), name="dayuse_ordinal_once"
                    ),
                    models.UniqueConstraint(
                        fields=("plate", "country", "municipality", "day"), name="dayuse_once_a_day"
                    ),
                    models.CheckConstraint(condition=models.Q(("ordinal__gte", 1)), name="dayuse_ordinal_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(("year", django.db.models.functions.datetime.ExtractYear("day"))),
                        name="dayuse_year_of_the_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExemptionSuspension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField(default=casework.clock.now, verbose_name="suspended from")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="lifted")),
                (
                    "exemption",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="exemptions.exemption",
                        verbose_name="exemption",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="exemptions.decision",
                        verbose_name="decision",
                    ),
                ),
            ],
            options={
                "verbose_name": "suspension of an exemption",
                "verbose_name_plural": "suspensions of exemptions",
                "ordering": ("starts_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at", None), ("ends_at__gte", models.F("starts_at")), _connector="OR"),
                        name="exemptionsuspension_ends_after_it_begins",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (models.Func("exemption", "exemption", models.Value("[]"), function="int8range"), "&&"),
                            (models.Func("starts_at", "ends_at", function="tstzrange"), "&&"),
                        ],
                        name="exemptionsuspension_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FleetRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                ("cell", models.CharField(blank=True, max_length=20, verbose_name="cell")),
                ("typed", models.CharField(blank=True, max_length=60, verbose_name="as typed")),
                ("plate", models.CharField(blank=True, max_length=12, verbose_name="plate")),
                ("remark", models.CharField(blank=True, max_length=100, verbose_name="remark")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "the register is still to be asked"),
                            ("found", "found"),
                            ("unknown", "not in the register"),
                            ("slow", "no answer from the register"),
                            ("problem", "cannot be read"),
                            ("owned", "in the fleet already"),
                            ("ready", "is being filed"),
                            ("filed", "filed"),
                            ("skipped", "not filed"),
                            ("again", "try again"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=600, verbose_name="what is the matter")),
                ("vehicle_class", models.CharField(blank=True, max_length=10, verbose_name="vehicle class")),
                ("facts", models.JSONField(blank=True, default=dict, verbose_name="facts")),
                ("allowed", models.BooleanField(blank=True, null=True, verbose_name="may enter")),
                ("until", models.DateField(blank=True, null=True, verbose_name="first day without access")),
                ("rule", models.CharField(blank=True, max_length=20, verbose_name="rule")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answer of")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="exemptions.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="exemptions.fleetbatch",
                        verbose_name="list",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of a list of vehicles",
                "verbose_name_plural": "rows of lists of vehicles",
                "ordering": ("number", "pk"),
                "indexes": [
                    models.Index(fields=["batch", "number"], name="fleetrow_in_order"),
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "ready"])),
                        fields=["batch"],
                        name="fleetrow_unfinished",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="note")),
                ("at", models.DateTimeField(default=casework.clock.now, verbose_name="moment")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="exemptions.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("granted", "granted"),
                            ("rejected", "rejected"),
                            ("set_aside", "set aside"),
                            ("penalty", "penalty set for deciding late"),
                            ("converted", "not decided on: converted to another kind"),
                            ("ended", "exemption ended"),
                            ("suspended", "exemption suspended"),
                            ("resumed", "suspension lifted"),
                            ("temporary", "temporary vehicle allowed"),
                            ("refused", "change refused"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="valid from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("made_at", models.DateTimeField(default=casework.clock.now, verbose_name="proposed")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="exemptions.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="exemptions.ground", verbose_name="ground"
                    ),
                ),
                (
                    "made_by",
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
                (
                    "doubts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="what speaks against it",
                    ),
                ),
                ("doubts_reason", models.TextField(blank=True, verbose_name="why all the same")),
                (
                    "change",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("vehicle", "another vehicle"),
                            ("request", "ended at the request of the holder"),
                            ("revocation", "revoked"),
                            ("suspension", "suspended"),
                            ("lifting", "suspension lifted"),
                            ("longer", "made longer"),
                            ("shorter", "made shorter"),
                            ("correction", "clerical error corrected"),
                            ("loan", "temporary vehicle"),
                            ("name", "another name of the holder"),
                        ],
                        db_default="",
                        default="",
                        max_length=20,
                        verbose_name="change",
                    ),
                ),
                (
                    "unheard_because",
                    models.TextField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Awb 4:11.",
                        verbose_name="why the holder was not heard",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ("made_at",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)), fields=("application",), name="proposal_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_by", None),
                            models.Q(("settled_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_settled_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "granted"), _negated=True),
                            models.Q(("ends_on__isnull", False), ("starts_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="proposal_granted_has_a_term",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plate", models.CharField(max_length=12, verbose_name="plate")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("gone", "Struck from the register"),
                            ("exported", "Exported"),
                            ("blocked", "Can no longer be put in anybody's name"),
                            ("holder", "In this holder's name since"),
                            ("category", "Kind of vehicle"),
                            ("emission_class", "Emission class"),
                            ("fuels", "Fuels"),
                        ],
                        max_length=20,
                        verbose_name="what",
                    ),
                ),
                ("was", models.CharField(blank=True, max_length=200, verbose_name="at the decision")),
                ("found", models.CharField(max_length=200, verbose_name="in the register now")),
                ("found_at", models.DateTimeField(default=casework.clock.now, verbose_name="found")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("back", "the register says again what the decision rests on"),
                            ("otherwise", "the register says something else by now"),
                            ("over", "the exemption for this vehicle ended"),
                        ],
                        max_length=20,
                        verbose_name="why it ended",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_findings",
                        to="exemptions.application",
                        verbose_name="application",
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
                "verbose_name": "change in the vehicle register",
                "verbose_name_plural": "changes in the vehicle register",
                "ordering": ("found_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("application", "plate", "what", "found"),
                        name="registerfinding_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_at", None), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="registerfinding_settled_with_a_note",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ending", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("ending", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="registerfinding_ended_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("came_in_on", models.DateField(verbose_name="came in on")),
                ("signed", models.BooleanField(default=True, verbose_name="signed")),
                ("lookup", models.CharField(blank=True, max_length=254, verbose_name="known as")),
                (
                    "repair_by",
                    models.DateField(blank=True, null=True, verbose_name="last day to send it by an open way"),
                ),
                ("repaired_on", models.DateField(blank=True, null=True, verbose_name="sent by an open way")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registration",
                        to="exemptions.application",
                        verbose_name="application",
                    ),
                ),
            ],
            options={
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repaired_on", None),
                            models.Q(("repair_by__isnull", False), ("repaired_on__gte", models.F("came_in_on"))),
                            _connector="OR",
                        ),
                        name="registration_repaired_after_sending",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RequestedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("why", models.TextField(verbose_name="why")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requested",
                        to="exemptions.evidenceitem",
                        verbose_name="evidence",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="exemptions.completionrequest",
                        verbose_name="request for completion",
                    ),
                ),
            ],
            options={
                "verbose_name": "requested item",
                "verbose_name_plural": "requested items",
                "constraints": [models.UniqueConstraint(fields=("request", "item"), name="requesteditem_once")],
            },
        ),
        migrations.CreateModel(
            name="ViewRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("differing_data", models.TextField(blank=True, verbose_name="more about the data that differ")),
                ("sent_on", models.DateField(verbose_name="sent on")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("view", models.TextField(blank=True, verbose_name="view of the applicant")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                ("created_at", models.DateTimeField(default=casework.clock.now)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="view_requests",
                        to="exemptions.application",
                        verbose_name="application",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="requested by",
                    ),
                ),
                ("differences", models.JSONField(default=list, verbose_name="which data differ")),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="view_requests",
                        to="exemptions.decision",
                        verbose_name="about the decision",
                    ),
                ),
                (
                    "settled_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="We decided, or left the exemption as it is.",
                        null=True,
                        verbose_name="settled",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for a view",
                "verbose_name_plural": "requests for a view",
                "ordering": ("created_at",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("application",), name="viewrequest_one_open"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="Application",
            name="renews",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="renewals",
                to="exemptions.exemption",
                verbose_name="asks to extend",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["status", "decide_by"], name="application_by_due"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["plate", "country"], name="application_by_plate"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["assigned_to", "status"], name="application_by_assignee"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "draft"),
                    models.Q(("filed_as__isnull", False), ("kind__isnull", False), ("received_at__isnull", False)),
                    _connector="OR",
                ),
                name="application_filed_is_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "draft")), fields=("renews",), name="application_one_draft_to_extend"
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("status__in", ["submitted", "in_review", "supplied", "proposed", "waiting", "hearing"]),
                    models.Q(("plate", ""), _negated=True),
                    models.Q(
                        ("wanted_until", None),
                        models.Q(("wanted_until", models.F("wanted_from")), _negated=True),
                        _connector="OR",
                    ),
                ),
                fields=("applicant", "plate", "country", "kind", "municipality"),
                name="application_one_open",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("status__in", ["submitted", "in_review", "supplied", "proposed", "waiting", "hearing"]),
                    models.Q(("plate", ""), _negated=True),
                    ("wanted_until", models.F("wanted_from")),
                ),
                fields=("applicant", "plate", "country", "kind", "municipality", "wanted_from"),
                name="application_one_open_a_day",
                nulls_distinct=False,
            ),
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
