"""A report as its page shows it: each figure with its table, two of them with a chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from reporting import charts
from reporting.charts import Chart, Group
from reporting.figures import Row
from reporting.figures.days import CLASSES
from reporting.figures.lead_times import MEASURES, Measured
from reporting.figures.received import monday_of
from reporting.report import Computed, Report


@dataclass(frozen=True)
class Section:
    """A figure on the page."""

    computed: Computed
    head: Sequence[str]
    rows: Sequence[Sequence[StrOrPromise]]
    whole: str
    chart: Chart | None

    @property
    def has_many_columns(self) -> bool:
        """More than what, how many and how much of the whole: the heads may break, and the table may be wide."""
        return len(self.head) > 3


def sections(report: Report) -> list[Section]:
    """Every figure, in order."""
    return [section(computed) for computed in report.figures.values()]


def section(computed: Computed) -> Section:
    """Its table, and its chart where it has one."""
    head = [_("What"), _("Count")]
    if computed.splits:
        head.append(_("Percent"))
    if has_notes(computed):
        head.append(_("Note"))
    make = {"R05": weeks, "R06": months}.get(computed.figure.id)
    chart = make(computed) if make and computed.rows else None
    if computed.figure.id == "R22":
        return measures(computed)
    rows = [cells(row, splits=computed.splits, notes=has_notes(computed)) for row in computed.rows]
    return Section(computed, head, rows, whole(computed), chart)


def measures(computed: Computed) -> Section:
    """R22: a line for each kind, a column for each measure."""
    lines: dict[str, dict[str, str]] = {}
    for row in computed.rows:
        if isinstance(row, Measured):
            lines.setdefault(row.kind, {})[row.measure] = with_whole(row)
    head = [_("What"), *(capfirst(str(label)) for label in MEASURES.values())]
    rows = [[kind, *(line.get(measure, "–") for measure in MEASURES)] for kind, line in lines.items()]
    return Section(computed, head, rows, "", None)


def whole(computed: Computed) -> str:
    """What the rows are parts of, written out; empty where they are bare counts, or parts of several wholes."""
    wholes = {row.of for row in computed.rows if row.of is not None}
    return written(wholes.pop()) if len(wholes) == 1 else ""


def has_notes(computed: Computed) -> bool:
    """Whether a row says more than its number, for instance that it was not handed in."""
    return any(row.note for row in computed.rows)


def cells(row: Row, *, splits: bool, notes: bool) -> list[StrOrPromise]:
    """A row of the table, its numbers written out; a dash for what was not handed in."""
    counted: list[StrOrPromise] = [row.label, written(row.count)]
    if splits:
        counted.append("–" if row.percent is None else f"{row.percent}%")
    if notes:
        counted.append(row.note)
    return counted


def with_whole(row: Row) -> str:
    """A count, and where it is a part of something, of what, and how much of that."""
    if row.of is None or row.percent is None:
        return written(row.count)
    words = {"count": written(row.count), "whole": written(row.of), "percent": row.percent}
    return _("%(count)s of %(whole)s (%(percent)s%%)") % words


def written(number: int | None) -> str:
    """A number with the thousands apart; a dash where there is none."""
    return "–" if number is None else number_format(number, force_grouping=True)


def weeks(computed: Computed) -> Chart:
    """R05 as bars, one a week."""
    groups = [Group(short(monday_of(row.key)), [(row.number, words(row))]) for row in computed.rows]
    return charts.bars("weeks", computed.figure.title, groups, description=described(computed.rows))


def months(computed: Computed) -> Chart:
    """R06 as stacked bars, one a month."""
    by_month = groupby(computed.rows, key=lambda row: row.key.partition(":")[0])
    groups = [
        Group(short(date.fromisoformat(f"{month}-01")), [(row.number, words(row)) for row in rows])
        for month, rows in by_month
    ]
    return charts.bars(
        "months",
        computed.figure.title,
        groups,
        description=described(computed.rows),
        legend=list(CLASSES.values()),
    )


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
