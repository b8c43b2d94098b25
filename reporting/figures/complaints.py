"""Complaints, counted and published each year (Awb 9:12a): R25 and R26."""

from collections import Counter
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from casework.models import Event
from complaints.models import Complaint
from complaints.steps.ending import Outcome
from complaints.steps.statuses import ENDED, ComplaintStatus
from reporting.figures.base import Figure, LetterNames, Public, Row, build_shares
from reporting.period import Period

ENDINGS = {
    **{outcome.value: outcome.label for outcome in Outcome},
    **{status.value: status.label for status in ENDED if status != ComplaintStatus.CONCLUDED},
}
IN_TIME, LATE = "in_time", "late"
ANNOUNCED = {IN_TIME: gettext_lazy("Told in time"), LATE: gettext_lazy("Told too late")}
OUTCOME = ["complaint_outcome"]


def count_endings(period: Period) -> list[Row]:
    """R25: complaints by our judgment, or by how they ended without one."""
    totals: Counter[str] = Counter()
    counted = find_ended(period).values_list("to_status", "outcome").annotate(count=Count("pk"))
    for status, outcome, count in counted:
        totals[outcome if status == ComplaintStatus.CONCLUDED else status] += count
    return build_shares(ENDINGS, totals)


def find_ended(period: Period) -> "QuerySet[Any]":
    """The events in the period with which a complaint ended, annotated with `outcome`."""
    within = Event.objects.filter(case_type=Complaint.CASE_TYPE, at__gte=period.starts_at, at__lt=period.ends_at)
    ended = within.filter(to_status__in=ENDED).exclude(from_status=F("to_status"))
    return ended.annotate(outcome=KT("detail__outcome")).order_by()


def count_in_time(period: Period) -> list[Row]:
    """R26: outcomes announced within the term, as the term stood when they were announced, and later ones."""
    announced = find_announced(period)
    in_time, every = announced.filter(day__lte=F("due")).count(), announced.count()
    return build_shares(ANNOUNCED, {IN_TIME: in_time, LATE: every - in_time})


def find_announced(period: Period) -> "QuerySet[Any]":
    """The outcomes made known in the period, at once or by posting their letter, annotated with `day` and `due`."""
    recorded = Event.objects.filter(case_type=Complaint.CASE_TYPE, at__gte=period.starts_at, at__lt=period.seen_until)
    at_once = Q(step="conclude")
    posted = Q(step="post_letters") & (Q(detail__made_known__contains=OUTCOME) | Q(detail__too_late__contains=OUTCOME))
    outcomes = recorded.filter(at_once | posted).annotate(
        day=Coalesce(KT("detail__posted_on"), KT("detail__made_known_on")), due=KT("detail__decision_term__due")
    )
    return outcomes.filter(day__range=(period.first.isoformat(), period.last.isoformat()), due__isnull=False).order_by()


FIGURES = (
    Figure(
        id="R25",
        title=gettext_lazy("Complaints that ended, by how they ended"),
        counted_on=gettext_lazy("the day on which it was concluded"),
        scope=gettext_lazy("complaints about how we treated somebody (Awb 9:1)"),
        numerator=gettext_lazy("complaints with this judgment, or that ended this way"),
        denominator=gettext_lazy("all complaints that ended in the period"),
        compute=count_endings,
        letter=LetterNames(rows=tuple(ENDINGS)),
        public=Public(cuts=frozenset()),
        one_whole=True,
    ),
    Figure(
        id="R26",
        title=gettext_lazy("Outcomes of complaints told in time"),
        counted_on=gettext_lazy("the day on which the outcome was told, by post that of posting"),
        scope=gettext_lazy("complaints of which the outcome was told"),
        numerator=gettext_lazy("outcomes told within the term of article 9:11 Awb, or after it"),
        denominator=gettext_lazy("all outcomes told in the period"),
        compute=count_in_time,
        letter=LetterNames(rows=tuple(ANNOUNCED)),
        public=None,
        one_whole=True,
    ),
)
