"""Small pieces of text on the pages of the desk."""

from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.site_languages import puts_sign_behind

SOON_DAYS = 7


def yes_or_no(value: bool | None) -> str:
    """Yes, no, or nothing if it is unknown."""
    return {True: _("yes"), False: _("no"), None: ""}[value]


def format_euros(amount: int | Decimal, *, cents: bool = False) -> str:
    """An amount as the language writes it: € 30 in Dutch, 30 € in German. Whole euros, or with `cents`."""
    words = number_format(amount, decimal_pos=2 if cents else 0, force_grouping=True)
    is_behind = puts_sign_behind((get_language() or "")[:2])
    return f"{words}\N{NO-BREAK SPACE}€" if is_behind else f"€\N{NO-BREAK SPACE}{words}"


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


def say_since(day: date) -> str:
    """A day of the past, as one speaks of it."""
    ago = (timezone.localdate() - day).days
    if ago in (0, 1):
        return _("since yesterday") if ago else _("since today")
    return _("since %(day)s") % {"day": date_format(day, "j N Y")}


def rate_urgency(due: date | None) -> str:
    """The colour that goes with those words: late, soon, or nothing."""
    if due is None:
        return ""
    days = (due - timezone.localdate()).days
    return "late" if days < 0 else "soon" if days <= SOON_DAYS else ""
