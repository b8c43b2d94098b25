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
from reporting.charts import Chart, Group
from reporting.comparison import Beside
from reporting.figures import Row
from reporting.figures.applications import monday_of
from reporting.figures.day_exemptions import CLASSES
from reporting.figures.lead_times import MEASURES, Measured
from reporting.report import Computed, Report

IN_TIME = frozenset({"R05", "R06", "R18", "R19", "R20"})
"""Figures whose rows are weeks or months: another period has other rows, so there is nothing to compare row by row."""
BAR = 100
"""The length of the longest bar in a table."""
FEW_WEEKS = 26
"""So many weeks are told apart by their Monday; more by the month."""
Address = Callable[[str, str], str]
"""Where the cases of a row are shown, from the figure's id and the row's key; empty where there is no such page."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its words, where they lead to, the length of a bar beside them, and what it was before.

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

    computed: Computed
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    whole: str
    charts: Sequence[Chart] = ()

    @property
    def has_many_columns(self) -> bool:
        """More than what, how many and how much of the whole: the heads may break, and the table may be wide."""
        return len(self.head) > 3


def nowhere(_figure: str, _key: str) -> str:
    """Where a row leads to for who may not see cases."""
    return ""


def sections(report: Report, beside: Beside, *, address: Address = nowhere) -> list[Section]:
    """Every figure, in order."""
    return [section(computed, beside, address=address) for computed in report.figures.values()]


def section(computed: Computed, beside: Beside, *, address: Address = nowhere) -> Section:
    """Its table, and its charts where it has them."""
    name = computed.figure.id
    if name == "R22":
        return measures(computed, beside, address=address)
    columns = compared_columns(computed, beside)
    head = [_("What"), _("Count"), *([_("Percent")] if computed.splits else []), *(title for title, _cell in columns)]
    if has_notes(computed):
        head.append(_("Note"))
    longest = max((row.number for row in computed.rows), default=0)
    rows = [
        [*cells(row, computed, longest=longest, href=address(name, row.key)), *(make(row) for _title, make in columns)]
        + ([Cell(row.remark, is_long=True)] if has_notes(computed) else [])
        for row in [*computed.rows, *only_elsewhere(computed, beside)]
    ]
    make = CHARTS.get(name)
    return Section(computed, head, rows, whole(computed), make(computed) if make and computed.rows else ())


def cells(row: Row, computed: Computed, *, longest: int, href: str) -> list[Cell]:
    """What, how many, and how much of the whole."""
    length = "" if computed.figure.id in IN_TIME or not longest else f"{row.number / longest * BAR:.1f}"
    counted = [Cell(row.label), Cell(written(row.count), href if row.count else "", length)]
    if computed.splits:
        counted.append(Cell(share(row)))
    return counted


# --- Compared -------------------------------------------------------------------------------------------


def compared_columns(computed: Computed, beside: Beside) -> list[tuple[str, Callable[[Row], Cell]]]:
    """The columns beside the count: the period before with the change since, and everything since the opening."""
    name, absent = computed.figure.id, computed.figure.absent
    if name in IN_TIME:
        return []
    columns: list[tuple[str, Callable[[Row], Cell]]] = []
    if beside.before:
        known = beside.previous.get(name, {})
        columns.append((_("Period before"), partial(count_of, known, absent)))
        columns.append((_("Difference"), partial(difference, known, absent)))
    if beside.opening:
        columns.append((_("Since the opening"), partial(count_of, beside.cumulative.get(name, {}), absent)))
    return columns


def count_of(known: Mapping[str, Row], absent: int | None, row: Row) -> Cell:
    """What another report has in this row."""
    return Cell(written(known[row.key].count if row.key in known else absent))


def difference(known: Mapping[str, Row], absent: int | None, row: Row) -> Cell:
    """How much more or less than in another report; a dash where one of the two is not known, or lacks a part."""
    was = known.get(row.key) or Row(row.key, row.label, absent)
    if row.count is None or was.count is None or row.partial or was.partial:
        return Cell("–")
    more = row.count - was.count
    return Cell(f"{'+' if more > 0 else '−' if more else ''}{written(abs(more))}")


def only_elsewhere(computed: Computed, beside: Beside) -> list[Row]:
    """Rows that only the period before or the time since the opening has."""
    name = computed.figure.id
    if name in IN_TIME:
        return []
    others = {**beside.previous.get(name, {}), **beside.cumulative.get(name, {})}
    here = {row.key for row in computed.rows}
    of = sum(row.number for row in computed.rows) if computed.figure.one_whole else None
    return [
        Row(key, row.label, computed.figure.absent, of, 0 if of else None)
        for key, row in others.items()
        if key not in here
    ]


# --- Lead times -----------------------------------------------------------------------------------------


def measures(computed: Computed, beside: Beside, *, address: Address) -> Section:
    """R22: a line for each kind, a column for each measure, each with what it was in the period before."""
    known = beside.previous.get("R22", {})
    lines: dict[str, dict[str, Cell]] = {}
    for row in computed.rows:
        if isinstance(row, Measured):
            href = address("R22", row.key) if row.count else ""
            was = written(known[row.key].count) if row.key in known else ""
            lines.setdefault(row.kind, {})[row.measure] = Cell(with_whole(row), href, before=was)
    head = [_("What"), *(capfirst(str(label)) for label in MEASURES.values())]
    rows = [[Cell(kind), *(line.get(measure, Cell("–")) for measure in MEASURES)] for kind, line in lines.items()]
    return Section(computed, head, rows, "")


def with_whole(row: Row) -> str:
    """A count, and where it is a part of something, of what, and how much of that."""
    if row.of is None or row.percent is None:
        return written(row.count)
    words = {"count": written(row.count), "whole": written(row.of), "share": share(row)}
    return _("%(count)s of %(whole)s (%(share)s)") % words


def share(row: Row) -> str:
    """Its part of the whole; what is not nothing is never written as 0%, nor what is not all as 100%."""
    if row.percent is None:
        return "–"
    if row.percent == 0 and row.count:
        return _("less than 1%")
    if row.percent == 100 and row.count != row.of:
        return _("more than 99%")
    return f"{row.percent}%"


# --- Words ----------------------------------------------------------------------------------------------


def whole(computed: Computed) -> str:
    """What the rows are parts of, written out; empty where they are bare counts, or parts of several wholes."""
    wholes = {row.of for row in computed.rows if row.of is not None}
    return written(wholes.pop()) if len(wholes) == 1 else ""


def has_notes(computed: Computed) -> bool:
    """Whether a row says more than its number, for instance that it was not handed in."""
    return any(row.remark for row in computed.rows)


def written(number: int | None) -> str:
    """A number with the thousands apart; a dash where there is none."""
    return "–" if number is None else number_format(number, force_grouping=True)


# --- Charts ---------------------------------------------------------------------------------------------


def weeks(computed: Computed) -> Chart:
    """R05 as bars, one a week."""
    name = day_name if len(computed.rows) <= FEW_WEEKS else short
    groups = [Group(name(monday_of(row.key)), [(row.number, words(row))]) for row in computed.rows]
    return charts.bars("weeks", computed.figure.title, groups, description=described(computed.rows))


def months(computed: Computed) -> Chart:
    """R06 as stacked bars, one a month."""
    by_month = groupby(computed.rows, key=lambda row: row.key.partition(":")[0])
    groups = [Group(month_name(month), [(row.number, words(row)) for row in rows]) for month, rows in by_month]
    return charts.bars(
        "months",
        computed.figure.title,
        groups,
        description=described(computed.rows),
        legend=list(CLASSES.values()),
    )


def monthly(computed: Computed, suffix: str = "", *, of: str = "") -> Chart:
    """A number a month, of the rows whose key is the month with a suffix."""
    rows = [row for row in computed.rows if row.key == f"{row.key[:7]}{suffix}"]
    groups = [Group(month_name(row.key[:7]), [(row.number, words(row))]) for row in rows]
    title = f"{computed.figure.title}: {of}" if of else computed.figure.title
    name = f"{computed.figure.id.lower()}{suffix.replace(':', '-')}"
    return charts.bars(name, title, groups, description=described(rows))


def visits(computed: Computed) -> list[Chart]:
    """R18: users and pages differ too much for one axis."""
    return [
        monthly(computed, ":visitors", of=_("active users")),
        monthly(computed, ":pages", of=_("pages visited")),
    ]


CHARTS: dict[str, Callable[[Computed], Sequence[Chart]]] = {
    "R05": lambda computed: [weeks(computed)],
    "R06": lambda computed: [months(computed)],
    "R18": visits,
    "R19": lambda computed: [monthly(computed)],
    "R20": lambda computed: [monthly(computed)],
}


def month_name(month: str) -> str:
    """A month as 2025-06 in few letters."""
    return short(date.fromisoformat(f"{month}-01"))


def day_name(day: date) -> str:
    """A day in few letters."""
    return date_format(day, "j b")


def short(day: date) -> str:
    """A month in few letters."""
    return date_format(day, "b Y")


def words(row: Row) -> str:
    """What a bar says."""
    return f"{row.label}: {written(row.count)}"


def described(rows: Sequence[Row]) -> str:
    """The chart in a sentence."""
    total = written(sum(row.number for row in rows))
    highest = words(max(rows, key=lambda row: row.number))
    return _("Together %(total)s. The highest bar is %(highest)s. All numbers stand in the table below.") % {
        "total": total,
        "highest": highest,
    }
