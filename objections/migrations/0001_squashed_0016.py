import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

import casework.clock
import exemptions.models.decision

KEEP = """
-- The same, when a decision gets its place in the chain later on.
CREATE FUNCTION objections_decider_recheck() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        WITH RECURSIVE chain AS (
            SELECT decision.id, decision.taken_by_id, decided.taken_by_id AS decider
            FROM objections_objectiondecision AS decided
            JOIN objections_objection AS objection ON objection.id = decided.objection_id
            JOIN exemptions_decision AS decision ON decision.id = ANY (ARRAY[objection.decision_id, objection.penalty_id])
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

-- Who took the decision under attack, or an earlier one of its chain, does not decide on the objection (Awb 10:3(3)).
CREATE FUNCTION objections_decider_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        WITH RECURSIVE chain AS (
            SELECT decision.id, decision.taken_by_id
            FROM exemptions_decision AS decision
            JOIN objections_objection AS objection ON decision.id = ANY (ARRAY[objection.decision_id, objection.penalty_id])
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

CREATE TRIGGER casework_key_of_case AFTER INSERT OR DELETE ON objections_appeal
    FOR EACH ROW EXECUTE FUNCTION casework_key_of_case('appeal');
CREATE TRIGGER casework_key_of_case AFTER INSERT OR DELETE ON objections_objection
    FOR EACH ROW EXECUTE FUNCTION casework_key_of_case('objection');
CREATE TRIGGER objections_decider BEFORE INSERT OR UPDATE ON objections_objectiondecision
    FOR EACH ROW EXECUTE FUNCTION objections_decider_refuse();
CREATE TRIGGER objections_decider_of_chain AFTER UPDATE OF replaced_by_id ON exemptions_decision
    FOR EACH ROW
    WHEN (NEW.replaced_by_id IS DISTINCT FROM OLD.replaced_by_id)
    EXECUTE FUNCTION objections_decider_recheck();
CREATE TRIGGER objections_decider_of_objection AFTER UPDATE OF decision_id ON objections_objection
    FOR EACH ROW
    WHEN (NEW.decision_id IS DISTINCT FROM OLD.decision_id)
    EXECUTE FUNCTION objections_decider_recheck();
CREATE TRIGGER objections_decider_of_penalty AFTER UPDATE OF penalty_id ON objections_objection
    FOR EACH ROW WHEN (NEW.penalty_id IS DISTINCT FROM OLD.penalty_id) EXECUTE FUNCTION objections_decider_recheck();
CREATE TRIGGER objections_objection_kept BEFORE DELETE ON objections_objection
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();
CREATE TRIGGER objections_objectiondecision_kept BEFORE DELETE OR UPDATE ON objections_objectiondecision
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('new_decision_id', 'made_known_on', 'annulled_on');
CREATE TRIGGER objections_objectiondecision_not_emptied BEFORE TRUNCATE ON objections_objectiondecision
    FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_row();
"""
LET_GO = """
DROP FUNCTION objections_decider_recheck() CASCADE;
DROP FUNCTION objections_decider_refuse() CASCADE;
"""


class Migration(migrations.Migration):
    replaces = [
        ("objections", "0001_objection"),
        ("objections", "0002_decider"),
        ("objections", "0003_posted"),
        ("objections", "0004_wording"),
        ("objections", "0005_decider_from_both_sides"),
        ("objections", "0006_kept_objections"),
        ("objections", "0007_moment_from_clock"),
        ("objections", "0008_note_words"),
        ("objections", "0009_court_from_events"),
        ("objections", "0010_papers_until"),
        ("objections", "0011_made_known"),
        ("objections", "0012_committee"),
        ("objections", "0013_silence"),
        ("objections", "0014_penalty_contested"),
        ("objections", "0015_penalties_set_before"),
        ("objections", "0016_forwarded_objection"),
    ]

    initial = True

    dependencies = [
        ("casework", "0001_squashed_0026"),
        ("exemptions", "0001_squashed_0040"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Objection",
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
                            ("registered", "received, to be assessed"),
                            ("repair", "waiting for repair"),
                            ("handling", "admissible, being handled"),
                            ("hearing_offered", "hearing offered"),
                            ("hearing_planned", "hearing planned"),
                            ("upheld", "upheld"),
                            ("upheld_in_part", "upheld in part"),
                            ("unfounded", "unfounded"),
                            ("inadmissible", "inadmissible"),
                            ("withdrawn", "withdrawn"),
                            ("forwarded", "forwarded"),
                        ],
                        default="draft",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("portal", "portal"),
                            ("post", "post"),
                            ("other", "at the counter, by email or forwarded"),
                        ],
                        default="portal",
                        max_length=10,
                        verbose_name="came in by",
                    ),
                ),
                ("created_at", models.DateTimeField(default=casework.clock.now, verbose_name="begun")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="received")),
                ("posted_on", models.DateField(blank=True, null=True, verbose_name="postmark")),
                ("grounds", models.TextField(blank=True, verbose_name="grounds")),
                ("signed", models.BooleanField(default=False, verbose_name="signed")),
                ("late_reason", models.TextField(blank=True, verbose_name="why it is late")),
                ("excused", models.BooleanField(blank=True, null=True, verbose_name="late, but excused (Awb 6:11)")),
                ("excused_because", models.TextField(blank=True, verbose_name="why it is, or is not, excused")),
                (
                    "direct_appeal_asked",
                    models.BooleanField(default=False, verbose_name="asks for direct appeal (Awb 7:1a)"),
                ),
                (
                    "direct_appeal_refused_on",
                    models.DateField(blank=True, null=True, verbose_name="direct appeal refused"),
                ),
                ("costs_asked", models.BooleanField(default=False, verbose_name="asks for costs (Awb 7:15)")),
                (
                    "committee",
                    models.BooleanField(default=False, verbose_name="twelve weeks, for a committee advises (Awb 7:13)"),
                ),
                ("adjourned_on", models.DateField(blank=True, null=True, verbose_name="adjourned")),
                ("extended_to", models.DateField(blank=True, null=True, verbose_name="delayed further until")),
                ("extended_on", models.DateField(blank=True, null=True, verbose_name="delayed further on")),
                ("decide_by", models.DateField(blank=True, null=True, verbose_name="decide by")),
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="exemptions.decision",
                        verbose_name="decision objected to",
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "filled_in_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="filled in by",
                    ),
                ),
                (
                    "delay_to_tell",
                    models.DateField(
                        blank=True,
                        help_text="Its letter waits to be posted.",
                        null=True,
                        verbose_name="delayed further until, once told",
                    ),
                ),
                (
                    "penalty",
                    models.ForeignKey(
                        blank=True,
                        help_text="The objection is also about this decision on the penalty for deciding late (Awb 4:19).",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections_beside",
                        to="exemptions.decision",
                        verbose_name="penalty contested too",
                    ),
                ),
                (
                    "documents",
                    models.ManyToManyField(
                        blank=True, related_name="objections", to="casework.document", verbose_name="files"
                    ),
                ),
                (
                    "led_to_thresholds",
                    models.ManyToManyField(
                        blank=True,
                        related_name="caused_by",
                        to="exemptions.thresholdversion",
                        verbose_name="thresholds that changed because of it",
                    ),
                ),
            ],
            options={
                "verbose_name": "objection",
                "verbose_name_plural": "objections",
                "permissions": (
                    ("handle_objection", "Can register, ask, plan hearings and note"),
                    ("decide_objection", "Can decide on objections"),
                ),
                "indexes": [models.Index(fields=["status", "decide_by"], name="objection_by_due")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["registered", "repair", "handling", "hearing_offered", "hearing_planned", "draft"],
                            )
                        ),
                        fields=("decision",),
                        name="objection_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "draft"), ("received_on__isnull", False), _connector="OR"),
                        name="objection_filed_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("excused", None), models.Q(("excused_because", ""), _negated=True), _connector="OR"
                        ),
                        name="objection_excuse_has_reasons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("penalty", None),
                            models.Q(("penalty", models.F("decision")), _negated=True),
                            _connector="OR",
                        ),
                        name="objection_penalty_beside_another",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("announced", "to be registered"),
                            ("filed", "filed"),
                            ("pending", "before the court"),
                            ("withdrawn", "withdrawn"),
                            ("inadmissible", "inadmissible"),
                            ("unfounded", "unfounded"),
                            ("upheld", "upheld"),
                            ("settled", "settled by agreement"),
                        ],
                        default="announced",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                (
                    "instance",
                    models.CharField(
                        choices=[
                            ("district", "district court (rechtbank)"),
                            ("higher", "Administrative Jurisdiction Division of the Council of State (ABRvS)"),
                        ],
                        default="district",
                        max_length=10,
                        verbose_name="instance",
                    ),
                ),
                (
                    "against",
                    models.CharField(
                        choices=[
                            ("decision", "the decision on the objection"),
                            ("silence", "no decision in time (Awb 6:12)"),
                            ("direct", "the decision itself (direct appeal, Awb 7:1a)"),
                            ("judgment", "a judgment of the district court"),
                        ],
                        default="decision",
                        max_length=10,
                        verbose_name="against",
                    ),
                ),
                ("by_us", models.BooleanField(default=False, verbose_name="lodged by the deciding body")),
                ("court", models.CharField(max_length=100, verbose_name="court")),
                ("case_number", models.CharField(blank=True, max_length=50, verbose_name="case number")),
                ("filed_on", models.DateField(blank=True, null=True, verbose_name="filed on")),
                ("judged_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                ("judgment", models.TextField(blank=True, verbose_name="what the court decided, in short")),
                ("created_at", models.DateTimeField(default=casework.clock.now)),
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
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "higher_than",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="higher",
                        to="objections.appeal",
                        verbose_name="against the judgment in",
                    ),
                ),
                (
                    "objection",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeals",
                        to="objections.objection",
                        verbose_name="objection",
                    ),
                ),
                (
                    "decision_told_on",
                    models.DateField(blank=True, null=True, verbose_name="court told that we decided (Awb 6:20)"),
                ),
                ("judgment_sent_on", models.DateField(blank=True, null=True, verbose_name="judgment sent")),
                ("premature", models.BooleanField(default=False, verbose_name="premature (Awb 6:12, paragraph 2)")),
                ("unheard", models.BooleanField(default=False, verbose_name="judged without a hearing (Awb 8:54)")),
                (
                    "uses_loop",
                    models.BooleanField(blank=True, null=True, verbose_name="we repair as the court asked (Awb 8:51a)"),
                ),
                (
                    "without_notice_because",
                    models.TextField(
                        blank=True, verbose_name="why no notice of default could be asked (Awb 6:12, paragraph 3)"
                    ),
                ),
                ("about_penalty", models.BooleanField(default=False, verbose_name="about the penalty too (Awb 4:19)")),
            ],
            options={
                "verbose_name": "appeal",
                "verbose_name_plural": "appeals",
                "permissions": (("handle_appeal", "Can keep the cases before a court"),),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status", "announced"), ("filed_on__isnull", False), _connector="OR"),
                        name="appeal_has_a_day",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["filed", "pending"])),
                        fields=("dossier", "objection", "instance"),
                        name="appeal_one_open",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("objection__isnull", False), ("against__in", ["silence", "judgment"]), _connector="OR"
                        ),
                        name="appeal_without_objection_is_about_silence",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="committees",
                        to="objections.objection",
                        verbose_name="objection",
                    ),
                ),
                ("chair", models.CharField(blank=True, max_length=200, verbose_name="chair")),
                (
                    "members",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="members",
                    ),
                ),
                ("referred_on", models.DateField(verbose_name="referred on")),
                ("advised_on", models.DateField(blank=True, null=True, verbose_name="date of the advice")),
                (
                    "conclusion",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "upheld"),
                            ("upheld_in_part", "upheld in part"),
                            ("unfounded", "unfounded"),
                            ("inadmissible", "inadmissible"),
                        ],
                        max_length=20,
                        verbose_name="advises",
                    ),
                ),
                (
                    "advice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.document",
                        verbose_name="advice",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="referral ended on")),
                ("ended_because", models.TextField(blank=True, verbose_name="why the referral ended")),
            ],
            options={
                "verbose_name": "advisory committee",
                "verbose_name_plural": "advisory committees",
                "ordering": ("referred_on", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)), fields=("objection",), name="committee_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("advice", None), ("advised_on", None), ("conclusion", "")),
                            models.Q(
                                ("advice__isnull", False),
                                ("advised_on__isnull", False),
                                models.Q(("conclusion", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="committee_advice_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourtPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "direction",
                    models.CharField(
                        choices=[("to", "to the court"), ("from", "from the court")],
                        max_length=5,
                        verbose_name="direction",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="what it is")),
                ("dated_on", models.DateField(verbose_name="date")),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers",
                        to="objections.appeal",
                        verbose_name="appeal",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.document",
                        verbose_name="file",
                    ),
                ),
            ],
            options={
                "verbose_name": "court paper",
                "verbose_name_plural": "court papers",
                "ordering": ("dated_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("offered_on", models.DateField(blank=True, null=True, verbose_name="offered")),
                ("reply_until", models.DateField(blank=True, null=True, verbose_name="answer until")),
                ("wanted", models.BooleanField(blank=True, null=True, verbose_name="the objector wants to be heard")),
                ("reply", models.TextField(blank=True, verbose_name="what the objector said about it")),
                ("replied_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("held_at", models.DateTimeField(blank=True, null=True, verbose_name="day and hour")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="place, or how to take part")),
                ("report", models.TextField(blank=True, verbose_name="report (Awb 7:7)")),
                ("attended", models.BooleanField(blank=True, null=True, verbose_name="the objector was there")),
                (
                    "skipped",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("manifestly_inadmissible", "manifestly inadmissible (Awb 7:3, a)"),
                            ("manifestly_unfounded", "manifestly unfounded (Awb 7:3, b)"),
                            ("waived", "the objector does not want to be heard (Awb 7:3, c)"),
                            ("no_reply", "no answer within the term (Awb 7:3, d)"),
                            ("fully_upheld", "fully upheld, and nobody else is harmed (Awb 7:3, e)"),
                        ],
                        max_length=30,
                        verbose_name="not heard, because",
                    ),
                ),
                ("skipped_because", models.TextField(blank=True, verbose_name="explanation")),
                ("created_at", models.DateTimeField(default=casework.clock.now)),
                (
                    "heard_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="heard by",
                    ),
                ),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hearings",
                        to="objections.objection",
                        verbose_name="objection",
                    ),
                ),
                ("papers_until", models.DateField(blank=True, null=True, verbose_name="papers until (Awb 7:4)")),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hearings",
                        to="objections.committee",
                        verbose_name="heard by the committee (Awb 7:13)",
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="who hears with them"
                    ),
                ),
            ],
            options={
                "verbose_name": "hearing",
                "verbose_name_plural": "hearings",
                "ordering": ("created_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("skipped", ""), ("report", ""), _connector="OR"),
                        name="hearing_held_or_skipped",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("report", ""),
                            models.Q(("heard_by__isnull", False), ("held_at__isnull", False)),
                            models.Q(("committee__isnull", False), ("held_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="hearing_report_of_one_that_was_held",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectionDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("upheld", "upheld"),
                            ("upheld_in_part", "upheld in part"),
                            ("unfounded", "unfounded"),
                            ("inadmissible", "inadmissible"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "inadmissible_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("late", "too late, without a good reason (Awb 6:7, 6:11)"),
                            ("not_repaired", "not complete, also after a chance to repair (Awb 6:6)"),
                            (
                                "no_interest",
                                "the objector is no interested party, or has no interest any more (Awb 1:2)",
                            ),
                            ("no_decision", "not against a decision to which one can object (Awb 1:3)"),
                        ],
                        max_length=20,
                        verbose_name="inadmissible, because",
                    ),
                ),
                ("explanation", models.TextField(verbose_name="reasons")),
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
                (
                    "costs_eur",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="costs paid back, in euros"
                    ),
                ),
                ("costs_because", models.TextField(blank=True, verbose_name="about the costs")),
                ("annulled_on", models.DateField(blank=True, null=True, verbose_name="annulled by a court")),
                (
                    "new_decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="from_objection",
                        to="exemptions.decision",
                        verbose_name="new decision",
                    ),
                ),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="objections.objection",
                        verbose_name="objection",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken by",
                    ),
                ),
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
                    "deviation_because",
                    models.TextField(blank=True, verbose_name="why it deviates from the advice (Awb 7:13)"),
                ),
                (
                    "new_penalty",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="from_objection_beside",
                        to="exemptions.decision",
                        verbose_name="penalty set anew (Awb 4:19)",
                    ),
                ),
                ("penalty_because", models.TextField(blank=True, verbose_name="about the penalty (Awb 4:19)")),
            ],
            options={
                "verbose_name": "decision on an objection",
                "verbose_name_plural": "decisions on objections",
                "ordering": ("taken_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("annulled_on", None)),
                        fields=("objection",),
                        name="objectiondecision_one_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", "inadmissible"), ("inadmissible_because", ""), _connector="XOR"),
                        name="objectiondecision_inadmissible_because",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ObjectionNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="note")),
                ("at", models.DateTimeField(default=casework.clock.now, verbose_name="moment")),
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
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="objections.objection",
                        verbose_name="objection",
                    ),
                ),
            ],
            options={
                "verbose_name": "note on an objection",
                "verbose_name_plural": "notes on objections",
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="PreliminaryRelief",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("court", models.CharField(max_length=100, verbose_name="court")),
                ("case_number", models.CharField(blank=True, max_length=50, verbose_name="case number")),
                ("asked_on", models.DateField(verbose_name="asked on")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("granted", "granted"), ("refused", "refused"), ("withdrawn", "withdrawn")],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                ("explanation", models.TextField(blank=True, verbose_name="what it means")),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reliefs",
                        to="objections.objection",
                        verbose_name="objection",
                    ),
                ),
            ],
            options={
                "verbose_name": "preliminary relief",
                "verbose_name_plural": "preliminary reliefs",
                "ordering": ("asked_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome", ""), ("decided_on__isnull", False), _connector="XOR"),
                        name="relief_outcome_has_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RepairRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("grounds", "the grounds: why you disagree with our decision"),
                                ("signature", "the signature"),
                                ("decision", "which decision it is about"),
                                ("name", "name and address"),
                                ("date", "the date"),
                                ("authorisation", "a written authorisation of the representative"),
                                ("late", "why it came too late (Awb 6:11)"),
                            ],
                            max_length=20,
                        ),
                        size=None,
                        verbose_name="what is missing",
                    ),
                ),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="sent on")),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="ended without answer on")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded")),
                ("created_at", models.DateTimeField(default=casework.clock.now)),
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
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="repair_requests",
                        to="objections.objection",
                        verbose_name="objection",
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
                "verbose_name": "request for repair",
                "verbose_name_plural": "requests for repair",
                "ordering": ("sent_on", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_on", None), ("closed_on", None)),
                        fields=("objection",),
                        name="repairrequest_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("sent_on"))),
                        name="repairrequest_ends_after_sending",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
