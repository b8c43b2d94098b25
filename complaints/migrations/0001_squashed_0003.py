import uuid

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

import casework.clock

KEEP = """
CREATE TRIGGER casework_key_of_case AFTER INSERT OR DELETE ON complaints_complaint
    FOR EACH ROW EXECUTE FUNCTION casework_key_of_case('complaint');
CREATE TRIGGER complaints_complaint_kept BEFORE DELETE ON complaints_complaint
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();
"""


class Migration(migrations.Migration):
    replaces = [
        ("complaints", "0001_complaint"),
        ("complaints", "0002_kept_complaints"),
        ("complaints", "0003_complainant_without_name"),
    ]

    initial = True

    dependencies = [
        ("casework", "0001_squashed_0026"),
        ("exemptions", "0001_squashed_0040"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="key in addresses"),
                ),
                ("decide_by", models.DateField(blank=True, null=True, verbose_name="decide by")),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "draft"),
                            ("received", "received"),
                            ("handling", "being handled"),
                            ("settled", "settled to satisfaction"),
                            ("declined", "not handled"),
                            ("concluded", "outcome told"),
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
                            ("email", "email"),
                            ("phone", "telephone"),
                            ("counter", "counter"),
                        ],
                        default="portal",
                        max_length=10,
                        verbose_name="came in by",
                    ),
                ),
                ("created_at", models.DateTimeField(default=casework.clock.now, verbose_name="begun")),
                ("received_on", models.DateField(blank=True, null=True, verbose_name="received")),
                (
                    "language",
                    models.CharField(
                        choices=[("nl", "Nederlands"), ("en", "English")],
                        default="nl",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("name", models.CharField(max_length=254, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                ("address", models.TextField(blank=True, verbose_name="address")),
                ("by_post", models.BooleanField(default=False, verbose_name="letters by post")),
                ("about", models.TextField(verbose_name="what happened")),
                ("happened_on", models.DateField(blank=True, null=True, verbose_name="when it happened")),
                (
                    "about_whom",
                    models.CharField(blank=True, max_length=200, verbose_name="who it was, as the complainant says"),
                ),
                ("adviser", models.CharField(blank=True, max_length=200, verbose_name="adviser")),
                ("adviser_told_on", models.DateField(blank=True, null=True, verbose_name="told that somebody advises")),
                ("advice", models.TextField(blank=True, verbose_name="advice")),
                ("advised_on", models.DateField(blank=True, null=True, verbose_name="advised on")),
                ("adjourned_weeks", models.PositiveSmallIntegerField(default=0, verbose_name="weeks of adjournment")),
                ("adjourned_on", models.DateField(blank=True, null=True, verbose_name="adjourned")),
                ("agreed_until", models.DateField(blank=True, null=True, verbose_name="later day that was agreed")),
                (
                    "reply_until",
                    models.DateField(blank=True, null=True, verbose_name="to answer about a hearing until"),
                ),
                ("hearing_at", models.DateTimeField(blank=True, null=True, verbose_name="hearing")),
                ("hearing_place", models.CharField(blank=True, max_length=200, verbose_name="place of the hearing")),
                ("heard_on", models.DateField(blank=True, null=True, verbose_name="heard on")),
                ("hearing_report", models.TextField(blank=True, verbose_name="report of the hearing")),
                (
                    "hearing_waived",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unfounded", "the complaint is evidently unfounded"),
                            ("not_wanted", "the complainant said that they do not want to be heard"),
                            ("silent", "the complainant did not answer in time whether they want to be heard"),
                        ],
                        max_length=10,
                        verbose_name="no hearing because",
                    ),
                ),
                ("hearing_waived_because", models.TextField(blank=True, verbose_name="explanation")),
                ("settled_how", models.TextField(blank=True, verbose_name="how it was settled")),
                (
                    "declined_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("earlier", "an earlier complaint about it was handled (Awb 9:8(1)(a))"),
                            ("old", "it happened more than a year before the complaint (Awb 9:8(1)(b))"),
                            ("objection", "one could have objected to it (Awb 9:8(1)(c))"),
                            ("appeal", "one can or could appeal against it (Awb 9:8(1)(d))"),
                            ("court", "another court judges it, or did (Awb 9:8(1)(e))"),
                            ("criminal", "a criminal investigation or prosecution is under way (Awb 9:8(1)(f))"),
                            ("minor", "the interest or the weight of the conduct is evidently too small (Awb 9:8(2))"),
                        ],
                        max_length=10,
                        verbose_name="not handled because",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("justified", "justified"),
                            ("partly", "partly justified"),
                            ("unjustified", "unjustified"),
                            ("open", "no judgment"),
                        ],
                        max_length=12,
                        verbose_name="judgment of the conduct",
                    ),
                ),
                ("findings", models.TextField(blank=True, verbose_name="findings")),
                ("judgment", models.TextField(blank=True, verbose_name="judgment with reasons")),
                ("conclusions", models.TextField(blank=True, verbose_name="conclusions")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to="exemptions.application",
                        verbose_name="about the application",
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
                    "complainant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaints",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="complainant",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="complaint",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
                (
                    "forwarded_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.otherbody",
                        verbose_name="forwarded to",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="whose conduct it is about",
                    ),
                ),
            ],
            options={
                "verbose_name": "complaint",
                "verbose_name_plural": "complaints",
                "permissions": (("handle_complaint", "Can register and handle complaints"),),
                "indexes": [models.Index(fields=["status", "decide_by"], name="complaint_by_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person", None),
                            ("assigned_to", None),
                            models.Q(("assigned_to", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="complaint_handler_uninvolved",
                        violation_error_message="Who is complained about does not handle the complaint (Awb 9:7).",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "draft"), ("received_on__isnull", False), _connector="OR"),
                        name="complaint_filed_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address", ""), ("email", ""), _negated=True),
                            models.Q(("by_post", False), models.Q(("address", ""), _negated=True), _connector="OR"),
                        ),
                        name="complaint_can_be_answered",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="ComplaintNote",
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
                    "complaint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="complaints.complaint",
                        verbose_name="complaint",
                    ),
                ),
            ],
            options={
                "verbose_name": "note on a complaint",
                "verbose_name_plural": "notes on complaints",
                "ordering": ("at", "pk"),
                "abstract": False,
            },
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
