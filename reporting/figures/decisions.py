"""How the national applications ended: R02, R03 and R04. The table of endings is in `reporting.outcomes`."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from casework.models import Event
from exemptions.models import KindVersion
from reporting import outcomes
from reporting.events import SCOPE, find_filed
from reporting.figures.base import Figure, LetterNames, Public, Row, build_shares
from reporting.outcomes import GRANTED, PENDING, REJECTED, SET_ASIDE
from reporting.period import Period

OUTCOMES = {
    GRANTED: gettext_lazy("Granted"),
    SET_ASIDE: gettext_lazy("Set aside (buiten behandeling)"),
    REJECTED: gettext_lazy("Rejected"),
    PENDING: gettext_lazy("Still being handled"),
}
REASONS_SET_ASIDE = {
    "withdrawn_before_taking_up": gettext_lazy("Withdrawn by the applicant before it was taken up"),
    "no_response": gettext_lazy("No answer to several requests to complete"),
    "converted": gettext_lazy("Converted by the desk to a more suitable kind"),
    "wrong_data": gettext_lazy("Wrong data entered"),
}
REASONS_REJECTED = {
    "conditions_not_met": gettext_lazy("Conditions not met"),
    "withdrawn_in_review": gettext_lazy("Taken up, later withdrawn by the applicant"),
    "other": gettext_lazy("Other reasons"),
}
OTHER = {"other": gettext_lazy("Other reasons")}
STATE = gettext_lazy("state at the end of the day of 'as of', of applications filed in the period")
NATIONAL = gettext_lazy("national exemptions")


def by_outcome(period: Period) -> list[Row]:
    """R02: national applications by outcome."""
    totals = dict.fromkeys(OUTCOMES, 0)
    for line, count in count_national_outcomes(period).items():
        totals[line.outcome] += count
    return build_shares(OUTCOMES, totals)


def by_reason_set_aside(period: Period) -> list[Row]:
    """R03: national applications set aside, by reason."""
    return by_reason(period, outcome=SET_ASIDE, labels=REASONS_SET_ASIDE)


def by_reason_rejected(period: Period) -> list[Row]:
    """R04: national applications rejected, by reason."""
    return by_reason(period, outcome=REJECTED, labels=REASONS_REJECTED)


def by_reason(period: Period, *, outcome: str, labels: Mapping[str, StrOrPromise]) -> list[Row]:
    """One outcome by its reasons; a reason outside the letter's own gets a row only if it occurs."""
    found = {line.reason: count for line, count in count_national_outcomes(period).items() if line.outcome == outcome}
    return build_shares({**labels, **OTHER} if found.keys() - labels.keys() else labels, found)


def count_national_outcomes(period: Period) -> Mapping[outcomes.CountingRule, int]:
    """The number of national applications of the period, by the rule under which they count."""
    asked = filed_national(period)
    counted: Mapping[outcomes.CountingRule, int] = period.once(
        "national", lambda: outcomes.count_outcomes(asked, period=period)
    )
    return counted


def filed_national(period: Period) -> "QuerySet[Event]":
    """The national applications that came in."""
    return find_filed(period=period).filter(**{SCOPE: KindVersion.Scope.NATIONAL})


def with_outcome(period: Period, outcome: str) -> "QuerySet[Event]":
    """The cases of a row of R02."""
    national = filed_national(period)
    return outcomes.ended_as(national, period=period, counts_as=lambda line: line.outcome == outcome)


def set_aside_for(period: Period, reason: str) -> "QuerySet[Event]":
    """The cases of a row of R03."""
    return for_reason(period, outcome=SET_ASIDE, reason=reason)


def rejected_for(period: Period, reason: str) -> "QuerySet[Event]":
    """The cases of a row of R04."""
    return for_reason(period, outcome=REJECTED, reason=reason)


def for_reason(period: Period, *, outcome: str, reason: str) -> "QuerySet[Event]":
    """The national applications that count under an outcome and a reason."""
    national = filed_national(period)
    return outcomes.ended_as(
        national, period=period, counts_as=lambda line: (line.outcome, line.reason) == (outcome, reason)
    )


FIGURES = (
    Figure(
        id="R02",
        title=gettext_lazy("Outcome of the national applications"),
        counted_on=STATE,
        scope=NATIONAL,
        numerator=gettext_lazy(
            "applications with this outcome, as the letter counts it: a withdrawal before taking up and a conversion "
            "are 'set aside', a later withdrawal is 'rejected'"
        ),
        denominator=gettext_lazy("all national applications filed in the period"),
        compute=by_outcome,
        public=Public(),
        cuts=frozenset({"scope", "kind"}),
        scopes=frozenset({KindVersion.Scope.NATIONAL}),
        cases=with_outcome,
        one_whole=True,
        letter=LetterNames(rows=tuple(OUTCOMES)),
    ),
    Figure(
        id="R03",
        title=gettext_lazy("Why national applications were set aside"),
        counted_on=STATE,
        scope=NATIONAL,
        numerator=gettext_lazy("applications set aside for this reason"),
        denominator=gettext_lazy("all national applications counted as set aside (R02)"),
        compute=by_reason_set_aside,
        public=Public(),
        cuts=frozenset({"scope", "kind"}),
        scopes=frozenset({KindVersion.Scope.NATIONAL}),
        cases=set_aside_for,
        one_whole=True,
        letter=LetterNames(rows=(*REASONS_SET_ASIDE, *OTHER)),
    ),
    Figure(
        id="R04",
        title=gettext_lazy("Why national applications were rejected"),
        counted_on=STATE,
        scope=NATIONAL,
        numerator=gettext_lazy("applications rejected for this reason"),
        denominator=gettext_lazy("all national applications counted as rejected (R02)"),
        compute=by_reason_rejected,
        public=Public(),
        cuts=frozenset({"scope", "kind"}),
        scopes=frozenset({KindVersion.Scope.NATIONAL}),
        cases=rejected_for,
        one_whole=True,
        letter=LetterNames(rows=tuple(REASONS_REJECTED)),
    ),
)
