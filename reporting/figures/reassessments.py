"""Decisions taken again of our own accord: R13."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from exemptions.steps.revision import Cause
from renewals.models import Renewal, RenewalItem
from reporting.events import find_steps_taken
from reporting.figures.base import Figure, Public, Row, build_bare_rows
from reporting.period import Period
from reporting.selection import CUTS

BY_HAND = "by_hand"


def by_cause(period: Period) -> list[Row]:
    """R13: by what had changed, the earliest change first."""
    counts = counted_by_run(period)
    labels: dict[str, StrOrPromise] = {}
    totals: dict[str, int] = {}
    runs = Renewal.objects.for_list().filter(pk__in=[pk for pk in counts if pk])
    for run in sorted(runs, key=lambda run: (run.holds_from, run.pk)):
        key = cause_key(run)
        labels[key] = str(run)
        totals[key] = totals.get(key, 0) + counts[run.pk]
    if None in counts:
        labels[BY_HAND], totals[BY_HAND] = gettext_lazy("Decided again by hand, in no run"), counts[None]
    return build_bare_rows(labels, totals)


def counted_by_run(period: Period) -> dict[int | None, int]:
    """The number of decisions retaken because a rule changed, by run; None for those outside any run."""
    return dict(with_run(period).values_list("run").annotate(count=Count("pk")))


def find_by_cause(period: Period, key: str) -> "QuerySet[Any]":
    """The cases of a row of R13."""
    again = with_run(period)
    if key == BY_HAND:
        return again.filter(run=None)
    runs = Renewal.objects.for_list().filter(pk__in=[pk for pk in counted_by_run(period) if pk])
    return again.filter(run__in=[run.pk for run in runs if cause_key(run) == key])


def with_run(period: Period) -> "QuerySet[Any]":
    """The decisions taken again because a rule changed, each with its run."""
    again = find_steps_taken("revise", period=period).filter(detail__cause=Cause.RENEWAL)
    items = RenewalItem.objects.filter(
        new_decision__application=OuterRef("case_id"), new_decision__taken_at__lte=OuterRef("at")
    )
    last = items.order_by("-new_decision__taken_at").values("run")[:1]
    return again.annotate(run=Subquery(last))


def cause_key(run: Renewal) -> str:
    """What changed, as a key, such as thresholds:2025-07-17 or kind:NEV:2026-01-01."""
    if run.kind:
        return f"kind:{run.kind.code}:{run.holds_from}"
    return f"{'thresholds' if run.thresholds else 'access_rule'}:{run.holds_from}"


FIGURES = (
    Figure(
        id="R13",
        title=gettext_lazy("Decisions taken again because a rule changed"),
        counted_on=gettext_lazy("the day of the new decision"),
        scope=gettext_lazy("decisions on applications that were replaced of our own accord"),
        numerator=gettext_lazy(
            "new decisions after this change of the thresholds or of a kind. A decision that follows an objection "
            "or a judgment is not among them: that objection counts in R11"
        ),
        denominator=gettext_lazy("none"),
        compute=by_cause,
        public=Public(),
        cuts=CUTS,
        cases=find_by_cause,
    ),
)
