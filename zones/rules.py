"""The access rules and automatic exemptions as plain data, from the shipped tables or from the database."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from zones.vehicles import VehicleFacts, years_later

REFERENCE = Path(__file__).resolve().parent / "reference"


@dataclass(frozen=True)
class Announcement:
    """The announcement of a rule that is not law yet. `until_by_law` (exclusive): the end of access by current law."""

    on: date
    until_by_law: date


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One dated version of a rule or exemption, with its source and the words in which it is explained."""

    code: str
    until: date | None  # exclusive: the first day on which it no longer gives access
    valid_from: date
    valid_until: date | None = None
    source: str = ""
    explanation_nl: str = ""
    explanation_en: str = ""
    announcement: Announcement | None = None


def find_announcement(on: date | None, until_by_law: date | None) -> Announcement | None:
    """The announcement made on a day; None if the rule is law."""
    return Announcement(on, until_by_law) if on and until_by_law else None


@dataclass(frozen=True, kw_only=True)
class AdmissionRule(Ground):
    """A row of the access table (RVV 1990 art. 86c and 86e); an empty condition applies to every vehicle."""

    category: str
    subtype: str | None
    emission_classes: frozenset[str]
    admitted_from: date | None  # first admission on or after this day …
    admitted_before: date | None  # … and before this one
    allowed: bool

    @property
    def is_unlimited(self) -> bool:
        """Whether it gives access without an end: the vehicle is emission-free."""
        return self.allowed and self.until is None

    def covers(self, facts: VehicleFacts) -> bool:
        """Whether it applies to this vehicle, whose category, class, subtype and first admission are known."""
        return (
            facts.category == self.category
            and self.subtype in {None, facts.subtype}
            and facts.emission_class in self.emission_classes
            and self._covers_admission(facts.first_admission)
        )

    def _covers_admission(self, day: date | None) -> bool:
        first, end = self.admitted_from or date.min, self.admitted_before
        return day is not None and first <= day and (end is None or day < end)


@dataclass(frozen=True, kw_only=True)
class ExemptionRule(Ground):
    """A vrijstelling: access by plate, without an application. Codes are alternatives; ages are on the day of entry."""

    categories: frozenset[str]
    minimum_age_years: int | None
    below_age_years: int | None
    body_codes: frozenset[str]
    remark_codes: frozenset[str]

    def covers(self, facts: VehicleFacts, *, on: date) -> bool:
        """Whether it applies to this vehicle on that day."""
        return (
            facts.category in self.categories
            and facts.first_admission is not None
            and self._covers_age(facts.first_admission, on)
            and self._covers_codes(facts)
        )

    def ends(self, facts: VehicleFacts) -> date | None:
        """The first day without access: its own end, or the birthday on which the vehicle gets too old."""
        ends = [self.until] if self.until else []
        if self.below_age_years and facts.first_admission:
            ends.append(years_later(facts.first_admission, self.below_age_years))
        return min(ends, default=None)

    def _covers_age(self, first_admission: date, on: date) -> bool:
        old_enough = years_later(first_admission, self.minimum_age_years or 0) <= on or not self.minimum_age_years
        young_enough = not self.below_age_years or on < years_later(first_admission, self.below_age_years)
        return old_enough and young_enough

    def _covers_codes(self, facts: VehicleFacts) -> bool:
        if not self.body_codes and not self.remark_codes:
            return True
        return not (self.body_codes.isdisjoint(facts.body_codes) and self.remark_codes.isdisjoint(facts.remark_codes))


class RuleBook(NamedTuple):
    """The access rules and automatic exemptions that access is decided by."""

    rules: Sequence[AdmissionRule]
    exemptions: Sequence[ExemptionRule]


@cache
def load_shipped_rules() -> RuleBook:
    """The tables that ship with the software, without superseded and announced rules."""
    rules = tuple(_parse_rule(row) for row in read_reference_rows("access_rules") if row["status"] == "in_force")
    return RuleBook(rules, tuple(_parse_exemption(row) for row in read_reference_rows("automatic_exemptions")))


def read_reference_rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of `reference/<table>.csv`; every cell is text, empty if unknown."""
    with (REFERENCE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def parse_day(cell: str) -> date | None:
    """A date cell (ISO), or None if it is empty."""
    return date.fromisoformat(cell) if cell else None


def parse_number(cell: str) -> int | None:
    """A whole-number cell, or None if it is empty."""
    return int(cell) if cell else None


def parse_list(cell: str) -> list[str]:
    """A cell that lists codes, separated by semicolons."""
    return [word for word in cell.split(";") if word]


def _parse_rule(row: dict[str, str]) -> AdmissionRule:
    return AdmissionRule(
        code=row["code"],
        category=row["category"],
        subtype=row["subtype"] or None,
        emission_classes=frozenset(parse_list(row["emission_classes"])),
        admitted_from=parse_day(row["admitted_from"]),
        admitted_before=parse_day(row["admitted_before"]),
        allowed=row["access"] == "allowed",
        announcement=find_announcement(parse_day(row["announced_on"]), parse_day(row["until_by_law"])),
        until=parse_day(row["until"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_until=parse_day(row["valid_until"]),
        source=row["source"],
        explanation_nl=row["explanation_nl"],
        explanation_en=row["explanation_en"],
    )


def _parse_exemption(row: dict[str, str]) -> ExemptionRule:
    return ExemptionRule(
        code=row["code"],
        categories=frozenset(parse_list(row["categories"])),
        minimum_age_years=parse_number(row["minimum_age_years"]),
        below_age_years=parse_number(row["below_age_years"]),
        body_codes=frozenset(parse_list(row["body_codes"])),
        remark_codes=frozenset(parse_list(row["remark_codes"])),
        until=parse_day(row["until"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_until=parse_day(row["valid_until"]),
        source=row["source"],
        explanation_nl=row["explanation_nl"],
        explanation_en=row["explanation_en"],
    )
