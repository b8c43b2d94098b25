"""How long decisions took, whether they came in time, and what being late cost: R22."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import Event
from objections.steps.statuses import OBJECTION
from reporting import percentages
from reporting.figures.base import Figure, LetterNames, Measure, Public, Row, kind_names, no_row
from reporting.figures.disclosure import SMALLEST
from reporting.lead_times import LeadTimes, find_measured_events, measure_period
from reporting.period import Period
from reporting.selection import CUTS

MEASURES = {
    "decided": Measure(gettext_lazy("decisions made known"), "", 0),
    "median": Measure(gettext_lazy("days until the decision, median"), "Mediaan (dagen)", 13),
    "p90": Measure(gettext_lazy("days until the decision, nine in ten at most"), "9 van de 10 (dagen)", 15),
    "in_time": Measure(gettext_lazy("decided within the legal term"), "Binnen de termijn", 18),
    "overdue": Measure(gettext_lazy("still open on the last day, with the legal term over"), "Te laat en open", 13),
    "suspended_days": Measure(gettext_lazy("days in which the term stood still"), "Dagen opgeschort", 15),
    "notices": Measure(gettext_lazy("notices of default"), "Ingebrekestellingen", 16),
    "penalty_eur": Measure(gettext_lazy("penalties set, in euros"), "Dwangsom (euro)", 17),
}
OF_ONE_DECISION = ("median", "p90")
"""With few decisions, these are the days of a single decision rather than a statistic."""


def by_kind(period: Period) -> list[Row]:
    """R22: the kinds of exemption, then the objections."""
    found = measure_period(period=period)
    names = {**kind_names(period), OBJECTION: _("Objections")}
    return [row for key, name in names.items() if key in found for row in build_measured_rows(key, name, found[key])]


def of_measure(period: Period, key: str) -> "QuerySet[Event]":
    """The cases of a row of R22."""
    name, _colon, measure = key.partition(":")
    return find_measured_events(period, name, measure)


def build_measured_rows(key: str, name: str, times: LeadTimes) -> list[Row]:
    """One row per measure of one kind; no row for the days where nothing was decided."""
    due = times.decided + times.overdue
    share = percentages.divide_whole([times.in_time, due - times.in_time])[0]
    found: list[Row] = []
    for what, one in MEASURES.items():
        count: int | None = getattr(times, what)
        of, percent = (due, share) if what == "in_time" else (None, None)
        if count is not None:
            found.append(Row(f"{key}:{what}", f"{name}: {one.label}", count, of, percent))
    return found


def of_few_decisions(rows: Sequence[Row]) -> frozenset[str]:
    """The keys of rows whose lead time could be that of a single decision, because few were taken."""
    decided = {row.key: row.count or 0 for row in rows}
    keys = (row.key.rpartition(":") for row in rows)
    return frozenset(
        f"{kind}:{what}"
        for kind, _colon, what in keys
        if what in OF_ONE_DECISION and decided.get(f"{kind}:decided", 0) < SMALLEST
    )


FIGURES = (
    Figure(
        id="R22",
        title=gettext_lazy("Lead times, and what being late cost"),
        counted_on=gettext_lazy(
            "the day on which the decision was made known, in the portal or by posting its letter; for a notice of "
            "default the day of receipt, for a penalty the day on which its amount was set"
        ),
        scope=gettext_lazy(
            "applications by kind, but for day exemptions, which are decided at once; and all objections together"
        ),
        numerator=gettext_lazy(
            "days from receipt until the decision was made known, or from the day on which a case was taken up again:"
            " the median, and the number within which nine in ten were decided; decisions made known on or before the"
            " last day of the legal term as it stood at the decision; cases whose legal term had ended by the last day"
            " of the period and of which no decision was known on that day; days in which that term stood still,"
            " together; notices of default, also those that came too early; penalties set by decision, in euros. A"
            " decision that replaces an earlier one has no term and is left out"
        ),
        denominator=gettext_lazy(
            "for those within the legal term: decisions of the period on this kind, and the late ones that are still "
            "open; else none"
        ),
        compute=by_kind,
        public=Public(single_cases=of_few_decisions),
        cuts=CUTS,
        cases=of_measure,
        adds_up=no_row,
        measures=MEASURES,
        letter=LetterNames(sums=("decided", "in_time", "overdue", "suspended_days", "notices", "penalty_eur")),
    ),
)
