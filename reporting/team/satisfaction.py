"""What applicants thought of how we handled their applications, without names or cases."""

from dataclasses import dataclass

from exemptions.models import Satisfaction
from reporting.figures.base import Row
from reporting.figures.disclosure import SMALLEST
from reporting.figures.satisfaction import count_scores
from reporting.period import Period

SHOWN = 10
"""The number of remarks shown, latest first."""


@dataclass(frozen=True)
class Opinions:
    """The answers of a period by score, best first. No remarks if there are few answers: they could be traced."""

    rows: list[Row]
    answers: int
    remarks: list[Satisfaction]


def list_opinions(period: Period) -> Opinions:
    """The scores of a period, with the latest remarks. Two queries."""
    rows = count_scores(period)
    answers = sum(row.number for row in rows)
    within = Satisfaction.objects.filter(given_at__gte=period.starts_at, given_at__lt=period.ends_at)
    remarks = list(within.exclude(remark="")[:SHOWN]) if answers >= SMALLEST else []
    return Opinions(rows, answers, remarks)
