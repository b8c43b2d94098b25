"""Statuses of a question to the editors, and types of its mails."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

CASE_TYPE = "question"
"""The case type in events."""


class QuestionStatus(TextChoices):
    """How far a question has been handled."""

    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed without an answer")
    SPAM = "spam", _("spam")


ENDED = (QuestionStatus.ANSWERED, QuestionStatus.CLOSED)


class MailSort(TextChoices):
    """What kind of mail it is, by who or what wrote it."""

    WRITTEN = "written", _("written by someone")
    AUTOMATIC = "automatic", _("sent by itself")
    BOUNCE = "bounce", _("could not be delivered")


class MailDirection(TextChoices):
    """Whether a mail came in or went out."""

    IN = "in", _("received")
    OUT = "out", _("sent")
