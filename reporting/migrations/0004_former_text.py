import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0003_site_and_signals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("block", models.SlugField(max_length=60, verbose_name="block")),
                ("body", models.TextField(verbose_name="text")),
                ("changed_at", models.DateTimeField(verbose_name="written")),
                ("replaced_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="replaced")),
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
    ]
