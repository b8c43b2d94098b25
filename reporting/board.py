"""The statistics board: parts that are computed one at a time, with a headline number for each figure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise

from reporting.comparison import Comparison
from reporting.figures import (
    FIGURES,
    Figure,
    Row,
    applications,
    complaints,
    conversions,
    day_exemptions,
    decisions,
    lead_times,
    municipal,
    objections,
    reassessments,
    satisfaction,
    site,
)
from reporting.presentation import Address, Section, format_change, format_number, make_section
from reporting.report import Report

PARAMETER = "part"
"""The query parameter that names a part. A URL with a period but no part shows the whole report on one page."""
FEW_ROWS = 6
"""A table with more rows than this is collapsed on the board."""


@dataclass(frozen=True)
class Part:
    """Figures that are read together. `name` identifies the part in the URL."""

    name: str
    title: StrOrPromise
    figures: Sequence[Figure]

    @property
    def by_id(self) -> Mapping[str, Figure]:
        """The part's figures by id, in report order."""
        return {name: figure for name, figure in FIGURES.items() if figure in self.figures}


SUBJECTS = (
    Part("aanvragen", _("Applications"), (*applications.FIGURES, *conversions.FIGURES)),
    Part(
        "besluiten",
        _("Decisions"),
        (*decisions.FIGURES, *lead_times.FIGURES, *reassessments.FIGURES, *satisfaction.FIGURES),
    ),
    Part("dagontheffingen", _("Day exemptions"), day_exemptions.FIGURES),
    Part("bezwaren", _("Objections and complaints"), (*objections.FIGURES, *complaints.FIGURES)),
    Part("gemeenten", _("Municipalities"), municipal.FIGURES),
    Part("site", _("Information site"), site.FIGURES),
)
FIRST_LOOK = ("R01", "R02", "R05", "R06", "R10", "R14", "R20")
OVERVIEW = Part("overzicht", _("Overview"), [FIGURES[name] for name in FIRST_LOOK])
EVERYTHING = Part("alles", pgettext_lazy("figures", "All on one page"), list(FIGURES.values()))
PARTS = (OVERVIEW, *SUBJECTS, EVERYTHING)


def find_part(name: str) -> Part | None:
    """The part with this name in the URL; None if there is none."""
    return next((part for part in PARTS if part.name == name), None)


def subject_of(figure: Figure) -> Part:
    """The part that shows a figure."""
    return next(part for part in SUBJECTS if figure in part.figures)


@dataclass(frozen=True)
class Card:
    """A figure on the board. `count`: its total; `change`: the change since the period before. Either may be empty."""

    section: Section
    count: str
    change: str

    @property
    def subject(self) -> Part:
        """The part that shows the whole figure."""
        return subject_of(self.section.computed.figure)

    @property
    def is_long(self) -> bool:
        """Whether its table is collapsed."""
        return bool(self.section.charts) or len(self.section.rows) > FEW_ROWS

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width of the board."""
        return len(self.section.head) > FEW_ROWS or any(cell.is_long for row in self.section.rows for cell in row)


def make_cards(report: Report, beside: Comparison, *, address: Address) -> list[Card]:
    """One card per figure of the report, in order."""
    return [
        make_card(make_section(computed, beside, address=address), beside.previous.get(computed.figure.id))
        for computed in report.figures.values()
    ]


def put_charts_last(cards: Iterable[Card]) -> list[Card]:
    """Moves cards with a chart to the end, so that cards of equal height share a row; otherwise keeps their order."""
    return sorted(cards, key=lambda card: bool(card.section.charts))


def make_card(section: Section, previous: Mapping[str, Row] | None) -> Card:
    """A figure's card: its section, its total, and the change since the period before."""
    figure, rows = section.computed.figure, section.computed.rows
    count, before = add_up(figure, rows), None if previous is None else add_up(figure, previous.values())
    change = None if count is None or before is None else count - before
    return Card(section, "" if count is None else format_number(count), "" if change is None else format_change(change))


def add_up(figure: Figure, rows: Iterable[Row]) -> int | None:
    """A figure's total; None if a sum means nothing, or if one of its rows is unknown or partial."""
    parts = [row for row in rows if figure.adds_up(row.key)]
    if not figure.has_sum or any(row.count is None or row.partial for row in parts):
        return None
    return sum(row.number for row in parts) if parts else figure.absent
