"""Why a vehicle may be in a zone, and from when until when: pure functions over `zones.access`.

An answer changes on few days: when a rule or zone begins or ends, and when the vehicle reaches an age that a rule
names. Between those days one question suffices, so a vehicle is judged once for a whole file.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from reporting.compliance.ground import Ground
from zones.access import VehicleFacts, access_per_zone
from zones.vehicles import CATEGORIES, EMISSION_CLASSES, SUBTYPES, years_earlier, years_later

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)
EVER, NEVER = -(2**62), 2**62
"""Moments before and after all others. All moments here are microseconds since 1970 (UTC)."""
MARGIN = 2
"""Each of this many days around a birthday is checked, because 29 February does not exist in most years."""


class Why(IntEnum):
    """Why a passage was allowed; or that it was not, or that this is unknown."""

    RULE = 0
    AUTOMATIC = 1
    EXEMPTION = 2
    DAY_EXEMPTION = 3
    NOT_ALLOWED = 4
    UNKNOWN = 5


ALLOWED = frozenset({Why.RULE, Why.AUTOMATIC, Why.EXEMPTION, Why.DAY_EXEMPTION})


CLASSES = ("van", "truck", "other", "unknown")
Cell = tuple[str, str, str]
"""Part of day, vehicle class and reason: the key of a count."""


@dataclass(frozen=True)
class Step:
    """The reason that applies from a moment until the next step."""

    start: int
    why: Why


@dataclass(frozen=True)
class Window:
    """When an exemption is valid: from `start`, until before `end`. `is_day`: whether it is a day exemption."""

    start: int
    end: int
    is_day: bool


def decide_day(facts: VehicleFacts, ground: Ground, *, on: date) -> Why:
    """The answer of the rules alone, in the strictest of the municipality's zones; without zones anybody may enter."""
    book, zones = ground.book(on=on), ground.zones_of(on)
    decisions = [one.decision for one in access_per_zone(facts, on=on, zones=zones, book=book)]
    answers = {decision.allowed for decision in decisions}
    if False in answers:
        return Why.NOT_ALLOWED
    if None in answers:
        return Why.UNKNOWN
    automatic = {exemption.code for exemption in book.exemptions}
    return Why.AUTOMATIC if any(decision.rule in automatic for decision in decisions) else Why.RULE


def judge_facts(facts: VehicleFacts, ground: Ground, *, first: date, last: date) -> list[Step]:
    """The answers of the rules from the first to the last day, inclusive; the first step starts at EVER."""
    days = [first, *_list_turning_days(facts, ground, first=first, last=last)]
    steps = [Step(EVER, decide_day(facts, ground, on=first))]
    for day in days[1:]:
        why = decide_day(facts, ground, on=day)
        if why != steps[-1].why:
            steps.append(Step(as_moment(day), why))
    return steps


def _list_turning_days(facts: VehicleFacts, ground: Ground, *, first: date, last: date) -> list[date]:
    """The days after the first on which the answer may change, in order."""
    known = facts.first_admission
    born = {known} if known else {near for day in _list_admission_borders(ground) for near in _list_near_days(day, day)}
    birthdays = {years_later(day, years) for day in born for years in _list_ages(ground)}
    return sorted(day for day in ground.turning_days() | born | birthdays if first < day <= last)


def _list_ages(ground: Ground) -> set[int]:
    """The ages, in years, that a rule names."""
    exemptions = (exemption for _day, book in ground.books for exemption in book.exemptions)
    return {age for one in exemptions for age in (one.minimum_age_years, one.below_age_years) if age}


def add_exemptions(steps: Sequence[Step], windows: Iterable[Window]) -> list[Step]:
    """The steps with the vehicle's exemptions, which count where the rules deny access; a long-term one goes first."""
    terms = list(windows)
    moments = sorted({step.start for step in steps} | {edge for term in terms for edge in (term.start, term.end)})
    found: list[Step] = []
    for moment in moments:
        why = _pick_why(steps, terms, at=moment)
        if not found or found[-1].why != why:
            found.append(Step(moment, why))
    return found


def _pick_why(steps: Sequence[Step], terms: Iterable[Window], *, at: int) -> Why:
    by_rules = [step.why for step in steps if step.start <= at][-1]
    running = {term.is_day for term in terms if term.start <= at < term.end}
    if by_rules in ALLOWED or not running:
        return by_rules
    return Why.DAY_EXEMPTION if running == {True} else Why.EXEMPTION


def cut_window(start: int, end: int, suspensions: Iterable[tuple[int, int]], *, is_day: bool) -> Iterator[Window]:
    """The windows of an exemption between its suspensions."""
    at = start
    for begin, until in sorted(suspensions):
        if at < min(begin, end):
            yield Window(at, min(begin, end), is_day)
        at = max(at, until)
    if at < end:
        yield Window(at, end, is_day)


def as_moment(day: date) -> int:
    """The midnight in Amsterdam at which a day begins."""
    return count_microseconds(datetime.combine(day, time.min, AMSTERDAM))


def count_microseconds(moment: datetime) -> int:
    """A moment in microseconds since 1970, as in the engine."""
    return (moment - datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC"))) // timedelta(microseconds=1)


def as_day(moment: int) -> date:
    """The day in Amsterdam of a moment."""
    return (datetime(1970, 1, 1, tzinfo=ZoneInfo("UTC")) + timedelta(microseconds=moment)).astimezone(AMSTERDAM).date()


class Simplifier:
    """Replaces the facts of a vehicle with coarser ones that get the same answers on all days of a file.

    All that matters about a day of first admission is on which side of each border it lies, so that a million vehicles
    become a few hundred.
    """

    def __init__(self, ground: Ground, *, first: date, last: date) -> None:
        self._borders = sorted(_list_borders(ground, first=first, last=last))
        exemptions = [one for _day, book in ground.books for one in book.exemptions]
        self._body = frozenset[str]().union(*(one.body_codes for one in exemptions))
        self._remarks = frozenset[str]().union(*(one.remark_codes for one in exemptions))

    def simplify(self, facts: VehicleFacts) -> VehicleFacts:
        """The facts that matter, as coarse as possible."""
        return VehicleFacts(
            category=facts.category if facts.category in CATEGORIES else None,
            subtype=facts.subtype if facts.subtype in SUBTYPES else None,
            emission_class=facts.emission_class if facts.emission_class in EMISSION_CLASSES else None,
            first_admission=facts.first_admission and self.coarsen(facts.first_admission),
            body_codes=facts.body_codes & self._body,
            remark_codes=facts.remark_codes & self._remarks,
        )

    def coarsen(self, day: date) -> date:
        """A day of first admission that lies on the same side of every border."""
        index = bisect_left(self._borders, day)
        if index < len(self._borders) and self._borders[index] == day:
            return day
        return self._borders[index - 1] + DAY if index else date.min


def _list_borders(ground: Ground, *, first: date, last: date) -> set[date]:
    """Days of first admission at which the answer on some day of the file may change."""
    borders = _list_admission_borders(ground)
    turning = {day for day in ground.turning_days() if day not in {date.min, date.max}}
    for years in _list_ages(ground):
        for day in turning:
            borders |= _list_near_days(years_earlier(day, years), years_earlier(day, years))
        borders |= _list_near_days(years_earlier(first, years), years_earlier(last + DAY, years))
    return {day for day in borders if date.min < day < date.max}


def _list_admission_borders(ground: Ground) -> set[date]:
    """The days of first admission that a rule names."""
    rules = (rule for _day, book in ground.books for rule in book.rules)
    return {day for rule in rules for day in (rule.admitted_from, rule.admitted_before) if day}


def _list_near_days(begin: date, end: date) -> set[date]:
    low = max(begin, date.min + MARGIN * DAY) - MARGIN * DAY
    return {low + DAY * number for number in range((end - low).days + MARGIN + 1)}
