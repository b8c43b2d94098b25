"""Remarks of colleagues on an objection."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models import CaseNote


class ObjectionNote(CaseNote):
    """A remark on an objection, or on a case before a court about it."""

    objection = models.ForeignKey(
        "objections.Objection", models.CASCADE, related_name="notes", verbose_name=_("objection")
    )

    class Meta(CaseNote.Meta):
        verbose_name = _("note on an objection")
        verbose_name_plural = _("notes on objections")
