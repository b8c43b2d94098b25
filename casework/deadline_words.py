"""Deadlines as a person reads them: the sum in words. What the kinds of one sort of case say stands in its app."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.calendar import STATUTE, DayOff
from casework.models import Deadline
from casework.wiring import wired


class SumInWords(Protocol):
    """The sum of one kind of deadline; `to_applicant` where the person who waits reads it."""

    def __call__(self, deadline: Deadline, *, to_applicant: bool) -> str:
        """The words, with the last day in them."""


def in_words(deadline: Deadline, *, to_applicant: bool = False) -> str:
    """For instance: received 3 March 2026 + 8 weeks + 9 days waiting for you = 7 May 2026."""
    sums: Mapping[str, SumInWords] = wired("DEADLINE_SUMS")
    words = sums.get(deadline.kind, just_the_day)
    return words(deadline, to_applicant=to_applicant)


def just_the_day(deadline: Deadline, *, to_applicant: bool) -> str:
    """A last day without a sum."""
    return day(deadline.due)


def asked(deadline: Deadline, *, to_applicant: bool) -> str:
    """A term that a letter gives. `basis`: sent."""
    return _("asked on %(day)s, until %(due)s") % {"day": day(deadline.basis["sent"]), "due": day(deadline.due)}


class WeeksAfter:
    """So many weeks after a day that `basis` holds under a name. `basis`: that name, weeks."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, deadline: Deadline, *, to_applicant: bool) -> str:
        """First day + weeks = last day."""
        first, weeks = date.fromisoformat(deadline.basis[self.name]), deadline.basis["weeks"]
        parts = [day(first), _("%(weeks)s weeks") % {"weeks": weeks}]
        return sum_of(parts, raw=first + timedelta(weeks=weeks), due=deadline.due)


def total(parts: Iterable[str], deadline: Deadline) -> str:
    """Parts of a sum and its last day. `basis`: raw; stood_still_until, optional."""
    raw = date.fromisoformat(deadline.basis["raw"])
    if until := deadline.basis.get("stood_still_until"):
        words = _("%(sum)s = %(raw)s; the term stood still until %(until)s, so it becomes %(due)s")
        days = {"raw": day(raw), "until": day(until), "due": weekday(deadline.due)}
        return words % {"sum": " + ".join(parts), **days}
    return sum_of(parts, raw=raw, due=deadline.due)


def sum_of(parts: Iterable[str], *, raw: date, due: date) -> str:
    """A sum that is true: what the parts add up to, and where that is no working day, the day that it becomes."""
    added = " + ".join(parts)
    if raw == due:
        return f"{added} = {day(due)}"
    return _("%(sum)s = %(raw)s; so it becomes %(due)s") % {"sum": added, "raw": day_off(raw), "due": weekday(due)}


def day_off(value: date) -> str:
    """A day on which no term ends, with why: its weekday, or the name of the holiday too."""
    why = STATUTE.day_off(value)
    if why in (None, DayOff.SATURDAY, DayOff.SUNDAY):
        return weekday(value)
    return f"{weekday(value)} ({DayOff(why).label})"


def suspended(basis: Mapping[str, Any], *, to_applicant: bool) -> list[str]:
    """The days that the term stood still (Awb 4:15), as a part of a sum. `basis`: suspended_days, optional."""
    days = basis.get("suspended_days", 0)
    if not days:
        return []
    if to_applicant:
        return [ngettext("%(count)s day waiting for you", "%(count)s days waiting for you", days) % {"count": days}]
    words = ngettext("%(count)s day waiting for the applicant", "%(count)s days waiting for the applicant", days)
    return [words % {"count": days}]


def day(value: date | str) -> str:
    """A day in words, in the active language."""
    return date_format(date.fromisoformat(value) if isinstance(value, str) else value, "DATE_FORMAT")


def weekday(value: date) -> str:
    """A day in words, with its name."""
    return f"{date_format(value, 'l')} {day(value)}"


def moment(value: datetime) -> str:
    """A moment in words, in Amsterdam time."""
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")
