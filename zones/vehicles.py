"""The facts about a vehicle that the access rules need, and those that people like to see."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

CATEGORIES = ("van", "truck", "other")
SUBTYPES = ("rigid", "tractor")
EMISSION_CLASSES = ("0", "1", "2", "3", "4", "5", "6", "Z")


@dataclass(frozen=True)
class VehicleFacts:
    """What is known of a vehicle: `None` means unknown, and no codes means that it has no special ones.

    `category` is one of CATEGORIES (bestelauto, vrachtauto, anything else), `subtype` one of SUBTYPES (bakwagen,
    opleggertrekker), `emission_class` one of EMISSION_CLASSES, `first_admission` the datum eerste toelating. Codes have
    no leading zeros. The fields below `plug_in_hybrid` do not affect the outcome: they are for the reader.
    """

    category: str | None = None
    subtype: str | None = None
    emission_class: str | None = None
    first_admission: date | None = None
    body_codes: frozenset[str] = frozenset()
    remark_codes: frozenset[str] = frozenset()
    plug_in_hybrid: bool | None = None

    make: str = ""
    model: str = ""
    kind: str = ""  # voertuigsoort, in the register's words
    european_category: str = ""
    body: str = ""  # inrichting, in the register's words
    fuels: tuple[str, ...] = ()
    max_mass_kg: int | None = None
    empty_mass_kg: int | None = None
    payload_kg: int | None = None
    towing_kg: int | None = None  # braked
    electric_range_km: int | None = None
    axles: int | None = None
    seats: int | None = None
    wheelchair_places: int | None = None
    first_dutch_registration: date | None = None
    name_since: date | None = None  # datum tenaamstelling: since when the present holder has it
    exported: bool | None = None
    registrable: bool | None = None  # tenaamstellen mogelijk: whether it can be put in somebody's name

    @cached_property
    def without_names(self) -> "VehicleFacts":
        """The facts without those that are only for the reader, so that one answer serves many vehicles."""
        return replace(
            self,
            make="",
            model="",
            kind="",
            european_category="",
            body="",
            fuels=(),
            name_since=None,
            exported=None,
            registrable=None,
        )


def years_later(day: date, years: int) -> date:
    """The day on which a vehicle first admitted on `day` turns that many years old; 29 February becomes 1 March."""
    year = day.year + years
    if year > date.max.year:
        return date.max
    if (day.month, day.day) == (2, 29) and not _is_leap(year):
        return date(year, 3, 1)
    return day.replace(year=year)


def years_earlier(day: date, years: int) -> date:
    """The latest first admission that is that many years before `day`, give or take a day around 29 February."""
    return years_later(day, -years) if day.year > years else date.min


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
