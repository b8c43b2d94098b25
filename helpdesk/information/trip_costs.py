"""What a year of driving into a zone costs: in fines, with day exemptions, with a longer exemption. Pure functions.

Every amount comes from a dated row. One that is not known stays unknown: nothing here counts it as nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MONTHS = 12


@dataclass(frozen=True)
class LongerExemptions:
    """What applying for one of several exemptions costs in euros: the highest fee, and whether some have none."""

    highest: Decimal | None
    some_have_none: bool


@dataclass(frozen=True)
class TripCosts:
    """A year of driving into the zone of one municipality, on so many days. Amounts in euros, `None` if not known.

    `exempted`: the days for which one can get a day exemption; `left`: those beyond the yearly maximum.
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
    """The costs of a calendar year. The fines are the most they can be: one for each day on which one drives in."""
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
    """Several fees, of which some are not set, or nothing."""
    given = list(fees)
    charged = [fee for fee in given if fee]
    return LongerExemptions(max(charged, default=None), some_have_none=len(charged) < len(given))
