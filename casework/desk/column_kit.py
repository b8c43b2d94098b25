"""What columns of the desk's lists are made of: one definition serves the page, its order and the file."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from casework.desk.labels import days_left, rate_urgency
from casework.formats import format_euros


@dataclass(frozen=True, eq=False, repr=False)  # Django writes it into an error of each cell, and catches that
class Column:
    """What a list says of a row. It stands in `list_display` itself, which takes anything that can be called.

    `value` is what a file holds: a number, a day, words. `cell` is how the page shows it, where that differs;
    `ordering` what the list can be sorted by, `indexed` if that is quick among a million rows too. A column of one of
    the two alone says so; one of a file alone can be chosen for the page. `instead_of`: the column whose place it takes
    on some lists.
    """

    name: str
    title: StrOrPromise
    value: Callable[[Any], object]
    _: KW_ONLY
    cell: Callable[[Any], object] | None = None
    ordering: str = ""
    indexed: bool = False
    instead_of: str = ""
    title_in_file: StrOrPromise = ""
    on_page: bool = True
    in_file: bool = True

    def __call__(self, row: Any) -> object:
        """What the page shows: a day in short, and a sign where there is nothing."""
        shown = (self.cell or self.value)(row)
        return format_day(shown) if isinstance(shown, date) else None if shown == "" else shown

    @property
    def __name__(self) -> str:
        """The class of its cells."""
        return self.name

    @property
    def key(self) -> str:
        """How somebody's choice of columns names it, on whatever list."""
        return self.instead_of or self.name

    @property
    def short_description(self) -> StrOrPromise:
        """Its heading on the page, by the name that Django reads."""
        return self.title

    @property
    def admin_order_field(self) -> str | None:
        """What sorts it, by the name that Django reads."""
        return self.ordering or None

    @property
    def heading(self) -> str:
        """Its heading in a file."""
        return str(self.title_in_file or self.title)


# --- Cells ------------------------------------------------------------------------------------------------


def join_parts(*parts: object) -> SafeString:
    """Parts beside each other, without the empty ones."""
    return format_html_join(" ", "{}", ((part,) for part in parts if part))


def keep_together(words: object) -> SafeString | str:
    """Words that stay on one line."""
    return format_html('<span class="desk-nowrap">{}</span>', words) if words else ""


def format_day(value: date | None) -> SafeString | str:
    """A day that is read as one."""
    return keep_together(date_format(value, "j N Y")) if value else ""


def format_moment(value: datetime) -> SafeString | str:
    """A day with its time."""
    return keep_together(date_format(timezone.localtime(value), "j N Y, H:i"))


def make_badge(words: object, tone: str = "") -> SafeString | str:
    """Words that stand out; `tone` is late, soon or good."""
    if not words:
        return ""
    return format_html('<span class="desk-left{}">{}</span>', f" desk-left--{tone}" if tone else "", words)


def due_cell(value: date | None, penalty: int | None = None) -> SafeString:
    """A last day with how long there is, and what being late has come to in whole euros."""
    money = "" if penalty is None else format_euros(penalty)
    return join_parts(
        format_day(value) or "–", make_badge(days_left(value), rate_urgency(value)), make_badge(money, "late")
    )


EFFECT_UNTIL = Column(
    "effect_until",
    gettext_lazy("To post until"),
    lambda row: getattr(row, "effect_until", None),
    cell=lambda row: due_cell(getattr(row, "effect_until", None)),
    ordering="effect_until",
    instead_of="decide_by",
)
"""Of the lists of what is to be posted: after that day a letter comes too late. Stands for the last day to decide."""


ANSWER_BY = Column(
    "answer_by",
    gettext_lazy("Answer by"),
    lambda row: getattr(row, "answer_by", None),
    cell=lambda row: due_cell(getattr(row, "answer_by", None)),
    ordering="answer_by",
    instead_of="decide_by",
)
"""Of the lists of what waits for an answer. Stands for the last day to decide."""


def departure_cell(at: datetime | None) -> SafeString | str:
    """When a step that waits goes out."""
    if at is None:
        return ""
    return make_badge(_("goes out at %(time)s") % {"time": date_format(timezone.localtime(at), "H:i")}, "soon")
