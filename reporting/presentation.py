"""A report as its page shows it: each figure with its table, and with charts if its rows follow each other in time."""

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
from reporting.figures.applications import parse_week
from reporting.figures.base import Timeline
from reporting.report import ComputedFigure

BAR = 100
"""The length of the longest bar in a table."""
FEW_WEEKS = 26
"""Up to this many weeks, bars are labelled with their Monday; beyond it, with the month."""
Address = Callable[[str, str], str]
"""From a figure's id and a row's key to the URL of the cases behind it; empty if there is no such page."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its words, their link, the length of a bar next to them, and the value in the period before.

    `is_long`: the words may need more than one line, in a column wide enough to read.
    """

    words: StrOrPromise
    href: str = ""
    bar: str = ""
    before: str = ""
    is_long: bool = False


@dataclass(frozen=True)
class Section:
    """A figure on the page. `whole`: the number of which its rows are parts."""

    computed: ComputedFigure
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    whole: str
    charts: Sequence[Chart] = ()

    @property
    def has_many_columns(self) -> bool:
        """Whether there is more than label, count and share: then the heads may wrap, and the table may be wide."""
        return len(self.head) > 3


def link_nowhere(_figure: str, _key: str) -> str:
    """An address for those who may not see cases: rows link nowhere."""
    return ""


def make_section(computed: ComputedFigure, beside: Comparison, *, address: Address = link_nowhere) -> Section:
    """A figure with its table, and its charts if it has any."""
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
    return Section(computed, head, rows, describe_whole(computed), build_charts(computed))


def build_row_cells(row: Row, computed: ComputedFigure, *, longest: int, href: str) -> list[Cell]:
    """The cells for label and count, and for the share if the figure has a whole."""
    length = "" if computed.figure.timeline or not longest else f"{row.number / longest * BAR:.1f}"
    counted = [Cell(row.label), Cell(format_number(row.count), href if row.count else "", length)]
    if computed.splits:
        counted.append(Cell(format_share(row)))
    return counted


# --- Compared -------------------------------------------------------------------------------------------


def compared_columns(computed: ComputedFigure, beside: Comparison) -> list[tuple[str, Callable[[Row], Cell]]]:
    """The columns next to the count: the period before, the change since then, and the total since the opening."""
    name, absent = computed.figure.id, computed.figure.absent
    if computed.figure.timeline:
        return []
    columns: list[tuple[str, Callable[[Row], Cell]]] = []
    if beside.before:
        known = beside.previous.get(name, {})
        columns.append((_("Period before"), partial(build_count_cell, known, absent)))
        columns.append((_("Difference"), partial(build_difference_cell, known, absent)))
    if beside.opening:
        columns.append((_("Since the opening"), partial(build_count_cell, beside.cumulative.get(name, {}), absent)))
    return columns


def build_count_cell(known: Mapping[str, Row], absent: int | None, row: Row) -> Cell:
    """The count of this row in another report."""
    return Cell(format_number(known[row.key].count if row.key in known else absent))


def build_difference_cell(known: Mapping[str, Row], absent: int | None, row: Row) -> Cell:
    """The change from another report; a dash if either count is unknown or partial."""
    was = known.get(row.key) or Row(row.key, row.label, absent)
    if row.count is None or was.count is None or row.partial or was.partial:
        return Cell("–")
    return Cell(format_change(row.count - was.count))


def format_change(change: int) -> str:
    """A change with its sign; zero has none."""
    return f"{'+' if change > 0 else '−' if change else ''}{format_number(abs(change))}"


def find_missing_rows(computed: ComputedFigure, beside: Comparison) -> list[Row]:
    """Rows that are missing here, but present in the period before or since the opening."""
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
    """A line per thing measured and a column per measure; each cell also has its value in the period before."""
    figure, lines = computed.figure, dict[str, dict[str, Cell]]()
    known = beside.previous.get(figure.id, {})
    for row in computed.rows:
        measure = row.key.rpartition(":")[2]
        thing = str(row.label).removesuffix(f": {figure.measures[measure].label}")
        href = address(figure.id, row.key) if row.count else ""
        was = format_number(known[row.key].count) if row.key in known else ""
        lines.setdefault(thing, {})[measure] = Cell(format_with_whole(row), href, before=was)
    head = [_("What"), *(capfirst(str(measure.label)) for measure in figure.measures.values())]
    rows = [
        [Cell(thing), *(line.get(measure, Cell("–")) for measure in figure.measures)] for thing, line in lines.items()
    ]
    return Section(computed, head, rows, "")


def format_with_whole(row: Row) -> str:
    """A count and, if it is a part, the whole and the share."""
    if row.of is None or row.percent is None:
        return format_number(row.count)
    words = {"count": format_number(row.count), "whole": format_number(row.of), "share": format_share(row)}
    return _("%(count)s of %(whole)s (%(share)s)") % words


def format_share(row: Row) -> str:
    """A row's share of the whole; a dash if it has none."""
    if row.percent is None:
        return "–"
    limits = (_("less than 1%"), _("more than 99%"))
    return round_percent(row.percent, count=row.count, whole=row.of, limits=limits)


def round_percent(percent: int, *, count: int | None, whole: int | None, limits: tuple[str, str]) -> str:
    """A share such as 87%. More than none never reads 0%, less than all never 100%: `limits` has words for those."""
    below, above = limits
    if percent == 0 and count:
        return below
    return above if percent == 100 and whole and count != whole else f"{percent}%"


# --- Words ----------------------------------------------------------------------------------------------


def describe_whole(computed: ComputedFigure) -> str:
    """The number of which the rows are parts; empty for bare counts, and for rows with different wholes."""
    wholes = {row.of for row in computed.rows if row.of is not None}
    return format_number(wholes.pop()) if len(wholes) == 1 else ""


def has_notes(computed: ComputedFigure) -> bool:
    """Whether any row has a caveat, for instance that it was not handed in."""
    return any(row.remark for row in computed.rows)


def format_number(number: int | None) -> str:
    """A number with thousands separators; a dash for None."""
    return "–" if number is None else number_format(number, force_grouping=True)


# --- Charts ---------------------------------------------------------------------------------------------


def build_charts(computed: ComputedFigure) -> list[Chart]:
    """Bar charts over time: all series stacked, or one chart each where they differ too much to share an axis."""
    time = computed.figure.timeline
    if time is None or not computed.rows:
        return []
    if time.stacked or not time.series:
        return [draw_chart(computed, time, time.series or {"": ""})]
    return [draw_chart(computed, time, {name: label}) for name, label in time.series.items()]


def draw_chart(computed: ComputedFigure, time: Timeline, series: Mapping[str, StrOrPromise]) -> Chart:
    """A chart of some series, grouped by the week or month before the colon in a row's key."""
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
    """A month such as 2025-06, abbreviated."""
    return date_format(date.fromisoformat(f"{month}-01"), "b Y")


def week_name(week: str) -> str:
    """The Monday of a week such as 2025-W27, abbreviated."""
    return date_format(parse_week(week), "j b")


def month_of_week(week: str) -> str:
    """The month of a week's Monday, abbreviated."""
    return date_format(parse_week(week), "b Y")


def describe_bar(row: Row) -> str:
    """The label and count of a bar, in words."""
    return f"{row.label}: {format_number(row.count)}"


def describe_chart(rows: Sequence[Row]) -> str:
    """The chart in a sentence."""
    total = format_number(sum(row.number for row in rows))
    highest = describe_bar(max(rows, key=lambda row: row.number))
    return _("Together %(total)s. The highest bar is %(highest)s. All numbers stand in the table below.") % {
        "total": total,
        "highest": highest,
    }
