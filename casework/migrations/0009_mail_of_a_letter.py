"""A mail knows the letter that it announces, and a failed one when another mail or the post took its place."""

from datetime import timedelta
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery

ANNOUNCING = ("mail_letter_placed", "mail_reminder")
AT_ONCE = timedelta(minutes=1)
"""A step places the letter and writes the mail in one go."""


def find_the_letter(apps: Any, _schema_editor: Any) -> None:
    """The last letter that the dossier got before the mail was written, in the same step."""
    written = OuterRef("created_at")
    letters = (
        apps.get_model("casework", "Letter")
        .objects.filter(dossier=OuterRef("dossier"), placed_at__lte=written, placed_at__gte=written - AT_ONCE)
        .order_by("-placed_at", "-pk")
    )
    mails = apps.get_model("casework", "Message").objects.filter(kind__in=ANNOUNCING, sent_at=None)
    mails.update(letter=Subquery(letters.values("pk")[:1]))


class Migration(migrations.Migration):
    """The letters of mails that were sent are not looked up: nothing asks for them."""

    dependencies = (("casework", "0008_pending_step"),)

    operations = (
        migrations.AddField(
            "message",
            "letter",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="mails",
                to="casework.letter",
                verbose_name="letter that it announces",
            ),
        ),
        migrations.AddField(
            "message",
            "mended_at",
            models.DateTimeField(blank=True, null=True, verbose_name="replaced by another mail or by post"),
        ),
        migrations.RunPython(find_the_letter, migrations.RunPython.noop),
    )
