"""Notes that caseworkers leave for each other."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import CaseNote


class Note(CaseNote):
    """A remark on an application."""

    application = models.ForeignKey(
        "exemptions.Application", models.CASCADE, related_name="notes", verbose_name=_("application")
    )

    class Meta(CaseNote.Meta):
        verbose_name = _("note")
        verbose_name_plural = _("notes")
