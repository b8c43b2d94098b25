"""Letters by post, from exemptions: the table is there, with its rows."""

from django.conf import settings
from django.db import migrations, models

import casework.clock


class Migration(migrations.Migration):
    dependencies = (
        ("casework", "0018_moment_from_clock"),
        ("exemptions", "0021_postal_copy_to_casework"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="PostalCopy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("marked_at", models.DateTimeField(default=casework.clock.now, verbose_name="marked")),
                        ("posted_on", models.DateField(blank=True, null=True, verbose_name="posted on")),
                        (
                            "letter",
                            models.OneToOneField(
                                on_delete=models.CASCADE,
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
                                on_delete=models.PROTECT,
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
                                condition=models.Q(posted_on=None), fields=["marked_at"], name="postalcopy_to_post"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(posted_on=None, posted_by=None)
                                | models.Q(posted_on__isnull=False, posted_by__isnull=False),
                                name="postalcopy_posted_by_somebody",
                            )
                        ],
                    },
                ),
            ]
        ),
    )
