"""The columns that senders fill in, and the differences between two deliveries."""

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
    """One value that a sender fills in."""

    name: str
    label: StrOrPromise
    help: StrOrPromise
    read: Reader
    header: str = ""
    """The heading in a spreadsheet."""
    width: int = 16
    is_count: bool = False
    longest: int = 0
    """The maximum number of characters of a one-line text; 0 for anything else."""
    empty: Any = None
    """The value if nothing was filled in."""


def count_column(name: str, label: StrOrPromise, header: str = "") -> Column:
    """A column with a count over the month."""
    return Column(name, label, COUNT_HELP, readers.read_whole_number, header, is_count=True)


Values = Mapping[str, Any]
"""The values of a delivery, by column name."""


def format_value(value: object) -> str:
    """A value as people read it; None reads as 'not handed in'."""
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
    """A value that differs between two deliveries."""

    label: StrOrPromise
    old: str
    new: str


def find_differences(old: Values, new: Values, columns: Sequence[Column]) -> Iterator[Difference]:
    """The old and new value of each column that differs."""
    for column in columns:
        if old[column.name] != new[column.name]:
            yield Difference(column.label, format_value(old[column.name]), format_value(new[column.name]))
