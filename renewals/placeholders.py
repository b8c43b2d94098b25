"""The {placeholders} that the letter about a changed rule may use, with sample values."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.placeholders import CASE, DESK, Letters

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"exemption_needless": (*CASE, *DESK, "access_until", "rule_reason")}
)


def list_sample_values() -> dict[str, object]:
    """A sample value for every placeholder that only this letter has."""
    return {"access_until": date(2028, 12, 31), "rule_reason": _("Why the rule changed goes here.")}


LETTERS = Letters(KINDS, list_sample_values, titles={"exemption_needless": gettext_lazy("exemption no longer needed")})
