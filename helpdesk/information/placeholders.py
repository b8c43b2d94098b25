"""Which {placeholders} the mails about advice may use, and what they say in an invented case."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.placeholders import Letters
from helpdesk.information.adviser_requests import ASKED, CONFIRMED

CONFIRMING = ("municipality", "asked_on")
KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {ASKED: (*CONFIRMING, "name", "company", "email", "phone", "question"), CONFIRMED: CONFIRMING}
)


def list_sample_values() -> dict[str, object]:
    """An invented value for every placeholder that these mails know."""
    return {
        "municipality": "Utrecht",
        "asked_on": date(2026, 3, 3),
        "name": "Anna de Bakker",
        "company": "Bakkerij De Korst",
        "email": "anna@example.org",
        "phone": "030 123 45 67",
        "question": _("The question goes here."),
    }


LETTERS = Letters(
    KINDS,
    list_sample_values,
    titles={
        ASKED: gettext_lazy("email: someone asks a logistics adviser for advice"),
        CONFIRMED: gettext_lazy("email: your request for advice is passed on"),
    },
)
