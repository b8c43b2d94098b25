"""Objections and appeals: R10, R11 and R12."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from casework.models import Event
from objections.models import Appeal, AppealStatus, ObjectionStatus
from reporting.events import KIND, find_received_objections, status_then, was_taken_to_court, went_to_court
from reporting.figures.base import (
    OF_KINDS,
    Figure,
    LetterNames,
    Public,
    Row,
    build_bare_rows,
    build_shares,
    kind_names,
    whole_row,
)
from reporting.period import Period
from reporting.selection import CUTS

UPHELD, OPEN_OR_DECIDED, WITHDRAWN, APPEALED = "upheld", "open_or_decided", "withdrawn", "appealed"
STATES = {
    UPHELD: gettext_lazy("Upheld, wholly or in part"),
    OPEN_OR_DECIDED: gettext_lazy("Still being handled, or decided otherwise"),
    WITHDRAWN: gettext_lazy("Withdrawn by the objector"),
    APPEALED: gettext_lazy("Went on to a court"),
}
CLASSES = {
    ObjectionStatus.UPHELD: UPHELD,
    ObjectionStatus.UPHELD_IN_PART: UPHELD,
    ObjectionStatus.WITHDRAWN: WITHDRAWN,
}
"""Any other status counts as OPEN_OR_DECIDED; an objection that went to court counts as APPEALED instead."""

RESULTS = {
    AppealStatus.INADMISSIBLE.value: gettext_lazy("Inadmissible"),
    AppealStatus.WITHDRAWN.value: gettext_lazy("Withdrawn"),
    AppealStatus.UNFOUNDED.value: gettext_lazy("Unfounded"),
    AppealStatus.UPHELD.value: gettext_lazy("Upheld"),
    AppealStatus.SETTLED.value: gettext_lazy("Settled"),
    AppealStatus.PENDING.value: gettext_lazy("Still before the court"),
}
HIGHER = "higher:"
HIGHER_RESULTS: dict[str, StrOrPromise] = {
    AppealStatus.INADMISSIBLE.value: gettext_lazy("Higher appeal: inadmissible"),
    AppealStatus.WITHDRAWN.value: gettext_lazy("Higher appeal: withdrawn"),
    AppealStatus.UNFOUNDED.value: gettext_lazy("Higher appeal: unfounded"),
    AppealStatus.UPHELD.value: gettext_lazy("Higher appeal: upheld"),
    AppealStatus.SETTLED.value: gettext_lazy("Higher appeal: settled"),
    AppealStatus.PENDING.value: gettext_lazy("Higher appeal: still before the court"),
}


def by_kind(period: Period) -> list[Row]:
    """R10: objections received by kind, for kinds with any."""
    found = dict(find_received_objections(period=period).values_list(KIND).annotate(count=Count("pk")))
    return build_shares({code: name for code, name in kind_names(period).items() if code in found}, found)


def against_kind(period: Period, code: str) -> "QuerySet[Event]":
    """The objections of a row of R10."""
    return find_received_objections(period=period).filter(**{KIND: code})


def by_state(period: Period) -> list[Row]:
    """R11: objections received by state, each under the first state that fits."""
    totals: Counter[str] = Counter()
    for court, status, count in with_state(period).values_list("court", "status").annotate(count=Count("pk")):
        totals[APPEALED if court else CLASSES.get(status, OPEN_OR_DECIDED)] += count
    return build_shares(STATES, totals)


def in_state(period: Period, state: str) -> "QuerySet[Any]":
    """The objections of a row of R11."""
    stood = with_state(period).filter(court=state == APPEALED)
    if state == APPEALED:
        return stood
    if state == OPEN_OR_DECIDED:
        return stood.exclude(status__in=CLASSES)
    return stood.filter(status__in=[status for status, counts_as in CLASSES.items() if counts_as == state])


def with_state(period: Period) -> "QuerySet[Any]":
    """The objections received, annotated with `status` at `as_of`, and with `court`: whether it had gone to court."""
    return find_received_objections(period=period).annotate(
        status=status_then(period=period), court=was_taken_to_court(period=period)
    )


def by_result(period: Period) -> list[Row]:
    """R12: appeals to the district court by result; higher appeals get rows of their own only if there were any."""
    totals: dict[str, Counter[str]] = {name: Counter() for name in Appeal.Instance.values}
    for court, status, count in with_result(period).values_list("instance", "status").annotate(count=Count("pk")):
        totals[court][status if status in RESULTS else AppealStatus.PENDING.value] += count
    return [
        *build_shares(RESULTS, totals[Appeal.Instance.DISTRICT]),
        *build_higher_appeal_rows(totals[Appeal.Instance.HIGHER]),
    ]


def find_by_result(period: Period, key: str) -> "QuerySet[Any]":
    """The appeals of a row of R12."""
    court = Appeal.Instance.HIGHER if key.startswith(HIGHER) else Appeal.Instance.DISTRICT
    result = key.removeprefix(HIGHER)
    of_court = with_result(period).filter(instance=court)
    if result == AppealStatus.PENDING:
        return of_court.exclude(status__in=RESULTS.keys() - {result})
    return of_court.filter(status=result)


def count_district_appeals(period: Period) -> dict[str, int]:
    """The appeals of R12 by kind of exemption, in the order of the kinds."""
    of_district = with_result(period).filter(instance=Appeal.Instance.DISTRICT)
    found = dict(of_district.values_list(KIND).annotate(count=Count("pk")))
    return {code: found[code] for code in kind_names(period) if code in found}


def with_result(period: Period) -> "QuerySet[Any]":
    """The appeals filed, annotated with `instance` and with `status` at `as_of`."""
    return went_to_court(period=period).annotate(instance=KT("detail__instance"), status=status_then(period=period))


def build_higher_appeal_rows(totals: Mapping[str, int]) -> list[Row]:
    """Bare counts: a higher appeal is not one of the appeals to the district court."""
    labels = {f"{HIGHER}{result}": label for result, label in HIGHER_RESULTS.items() if totals.get(result)}
    return build_bare_rows(labels, {f"{HIGHER}{result}": count for result, count in totals.items()})


RECEIVED = gettext_lazy("objections received in the period")
FIGURES = (
    Figure(
        id="R10",
        title=gettext_lazy("Objections received, by kind of exemption"),
        counted_on=gettext_lazy("the day on which the objection was received"),
        scope=RECEIVED,
        numerator=gettext_lazy("objections to a decision on an application for this kind"),
        denominator=gettext_lazy("all objections received in the period"),
        compute=by_kind,
        public=Public(),
        cuts=CUTS,
        cases=against_kind,
        one_whole=True,
        letter=OF_KINDS,
        settles=("count",),
    ),
    Figure(
        id="R11",
        title=gettext_lazy("Objections received, by how they stand"),
        counted_on=gettext_lazy("state at the end of the day of 'as of', of objections received in the period"),
        scope=RECEIVED,
        numerator=gettext_lazy(
            "objections in this class, each in the first that fits: an appeal was lodged with a court by then, "
            "whatever came of it; upheld, wholly or in part; withdrawn; everything else, which is still being "
            "handled, unfounded, inadmissible or forwarded"
        ),
        denominator=gettext_lazy("all objections received in the period (R10)"),
        compute=by_state,
        public=Public(),
        cuts=CUTS,
        cases=in_state,
        one_whole=True,
        letter=LetterNames(rows=tuple(STATES)),
    ),
    Figure(
        id="R12",
        title=gettext_lazy("Appeals, by result"),
        counted_on=gettext_lazy(
            "the day on which the appeal was filed with the court; state at the end of the day of 'as of'"
        ),
        scope=gettext_lazy("appeals filed with a district court in the period"),
        numerator=gettext_lazy(
            "appeals with this result. A higher appeal is not among them: it is a case of its own, and gets rows of "
            "its own where there was one"
        ),
        denominator=gettext_lazy("all appeals filed with a district court in the period"),
        compute=by_result,
        public=Public(),
        cuts=CUTS,
        cases=find_by_result,
        adds_up=whole_row,
        letter=LetterNames(rows=tuple(RESULTS)),
    ),
)
