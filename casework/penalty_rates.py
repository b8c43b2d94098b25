"""The penalty per day of being late: the amounts of Awb art. 4:17(2) as dated rows, because a decree indexes them."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

PENALTY_RATES = Path(__file__).parent / "data" / "penalty_rates.csv"


class UnknownPenaltyRateError(LookupError):
    """No amounts are known for the day asked about."""


@dataclass(frozen=True, kw_only=True)
class PenaltyRate:
    """Euros per day for the penalty days `first_day` to `last_day`, both included, numbered from 1."""

    valid_from: date
    first_day: int
    last_day: int
    euros_per_day: int

    def amount(self, days: int) -> int:
        """Euros that this rate adds when the penalty ran for `days` days."""
        return self.euros_per_day * max(0, min(days, self.last_day) - self.first_day + 1)


def read_rates(path: Path = PENALTY_RATES) -> tuple[PenaltyRate, ...]:
    """Read a file with the columns valid_from, first_day, last_day, euros_per_day and source."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_parse_rate(row) for row in csv.DictReader(file))


def rates_on(day: date, rates: Iterable[PenaltyRate]) -> tuple[PenaltyRate, ...]:
    """The rates in force on a day: those with the latest start that is not after it, else UnknownPenaltyRateError."""
    known = [rate for rate in rates if rate.valid_from <= day]
    if not known:
        raise UnknownPenaltyRateError(f"No penalty amounts (Awb art. 4:17 lid 2) are known for {day}.")
    start = max(rate.valid_from for rate in known)
    return tuple(rate for rate in known if rate.valid_from == start)


def _parse_rate(row: dict[str, str]) -> PenaltyRate:
    return PenaltyRate(
        valid_from=date.fromisoformat(row["valid_from"]),
        first_day=int(row["first_day"]),
        last_day=int(row["last_day"]),
        euros_per_day=int(row["euros_per_day"]),
    )


STATUTE_RATES = read_rates()
"""The amounts in the reference data that comes with the product."""
