"""A report as its page shows it: each figure with its table, and charts where numbers follow each other in time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from reporting import charts
from reporting.charts import BarGroup, Chart
from reporting.comparison import Comparison
from reporting.figures import Row
from reporting.figures.applications import monday_of
from reporting.figures.base import Timeline
from reporting.report import ComputedFigure

BAR = 100
"""The length of the longest bar in a table."""
FEW_WEEKS = 26
"""Up to this many weeks are labelled by their Monday; more by the month."""
Address = Callable[[str, str], str]
"""Where the cases of a row are shown, from the figure's id and the row's key; empty if there is no such page."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its words, their link, the length of a bar next to them, and its earlier value.

    Long words take a column that is wide enough to be read, and more than one line.
    """

    words: StrOrPromise
    href: str = ""
    bar: str = ""
    before: str = ""
    is_long: bool = False


@dataclass(frozen=True)
class Section:
    """A figure on the page."""

    computed: ComputedFigure
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    whole: str
    charts: Sequence[Chart] = ()

    @property
    def has_many_columns(self) -> bool:
        """More than what, how many and how much of the whole: the heads may break, and the table may be wide."""
        return len(self.head) > 3


def link_nowhere(_figure: str, _key: str) -> str:
    """Where a row links to for those who may not see cases."""
    return ""


def make_section(computed: ComputedFigure, beside: Comparison, *, address: Address = link_nowhere) -> Section:
    """Its table, and its charts if it has any."""
    name = computed.figure.id
    if computed.figure.measures:
        return build_measures_section(computed, beside, address=address)
    columns = compared_columns(computed, beside)
    head = [_("What"), _("Count"), *([_("Percent")] if computed.splits else []), *(title for title, _cell in columns)]
    if has_notes(computed):
        head.append(_("Note"))
    longest = max((row.number for row in computed.rows), default=0)
    rows = [
        [
            *build_row_cells(row, computed, longest=longest, href=address(name, row.key)),
            *(make(row) for _title, make in columns),
        ]
        + ([Cell(row.remark, is_long=True)] if has_notes(computed) else [])
        for row in [*computed.rows, *find_missing_rows(computed, beside)]
    ]
    return Section(computed, head, rows, describe_whole(computed), charts_of(computed))


def build_row_cells(row: Row, computed: ComputedFigure, *, longest: int, href: str) -> list[Cell]:
    """What, how many, and how much of the whole."""
    length = "" if computed.figure.timeline or not longest else f"{row.number / longest * BAR:.1f}"
    counted = [Cell(row.label), Cell(format_number(row.count), href if row.count else "", length)]
    if computed.splits:
        counted.append(Cell(format_share(row)))
    return counted


# --- Compared -------------------------------------------------------------------------------------------


def compared_columns(computed: ComputedFigure, beside: Comparison) -> list[tuple[str, Callable[[Row], Cell]]]:
    """The columns next to the count: the period before with the change since, and everything since the opening."""
    name, absent = computed.figure.id, computed.figure.absent
    if computed.figure.timeline:
        return []
    columns: list[tuple[str, Callable[[Row], Cell]]] = []
    if beside.before:
        known = beside.previous.get(name, {})
        columns.append((_("Period before"), partial(count_of, known, absent)))
        columns.append((_("Difference"), partial(build_difference_cell, known, absent)))
    if beside.opening:
        columns.append((_("Since the opening"), partial(count_of, beside.cumulative.get(name, {}), absent)))
    return columns


def count_of(known: Mapping[str, Row], absent: int | None, row: Row) -> Cell:
    """What another report has in this row."""
    return Cell(format_number(known[row.key].count if row.key in known else absent))


def build_difference_cell(known: Mapping[str, Row], absent: int | None, row: Row) -> Cell:
    """How much more or less than in another report; a dash where one of the two is not known, or lacks a part."""
    was = known.get(row.key) or Row(row.key, row.label, absent)
    if row.count is None or was.count is None or row.partial or was.partial:
        return Cell("–")
    return Cell(format_change(row.count - was.count))


def format_change(change: int) -> str:
    """How many more or fewer, with its sign."""
    return f"{'+' if change > 0 else '−' if change else ''}{format_number(abs(change))}"


def find_missing_rows(computed: ComputedFigure, beside: Comparison) -> list[Row]:
    """Rows that only the period before or the time since the opening has."""
    name = computed.figure.id
    if computed.figure.timeline:
        return []
    others = {**beside.previous.get(name, {}), **beside.cumulative.get(name, {})}
    here = {row.key for row in computed.rows}
    of = sum(row.number for row in computed.rows) if computed.figure.one_whole else None
    return [
        Row(key, row.label, computed.figure.absent, of, 0 if of else None)
        for key, row in others.items()
        if key not in here
    ]


# --- Measures -------------------------------------------------------------------------------------------


def build_measures_section(computed: ComputedFigure, beside: Comparison, *, address: Address) -> Section:
    """A line for each thing, a column for each measure, each with what it was in the period before."""
    figure, lines = computed.figure, dict[str, dict[str, Cell]]()
    known = beside.previous.get(figure.id, {})
    for row in computed.rows:
        measure = row.key.rpartition(":")[2]
        thing = str(row.label).removesuffix(f": {figure.measures[measure].label}")
        href = address(figure.id, row.key) if row.count else ""
        was = format_number(known[row.key].count) if row.key in known else ""
        lines.setdefault(thing, {})[measure] = Cell(with_whole(row), href, before=was)
    head = [_("What"), *(capfirst(str(measure.label)) for measure in figure.measures.values())]
    rows = [
        [Cell(thing), *(line.get(measure, Cell("–")) for measure in figure.measures)] for thing, line in lines.items()
    ]
    return Section(computed, head, rows, "")


def with_whole(row: Row) -> str:
    """A count and, if it is part of something, of what and how large a part."""
    if row.of is None or row.percent is None:
        return format_number(row.count)
    words = {"count": format_number(row.count), "whole": format_number(row.of), "share": format_share(row)}
    return _("%(count)s of %(whole)s (%(share)s)") % words


def format_share(row: Row) -> str:
    """Its part of the whole."""
    if row.percent is None:
        return "–"
    limits = (_("less than 1%"), _("more than 99%"))
    return round_percent(row.percent, count=row.count, whole=row.of, limits=limits)


def round_percent(percent: int, *, count: int | None, whole: int | None, limits: tuple[str, str]) -> str:
    """87%. What is not nothing is never written as 0%, nor what is not all as 100%: `limits` are their words."""
    below, above = limits
    if percent == 0 and count:
        return below
    return above if percent == 100 and whole and count != whole else f"{percent}%"


# --- Words ----------------------------------------------------------------------------------------------


def describe_whole(computed: ComputedFigure) -> str:
    """What the rows are parts of, written out; empty if they are bare counts, or parts of several wholes."""
    wholes = {row.of for row in computed.rows if row.of is not None}
    return format_number(wholes.pop()) if len(wholes) == 1 else ""


def has_notes(computed: ComputedFigure) -> bool:
    """Whether a row says more than its number, for instance that it was not handed in."""
    return any(row.remark for row in computed.rows)


def format_number(number: int | None) -> str:
    """A number with the thousands apart; a dash where there is none."""
    return "–" if number is None else number_format(number, force_grouping=True)


# --- Charts ---------------------------------------------------------------------------------------------


def charts_of(computed: ComputedFigure) -> list[Chart]:
    """Bars over time: all series upon each other, or a chart for each, because they differ too much for one axis."""
    time = computed.figure.timeline
    if time is None or not computed.rows:
        return []
    if time.stacked or not time.series:
        return [draw_chart(computed, time, time.series or {"": ""})]
    return [draw_chart(computed, time, {name: label}) for name, label in time.series.items()]


def draw_chart(computed: ComputedFigure, time: Timeline, series: Mapping[str, StrOrPromise]) -> Chart:
    """The rows of some series, by what comes before the colon in their key."""
    figure, is_part = computed.figure, len(series) < len(time.series)
    rows = [row for row in computed.rows if row.key.partition(":")[2] in series]
    by_time = {when: list(found) for when, found in groupby(rows, key=lambda row: row.key.partition(":")[0])}
    name = month_name if time.unit == "month" else week_name if len(by_time) <= FEW_WEEKS else month_of_week
    return charts.draw_stacked_bars(
        "-".join([figure.id.lower(), *(series if is_part else ())]),
        f"{figure.title}: {', '.join(map(str, series.values()))}" if is_part else figure.title,
        [BarGroup(name(when), [(row.number, describe_bar(row)) for row in found]) for when, found in by_time.items()],
        description=describe_chart(rows),
        legend=list(series.values()) if time.stacked else (),
    )


def month_name(month: str) -> str:
    """A month as 2025-06 in few letters."""
    return date_format(date.fromisoformat(f"{month}-01"), "b Y")


def week_name(week: str) -> str:
    """The Monday of a week as 2025-W27, in few letters."""
    return date_format(monday_of(week), "j b")


def month_of_week(week: str) -> str:
    """The month of that Monday, in few letters."""
    return date_format(monday_of(week), "b Y")


def describe_bar(row: Row) -> str:
    """What a bar says."""
    return f"{row.label}: {format_number(row.count)}"


def describe_chart(rows: Sequence[Row]) -> str:
    """The chart in a sentence."""
    total = format_number(sum(row.number for row in rows))
    highest = describe_bar(max(rows, key=lambda row: row.number))
    return _("Together %(total)s. The highest bar is %(highest)s. All numbers stand in the table below.") % {
        "total": total,
        "highest": highest,
    }
