"""Who of the team is away, and a quality sample whose review a colleague has begun."""

from datetime import date, timedelta
from random import Random

from accounts.models import Absence
from casework import clock
from demo.world import World
from reporting.models import QualityReview, ReviewAnswer, ReviewQuestion
from reporting.period import Period
from reporting.team.quality import Finding, draw_sample, record_review

AWAY = (("amsterdam", 0, 4), ("behandelaar2", 7, 14))
"""Who is away, from and until how many days after today: one now, one soon."""
LOOKED_BACK = timedelta(weeks=13)
DRAWN = 10
Answer = ReviewAnswer.Answer
OTHERWISE = {
    "reasons": Finding(Answer.NO, "De brief noemt de voorwaarde, maar niet waarom dit stuk haar niet laat zien."),
    "heard": Finding(Answer.NOT_APPLICABLE),
}
"""The reviewer's answers other than 'yes'."""


def live_team(*, today: date) -> None:
    """Once, after the cases around today, whose decisions are in the sample."""
    world = World(Random(), today)
    for key, first, last in AWAY:
        first_day, last_day = today + timedelta(days=first), today + timedelta(days=last)
        Absence.objects.create(user=world.users[key], first_day=first_day, last_day=last_day)
    with clock.at(world.office(world.days_ago(2))):
        draw_and_review(world)


def draw_and_review(world: World) -> None:
    """A team lead draws decisions; the other has reviewed the first in which they took no part."""
    until = clock.today() - timedelta(days=1)
    period = Period(until - LOOKED_BACK, until, clock.today())
    sample = draw_sample(by=world.second_pair, period=period, kind=None, wanted=DRAWN)
    review = QualityReview.objects.for_reviewer(world.reviewer).filter(sample=sample).earliest("pk")
    questions = ReviewQuestion.objects.in_force(on=clock.today())
    findings = {one: OTHERWISE.get(one.code, Finding(Answer.YES)) for one in questions}
    record_review(review, by=world.reviewer, findings=findings)
