"""What a return asks, and under which header a spreadsheet has it. Page, template and reader all go by this table.

The headers are Dutch for everybody: they are the format of the file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from reporting.models import ReturnVersion
from reporting.returns import reading
from reporting.returns.reading import Reader

COUNT_HELP = gettext_lazy("Whole number in digits, without dots. Empty: not handed in. Type 0 only if it was zero.")


@dataclass(frozen=True)
class Column:
    """One thing that is asked."""

    name: str
    label: StrOrPromise
    help: StrOrPromise
    read: Reader
    header: str = ""
    """Above its column in a spreadsheet."""
    width: int = 16
    is_count: bool = False
    empty: Any = None
    """What it says where nothing was filled in."""


CODE = Column(
    "code",
    gettext_lazy("municipality code"),
    gettext_lazy("The CBS code: GM and four digits. It is filled in for you."),
    reading.words,
    "Gemeentecode",
)
NAME = Column(
    "name",
    gettext_lazy("municipality"),
    gettext_lazy("The name, for the reader. It is filled in for you, and you may leave this column out."),
    reading.words,
    "Gemeente",
    width=20,
)
MONTH = Column(
    "month",
    gettext_lazy("month"),
    gettext_lazy("The month that the numbers are about, as 2025-06. A row is about one month."),
    reading.month,
    "Maand",
    width=11,
)


def count(name: str, label: StrOrPromise, header: str = "") -> Column:
    """A number of the month."""
    return Column(name, label, COUNT_HELP, reading.whole, header, is_count=True)


FIELDS: tuple[Column, ...] = (
    count("warnings", gettext_lazy("Warning letters"), "Waarschuwingsbrieven"),
    count("fines_van", gettext_lazy("Finable offences by vans"), "Beboetbare overtredingen bestelauto's"),
    count("fines_truck", gettext_lazy("Finable offences by trucks"), "Beboetbare overtredingen vrachtauto's"),
    count("passages_van", gettext_lazy("Passages of vans (ANPR)"), "Passages bestelauto's"),
    count("compliant_van", gettext_lazy("Compliant passages of vans"), "Waarvan toegestaan bestelauto's"),
    count("passages_truck", gettext_lazy("Passages of trucks (ANPR)"), "Passages vrachtauto's"),
    count("compliant_truck", gettext_lazy("Compliant passages of trucks"), "Waarvan toegestaan vrachtauto's"),
    Column(
        "interval_days",
        gettext_lazy("Days between two letters or fines"),
        gettext_lazy("At least this many days lie between two letters or fines for the same vehicle."),
        reading.days,
        "Dagen tussen twee brieven of boetes",
    ),
    Column(
        "zone_km2",
        gettext_lazy("Size of the zone in km²"),
        gettext_lazy("At most two decimals."),
        reading.square_km,
        "Grootte zone in km2",
    ),
    Column(
        "warning_until",
        gettext_lazy("Warning period ends"),
        gettext_lazy("The last day on which a warning letter was sent instead of a fine, as 2025-06-30."),
        reading.day,
        "Einde waarschuwingsperiode",
    ),
    Column(
        "context",
        gettext_lazy("Explanation"),
        gettext_lazy("What one should know to compare these numbers: fewer cameras, works, a change in the zone."),
        reading.text,
        "Toelichting",
        width=50,
        empty="",
    ),
)
"""In the order of page and spreadsheet."""
SHEET: tuple[Column, ...] = (CODE, NAME, MONTH, *FIELDS)
OF_THE_MONTH = tuple(column.name for column in FIELDS if column.is_count)
CARRIED = ("interval_days", "zone_km2", "warning_until")
"""What seldom changes: taken over from the return before, to be looked at."""

Values = Mapping[str, Any]


def values_of(version: ReturnVersion | None) -> dict[str, Any]:
    """What a delivery says; nothing where there is none."""
    empty = {column.name: column.empty for column in FIELDS}
    return empty if version is None else {name: getattr(version, name) for name in empty}


def as_json(values: Values) -> dict[str, Any]:
    """To keep in a row of an upload."""
    return {
        name: str(value) if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def from_json(kept: Values) -> dict[str, Any]:
    """As it was before."""
    return {column.name: column.read(kept[column.name]) for column in FIELDS}


def shown(value: object) -> str:
    """A value as people read it; what was not handed in says so."""
    if value is None:
        return _("not handed in")
    if value == "":
        return _("nothing")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, Decimal):
        return number_format(f"{value.normalize():f}")
    return number_format(value, force_grouping=True) if isinstance(value, int) else str(value)


@dataclass(frozen=True)
class Difference:
    """What one delivery says differently from another."""

    label: StrOrPromise
    old: str
    new: str


def differences(old: Values, new: Values, *, columns: Sequence[Column] = FIELDS) -> list[Difference]:
    """Old beside new, of what differs."""
    return [
        Difference(column.label, shown(old[column.name]), shown(new[column.name]))
        for column in columns
        if old[column.name] != new[column.name]
    ]
