"""The columns of a return, with their headers in a spreadsheet. Page, template and reader all follow this table.

The headers are Dutch for everybody, because they are part of the file format.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy

from reporting.deliveries import readers
from reporting.deliveries.columns import Column, Values, count_column

CODE = Column(
    "code",
    gettext_lazy("municipality code"),
    gettext_lazy("The CBS code: GM and four digits. It is filled in for you."),
    readers.read_line,
    "Gemeentecode",
)
NAME = Column(
    "name",
    gettext_lazy("municipality"),
    gettext_lazy("The name, for the reader. It is filled in for you, and you may leave this column out."),
    readers.read_line,
    "Gemeente",
    width=20,
)
MONTH = Column(
    "month",
    gettext_lazy("month"),
    gettext_lazy("The month that the numbers are about, as 2025-06. A row is about one month."),
    readers.read_month,
    "Maand",
    width=11,
)


FIELDS: tuple[Column, ...] = (
    count_column("warnings", gettext_lazy("Warning letters"), "Waarschuwingsbrieven"),
    count_column("fines_van", gettext_lazy("Finable offences by vans"), "Beboetbare overtredingen bestelauto's"),
    count_column("fines_truck", gettext_lazy("Finable offences by trucks"), "Beboetbare overtredingen vrachtauto's"),
    count_column("passages_van", gettext_lazy("Passages of vans (ANPR)"), "Passages bestelauto's"),
    count_column("compliant_van", gettext_lazy("Compliant passages of vans"), "Waarvan toegestaan bestelauto's"),
    count_column("passages_truck", gettext_lazy("Passages of trucks (ANPR)"), "Passages vrachtauto's"),
    count_column("compliant_truck", gettext_lazy("Compliant passages of trucks"), "Waarvan toegestaan vrachtauto's"),
    Column(
        "interval_days",
        gettext_lazy("Days between two letters or fines"),
        gettext_lazy("At least this many days lie between two letters or fines for the same vehicle."),
        readers.read_days,
        "Dagen tussen twee brieven of boetes",
    ),
    Column(
        "zone_km2",
        gettext_lazy("Size of the zone in km²"),
        gettext_lazy("At most two decimals."),
        readers.square_km,
        "Grootte zone in km2",
    ),
    Column(
        "warning_until",
        gettext_lazy("Warning period ends"),
        gettext_lazy("The last day on which a warning letter was sent instead of a fine, as 2025-06-30."),
        readers.read_day,
        "Einde waarschuwingsperiode",
    ),
    Column(
        "context",
        gettext_lazy("Explanation"),
        gettext_lazy("What one should know to compare these numbers: fewer cameras, works, a change in the zone."),
        readers.read_text,
        "Toelichting",
        width=50,
        empty="",
    ),
)
"""In the order of page and spreadsheet."""
SHEET: tuple[Column, ...] = (CODE, NAME, MONTH, *FIELDS)
OF_THE_MONTH = tuple(column.name for column in FIELDS if column.is_count)
CARRIED = ("interval_days", "zone_km2", "warning_until")
"""The columns that rarely change: copied from the return before, to be checked."""


def as_json(values: Values) -> dict[str, Any]:
    """The values as JSON-ready data, for a row of an upload."""
    return {
        name: str(value) if isinstance(value, Decimal) else value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def from_json(kept: Values) -> dict[str, Any]:
    """The values from JSON-ready data."""
    return {column.name: column.read(kept[column.name]) for column in FIELDS}
