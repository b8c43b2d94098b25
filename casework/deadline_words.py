"""Deadlines in words, as a sum. The wording of kinds that belong to one type of case is in its app."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from casework import deadlines
from casework.calendar import STATUTE, DayOff
from casework.models import Deadline
from casework.wiring import wired

if TYPE_CHECKING:
    from casework.models import AwbCase


class SumInWords(Protocol):
    """Puts one kind of deadline into words. `to_applicant`: whether the reader is the person who waits."""

    def __call__(self, deadline: Deadline, *, to_applicant: bool) -> str:
        """The sum in words, including the last day."""


def in_words(deadline: Deadline, *, to_applicant: bool = False) -> str:
    """For instance: received 3 March 2026 + 8 weeks + 9 days waiting for you = 7 May 2026."""
    sums: Mapping[str, SumInWords] = wired("DEADLINE_SUMS")
    words = sums.get(deadline.kind, just_the_day)
    return words(deadline, to_applicant=to_applicant)


def describe_decision_deadline(case: "AwbCase") -> str:
    """The sum behind the running term to decide, for the person who waits; empty if none runs."""
    deadline = case.find_term(case.DECIDES) if case.pk else None
    return in_words(deadline, to_applicant=True) if deadline else ""


def just_the_day(deadline: Deadline, *, to_applicant: bool) -> str:
    """A last day without a sum."""
    return format_day(deadline.due)


def describe_asked_term(deadline: Deadline, *, to_applicant: bool) -> str:
    """A term that a letter sets. `basis` has `sent`."""
    return _("asked on %(day)s, until %(due)s") % {
        "day": format_day(deadline.basis["sent"]),
        "due": format_day(deadline.due),
    }


class WeeksAfter:
    """Words for a term of weeks after a day. `basis` has that day under `name`, and `weeks`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, deadline: Deadline, *, to_applicant: bool) -> str:
        first, weeks = date.fromisoformat(deadline.basis[self.name]), deadline.basis["weeks"]
        parts = [format_day(first), _("%(weeks)s weeks") % {"weeks": weeks}]
        return sum_of(parts, raw=first + timedelta(weeks=weeks), due=deadline.due)


def describe_order(sent: str, deadline: Deadline) -> str:
    """A day that a court set, and when it sent its judgment."""
    about = {"sent": format_day(sent), "due": format_day(deadline.due)}
    return _("set by the court, in its judgment sent on %(sent)s: %(due)s") % about


def sum_parts(parts: Iterable[str], deadline: Deadline) -> str:
    """The parts of a sum and its last day. `basis` has `raw`, and `stood_still_until` if the term was paused."""
    raw = date.fromisoformat(deadline.basis["raw"])
    if until := deadline.basis.get("stood_still_until"):
        words = _("%(sum)s = %(raw)s; the period was paused until %(until)s, so it becomes %(due)s")
        days = {"raw": format_day(raw), "until": format_day(until), "due": format_weekday(deadline.due)}
        return words % {"sum": " + ".join(parts), **days}
    return sum_of(parts, raw=raw, due=deadline.due)


def sum_of(parts: Iterable[str], *, raw: date, due: date) -> str:
    """A sum that adds up: the total of the parts and, if that is not a working day, the day it moves to."""
    added = " + ".join(parts)
    if raw == due:
        return f"{added} = {format_day(due)}"
    return _("%(sum)s = %(raw)s; so it becomes %(due)s") % {
        "sum": added,
        "raw": day_off(raw),
        "due": format_weekday(due),
    }


def day_off(value: date) -> str:
    """A day on which no term ends, with its weekday and, for a holiday, its name."""
    why = STATUTE.day_off(value)
    if why in (None, DayOff.SATURDAY, DayOff.SUNDAY):
        return format_weekday(value)
    return f"{format_weekday(value)} ({DayOff(why).label})"


def describe_suspension(basis: Mapping[str, Any], *, to_applicant: bool) -> list[str]:
    """The days that the term was suspended, by ground, as parts of a sum (Awb 4:15).

    `basis` may have `suspended_days` and `suspended_by`; without the latter, the days are those of completion requests.
    """
    by_ground = basis.get("suspended_by", {deadlines.COMPLETION: basis.get("suspended_days", 0)})
    return [
        count_standstill(ground, days, to_applicant=to_applicant) % {"count": days}
        for ground, days in by_ground.items()
        if days
    ]


def count_standstill(ground: str, days: int, *, to_applicant: bool) -> str:
    """A number of days, and what we waited for; `%(count)s` is still to be filled in."""
    match ground:
        case "foreign":
            return ngettext(
                "%(count)s day waiting for an authority abroad", "%(count)s days waiting for an authority abroad", days
            )
        case "agreed":
            return ngettext("%(count)s day of agreed delay", "%(count)s days of agreed delay", days)
        case "applicant":
            return count_delay(days, to_applicant=to_applicant)
        case "force_majeure":
            return ngettext("%(count)s day of force majeure", "%(count)s days of force majeure", days)
    if to_applicant:
        return ngettext("%(count)s day waiting for you", "%(count)s days waiting for you", days)
    return ngettext("%(count)s day waiting for the applicant", "%(count)s days waiting for the applicant", days)


def count_delay(days: int, *, to_applicant: bool) -> str:
    """A number of days of delay by the applicant; `%(count)s` is still to be filled in."""
    if to_applicant:
        return ngettext("%(count)s day of delay on your side", "%(count)s days of delay on your side", days)
    return ngettext("%(count)s day of delay by the applicant", "%(count)s days of delay by the applicant", days)


def format_day(value: date | str) -> str:
    """A day in words, in the active language."""
    return _spell_day(date.fromisoformat(value) if isinstance(value, str) else value, get_language())


@lru_cache(maxsize=1024)
def _spell_day(day: date, _language: str | None) -> str:
    return date_format(day, "DATE_FORMAT")


def format_weekday(value: date) -> str:
    """A day in words, with its weekday."""
    return f"{date_format(value, 'l')} {format_day(value)}"


def format_moment(value: datetime) -> str:
    """A moment in words, in Amsterdam time."""
    return date_format(timezone.localtime(value), "DATETIME_FORMAT")
