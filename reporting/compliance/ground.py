"""What a judgement of passages rests on: the rules and zones of each day, and the parts of a day."""

import hashlib
import json
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain

from django.utils.translation import gettext as _

from casework.current_policy import CurrentPolicy
from reporting.compliance.refusal import PassagesRefused
from zones.models import AccessRule, AutomaticExemption, Municipality, Zone, current_rule_book
from zones.rules import RuleBook

PARTS_OF_DAY = ("night", "morning", "afternoon", "evening")
"""In the order of the hours at which they begin (policy setting `parts_of_day_from`)."""


@dataclass(frozen=True)
class ZoneTerm:
    """The days of one version of a zone; `valid_until` is exclusive."""

    starts_on: date
    valid_from: date = date.min
    valid_until: date | None = None

    def holds(self, *, on: date) -> bool:
        """Whether this version of the zone is the one in force on a day."""
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)


@dataclass(frozen=True)
class Ground:
    """The rules and zones of one municipality, by day. `books`: each with its first day, from `date.min` on."""

    zone: str
    zones: tuple[ZoneTerm, ...]
    books: tuple[tuple[date, RuleBook], ...]
    municipality_id: int | None = None

    def book(self, *, on: date) -> RuleBook:
        """The rules in force on a day."""
        return self.books[bisect_right(self.books, on, key=lambda version: version[0]) - 1][1]

    def zones_of(self, day: date) -> list[ZoneTerm]:
        """The zones in force on a day."""
        return [zone for zone in self.zones if zone.holds(on=day)]

    def turning_days(self) -> set[date]:
        """The days on which the answer for an unchanged vehicle may change."""
        days = {day for day, _book in self.books}
        for zone in self.zones:
            days |= {zone.starts_on, zone.valid_from, zone.valid_until or date.max}
        for _day, book in self.books:
            days |= {ground.until for ground in chain(book.rules, book.exemptions) if ground.until}
        return days

    def versions(self, *, first: date, last: date) -> list[dict[str, str]]:
        """The rules and automatic exemptions in force on these days, to report with the numbers."""
        ends = [day for day, _book in self.books[1:]] + [date.max]
        books = [book for (day, book), end in zip(self.books, ends, strict=True) if day <= last and first < end]
        found = {(row.code, row.valid_from) for book in books for row in chain(book.rules, book.exemptions)}
        return [{"code": code, "valid_from": day.isoformat()} for code, day in sorted(found)]

    def fingerprint(self) -> str:
        """A checksum of rules and zones, the same on every machine."""
        zones = [asdict(zone) for zone in self.zones]
        text = json.dumps([zones, [[day, _sort_rows(book)] for day, book in self.books]], default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def _sort_rows(book: RuleBook) -> list[tuple[object, ...]]:
    """The rows with their sets sorted, because the text of a set differs from run to run."""
    rows = chain(book.rules, book.exemptions)
    return [
        tuple(sorted(value) if isinstance(value, frozenset) else value for value in vars(row).values()) for row in rows
    ]


def load_ground(code: str) -> Ground:
    """The rules and zones of a municipality, by its CBS code; raises PassagesRefused if it has no zone."""
    zones = list(Zone.objects.filter(municipality__cbs_code=code).order_by("pk"))
    if not zones:
        raise PassagesRefused(
            _("There is no zone with the code %(code)s. Use a CBS code from this list: %(known)s.")
            % {"code": repr(code[:20]), "known": ", ".join(_list_codes())}
        )
    terms = tuple(ZoneTerm(zone.starts_on, zone.valid_from, zone.valid_until) for zone in zones)
    return Ground(code, terms, tuple(_load_books()), zones[0].municipality_id)


def _list_codes() -> Iterable[str]:
    rows = Municipality.objects.filter(zones__isnull=False).distinct().order_by("cbs_code")
    return (f"{row.cbs_code} ({row.name})" for row in rows)


def _load_books() -> Iterable[tuple[date, RuleBook]]:
    """A rule book for each day on which a rule or automatic exemption begins or ends."""
    days = {date.min}
    for model in (AccessRule, AutomaticExemption):
        for begin, end in model.objects.values_list("valid_from", "valid_until"):
            days |= {begin, end or begin}
    return ((day, current_rule_book(on=day)) for day in sorted(days))


def load_parts_of_day(*, on: date) -> tuple[int, int, int]:
    """The hours at which morning, afternoon and evening begin; before the first it is night."""
    hours = sorted(set(CurrentPolicy.on(on).numbers("parts_of_day_from")))
    if len(hours) != len(PARTS_OF_DAY) - 1:
        raise PassagesRefused(
            _("The setting parts_of_day_from must have three hours, as 6, 12, 18. Correct it, and try again.")
        )
    return hours[0], hours[1], hours[2]
