"""Small pieces of text on the pages of the desk."""

from datetime import date

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON_DAYS = 7


def yes_or_no(value: bool | None) -> str:
    """Yes, no, or nothing where it is unknown."""
    return {True: _("yes"), False: _("no"), None: ""}[value]


def euros(amount: int) -> str:
    """Whole euros."""
    return f"€\N{NO-BREAK SPACE}{number_format(amount, force_grouping=True)}"


def days_left(due: date | None) -> str:
    """How long there is, in words."""
    if due is None:
        return ""
    days = (due - timezone.localdate()).days
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("%(days)s day too late", "%(days)s days too late", -days) % {"days": -days}
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def urgency(due: date | None) -> str:
    """The colour that goes with those words: late, soon, or nothing."""
    if due is None:
        return ""
    days = (due - timezone.localdate()).days
    return "late" if days < 0 else "soon" if days <= SOON_DAYS else ""
