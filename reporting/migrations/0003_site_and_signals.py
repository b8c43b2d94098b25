import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0002_published_stays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SiteUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200, verbose_name="name of the file")),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="uploaded")),
                ("rows", models.JSONField(default=list, verbose_name="rows as they were read")),
                ("problems", models.JSONField(default=list, verbose_name="what is wrong, by row and column")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted")),
            ],
            options={
                "verbose_name": "uploaded spreadsheet about the site",
                "verbose_name_plural": "uploaded spreadsheets about the site",
                "ordering": ("-uploaded_at",),
                "abstract": False,
            },
        ),
        migrations.AlterModelOptions(
            name="branchsignal",
            options={
                "ordering": ("-last", "organisation"),
                "permissions": (("note_signal", "Can note, change and withdraw signals of branch organisations"),),
                "verbose_name": "signal of a branch organisation",
                "verbose_name_plural": "signals of branch organisations",
            },
        ),
        migrations.AlterModelOptions(
            name="sitemonth",
            options={
                "ordering": ("-month",),
                "permissions": (("deliver_site_month", "Can hand in the numbers of the information site"),),
                "verbose_name": "month of the site",
                "verbose_name_plural": "months of the site",
            },
        ),
        migrations.AddField(
            model_name="branchsignal",
            name="original",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="reporting.branchsignal",
                verbose_name="as it was first noted",
            ),
        ),
        migrations.AddField(
            model_name="branchsignal",
            name="replaced_at",
            field=models.DateTimeField(
                blank=True,
                help_text="From then on it no longer counts.",
                null=True,
                verbose_name="replaced or withdrawn",
            ),
        ),
        migrations.AddField(
            model_name="branchsignal",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replacement",
                to="reporting.branchsignal",
                verbose_name="takes the place of",
            ),
        ),
        migrations.AddField(
            model_name="branchsignal",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="withdrawn by",
            ),
        ),
        migrations.AddConstraint(
            model_name="branchsignal",
            constraint=models.CheckConstraint(
                condition=models.Q(("withdrawn_by", None), ("replaced_at__isnull", False), _connector="OR"),
                name="branchsignal_withdrawn_at_a_moment",
            ),
        ),
        migrations.AddField(
            model_name="sitemonth",
            name="reminded_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="reminded"),
        ),
        migrations.AddField(
            model_name="sitemonthversion",
            name="context",
            field=models.TextField(blank=True, default="", verbose_name="what one should know to compare"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="siteupload",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="uploaded by",
            ),
        ),
    ]
