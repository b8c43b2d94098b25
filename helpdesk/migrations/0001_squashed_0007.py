import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

import casework.clock
import helpdesk.models.question

KEEP = """
CREATE TRIGGER casework_key_of_case AFTER INSERT OR DELETE ON helpdesk_question
    FOR EACH ROW EXECUTE FUNCTION casework_key_of_case('question');
"""


class Migration(migrations.Migration):
    replaces = [
        ("helpdesk", "0001_helpdesk"),
        ("helpdesk", "0002_mailbox_state"),
        ("helpdesk", "0003_wording"),
        ("helpdesk", "0004_shipped_phrases"),
        ("helpdesk", "0005_question_takes_steps"),
        ("helpdesk", "0006_moment_from_clock"),
        ("helpdesk", "0007_time_of_a_kind"),
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
            name="DaySecret",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("secret", models.CharField(max_length=64, verbose_name="secret")),
            ],
            options={
                "verbose_name": "secret of a day",
                "verbose_name_plural": "secrets of days",
            },
        ),
        migrations.CreateModel(
            name="QuestionSeries",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="VisitorDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("visitors", models.PositiveIntegerField(default=0, verbose_name="visitors")),
            ],
            options={
                "verbose_name": "visitors on a day",
                "verbose_name_plural": "visitors by day",
                "ordering": ("-day",),
            },
        ),
        migrations.CreateModel(
            name="AdviceRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="key")),
                ("asked_at", models.DateTimeField(default=casework.clock.now, verbose_name="asked")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("company", models.CharField(blank=True, max_length=100, verbose_name="company")),
                ("email", models.EmailField(max_length=254, verbose_name="email")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone")),
                ("question", models.TextField(max_length=4000, verbose_name="question")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="advice_requests",
                        to="zones.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for advice",
                "verbose_name_plural": "requests for advice",
                "ordering": ("-asked_at",),
            },
        ),
        migrations.CreateModel(
            name="Adviser",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "municipality",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="adviser",
                        to="zones.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "logistics adviser",
                "verbose_name_plural": "logistics advisers",
                "ordering": ("municipality",),
            },
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="key")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("nl", "Dutch"),
                            ("en", "English"),
                            ("de", "German"),
                            ("fr", "French"),
                            ("pl", "Polish"),
                        ],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("began_at", models.DateTimeField(default=casework.clock.now, verbose_name="began")),
                ("last_at", models.DateTimeField(default=casework.clock.now, verbose_name="last question")),
                (
                    "handed_over_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="handed over to the mailbox"),
                ),
                (
                    "counted_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When it was added to its month; from then on nothing in it changes.",
                        null=True,
                        verbose_name="counted",
                    ),
                ),
            ],
            options={
                "verbose_name": "conversation",
                "verbose_name_plural": "conversations",
                "ordering": ("-began_at",),
                "indexes": [models.Index(fields=["last_at"], name="conversation_to_remove")],
            },
        ),
        migrations.CreateModel(
            name="MailboxState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("collected_at", models.DateTimeField(blank=True, null=True, verbose_name="last collected")),
                ("failing_since", models.DateTimeField(blank=True, null=True, verbose_name="fails since")),
                ("failed_at", models.DateTimeField(blank=True, null=True, verbose_name="last failure")),
                ("error", models.CharField(blank=True, max_length=100, verbose_name="reason")),
            ],
            options={
                "verbose_name": "state of the mailbox",
                "verbose_name_plural": "states of the mailbox",
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="mailboxstate_one_row")],
            },
        ),
        migrations.CreateModel(
            name="MeasuredTime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first", models.DateField(verbose_name="from")),
                ("last", models.DateField(verbose_name="until")),
                ("decided", models.PositiveIntegerField(default=0, verbose_name="decisions")),
                ("median", models.PositiveIntegerField(null=True, verbose_name="median in days")),
                ("p90", models.PositiveIntegerField(null=True, verbose_name="nine in ten within so many days")),
                ("measured_at", models.DateTimeField(default=casework.clock.now, verbose_name="measured")),
                (
                    "kind",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measured_time",
                        to="exemptions.kind",
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "measured lead time",
                "verbose_name_plural": "measured lead times",
                "ordering": ("kind_id",),
            },
        ),
        migrations.CreateModel(
            name="MonthOfConversations",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(help_text="Its first day.", verbose_name="month")),
                ("topic", models.CharField(blank=True, max_length=60, verbose_name="topic")),
                ("conversations", models.PositiveIntegerField(default=0, verbose_name="conversations")),
                ("questions", models.PositiveIntegerField(default=0, verbose_name="questions")),
                ("not_known", models.PositiveIntegerField(default=0, verbose_name="questions that it did not know")),
                ("helped", models.PositiveIntegerField(default=0, verbose_name="said that it helped")),
                ("not_helped", models.PositiveIntegerField(default=0, verbose_name="said that it did not help")),
                ("handed_over", models.PositiveIntegerField(default=0, verbose_name="handed over")),
            ],
            options={
                "verbose_name": "month of conversations",
                "verbose_name_plural": "months of conversations",
                "ordering": ("-month", "topic"),
                "constraints": [models.UniqueConstraint(fields=("month", "topic"), name="monthofconversations_once")],
            },
        ),
        migrations.CreateModel(
            name="MonthOfQuestions",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(help_text="Its first day.", verbose_name="month")),
                ("topic", models.CharField(blank=True, max_length=100, verbose_name="topic")),
                (
                    "tone",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("informing", "asks for information"),
                            ("practical", "practical question"),
                            ("complaint", "complaint"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="tone",
                    ),
                ),
                ("questions", models.PositiveIntegerField(default=0, verbose_name="questions")),
            ],
            options={
                "verbose_name": "month of questions",
                "verbose_name_plural": "months of questions",
                "ordering": ("-month", "topic", "tone"),
                "constraints": [
                    models.UniqueConstraint(fields=("month", "topic", "tone"), name="monthofquestions_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PageDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                (
                    "page",
                    models.CharField(
                        help_text="The name of its address; never an address itself.",
                        max_length=60,
                        verbose_name="page",
                    ),
                ),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("views", models.PositiveIntegerField(default=0, verbose_name="page views")),
            ],
            options={
                "verbose_name": "page on a day",
                "verbose_name_plural": "pages by day",
                "ordering": ("-day", "page"),
                "constraints": [models.UniqueConstraint(fields=("day", "page", "language"), name="pageday_once")],
            },
        ),
        migrations.CreateModel(
            name="SeenToday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("mark", models.CharField(max_length=64, verbose_name="mark")),
            ],
            options={
                "verbose_name": "mark of a visitor of today",
                "verbose_name_plural": "marks of visitors of today",
                "constraints": [models.UniqueConstraint(fields=("day", "mark"), name="seentoday_once")],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="slug")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("basis", "What is a zero-emission zone?"),
                            ("toegang", "Can my vehicle enter?"),
                            ("vrijstelling", "Automatic exemptions"),
                            ("ontheffing", "Exemptions"),
                            ("dagontheffing", "Day exemptions"),
                            ("handhaving", "Checks and fines"),
                            ("besluit", "Decision and objection"),
                            ("hulp", "Help"),
                        ],
                        max_length=20,
                        verbose_name="group",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "rests_on",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        help_text="The rules, kinds and settings that the answer is about, as rule:B5 or policy:day_exemption_max.",
                        size=None,
                        verbose_name="based on",
                    ),
                ),
                (
                    "pages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="pages with more help",
                    ),
                ),
                (
                    "facts",
                    models.JSONField(
                        blank=True, default=dict, editable=False, verbose_name="what it was based on at the last review"
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed")),
                ("flagged_at", models.DateTimeField(blank=True, null=True, verbose_name="to be reviewed since")),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewed by",
                    ),
                ),
                ("related", models.ManyToManyField(blank=True, to="helpdesk.topic", verbose_name="related questions")),
            ],
            options={
                "verbose_name": "frequent question",
                "verbose_name_plural": "frequent questions",
                "ordering": ("group", "position", "slug"),
                "permissions": (("edit_topic", "Can edit and review frequent questions"),),
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name="key")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="number")),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "email"), ("form", "form on the site"), ("assistant", "assistant")],
                        max_length=10,
                        verbose_name="channel",
                    ),
                ),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("open", "open"),
                            ("answered", "answered"),
                            ("closed", "closed without an answer"),
                            ("spam", "spam"),
                        ],
                        default="open",
                        max_length=10,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=casework.clock.now, verbose_name="asked")),
                ("changed_at", models.DateTimeField(default=casework.clock.now, verbose_name="last email")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("nl", "Dutch"),
                            ("en", "English"),
                            ("de", "German"),
                            ("fr", "French"),
                            ("pl", "Polish"),
                        ],
                        default="nl",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                ("email", models.EmailField(max_length=254, verbose_name="email")),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="subject")),
                (
                    "tone",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("informing", "asks for information"),
                            ("practical", "practical question"),
                            ("complaint", "complaint"),
                            ("other", "other"),
                        ],
                        max_length=10,
                        verbose_name="tone",
                    ),
                ),
                (
                    "suggested_tone",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("informing", "asks for information"),
                            ("practical", "practical question"),
                            ("complaint", "complaint"),
                            ("other", "other"),
                        ],
                        max_length=10,
                        verbose_name="suggested tone",
                    ),
                ),
                (
                    "named_dossier",
                    models.CharField(
                        blank=True,
                        help_text="Only what someone typed: it may be wrong, or of someone else.",
                        max_length=20,
                        verbose_name="dossier that the sender names",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="questions",
                        to="helpdesk.conversation",
                        verbose_name="conversation with the assistant",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handled by",
                    ),
                ),
                (
                    "suggested_topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="helpdesk.topic",
                        verbose_name="suggested topic",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="helpdesk.topic",
                        verbose_name="topic",
                    ),
                ),
                (
                    "case_dossier",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="questions",
                        to="casework.dossier",
                        verbose_name="dossier of the case",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="question",
                        to="casework.dossier",
                        verbose_name="dossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "question to the editors",
                "verbose_name_plural": "questions to the editors",
                "ordering": ("-changed_at",),
                "permissions": (("answer_question", "Can read and answer questions to the editors"),),
                "indexes": [
                    models.Index(condition=models.Q(("status", "open")), fields=["changed_at"], name="question_open")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "direction",
                    models.CharField(
                        choices=[("in", "received"), ("out", "sent")], max_length=3, verbose_name="direction"
                    ),
                ),
                (
                    "sort",
                    models.CharField(
                        choices=[
                            ("written", "written by someone"),
                            ("automatic", "sent by itself"),
                            ("bounce", "could not be delivered"),
                        ],
                        default="written",
                        max_length=10,
                        verbose_name="sort",
                    ),
                ),
                ("message_id", models.CharField(max_length=300, unique=True, verbose_name="Message-ID")),
                ("in_reply_to", models.CharField(blank=True, max_length=300, verbose_name="in reply to")),
                ("sender", models.CharField(blank=True, max_length=300, verbose_name="from")),
                ("subject", models.CharField(blank=True, max_length=300, verbose_name="subject")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("at", models.DateTimeField(default=casework.clock.now, verbose_name="date")),
                (
                    "outgoing",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers_question",
                        to="casework.message",
                        verbose_name="in the outbox",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="helpdesk.question",
                        verbose_name="question",
                    ),
                ),
                (
                    "written",
                    models.TextField(
                        blank=True,
                        help_text="An answer without the question that it quotes.",
                        verbose_name="what the editor wrote",
                    ),
                ),
            ],
            options={
                "verbose_name": "email",
                "verbose_name_plural": "emails",
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("content_type", models.CharField(blank=True, max_length=100, verbose_name="type")),
                ("size", models.PositiveIntegerField(default=0, verbose_name="size in bytes")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="checksum")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=helpdesk.models.question.attachment_path,
                        verbose_name="file",
                    ),
                ),
                ("refused", models.CharField(blank=True, max_length=300, verbose_name="why it was not kept")),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="helpdesk.mail",
                        verbose_name="email",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ("mail", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Phrase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("nl", "Dutch"),
                            ("en", "English"),
                            ("de", "German"),
                            ("fr", "French"),
                            ("pl", "Polish"),
                        ],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("phrase", models.CharField(max_length=200, verbose_name="phrase")),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phrases",
                        to="helpdesk.topic",
                        verbose_name="frequent question",
                    ),
                ),
                (
                    "is_shipped",
                    models.BooleanField(
                        default=False,
                        help_text="Goes when a new version no longer has it.",
                        verbose_name="of the product",
                    ),
                ),
            ],
            options={
                "verbose_name": "way to ask",
                "verbose_name_plural": "ways to ask",
                "ordering": ("topic", "language", "phrase"),
                "constraints": [models.UniqueConstraint(fields=("language", "phrase"), name="phrase_means_one_topic")],
            },
        ),
        migrations.CreateModel(
            name="TopicText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("nl", "Dutch"),
                            ("en", "English"),
                            ("de", "German"),
                            ("fr", "French"),
                            ("pl", "Polish"),
                        ],
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("question", models.CharField(max_length=200, verbose_name="question")),
                ("answer", models.TextField(verbose_name="answer")),
                ("written_at", models.DateTimeField(default=casework.clock.now, verbose_name="written")),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="helpdesk.topic",
                        verbose_name="frequent question",
                    ),
                ),
                (
                    "written_by",
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
                "verbose_name": "text of a frequent question",
                "verbose_name_plural": "texts of frequent questions",
                "ordering": ("topic", "language", "-version"),
                "constraints": [
                    models.UniqueConstraint(fields=("topic", "language", "version"), name="topictext_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("asked_at", models.DateTimeField(default=casework.clock.now, verbose_name="asked")),
                ("question", models.TextField(verbose_name="question")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("topic", "from the frequent questions"),
                            ("vehicle", "about a vehicle"),
                            ("own", "about one's own case"),
                            ("unknown", "no answer found"),
                        ],
                        default="topic",
                        max_length=10,
                        verbose_name="sort of answer",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("nl", "Dutch"),
                            ("en", "English"),
                            ("de", "German"),
                            ("fr", "French"),
                            ("pl", "Polish"),
                        ],
                        default="nl",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True, help_text="Empty where it told of someone's own case.", verbose_name="answer"
                    ),
                ),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="topics",
                    ),
                ),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="sources",
                    ),
                ),
                ("handed_over", models.BooleanField(default=False, verbose_name="did not know")),
                ("helped", models.BooleanField(blank=True, null=True, verbose_name="did this help?")),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="turns",
                        to="helpdesk.conversation",
                        verbose_name="conversation",
                    ),
                ),
            ],
            options={
                "verbose_name": "question to the assistant",
                "verbose_name_plural": "questions to the assistant",
                "ordering": ("conversation", "number"),
                "constraints": [models.UniqueConstraint(fields=("conversation", "number"), name="turn_once")],
            },
        ),
        migrations.CreateModel(
            name="UnreadMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("validity", models.CharField(max_length=20, verbose_name="validity of the numbers")),
                ("uid", models.CharField(max_length=20, verbose_name="number in the mailbox")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("began_at", models.DateTimeField(default=casework.clock.now, verbose_name="first attempt")),
                ("given_up_at", models.DateTimeField(blank=True, null=True, verbose_name="given up")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
            ],
            options={
                "verbose_name": "email that could not be read",
                "verbose_name_plural": "emails that could not be read",
                "ordering": ("given_up_at", "pk"),
                "constraints": [models.UniqueConstraint(fields=("validity", "uid"), name="unreadmail_once")],
            },
        ),
        migrations.CreateModel(
            name="Outage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField(verbose_name="began")),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, help_text="Empty while it lasts.", null=True, verbose_name="ended"
                    ),
                ),
                ("what_nl", models.CharField(max_length=300, verbose_name="what did not work, in Dutch")),
                ("what_en", models.CharField(max_length=300, verbose_name="what did not work, in English")),
                ("noted_at", models.DateTimeField(default=casework.clock.now, editable=False, verbose_name="noted")),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "outage",
                "verbose_name_plural": "outages",
                "ordering": ("-began_at",),
                "permissions": (("report_outage", "Can note outages"),),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ended_at", None), ("ended_at__gt", models.F("began_at")), _connector="OR"),
                        name="outage_ends_after_it_began",
                        violation_error_message="The end must be after the beginning.",
                    )
                ],
            },
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
