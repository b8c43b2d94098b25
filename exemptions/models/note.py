"""Notes that caseworkers leave for each other."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock


class Note(models.Model):
    """A remark on a case (notitie), for the desk only."""

    application = models.ForeignKey(
        "exemptions.Application", models.CASCADE, related_name="notes", verbose_name=_("application")
    )
    text = models.TextField(_("note"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("moment"), default=clock.now)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ("at",)

    def __str__(self) -> str:
        return self.text[:60]
