"""The statuses of an application."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """The status of an application in legal terms."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("received")
    IN_REVIEW = "in_review", _("taken up")
    WAITING = "waiting", _("waiting for the applicant")
    SUPPLIED = "supplied", _("answered")
    HEARING = "hearing", _("waiting for a view")
    PROPOSED = "proposed", _("waiting for a second pair of eyes")
    GRANTED = "granted", _("granted")
    REJECTED = "rejected", _("rejected")
    SET_ASIDE = "set_aside", _("set aside")
    CONVERTED = "converted", _("converted to another kind")
    WITHDRAWN = "withdrawn", _("withdrawn")
    FORWARDED = "forwarded", _("forwarded to another body")


CASE_TYPE = "application"
"""The name of this type of case in events and deadlines."""

DECIDED = (Status.GRANTED, Status.REJECTED, Status.SET_ASIDE)
ENDED = (*DECIDED, Status.CONVERTED, Status.WITHDRAWN, Status.FORWARDED)
WITH_APPLICANT = (Status.WAITING, Status.HEARING)
DECIDABLE = (Status.IN_REVIEW, Status.SUPPLIED)
"""Statuses in which a caseworker handles the case and nothing is due from the applicant."""
WITH_DESK = (Status.SUBMITTED, *DECIDABLE, Status.PROPOSED)
OPEN = (*WITH_DESK, *WITH_APPLICANT)
FILED = (*OPEN, *ENDED)

THRESHOLDS = "thresholds"
"""The name of a version of the thresholds in events."""


class ThresholdStatus(TextChoices):
    """The statuses of a version of the thresholds; a published one never changes."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
