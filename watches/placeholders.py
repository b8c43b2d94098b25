"""The {placeholders} that mails about the end of access may use, with sample values."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.placeholders import Letters, Title
from watches.expiry_notices import CANCELLED, CHANGED, LONGER, MAIL, MAILS
from watches.lifecycle import CONFIRM

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {CONFIRM: ("link", "days"), **dict.fromkeys(MAILS, ("ends_on", "vehicles", "link", "choices"))}
)
TITLES: Mapping[str, Title] = MappingProxyType(
    {
        CONFIRM: gettext_lazy("email: confirm that you follow a plate"),
        MAIL: gettext_lazy("email: the access of a vehicle ends"),
        LONGER: gettext_lazy("email: a vehicle may enter longer"),
        CHANGED: gettext_lazy("email: the rules for a vehicle change"),
        CANCELLED: gettext_lazy("email: a change of the rules does not go ahead"),
    }
)


def list_sample_values() -> dict[str, object]:
    """A sample value for each placeholder of these mails."""
    vehicle = _("The plate, its last day with access, why it ends, and which exemptions may fit after that.")
    return {
        "link": f"{settings.SITE_URL}/…",
        "choices": f"{settings.SITE_URL}/…",
        "days": "7",
        "ends_on": date(2026, 12, 31),
        "vehicles": f"V-123-BC (Volkswagen Transporter)\n{vehicle}",
    }


LETTERS = Letters(KINDS, list_sample_values, titles=TITLES)
