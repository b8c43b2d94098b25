"""Draws a quality sample, records the reviews, and sums up the findings."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from casework import clock
from exemptions.models import Application, Decision, Kind
from reporting.models import QualityReview, QualitySample, ReviewAnswer, ReviewQuestion

if TYPE_CHECKING:
    from accounts.models import User
    from reporting.period import Period

NORMAL_95 = 1.96
FEWEST = 5
"""Fewer answers than this say nothing about the whole."""


class AlreadyReviewedError(Exception):
    """Somebody else has already done this review."""


class OwnDecisionError(Exception):
    """Nobody may review a decision that they took or prepared."""


# --- Drawing ----------------------------------------------------------------------------------------------


def find_population(user: "User", period: "Period", kind: Kind | None) -> QuerySet[Decision]:
    """Decisions on applications taken by a person in the period, on cases that the user may see."""
    taken = Decision.objects.on_applications().filter(
        change="", taken_by__isnull=False, taken_at__gte=period.starts_at, taken_at__lt=period.ends_at
    )
    seen = taken.filter(application__in=Application.objects.at_desk_of(user))
    return seen.filter(application__kind__kind=kind) if kind else seen


@transaction.atomic
def draw_sample(*, by: "User", period: "Period", kind: Kind | None, wanted: int) -> QualitySample:
    """Draw `wanted` decisions, or all if there are fewer. The database draws the seed, and orders by it."""
    population = find_population(by, period, kind)
    sample = QualitySample.objects.create(
        first=period.first,
        last=period.last,
        kind=kind,
        wanted=wanted,
        population=population.count(),
        drawn_by=by,
    )
    drawn = sample.order_by_lot(population)[:wanted]
    QualityReview.objects.bulk_create(QualityReview(sample=sample, decision=one) for one in drawn)
    return sample


# --- Reviewing --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Finding:
    """The answer to one question, and the remark with it."""

    answer: str
    remark: str = ""


@transaction.atomic
def record_review(review: QualityReview, *, by: "User", findings: Mapping[ReviewQuestion, Finding]) -> None:
    """Record a colleague's findings, once. Raises AlreadyReviewedError or OwnDecisionError."""
    row = (
        QualityReview.objects.select_for_update(no_key=True, of=("self",)).select_related("decision").get(pk=review.pk)
    )
    if row.reviewed_at is not None:
        raise AlreadyReviewedError
    if by.pk in (row.decision.taken_by_id, row.decision.prepared_by_id):
        raise OwnDecisionError
    row.reviewed_by, row.reviewed_at = by, clock.now()
    row.save(update_fields=["reviewed_by", "reviewed_at"])
    ReviewAnswer.objects.bulk_create(
        ReviewAnswer(review=row, question=question, answer=one.answer, remark=one.remark)
        for question, one in findings.items()
    )


# --- What came of it --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tally:
    """The answers to one question of a sample. `is_complete`: it covers all decisions, so that no range is needed."""

    question: str
    yes: int
    no: int
    not_applicable: int
    is_complete: bool
    remarks: list[ReviewAnswer]

    @property
    def asked(self) -> int:
        """The number of decisions to which the question applied."""
        return self.yes + self.no

    @property
    def percent(self) -> int | None:
        """The percentage that was as it should be: 100 only if all were, 0 only if none was; None without answers."""
        if not self.asked:
            return None
        share = round(100 * self.yes / self.asked)
        return min(max(share, 1 if self.yes else 0), 99 if self.no else 100)

    @property
    def bounds(self) -> tuple[int, int] | None:
        """The 95% confidence interval for all decisions, in percent (Wilson); None if too few or if complete."""
        return None if self.is_complete or self.asked < FEWEST else estimate_bounds(self.yes, self.asked)


def estimate_bounds(found: int, asked: int) -> tuple[int, int]:
    """Wilson interval at 95 %, rounded outwards to whole percents: valid for small samples and for 'all of them'."""
    z2 = NORMAL_95**2
    middle = (found + z2 / 2) / (asked + z2)
    half = NORMAL_95 / (asked + z2) * sqrt(found * (asked - found) / asked + z2 / 4)
    return max(0, floor(100 * (middle - half))), min(100, ceil(100 * (middle + half)))


def count_answers(sample: QualitySample) -> list[Tally]:
    """By question, in their order: five queries. A question whose wording changed appears once for each wording."""
    answers, remarks = ReviewAnswer.objects.filter(review__sample=sample), dict[int, list[ReviewAnswer]]()
    for one in answers.exclude(remark="").select_related("review__decision__application__dossier"):
        remarks.setdefault(one.question_id, []).append(one)
    counted: dict[int, dict[str, int]] = {}
    for question, answer, number in answers.order_by().values_list("question", "answer").annotate(Count("pk")):
        counted.setdefault(question, {})[answer] = number
    is_complete = sample.reviews.exclude(reviewed_at=None).count() == sample.population
    return [
        Tally(
            str(question),
            **{name: counted[question.pk].get(name, 0) for name in ReviewAnswer.Answer.values},
            is_complete=is_complete,
            remarks=remarks.get(question.pk, []),
        )
        for question in ReviewQuestion.objects.filter(pk__in=counted)
    ]


def list_samples() -> QuerySet[QualitySample]:
    """The latest first, each with `drawn` and `reviewed`: how many decisions."""
    counted = QualitySample.objects.annotate(
        drawn=Count("reviews"), reviewed=Count("reviews", filter=Q(reviews__reviewed_at__isnull=False))
    )
    return counted.select_related("drawn_by").order_by("-drawn_at", "-pk")
