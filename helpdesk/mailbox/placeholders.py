"""Which {placeholders} the mails of the mailbox may use, and what they say in an invented case."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.placeholders import Letters

COMMON = ("number", "asked_on", "again", "contact")
KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"mail_question_received": COMMON, "mail_question_answered": (*COMMON, "answer", "question")}
)


def list_sample_values() -> dict[str, object]:
    """An invented value for every placeholder that only these mails know."""
    return {
        "number": "V-2026-00012",
        "asked_on": date(2026, 3, 3),
        "again": _("If you want to add something, answer this email and leave the number in the subject."),
        "answer": _("The editor's answer goes here."),
        "question": _("> The question goes here."),
    }


LETTERS = Letters(
    KINDS,
    list_sample_values,
    titles={
        "mail_question_received": gettext_lazy("email: we have your question"),
        "mail_question_answered": gettext_lazy("email: answer to a question"),
    },
)
