"""The statuses of a submission."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

SUBMISSION = "submission"
"""The name of this type of case in events."""


class SubmissionStatus(TextChoices):
    """The status of a submission."""

    DRAFT = "draft", _("draft")
    RECEIVED = "received", _("received")
    FORWARDED = "forwarded", _("forwarded to another body")
    RETURNED = "returned", _("returned to the sender")
    TAKEN = "taken", _("taken up as a case")


OPEN = (SubmissionStatus.RECEIVED,)
ENDED = (SubmissionStatus.FORWARDED, SubmissionStatus.RETURNED, SubmissionStatus.TAKEN)
FILED = (*OPEN, *ENDED)


class TakenAs(TextChoices):
    """What it turned out to be."""

    APPLICATION = "application", _("application")
    OBJECTION = "objection", _("objection")
    COMPLAINT = "complaint", _("complaint")
