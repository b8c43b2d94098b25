"""The {placeholders} that mails about advice and questions may use, with sample values."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.placeholders import Letters
from helpdesk.information.adviser_requests import ASKED, CONFIRMED

CONFIRMING = ("municipality", "asked_on")
ADVICE_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {ASKED: (*CONFIRMING, "name", "company", "email", "phone", "question"), CONFIRMED: CONFIRMING}
)
COMMON = ("number", "asked_on", "again", "contact")


def list_advice_samples() -> dict[str, object]:
    """A sample value for each placeholder of these mails."""
    return {
        "municipality": "Utrecht",
        "asked_on": date(2026, 3, 3),
        "name": "Anna de Bakker",
        "company": "Bakkerij De Korst",
        "email": "anna@example.org",
        "phone": "030 123 45 67",
        "question": _("The question goes here."),
    }


ADVICE = Letters(
    ADVICE_KINDS,
    list_advice_samples,
    titles={
        ASKED: gettext_lazy("email: someone asks a logistics adviser for advice"),
        CONFIRMED: gettext_lazy("email: your request for advice is passed on"),
    },
)

QUESTION_KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "mail_question_received": COMMON,
        "mail_question_answered": (*COMMON, "answer", "question"),
        "mail_question_forwarded": (*COMMON, "body", "explanation", "question"),
    }
)


def list_question_samples() -> dict[str, object]:
    """A sample value for each placeholder that only these mails have."""
    return {
        "number": "V-2026-00012",
        "asked_on": date(2026, 3, 3),
        "again": _("If you want to add something, answer this email and leave the number in the subject."),
        "answer": _("The editor's answer goes here."),
        "body": "Parket CVOM, Postbus 50000, 3500 MJ Utrecht",
        "question": _("> The question goes here."),
    }


QUESTIONS = Letters(
    QUESTION_KINDS,
    list_question_samples,
    titles={
        "mail_question_received": gettext_lazy("email: we have your question"),
        "mail_question_answered": gettext_lazy("email: answer to a question"),
        "mail_question_forwarded": gettext_lazy("email: your question is forwarded"),
    },
)
