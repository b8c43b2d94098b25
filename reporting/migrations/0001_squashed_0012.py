import uuid

import django.core.validators
import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models

import casework.clock
import reporting.models.publication

KEEP = """
-- The words and files of a published report stay as they are.
CREATE FUNCTION reporting_published_part() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    part record;
BEGIN
    part := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    IF EXISTS (
        SELECT FROM reporting_reporttoparliament AS report
        WHERE report.status = 'published'
        AND (report.id = part.report_id OR (TG_OP = 'UPDATE' AND report.id = OLD.report_id))
    ) THEN
        RAISE EXCEPTION 'a published report never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN part;
END $$;

-- A published report stays as it is.
CREATE FUNCTION reporting_published_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published report never changes' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER casework_key_of_case AFTER INSERT OR DELETE ON reporting_reporttoparliament
    FOR EACH ROW EXECUTE FUNCTION casework_key_of_case('report');
CREATE TRIGGER reporting_branchsignal_kept BEFORE DELETE OR UPDATE ON reporting_branchsignal
    FOR EACH ROW EXECUTE FUNCTION casework_keep_row('replaced_at', 'withdrawn_by_id');
CREATE TRIGGER reporting_branchsignal_not_emptied BEFORE TRUNCATE ON reporting_branchsignal
    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER reporting_mailtopic_kept BEFORE DELETE OR UPDATE ON reporting_mailtopic
    FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER reporting_mailtopic_not_emptied BEFORE TRUNCATE ON reporting_mailtopic
    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER reporting_monthlyreturn_kept BEFORE UPDATE ON reporting_monthlyreturn
    FOR EACH ROW
    WHEN (OLD.month IS DISTINCT FROM NEW.month OR OLD.municipality_id IS DISTINCT FROM NEW.municipality_id)
    EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER reporting_monthlyreturn_not_emptied BEFORE TRUNCATE ON reporting_monthlyreturn
    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER reporting_published_file BEFORE INSERT OR DELETE OR UPDATE ON reporting_reportfile
    FOR EACH ROW EXECUTE FUNCTION reporting_published_part();
CREATE TRIGGER reporting_published_stays BEFORE DELETE OR UPDATE ON reporting_reporttoparliament
    FOR EACH ROW WHEN (OLD.status = 'published') EXECUTE FUNCTION reporting_published_refuse();
CREATE TRIGGER reporting_published_text BEFORE INSERT OR DELETE OR UPDATE ON reporting_reporttext
    FOR EACH ROW EXECUTE FUNCTION reporting_published_part();
CREATE TRIGGER reporting_reportfile_not_emptied BEFORE TRUNCATE ON reporting_reportfile
    FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_row();
CREATE TRIGGER reporting_reporttext_not_emptied BEFORE TRUNCATE ON reporting_reporttext
    FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_row();
CREATE TRIGGER reporting_reporttoparliament_not_emptied BEFORE TRUNCATE ON reporting_reporttoparliament
    FOR EACH STATEMENT EXECUTE FUNCTION casework_keep_row();
CREATE TRIGGER reporting_returnversion_kept BEFORE DELETE OR UPDATE ON reporting_returnversion
    FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER reporting_returnversion_not_emptied BEFORE TRUNCATE ON reporting_returnversion
    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER reporting_sitemonth_kept BEFORE UPDATE ON reporting_sitemonth
    FOR EACH ROW WHEN (OLD.month IS DISTINCT FROM NEW.month) EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER reporting_sitemonth_not_emptied BEFORE TRUNCATE ON reporting_sitemonth
    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER reporting_sitemonthversion_kept BEFORE DELETE OR UPDATE ON reporting_sitemonthversion
    FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
CREATE TRIGGER reporting_sitemonthversion_not_emptied BEFORE TRUNCATE ON reporting_sitemonthversion
    FOR EACH STATEMENT EXECUTE FUNCTION casework_refuse_change();
"""
LET_GO = """
DROP FUNCTION reporting_published_part() CASCADE;
DROP FUNCTION reporting_published_refuse() CASCADE;
"""


class Migration(migrations.Migration):
    replaces = [
        ("reporting", "0001_handed_in_and_published"),
        ("reporting", "0002_published_stays"),
        ("reporting", "0003_site_and_signals"),
        ("reporting", "0004_former_text"),
        ("reporting", "0005_wording"),
        ("reporting", "0006_published_not_emptied"),
        ("reporting", "0007_texts_for_jinja"),
        ("reporting", "0008_no_spreadsheet_of_the_site"),
        ("reporting", "0009_moment_from_clock"),
        ("reporting", "0010_deliveries_kept"),
        ("reporting", "0011_number_in_the_series"),
        ("reporting", "0012_return_from_passages"),
    ]

    initial = True

    dependencies = [
        ("casework", "0001_squashed_0026"),
        ("zones", "0001_squashed_0009"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MonthlyReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(help_text="Its first day.", verbose_name="month")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="monthly_returns",
                        to="zones.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "monthly return",
                "verbose_name_plural": "monthly returns",
                "ordering": ("-month", "municipality"),
                "permissions": (
                    ("deliver_return", "Can hand in the returns of the own municipality"),
                    ("view_every_return", "Can see and hand in the returns of every municipality"),
                ),
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "month"), name="monthlyreturn_once_a_month"),
                    models.CheckConstraint(
                        condition=models.Q(("month__day", 1)), name="monthlyreturn_month_is_a_first_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportToParliament",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[("draft", "draft"), ("checked", "checked"), ("published", "published")],
                        default="draft",
                        max_length=10,
                        protected=True,
                        verbose_name="status",
                    ),
                ),
                ("first", models.DateField(verbose_name="from")),
                ("last", models.DateField(verbose_name="until")),
                ("as_of", models.DateField(verbose_name="as of")),
                ("letter_on", models.DateField(verbose_name="date of the letter")),
                ("signed_by", models.CharField(blank=True, max_length=200, verbose_name="who signs")),
                ("made_at", models.DateTimeField(default=casework.clock.now, verbose_name="made")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="checked")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                ("numbers", models.JSONField(blank=True, null=True, verbose_name="numbers as published")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="checksum of numbers and words")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report",
                        to="casework.dossier",
                        verbose_name="dossier",
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
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="4 for the fourth letter since the motion. Leave it empty to leave it out of the letter.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999),
                        ],
                        verbose_name="number in the series",
                    ),
                ),
            ],
            options={
                "verbose_name": "report to parliament",
                "verbose_name_plural": "reports to parliament",
                "ordering": ("-last", "-pk"),
                "permissions": (
                    ("check_report", "Can check a report that a colleague made"),
                    ("publish_report", "Can publish a checked report"),
                ),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status", "draft"), ("checked_by__isnull", False), _connector="OR"),
                        name="report_checked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by", None),
                            ("made_by", None),
                            models.Q(("checked_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="report_two_pairs_of_eyes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(("numbers__isnull", False), models.Q(("sha256", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="report_published_is_frozen",
                    ),
                ],
            },
            bases=(django_fsm.ConcurrentTransitionMixin, models.Model),
        ),
        migrations.CreateModel(
            name="ReportText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("block", models.SlugField(max_length=60, verbose_name="block")),
                ("body", models.TextField(blank=True, verbose_name="text")),
                ("changed_at", models.DateTimeField(default=casework.clock.now, verbose_name="changed")),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="reporting.reporttoparliament",
                        verbose_name="report to parliament",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a report",
                "verbose_name_plural": "texts of reports",
                "constraints": [models.UniqueConstraint(fields=("report", "block"), name="reporttext_once_a_block")],
            },
        ),
        migrations.CreateModel(
            name="ReportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("format", models.CharField(max_length=10, verbose_name="format")),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to=reporting.models.publication.storage_path, verbose_name="file"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="checksum")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="reporting.reporttoparliament",
                        verbose_name="report to parliament",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a report",
                "verbose_name_plural": "files of reports",
                "constraints": [models.UniqueConstraint(fields=("report", "format"), name="reportfile_once_a_format")],
            },
        ),
        migrations.CreateModel(
            name="FormerText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("block", models.SlugField(max_length=60, verbose_name="block")),
                ("body", models.TextField(verbose_name="text")),
                ("changed_at", models.DateTimeField(verbose_name="written")),
                ("replaced_at", models.DateTimeField(default=casework.clock.now, verbose_name="replaced")),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="written by",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="replaced by",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_texts",
                        to="reporting.reporttoparliament",
                        verbose_name="report to parliament",
                    ),
                ),
            ],
            options={
                "verbose_name": "former text of a report",
                "verbose_name_plural": "former texts of reports",
                "ordering": ("-replaced_at", "-pk"),
                "indexes": [models.Index(fields=["report", "block"], name="formertext_of_a_block")],
            },
        ),
        migrations.CreateModel(
            name="ReturnUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="name of the file")),
                ("uploaded_at", models.DateTimeField(default=casework.clock.now, verbose_name="uploaded")),
                ("rows", models.JSONField(default=list, verbose_name="rows as they were read")),
                ("problems", models.JSONField(default=list, verbose_name="what is wrong, by row and column")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "uploaded spreadsheet",
                "verbose_name_plural": "uploaded spreadsheets",
                "ordering": ("-uploaded_at",),
            },
        ),
        migrations.CreateModel(
            name="ReturnVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("delivered_at", models.DateTimeField(default=casework.clock.now, verbose_name="handed in")),
                (
                    "channel",
                    models.CharField(
                        choices=[("form", "form"), ("sheet", "spreadsheet"), ("passages", "count of passages")],
                        max_length=10,
                        verbose_name="by",
                    ),
                ),
                ("warnings", models.PositiveIntegerField(blank=True, null=True, verbose_name="warning letters")),
                (
                    "fines_van",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="finable offences by vans"),
                ),
                (
                    "fines_truck",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="finable offences by trucks"),
                ),
                (
                    "passages_van",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="passages of vans (ANPR)"),
                ),
                (
                    "compliant_van",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="of these compliant"),
                ),
                (
                    "passages_truck",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="passages of trucks (ANPR)"),
                ),
                (
                    "compliant_truck",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="of these compliant"),
                ),
                (
                    "interval_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days between two letters or fines for one vehicle"
                    ),
                ),
                (
                    "zone_km2",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=7, null=True, verbose_name="size of the zone in km²"
                    ),
                ),
                ("warning_until", models.DateField(blank=True, null=True, verbose_name="warning period ends")),
                ("context", models.TextField(blank=True, verbose_name="what one should know to compare")),
                (
                    "delivered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed in by",
                    ),
                ),
                (
                    "monthly_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="reporting.monthlyreturn",
                        verbose_name="monthly return",
                    ),
                ),
                (
                    "compliance",
                    models.JSONField(
                        blank=True,
                        help_text="The file that it was read from, with the version of the rules and exemptions.",
                        null=True,
                        verbose_name="count of passages",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery of a return",
                "verbose_name_plural": "deliveries of returns",
                "ordering": ("monthly_return", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("monthly_return", "number"), name="returnversion_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("compliant_van", None), ("compliant_van__lte", models.F("passages_van")), _connector="OR"
                        ),
                        name="returnversion_compliant_vans_passed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("compliant_truck", None),
                            ("compliant_truck__lte", models.F("passages_truck")),
                            _connector="OR",
                        ),
                        name="returnversion_compliant_trucks_passed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(help_text="Its first day.", unique=True, verbose_name="month")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="reminded")),
            ],
            options={
                "verbose_name": "month of the site",
                "verbose_name_plural": "months of the site",
                "ordering": ("-month",),
                "permissions": (("deliver_site_month", "Can hand in the numbers of the information site"),),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="sitemonth_is_a_first_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteMonthVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("delivered_at", models.DateTimeField(default=casework.clock.now, verbose_name="handed in")),
                ("visitors", models.PositiveIntegerField(blank=True, null=True, verbose_name="active users")),
                ("pages", models.PositiveIntegerField(blank=True, null=True, verbose_name="pages visited")),
                (
                    "conversations",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="conversations with the assistant"),
                ),
                ("mails", models.PositiveIntegerField(blank=True, null=True, verbose_name="emails to the editors")),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                (
                    "delivered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handed in by",
                    ),
                ),
                (
                    "site_month",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="reporting.sitemonth",
                        verbose_name="month",
                    ),
                ),
                ("context", models.TextField(blank=True, verbose_name="what one should know to compare")),
            ],
            options={
                "verbose_name": "delivery of a month of the site",
                "verbose_name_plural": "deliveries of months of the site",
                "ordering": ("site_month", "number"),
                "constraints": [models.UniqueConstraint(fields=("site_month", "number"), name="sitemonthversion_once")],
            },
        ),
        migrations.CreateModel(
            name="MailTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=100, verbose_name="topic")),
                (
                    "tone",
                    models.CharField(
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
                ("count", models.PositiveIntegerField(verbose_name="number")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topics",
                        to="reporting.sitemonthversion",
                        verbose_name="delivery",
                    ),
                ),
            ],
            options={
                "verbose_name": "emails about a topic",
                "verbose_name_plural": "emails about topics",
                "ordering": ("-count", "topic"),
                "constraints": [
                    models.UniqueConstraint(fields=("version", "topic", "tone"), name="mailtopic_once_a_delivery")
                ],
            },
        ),
        migrations.CreateModel(
            name="BranchSignal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.CharField(max_length=200, verbose_name="who")),
                ("topic", models.CharField(max_length=200, verbose_name="topic")),
                ("text", models.TextField(verbose_name="text")),
                ("first", models.DateField(verbose_name="about the period from")),
                ("last", models.DateField(verbose_name="until")),
                ("noted_at", models.DateTimeField(default=casework.clock.now, verbose_name="noted")),
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
                    "original",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="reporting.branchsignal",
                        verbose_name="as it was first noted",
                    ),
                ),
                (
                    "replaced_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="From then on it no longer counts.",
                        null=True,
                        verbose_name="replaced or withdrawn",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replacement",
                        to="reporting.branchsignal",
                        verbose_name="takes the place of",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="withdrawn by",
                    ),
                ),
            ],
            options={
                "verbose_name": "signal of a branch organisation",
                "verbose_name_plural": "signals of branch organisations",
                "ordering": ("-last", "organisation"),
                "permissions": (("note_signal", "Can note, change and withdraw signals of branch organisations"),),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="branchsignal_has_a_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withdrawn_by", None), ("replaced_at__isnull", False), _connector="OR"),
                        name="branchsignal_withdrawn_at_a_moment",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
