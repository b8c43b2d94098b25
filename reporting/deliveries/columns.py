"""What is asked of whoever hands in, and what one delivery says differently from another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from reporting.deliveries import readers
from reporting.deliveries.readers import Reader

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
    longest: int = 0
    """The most characters that words on one line may have."""
    empty: Any = None
    """What it says where nothing was filled in."""


def count_column(name: str, label: StrOrPromise, header: str = "") -> Column:
    """A number of the month."""
    return Column(name, label, COUNT_HELP, readers.read_whole_number, header, is_count=True)


Values = Mapping[str, Any]
"""What a delivery says, by the names of its columns."""


def format_value(value: object) -> str:
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


def find_differences(old: Values, new: Values, columns: Sequence[Column]) -> Iterator[Difference]:
    """Old and new values, of what differs."""
    for column in columns:
        if old[column.name] != new[column.name]:
            yield Difference(column.label, format_value(old[column.name]), format_value(new[column.name]))
