"""The rules and zones of a day, kept in memory until a row of them changes: each question costs one small query."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from casework import clock
from enforcement.answers import Answer, apply_rules
from enforcement.register_entries import parse_facts
from zones.models import AccessRule, AutomaticExemption, Municipality, Zone, current_rule_book
from zones.rules import Ground, RuleBook

Stamp = tuple[str, ...]
DAYS_KEPT, VERDICTS_KEPT = 64, 200_000
STAMP_SQL = " UNION ALL ".join(
    f"SELECT count(*) || '-' || coalesce(sum(xmin::text::bigint), 0) FROM {model._meta.db_table}"  # noqa: S608  no input
    for model in (AccessRule, AutomaticExemption, Zone, Municipality)
)
"""A text that differs after every change of a rule or zone: their number, and which transactions wrote them."""


class Rules(NamedTuple):
    """The rules as they were when `stamp` was read; `today`: the law of later days is not written yet."""

    stamp: Stamp
    today: date

    @classmethod
    def of(cls, stamp: Sequence[str]) -> "Rules":
        """The rules for a stamp that was read just now."""
        return cls((str(connection.settings_dict["NAME"]), *stamp), clock.today())

    def judge(self, facts: str, *, zone: str, at: datetime) -> Answer:
        """What the rules say about a vehicle (see `register_entries`) in a zone at a moment."""
        on = day_of(at)
        return judge_day(self.stamp, min(on, self.today), facts, zone, on)

    def find_ground(self, code: str) -> Ground | None:
        """Today's rule or automatic exemption with this code; None for anything that is not a row of a table."""
        book = find_book(self.stamp, self.today)
        return next((ground for ground in (*book.rules, *book.exemptions) if ground.code == code), None)


def current_rules() -> Rules:
    """The rules as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(STAMP_SQL)
        return Rules.of([row[0] for row in cursor.fetchall()])


@lru_cache(maxsize=100_000)
def day_of(at: datetime) -> date:
    """The day in Amsterdam."""
    return timezone.localdate(at)


@lru_cache(maxsize=VERDICTS_KEPT)
def judge_day(stamp: Stamp, law_of: date, facts: str, zone: str, on: date) -> Answer:
    """The answer by the law of one day, for entry on another."""
    zones = find_zones(stamp, law_of).get(zone, ())
    return apply_rules(parse_facts(facts), on=on, zones=zones, book=find_book(stamp, law_of))


@lru_cache(maxsize=DAYS_KEPT)
def find_book(_stamp: Stamp, law_of: date) -> RuleBook:
    """The rules by the law of a day."""
    return current_rule_book(on=law_of)


@lru_cache(maxsize=DAYS_KEPT)
def find_zones(_stamp: Stamp, law_of: date) -> dict[str, Sequence[Zone]]:
    """The zones by the CBS code of their municipality."""
    zones = Zone.objects.in_force(on=law_of).select_related("municipality")
    found: dict[str, list[Zone]] = {}
    for zone in zones:
        found.setdefault(zone.municipality.cbs_code, []).append(zone)
    return {code: tuple(there) for code, there in found.items()}
