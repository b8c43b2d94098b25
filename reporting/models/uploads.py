"""A spreadsheet between being read and being taken over."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework import clock


class ReturnUpload(models.Model):
    """A spreadsheet with returns that was read and not yet accepted: what would be taken over, row by row."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name of the file"), max_length=200)
    uploaded_at = models.DateTimeField(_("uploaded"), default=clock.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("uploaded by")
    )
    rows: Any = models.JSONField(_("rows as they were read"), default=list)
    problems: Any = models.JSONField(_("what is wrong, by row and column"), default=list)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    class Meta:
        verbose_name = _("uploaded spreadsheet")
        verbose_name_plural = _("uploaded spreadsheets")
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return self.name
