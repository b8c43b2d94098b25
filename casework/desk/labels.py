"""Days as the pages of the desk word them."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON_DAYS = 7


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
