"""Where a question to the editors can stand, and what its mails are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

CASE_TYPE = "question"
"""How events name this kind of case."""


class QuestionStatus(TextChoices):
    """How far a question is."""

    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    CLOSED = "closed", _("closed without an answer")
    SPAM = "spam", _("spam")


ENDED = (QuestionStatus.ANSWERED, QuestionStatus.CLOSED)


class MailSort(TextChoices):
    """Who wrote a mail."""

    WRITTEN = "written", _("written by someone")
    AUTOMATIC = "automatic", _("sent by itself")
    BOUNCE = "bounce", _("could not be delivered")


class MailDirection(TextChoices):
    """Which way a mail went."""

    IN = "in", _("received")
    OUT = "out", _("sent")
