"""How long decisions took, whether they came in time, and what being late cost: R22."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from casework.models import Event
from objections.steps.statuses import OBJECTION
from reporting import percentages
from reporting.figures.base import Figure, Row, kind_names, no_row
from reporting.lead_times import LeadTimes, cases, measure
from reporting.period import Period
from reporting.selection import CUTS

MEASURES: dict[str, StrOrPromise] = {
    "median": gettext_lazy("days until the decision, median"),
    "p90": gettext_lazy("days until the decision, nine in ten at most"),
    "in_time": gettext_lazy("decided within the legal term"),
    "suspended_days": gettext_lazy("days in which the term stood still"),
    "notices": gettext_lazy("notices of default"),
    "penalty_eur": gettext_lazy("penalties set, in euros"),
}


@dataclass(frozen=True)
class Measured(Row):
    """One measure of one kind; the page puts the measures of a kind on one line."""

    kind: str = ""
    measure: str = ""


def by_kind(period: Period) -> list[Row]:
    """R22: the kinds of exemption, then the objections."""
    found = measure(period=period)
    names = {**kind_names(period), OBJECTION: _("Objections")}
    return [row for key, name in names.items() if key in found for row in rows(key, name, found[key])]


def of_measure(period: Period, key: str) -> "QuerySet[Event]":
    """The cases of a row of R22."""
    name, _colon, measure = key.partition(":")
    return cases(period, name, measure)


def rows(key: str, name: str, times: LeadTimes) -> list[Measured]:
    """What was measured of one kind, a number a row; no days where nothing was decided."""
    share = percentages.whole([times.in_time, times.decided - times.in_time])[0]
    found: list[Measured] = []
    for what, label in MEASURES.items():
        count: int | None = getattr(times, what)
        of, percent = (times.decided, share) if what == "in_time" else (None, None)
        if count is not None:
            found.append(Measured(f"{key}:{what}", f"{name}: {label}", count, of, percent, kind=name, measure=what))
    return found


FIGURES = (
    Figure(
        id="R22",
        title=gettext_lazy("Lead times, and what being late cost"),
        counted_on=gettext_lazy(
            "the day of the decision; for a notice of default the day of receipt, for a penalty the day on which its "
            "amount was set"
        ),
        scope=gettext_lazy(
            "applications by kind, but for day exemptions, which are decided at once; and all objections together"
        ),
        numerator=gettext_lazy(
            "days from receipt to the decision, or from the day on which a case was taken up again: the median, and "
            "the number within which nine in ten were decided; decisions on or before the last day of the legal term "
            "as it stood at the decision; days in which that term stood still, together; notices of default, also "
            "those that came too early; penalties set by decision, in euros. A decision that replaces an earlier one "
            "has no term and is left out"
        ),
        denominator=gettext_lazy("decisions of the period on this kind, for those within the legal term; else none"),
        compute=by_kind,
        cuts=CUTS,
        cases=of_measure,
        adds_up=no_row,
    ),
)
