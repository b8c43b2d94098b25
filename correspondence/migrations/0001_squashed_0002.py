import uuid

import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

import casework.clock

KEEP = """
CREATE TRIGGER casework_key_of_case AFTER INSERT OR DELETE ON correspondence_submission
    FOR EACH ROW EXECUTE FUNCTION casework_key_of_case('submission');
CREATE TRIGGER correspondence_submission_kept BEFORE DELETE ON correspondence_submission
    FOR EACH ROW EXECUTE FUNCTION casework_keep_from_who_serves();
"""


class Migration(migrations.Migration):
    replaces = [("correspondence", "0001_submission"), ("correspondence", "0002_kept_submissions")]

    initial = True

    dependencies = [
        ("casework", "0001_squashed_0026"),
        ("exemptions", "0001_squashed_0040"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Submission",
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
                            ("forwarded", "forwarded to another body"),
                            ("returned", "returned to the sender"),
                            ("taken", "taken up as a case"),
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
                        choices=[("post", "post"), ("counter", "counter"), ("phone", "telephone"), ("email", "email")],
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
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                ("address", models.TextField(blank=True, verbose_name="address")),
                ("by_post", models.BooleanField(default=False, verbose_name="letters by post")),
                ("about", models.TextField(verbose_name="what it is about")),
                (
                    "taken_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("application", "application"),
                            ("objection", "objection"),
                            ("complaint", "complaint"),
                        ],
                        max_length=12,
                        verbose_name="taken up as",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="exemptions.application",
                        verbose_name="objection about the application",
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
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submission",
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
            ],
            options={
                "verbose_name": "submission",
                "verbose_name_plural": "submissions",
                "permissions": (("handle_submission", "Can register, forward and return what came in"),),
                "indexes": [models.Index(fields=["status", "received_on"], name="submission_by_receipt")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status", "draft"), ("received_on__isnull", False), _connector="OR"),
                        name="submission_filed_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address", ""), ("email", ""), _negated=True),
                            models.Q(("by_post", False), models.Q(("address", ""), _negated=True), _connector="OR"),
                        ),
                        name="submission_can_be_answered",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="SubmissionNote",
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
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="correspondence.submission",
                        verbose_name="submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "note on a submission",
                "verbose_name_plural": "notes on submissions",
                "ordering": ("at", "pk"),
                "abstract": False,
            },
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
