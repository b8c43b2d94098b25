"""What a year of driving into a zone costs: fines, day exemptions, or a longer exemption. Pure functions.

Every amount comes from a dated row. An unknown amount stays unknown, and never counts as zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MONTHS = 12


@dataclass(frozen=True)
class LongerExemptions:
    """The cost in euros of applying for one of several exemptions: the highest fee, and whether some have none."""

    highest: Decimal | None
    some_have_none: bool


@dataclass(frozen=True)
class TripCosts:
    """The costs of a year of driving into one municipality's zone. Amounts in euros, None if unknown.

    `exempted`: the days that day exemptions can cover; `left`: those beyond the yearly maximum.
    """

    days: int
    fines: int | None
    exempted: int
    left: int
    day_exemptions: Decimal | None
    longer: LongerExemptions


def compute_trip_costs(
    days_a_month: int,
    *,
    fine: int | None,
    day_fee: Decimal | None,
    most_days: int,
    longer_fees: Iterable[Decimal | None],
) -> TripCosts:
    """The costs of a calendar year. The fines are an upper bound: one for every day of driving in."""
    days = days_a_month * MONTHS
    exempted = min(days, most_days)
    return TripCosts(
        days=days,
        fines=None if fine is None else days * fine,
        exempted=exempted,
        left=days - exempted,
        day_exemptions=None if day_fee is None else exempted * day_fee,
        longer=summarise_fees(longer_fees),
    )


def summarise_fees(fees: Iterable[Decimal | None]) -> LongerExemptions:
    """Sum up fees, of which some may be unset or zero."""
    given = list(fees)
    charged = [fee for fee in given if fee]
    return LongerExemptions(max(charged, default=None), some_have_none=len(charged) < len(given))
