"""Remarks of colleagues on a case."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models.mention import Mention


class CaseNote(models.Model):
    """A remark on a case (notitie), for the desk only. Each type of case adds whose it is."""

    text = models.TextField(_("note"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("moment"), default=clock.now)
    mentions = GenericRelation(Mention, content_type_field="note_type", object_id_field="note_id")

    class Meta:
        abstract = True
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:60]
