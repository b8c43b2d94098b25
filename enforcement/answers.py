"""May this vehicle be in this zone at this moment? Pure: the rules and the exemptions are passed in."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django.utils import timezone

from exemptions.access_today import access_order
from zones.access import NOT_STARTED, AccessDecision, RuleBook, VehicleFacts, access_per_zone
from zones.models import Zone

BY_RULE, BY_AUTOMATIC, BY_EXEMPTION, BY_DAY_EXEMPTION = "rule", "automatic", "exemption", "day_exemption"
GROUNDS = (BY_RULE, BY_AUTOMATIC, BY_EXEMPTION, BY_DAY_EXEMPTION)

Period = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class Question:
    """A plate as we store it, the country of issue, the zone's CBS code, and the moment."""

    plate: str
    country: str
    zone: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """`allowed` None: unknown. `until`: the moment from which the basis in `by` no longer holds."""

    allowed: bool | None
    by: str | None = None
    rule: str | None = None
    until: datetime | None = None
    reference: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The answer as programs get it."""
        return {
            "allowed": self.allowed,
            "by": self.by,
            "rule": self.rule,
            "until": spell_moment(self.until) if self.until else None,
            "reference": self.reference,
        }


@lru_cache(maxsize=32_768)
def encode_answer(answer: Answer) -> bytes:
    """The answer as one line of JSON."""
    return json.dumps(answer.as_json(), separators=(",", ":")).encode()


UNKNOWN = Answer(None)


@dataclass(frozen=True, slots=True)
class Holding:
    """The part of an exemption that matters for access; `zone` None: every zone."""

    reference: str
    is_day: bool
    zone: str | None
    starts_at: datetime
    ends_at: datetime
    revoked_at: datetime | None
    suspensions: tuple[Period, ...] = ()

    def find_end(self, question: Question) -> datetime | None:
        """Until when it is valid without interruption; None if it is not valid there at that moment."""
        at = question.at
        if self.zone not in {None, question.zone} or any(is_running(period, at=at) for period in self.suspensions):
            return None
        breaks = [start for start, _end in self.suspensions if start > at]
        end = min(filter(None, (self.ends_at, self.revoked_at, *breaks)))
        return end if self.starts_at <= at < end else None


def is_running(period: Period, *, at: datetime) -> bool:
    """Whether the period has begun and not ended."""
    start, end = period
    return start <= at and (end is None or end > at)


def answer_question(question: Question, *, by_rules: Answer, holdings: Iterable[Holding]) -> Answer:
    """The rules if they allow access, otherwise the exemption valid longest, otherwise what the rules say."""
    if by_rules.allowed:
        return by_rules
    ends = ((end, holding) for holding in holdings if (end := holding.find_end(question)))
    end, longest = max(ends, key=lambda found: (found[0], found[1].reference), default=(None, None))
    if longest is None:
        return by_rules
    ground = BY_DAY_EXEMPTION if longest.is_day else BY_EXEMPTION
    return Answer(True, ground, until=end, reference=longest.reference)


def apply_rules(facts: VehicleFacts | None, *, on: date, zones: Iterable[Zone], book: RuleBook) -> Answer:
    """What the rules say on a day in the zones of a municipality: no access if one of them has none."""
    decisions = [one.decision for one in access_per_zone(facts or VehicleFacts(), on=on, zones=zones, book=book)]
    if not decisions:
        return Answer(True, BY_RULE, NOT_STARTED)
    decision = min(decisions, key=closed_first)
    if decision.allowed is None:
        return UNKNOWN
    automatic = {exemption.code for exemption in book.exemptions}
    until = find_day_start(decision.until) if decision.allowed and decision.until else None
    return Answer(decision.allowed, BY_AUTOMATIC if decision.rule in automatic else BY_RULE, decision.rule, until)


def closed_first(decision: AccessDecision) -> tuple[bool, bool, date]:
    """Sort key: no access first, then unknown, then the access that ends first."""
    return (decision.allowed is not False, *access_order(decision))


@lru_cache(maxsize=4096)
def find_day_start(day: date) -> datetime:
    """The first moment of a day in Amsterdam."""
    return timezone.make_aware(datetime.combine(day, time.min))


@lru_cache(maxsize=65536)
def spell_moment(moment: datetime) -> str:
    """A moment with the UTC offset of Amsterdam (RFC 3339)."""
    return timezone.localtime(moment).isoformat()
