"""Maps a case's legal outcome to the category under which the letter to parliament counts it. The only such table.

The law knows granting, rejecting and setting aside (Awb 4:5), and cases that end without a decision: withdrawn by the
applicant, converted by the desk, or forwarded to another body. The letter has no category for these: it counts a case
that ended before the desk judged it, or that was never ours, as 'set aside' (buiten behandeling), and one that was
withdrawn after it was taken up as 'rejected' (afgewezen).
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BigIntegerField, Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat

from casework.models import Event
from exemptions.models import Application, Ground, Status
from reporting.period import Period

GRANTED, SET_ASIDE, REJECTED, PENDING = "granted", "set_aside", "rejected", "pending"
FROM = "<"
"""Separates a status from the one before it."""
STEPS_WITH_A_GROUND = ("reject", "propose_rejection", "set_aside", "annul", "reject_instead")
"""`approve_rejection` names no ground: it confirms the proposal before it."""


@dataclass(frozen=True)
class Ending:
    """How a case stood at a moment: its status, the status before it, and the category of the ground."""

    status: str
    came_from: str
    category: str


@dataclass(frozen=True)
class CountingRule:
    """A line of the table: which endings it covers (empty: any), and under what the letter counts them."""

    status: str
    outcome: str
    reason: str
    came_from: str = ""
    category: str = ""

    def covers(self, ending: Ending) -> bool:
        """Whether this line applies to an ending."""
        return (
            self.status == ending.status
            and self.came_from in ("", ending.came_from)
            and self.category in ("", ending.category)
        )


TABLE = (
    CountingRule(Status.GRANTED, GRANTED, ""),
    CountingRule(Status.WITHDRAWN, SET_ASIDE, "withdrawn_before_taking_up", came_from=Status.SUBMITTED),
    CountingRule(Status.SET_ASIDE, SET_ASIDE, "no_response", category=Ground.Category.NO_RESPONSE),
    CountingRule(Status.CONVERTED, SET_ASIDE, "converted"),
    CountingRule(Status.FORWARDED, SET_ASIDE, "other"),
    CountingRule(Status.SET_ASIDE, SET_ASIDE, "wrong_data", category=Ground.Category.WRONG_DATA),
    CountingRule(Status.SET_ASIDE, SET_ASIDE, "other"),
    CountingRule(Status.REJECTED, REJECTED, "conditions_not_met", category=Ground.Category.CONDITIONS_NOT_MET),
    CountingRule(Status.WITHDRAWN, REJECTED, "withdrawn_in_review"),
    CountingRule(Status.REJECTED, REJECTED, "other"),
)
"""The first line that covers an ending counts; a case that none covers has not ended."""
NOT_ENDED = CountingRule("", PENDING, "")


def counted_as(ending: Ending) -> CountingRule:
    """The first line of the table that covers an ending; NOT_ENDED if none does."""
    return next((line for line in TABLE if line.covers(ending)), NOT_ENDED)


def with_endings(filed: "QuerySet[Event]", *, period: Period) -> "QuerySet[Any]":
    """Annotates `last`, the case's last move by the end of `as_of` ('to<from'), and `category`, that of its ground."""
    past = Event.objects.filter(case_type=Application.CASE_TYPE, case_id=OuterRef("case_id"), at__lt=period.seen_until)
    past = past.order_by("-at", "-pk")
    moved = past.exclude(from_status=F("to_status"))
    judged = past.filter(step__in=STEPS_WITH_A_GROUND).annotate(ground=Cast(KT("detail__ground"), BigIntegerField()))
    category = Ground.objects.filter(pk=OuterRef("ground")).values("category")
    # One subquery for both ends of the last move: finding that move is the expensive part.
    last = moved.annotate(move=Concat("to_status", Value(FROM), "from_status")).values("move")
    ended = filed.annotate(last=Subquery(last[:1]), ground=Subquery(judged.values("ground")[:1]))
    return ended.annotate(category=Coalesce(Subquery(category[:1]), Value("")))


def count_endings(filed: "QuerySet[Event]", *, period: Period) -> Iterator[tuple[Ending, int]]:
    """How the cases of these 'file' events stood at the end of `as_of`, with the number of each. One query."""
    rows = with_endings(filed, period=period).values_list("last", "category").annotate(count=Count("pk"))
    for last, category, count in rows:
        status, came_from = last.split(FROM)
        yield Ending(status, came_from, category), count


def ended_as(
    filed: "QuerySet[Event]", *, period: Period, counts_as: Callable[[CountingRule], bool]
) -> "QuerySet[Event]":
    """The 'file' events whose case falls under a line of the table that `counts_as` accepts."""
    found = [ending for ending, _count in count_endings(filed, period=period) if counts_as(counted_as(ending))]
    wanted = [Q(last=f"{ending.status}{FROM}{ending.came_from}", category=ending.category) for ending in found]
    rows: QuerySet[Event] = with_endings(filed, period=period)
    return rows.filter(reduce(or_, wanted)) if wanted else rows.none()


def count_outcomes(filed: "QuerySet[Event]", *, period: Period) -> Counter[CountingRule]:
    """The number of cases under each line of the table."""
    total: Counter[CountingRule] = Counter()
    for ending, count in count_endings(filed, period=period):
        total[counted_as(ending)] += count
    return total
