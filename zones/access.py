"""Whether a vehicle may enter: pure functions from facts and rules to an answer with its reason.

Order of the tests (RVV 1990 art. 86c to 86e): not a van or truck; emission-free; automatic exemption; access rule.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import Generic, Protocol, TypeVar

from zones import wording
from zones.rules import AdmissionRule, Announcement, ExemptionRule, RuleBook, load_shipped_rules
from zones.vehicles import CATEGORIES, EMISSION_CLASSES, SUBTYPES, VehicleFacts, years_earlier

__all__ = [
    "AccessDecision",
    "RuleBook",
    "VehicleFacts",
    "ZoneAccess",
    "access_per_zone",
    "decide",
    "load_shipped_rules",
]

OUT, UNKNOWN, NOT_STARTED = "OUT", "UNKNOWN", "NOT_STARTED"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class AccessDecision:
    """`allowed`: None if the facts do not settle it. `until`: the first day without access. `reason`: for the reader.

    `announcement`: the announcement that the access rests on, while the law does not provide for it yet.
    """

    allowed: bool | None
    rule: str
    until: date | None
    reason: str
    announcement: Announcement | None = None

    @property
    def until_by_law(self) -> date | None:
        """The first day without access under current law, which is what decisions and applications may rest on."""
        return self.announcement.until_by_law if self.announcement else self.until

    def rests_on_announcement(self, *, on: date) -> bool:
        """Whether access on a day rests on an announcement only, because the law does not give it."""
        return bool(self.allowed and self.announcement and on >= self.announcement.until_by_law)


class StartingZone(Protocol):
    """The part of a zone that access depends on."""

    @property
    def starts_on(self) -> date:
        """The first day on which the access rules apply there."""


ZoneT = TypeVar("ZoneT", bound=StartingZone)


@dataclass(frozen=True)
class ZoneAccess(Generic[ZoneT]):
    """The access decision for one zone."""

    zone: ZoneT
    decision: AccessDecision


def decide(facts: VehicleFacts, *, on: date, book: RuleBook | None = None) -> AccessDecision:
    """Whether a vehicle may enter on a day, by the shipped rules unless a `book` is given.

    A missing fact does not matter if every possible value leads to the same answer: access or not, until the same day.
    If several rules lead to it, the answer names the first.
    """
    known = _without_nonsense(facts)
    rules = book or load_shipped_rules()
    answers: list[AccessDecision] = []
    for completed in _iterate_completions(known, on=on, book=rules):
        answers.append(_decide_known(completed, on=on, book=rules))
        if answers[-1].allowed != answers[0].allowed:  # no further completion can settle it
            return AccessDecision(None, UNKNOWN, None, wording.describe_unknown(_list_missing(known), always=None))
    if len({answer.until for answer in answers}) == 1:
        return answers[0]
    always = answers[0].allowed
    return AccessDecision(None, UNKNOWN, None, wording.describe_unknown(_list_missing(known), always=always))


def access_per_zone(
    facts: VehicleFacts, *, on: date, zones: Iterable[ZoneT], book: RuleBook | None = None
) -> list[ZoneAccess[ZoneT]]:
    """The decision for each zone. Until a zone starts everybody may enter, and after that as the rules allow.

    Each zone is judged on the day itself, or on its first day if that is still to come.
    """
    asked = [(zone, max(on, zone.starts_on)) for zone in zones]
    decisions = {day: decide(facts, on=day, book=book) for _zone, day in asked}
    return [ZoneAccess(zone, _in_zone(decisions[day], starts_on=zone.starts_on, on=on)) for zone, day in asked]


def _in_zone(decision: AccessDecision, *, starts_on: date, on: date) -> AccessDecision:
    if on >= starts_on or decision.allowed:
        return decision
    return AccessDecision(True, NOT_STARTED, starts_on, wording.explain_not_started(starts_on))


def _decide_known(facts: VehicleFacts, *, on: date, book: RuleBook) -> AccessDecision:
    if facts.category == "other":
        return AccessDecision(True, OUT, None, wording.describe_outside())
    rule = next((rule for rule in book.rules if rule.covers(facts)), None)
    exemption = _find_exemption(facts, on=on, book=book)
    by_rule, by_exemption = _by_rule(rule, on=on), _by_exemption(exemption, facts, on=on)
    if rule and rule.is_unlimited:
        return by_rule
    if by_exemption and (by_exemption.allowed or not by_rule.allowed):
        return by_exemption
    return by_rule


def _find_exemption(facts: VehicleFacts, *, on: date, book: RuleBook) -> ExemptionRule | None:
    """The longest-lasting of the exemptions that fit."""
    fitting = [exemption for exemption in book.exemptions if exemption.covers(facts, on=on)]
    return max(fitting, key=lambda exemption: exemption.ends(facts) or date.max, default=None)


def _by_rule(rule: AdmissionRule | None, *, on: date) -> AccessDecision:
    if rule is None:
        return AccessDecision(None, UNKNOWN, None, wording.explain_no_rule())
    allowed = rule.allowed and (rule.until is None or on < rule.until)
    reason = wording.explain_rule(rule, allowed=allowed, until=rule.until)
    return AccessDecision(allowed, rule.code, rule.until, reason, rule.announcement)


def _by_exemption(exemption: ExemptionRule | None, facts: VehicleFacts, *, on: date) -> AccessDecision | None:
    if exemption is None:
        return None
    until = exemption.ends(facts)
    allowed = until is None or on < until
    return AccessDecision(allowed, exemption.code, until, wording.explain_rule(exemption, allowed=allowed, until=until))


def _without_nonsense(facts: VehicleFacts) -> VehicleFacts:
    """Treat a value that no vehicle can have as unknown."""
    return replace(
        facts,
        category=facts.category if facts.category in CATEGORIES else None,
        subtype=facts.subtype if facts.subtype in SUBTYPES else None,
        emission_class=facts.emission_class if facts.emission_class in EMISSION_CLASSES else None,
    )


def _list_missing(facts: VehicleFacts) -> list[str]:
    names = ["category", "emission_class", "first_admission"]
    if facts.category == "truck":
        names.append("subtype")
    return [name for name in names if getattr(facts, name) is None]


def _iterate_completions(facts: VehicleFacts, *, on: date, book: RuleBook) -> Iterator[VehicleFacts]:
    """Fill in the unknown facts in every way that makes a difference to the rules."""
    choices = product(
        [facts.category] if facts.category else CATEGORIES,
        [facts.subtype] if facts.subtype else SUBTYPES,
        [facts.emission_class] if facts.emission_class else EMISSION_CLASSES,
        [facts.first_admission] if facts.first_admission else _list_probe_days(on=on, book=book),
    )
    for category, subtype, emission_class, first_admission in choices:
        yield replace(
            facts, category=category, subtype=subtype, emission_class=emission_class, first_admission=first_admission
        )


def _list_probe_days(*, on: date, book: RuleBook) -> list[date]:
    """Days of first admission on both sides of each border in the rules."""
    borders = {day for rule in book.rules for day in (rule.admitted_from, rule.admitted_before) if day}
    for exemption in book.exemptions:
        for years in filter(None, (exemption.minimum_age_years, exemption.below_age_years)):
            borders |= {years_earlier(end, years) for end in (on, exemption.until) if end}
    days = {border + step for border in borders for step in (-DAY, 0 * DAY, DAY) if date.min < border < date.max}
    return sorted(days | {date(1900, 1, 1), on})
