"""The statuses of a letter to parliament."""

from django.db import models
from django.utils.translation import gettext_lazy as _

CASE_TYPE = "report"


class ReportStatus(models.TextChoices):
    """Two signatures: the checker's and the publisher's."""

    DRAFT = "draft", _("draft")
    CHECKED = "checked", _("checked")
    PUBLISHED = "published", _("published")


UNPUBLISHED = (ReportStatus.DRAFT, ReportStatus.CHECKED)
