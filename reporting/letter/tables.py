"""The charts and tables that a text of the letter can place: `[figuur R05]`, `[tabel R10]`, `[tabel gemeenten]`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import override

from reporting import presentation
from reporting.figures import FIGURES
from reporting.figures.base import Timeline
from reporting.letter import wording
from reporting.letter.blocks import Block, Figure, Table
from reporting.letter.facts import GONE
from reporting.letter.numbers import restore_figure
from reporting.letter.wording import DUTCH

Data = Mapping[str, Any]
CHARTS = [name for name, figure in FIGURES.items() if figure.timeline and figure.timeline.caption]
"""Figures whose chart a text can place; a chart's number is its position here."""
UNITS = {"week": "Week", "month": "Maand"}
PLACE = re.compile(r"^GM\d{4}$")
ABSENT = "n.a."
ABSENT_IS = "n.a. = niet aangeleverd. Dat is iets anders dan nul."
PARTLY = {"R14": "waarschuwingsbrieven", "R15": "beboetbare overtredingen", "R16": "passages"}
NAMES = ("gemeenten", "definities")


@dataclass
class Maker:
    """Makes charts and tables from the numbers of a letter. A chart has the same number wherever it is placed."""

    numbers: Data
    used: Iterable[str] = ()

    def __call__(self, what: str, name: str) -> Block | None:
        """A block; None if the figure does not exist or has no rows. Raises LookupError for an unknown name."""
        if not can_be_placed(what, name):
            raise LookupError(name)
        if what == "figuur":
            return self.chart(name)
        if name == "gemeenten":
            return build_municipalities_table(self.numbers)
        if name == "definities":
            return build_definitions_table(self.numbers, self.used)
        return self.table(name)

    def chart(self, name: str) -> Figure | None:
        """A chart over everything since the opening, with its table."""
        figure = self.numbers["cumulative"]["figures"].get(name)
        time = FIGURES[name].timeline
        if not figure or time is None or not any(row["count"] for row in figure["rows"]):
            return None
        with override(DUTCH):
            (chart,) = presentation.build_charts(restore_figure(name, figure))
            cells = chart_rows(time, figure["rows"])
        number = f"Figuur {CHARTS.index(name) + 1}"
        opened = wording.format_day(_parse_day(self.numbers["cumulative"]["from"]))
        table = Table(f"{name}-table", f"De aantallen van {number.lower()}", *cells)
        sentence = chart.description.replace("in de tabel hieronder", "in de tabel")
        return Figure(name, f"{number}: {time.caption.format(first=opened)}", chart, sentence, table)

    def table(self, name: str) -> Table | None:
        """The rows of a figure since the opening."""
        figure = self.numbers["cumulative"]["figures"].get(name)
        if not figure or not figure["rows"]:
            return None
        return measures_table(name, figure) if FIGURES[name].measures else plain_table(name, figure)


def can_be_placed(what: str, name: str) -> bool:
    """Whether a text may place a chart ('figuur') or table ('tabel') of this name."""
    return name in CHARTS if what == "figuur" else name in (*FIGURES, *NAMES)


def chart_rows(time: Timeline, rows: list[Data]) -> tuple[list[str], list[list[str]], frozenset[int]]:
    """Head, cells and numeric columns of a chart's table, with one column per series."""
    first = UNITS[time.unit]
    if not time.series:
        return [first, "Aantal"], [[row["label"], wording.format_number(row["count"])] for row in rows], frozenset({1})
    months: dict[str, dict[str, int]] = {}
    for row in rows:
        month, _colon, series = row["key"].partition(":")
        months.setdefault(month, {})[series] = row["count"]
    cells = [
        [
            wording.format_month(_parse_day(f"{month}-01")),
            *(wording.format_number(counts.get(one, 0)) for one in time.series),
        ]
        for month, counts in months.items()
    ]
    return [first, *map(str, time.series.values())], cells, frozenset(range(1, len(time.series) + 1))


def plain_table(name: str, figure: Data) -> Table:
    """A table of label, count and, if the rows are parts, share."""
    splits = any(row["percent"] is not None for row in figure["rows"])
    head = ["Wat", "Aantal", *(["Aandeel"] if splits else [])]
    rows = [
        [row["label"], format_short_number(row["count"]), *([format_share(row)] if splits else [])]
        for row in figure["rows"]
    ]
    return Table(name, figure["title"], head, rows, frozenset({1, 2} if splits else {1}), (4, 1, 1)[: len(head)])


def measures_table(name: str, figure: Data) -> Table:
    """A table with a row per thing measured and a column per measure."""
    there = {row["key"].rpartition(":")[2] for row in figure["rows"]}  # an older letter froze fewer measures
    measures = {key: one for key, one in FIGURES[name].measures.items() if one.head and key in there}
    things: dict[str, dict[str, Data]] = {}
    for row in figure["rows"]:
        thing, _colon, measure = row["key"].rpartition(":")
        things.setdefault(thing, {})[measure] = row
    rows = []
    for measured in things.values():
        words = next(iter(measured.values()))["label"].rpartition(": ")[0]
        rows.append([words, *(format_cell(measured.get(measure)) for measure in measures)])
    head = ["Soort", *(measure.head for measure in measures.values())]
    widths = (32, *(measure.width for measure in measures.values()))
    return Table(name, figure["title"], head, rows, frozenset(range(1, len(head))), widths)


def format_cell(row: Data | None) -> str:
    """A count, with its share if it is a part; a dash without a row."""
    if row is None:
        return "–"
    if row["of"] is None:
        return format_short_number(row["count"])
    return f"{format_short_number(row['count'])} ({format_share(row)})"


def build_municipalities_table(numbers: Data) -> Table | None:
    """The annex with what each municipality handed in over the period, and what one should know to compare it.

    None if no municipality has a zone.
    """
    figures = numbers["current"]["figures"]
    there = [name for name in ("R14", "R15", "R16") if name in figures]
    by_key = {name: {row["key"]: row for row in figures[name]["rows"]} for name in there}
    places = numbers["facts"]["municipalities"]
    codes = sorted(
        {code for rows in by_key.values() for code in rows if PLACE.match(code)} | set(places),
        key=lambda code: name_of(code, places, by_key),
    )
    if not codes:
        return None
    notes, rows = [], []
    for code in codes:
        name = name_of(code, places, by_key)
        if words := "; ".join(list_remarks(code, places, by_key)):
            notes.append(f"{name}: {words}.")
            name = f"{name} ({len(notes)})"
        rows.append([name, *build_municipality_cells(code, by_key)])
    notes = [f"({number}) {words}" for number, words in enumerate(notes, start=1)]
    head = ["Gemeente", "Waarschuwingsbrieven", "Beboetbare overtredingen"]
    head += ["waarvan bestelauto’s", "waarvan vrachtauto’s", "Passages (ANPR)", "Voldoet"]
    caption = f"Aangeleverd door de gemeenten over {_format_period(numbers)}"
    return Table(
        "gemeenten", caption, head, rows, frozenset(range(1, 7)), (23, 17, 17, 13, 14, 13, 11), [ABSENT_IS, *notes]
    )


def list_remarks(code: str, places: Data, by_key: Mapping[str, Mapping[str, Data]]) -> Iterator[str]:
    """What one should know about a municipality: its own words, and the figures for which months are missing."""
    words = str(places.get(code, {}).get("note", ""))
    if words:
        yield words
    partly = {what: row["note"] for what, row in rows_of(code, by_key) if row["note"] and row["count"] is not None}
    if GONE in words and len(partly) == len(PARTLY) and len(set(partly.values())) == 1:
        return  # the missing months are already named in the words
    for what, note in partly.items():
        yield f"{what}: {note}"


def rows_of(code: str, by_key: Mapping[str, Mapping[str, Data]]) -> Iterator[tuple[str, Data]]:
    """The rows of a municipality, each with the Dutch word for what it counts."""
    for figure, what in PARTLY.items():
        if row := by_key.get(figure, {}).get(code):
            yield what, row


def build_municipality_cells(code: str, by_key: Mapping[str, Mapping[str, Data]]) -> list[str]:
    """The cells of one municipality."""

    def found(figure: str, key: str) -> Data:
        return by_key.get(figure, {}).get(key) or {"count": None, "of": None, "percent": None}

    passages = found("R16", code)
    share_of = ABSENT if passages["percent"] is None else format_share(passages)
    return [
        format_short_number(found("R14", code)["count"]),
        format_short_number(found("R15", code)["count"]),
        format_short_number(found("R15", f"{code}:van")["count"]),
        format_short_number(found("R15", f"{code}:truck")["count"]),
        format_short_number(passages["of"]),
        share_of,
    ]


def name_of(code: str, places: Data, by_key: Mapping[str, Mapping[str, Data]]) -> str:
    """The name of a municipality; that in its row if it has no zone (any more)."""
    if code in places:
        return str(places[code]["name"])
    return next((str(rows[code]["label"]) for rows in by_key.values() if code in rows), code)


def build_definitions_table(numbers: Data, used: Iterable[str]) -> Table:
    """How each figure in this letter was counted."""
    figures = numbers["cumulative"]["figures"]
    rows = [
        [f"{name} {one['title']}", one["numerator"], one["denominator"], one["counted_on"]]
        for name, one in sorted(figures.items())
        if name in used
    ]
    head = ["Cijfer", "Wat is geteld", "Als deel van", "Geteld op"]
    return Table("definities", "Hoe de cijfers in deze brief zijn geteld", head, rows, frozenset(), (25, 36, 22, 24))


def format_short_number(count: int | None) -> str:
    """A number for a cell."""
    return ABSENT if count is None else wording.format_number(count)


def format_share(row: Data) -> str:
    """A share for a cell."""
    if row["percent"] is None:
        return "–"
    limits = ("< 1%", "> 99%")
    return presentation.round_percent(row["percent"], count=row["count"], whole=row["of"], limits=limits)


def _parse_day(text: str) -> date:
    return date.fromisoformat(text)


def _format_period(numbers: Data) -> str:
    current = numbers["current"]
    return wording.format_period(_parse_day(current["from"]), _parse_day(current["to"]))
