"""Remarks of colleagues on an objection."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock


class ObjectionNote(models.Model):
    """A remark (notitie); the objector does not see it."""

    objection = models.ForeignKey(
        "objections.Objection", models.CASCADE, related_name="notes", verbose_name=_("objection")
    )
    text = models.TextField(_("text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("moment"), default=clock.now)

    class Meta:
        verbose_name = _("note on an objection")
        verbose_name_plural = _("notes on objections")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:50]
