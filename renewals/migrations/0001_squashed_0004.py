import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

import casework.clock

KEEP = """
CREATE TRIGGER casework_key_of_case AFTER INSERT OR DELETE ON renewals_renewal
    FOR EACH ROW EXECUTE FUNCTION casework_key_of_case('renewal');
CREATE TRIGGER renewals_renewal_counted BEFORE UPDATE ON renewals_renewal
    FOR EACH ROW
    WHEN (OLD.started_at IS NOT NULL AND (OLD.thresholds_id IS DISTINCT FROM NEW.thresholds_id
        OR OLD.kind_id IS DISTINCT FROM NEW.kind_id
        OR OLD.access_rule_id IS DISTINCT FROM NEW.access_rule_id
        OR OLD.started_at IS DISTINCT FROM NEW.started_at))
    EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER renewals_renewal_not_emptied BEFORE TRUNCATE ON renewals_renewal
    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER renewals_renewalitem_counted BEFORE UPDATE ON renewals_renewalitem
    FOR EACH ROW
    WHEN (OLD.new_decision_id IS NOT NULL AND (OLD.run_id IS DISTINCT FROM NEW.run_id
        OR OLD.new_decision_id IS DISTINCT FROM NEW.new_decision_id))
    EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER renewals_renewalitem_kept BEFORE DELETE ON renewals_renewalitem
    FOR EACH ROW WHEN (OLD.new_decision_id IS NOT NULL) EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER renewals_renewalitem_not_emptied BEFORE TRUNCATE ON renewals_renewalitem
    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""


class Migration(migrations.Migration):
    replaces = [
        ("renewals", "0001_renewal"),
        ("renewals", "0002_wording"),
        ("renewals", "0003_moment_from_clock"),
        ("renewals", "0004_counted_columns"),
    ]

    initial = True

    dependencies = [
        ("casework", "0001_squashed_0026"),
        ("exemptions", "0001_squashed_0040"),
        ("zones", "0001_squashed_0009"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Renewal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("listed", "listed, to be reviewed"),
                            ("proposed", "reviewed, waiting for approval"),
                            ("approved", "approved, not started"),
                            ("running", "running"),
                            ("stopped", "stopped"),
                            ("done", "done"),
                            ("cancelled", "cancelled"),
                        ],
                        default="listed",
                        max_length=20,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("explanation_nl", models.TextField(blank=True, verbose_name="explanation in Dutch")),
                ("explanation_en", models.TextField(blank=True, verbose_name="explanation in English")),
                (
                    "starts_on",
                    models.DateField(
                        blank=True,
                        help_text="The first day of what is granted. Empty: the day on which the decision is taken.",
                        null=True,
                        verbose_name="first day",
                    ),
                ),
                (
                    "ends_on",
                    models.DateField(
                        blank=True,
                        help_text="For cases in which neither the requested period, nor the kind, nor the vehicle sets an end.",
                        null=True,
                        verbose_name="last day if nothing else limits it",
                    ),
                ),
                ("remark", models.TextField(blank=True, verbose_name="remark of the person who sent it back")),
                (
                    "staying",
                    models.PositiveIntegerField(
                        default=0, verbose_name="granted, would be refused now, and remain unchanged"
                    ),
                ),
                ("listed_at", models.DateTimeField(default=casework.clock.now, verbose_name="list made")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started")),
                ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="stopped")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done")),
                (
                    "access_rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="zones.accessrule",
                        verbose_name="changed access rule",
                    ),
                ),
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
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewal",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="exemptions.kindversion",
                        verbose_name="changed kind",
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
                        verbose_name="list made by",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewed by",
                    ),
                ),
                (
                    "thresholds",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewals",
                        to="exemptions.thresholdversion",
                        verbose_name="changed thresholds",
                    ),
                ),
            ],
            options={
                "verbose_name": "review after a rule change",
                "verbose_name_plural": "runs of deciding again",
                "ordering": ("-listed_at", "-pk"),
                "permissions": (
                    ("review_renewal", "Can review the list of a run, and start and stop it"),
                    ("approve_renewal", "Can approve a run that a colleague reviewed"),
                ),
                "indexes": [models.Index(fields=["status", "listed_at"], name="renewal_by_status")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("access_rule__isnull", True), ("kind__isnull", True), ("thresholds__isnull", False)
                            ),
                            models.Q(
                                ("access_rule__isnull", True), ("kind__isnull", False), ("thresholds__isnull", True)
                            ),
                            models.Q(
                                ("access_rule__isnull", False), ("kind__isnull", True), ("thresholds__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="renewal_one_cause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="renewal_two_pairs_of_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["listed", "proposed", "cancelled"]),
                            models.Q(("approved_by__isnull", False), ("proposed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="renewal_runs_approved",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("listed", "proposed", "approved", "running", "stopped"))),
                        fields=("thresholds",),
                        name="renewal_one_open_thresholds",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("listed", "proposed", "approved", "running", "stopped"))),
                        fields=("kind",),
                        name="renewal_one_open_kind",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("listed", "proposed", "approved", "running", "stopped"))),
                        fields=("access_rule",),
                        name="renewal_one_open_access_rule",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="RenewalItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("grant", "grant after all"),
                            ("tell", "tell the holder that the exemption is no longer needed"),
                            ("look", "to be decided by hand"),
                        ],
                        max_length=10,
                        verbose_name="gets",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("done", "done"),
                            ("needs_human", "to be decided by hand"),
                            ("excluded", "left out"),
                            ("failed", "failed"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("reasons_nl", models.TextField(verbose_name="reasons in Dutch")),
                ("reasons_en", models.TextField(verbose_name="reasons in English")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day of what is granted")),
                (
                    "access_until",
                    models.DateField(blank=True, null=True, verbose_name="last day of access without the exemption"),
                ),
                ("excluded_because", models.TextField(blank=True, verbose_name="left out because")),
                ("problem", models.TextField(blank=True, verbose_name="what is the matter")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="dealt with")),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewal_items",
                        to="exemptions.decision",
                        verbose_name="earlier decision",
                    ),
                ),
                (
                    "excluded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="left out by",
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="renewal_item",
                        to="casework.letter",
                        verbose_name="letter",
                    ),
                ),
                (
                    "new_decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="from_renewal",
                        to="exemptions.decision",
                        verbose_name="new decision",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="renewals.renewal",
                        verbose_name="review after a rule change",
                    ),
                ),
            ],
            options={
                "verbose_name": "case of a run",
                "verbose_name_plural": "cases of a run",
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["run", "state", "id"], name="renewalitem_by_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "decision"), name="renewalitem_once_a_run"),
                    models.CheckConstraint(
                        condition=models.Q(("state", "excluded"), ("excluded_because", ""), _connector="XOR"),
                        name="renewalitem_left_out_because",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(("done_at__isnull", False), ("letter__isnull", False)),
                            _connector="OR",
                        ),
                        name="renewalitem_done_has_a_letter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("new_decision", None), models.Q(("action", "grant"), ("state", "done")), _connector="OR"
                        ),
                        name="renewalitem_decision_only_when_granted",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
