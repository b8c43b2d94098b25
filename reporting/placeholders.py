"""The {placeholders} that reporting's mails may use, with sample values."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exemptions.placeholders import Letters

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "mail_return_missing": ("municipality", "months", "due_day", "contact", "link"),
        "mail_site_month_missing": ("months", "due_day", "contact", "link"),
    }
)


def list_sample_values() -> dict[str, object]:
    """A sample value for every placeholder that only these mails have."""
    return {"municipality": "Utrecht", "months": _("- June 2025\n- July 2025"), "due_day": "10"}


LETTERS = Letters(
    KINDS,
    list_sample_values,
    titles={
        "mail_return_missing": gettext_lazy("email: a monthly return is missing"),
        "mail_site_month_missing": gettext_lazy("email: a month of the information site is missing"),
    },
)
