"""A clock that jumps ahead and back: no job stops for long, and nobody's term ends a day early."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from casework.models import Event
from exemptions.tasks import remind
from tests.chaos import killing
from tests.chaos.test_reminders import asked
from tests.project.test_clock import EVERY_MINUTE, Remembering
from zesportal.celery import app

MOST_HOURS = 48


def test_jobs_of_every_minute(tmp_path, tell):
    chance, late, start = killing.chance("clock"), 0, timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        scheduler = Remembering(app, schedule_filename=str(tmp_path / "schedule"))
        scheduler.minute()
        for _jump in range(killing.KILLS):
            clock.shift(timedelta(hours=chance.uniform(-MOST_HOURS, MOST_HOURS)))
            scheduler.minute()
            clock.shift(61)
            late += EVERY_MINUTE - scheduler.minute()
        scheduler.close()

    tell(jumps=killing.KILLS, jobs=EVERY_MINUTE, late_after_a_minute=late)
    assert late == 0


@pytest.mark.django_db
def test_reminders_by_a_worker_whose_clock_is_wrong(applicant, caseworker, tell):
    chance, right = killing.chance("wrong clock"), timezone.now()
    with time_machine.travel(right - timedelta(days=20)):
        cases = [asked(applicant, caseworker, plate=f"VX{one:03}Z", days=40) for one in range(3 * killing.KILLS)]
    before = Event.objects.count()
    hours = [chance.choice((-1, 1)) * chance.uniform(0.5, MOST_HOURS) for _jump in range(killing.KILLS)]

    early = sum(reminded(right + timedelta(hours=jump)) for jump in hours)
    at_the_right_time = reminded(right)
    again = sum(reminded(right + timedelta(hours=jump)) for jump in (*hours, 0))

    tell(cases=len(cases), jumps=len(hours), early=early, at_the_right_time=at_the_right_time, again=again)
    assert (early, at_the_right_time, again) == (0, len(cases), 0)
    events = Event.objects.order_by("pk")[before:]
    assert Counter(event.step for event in events) == {"remind": len(cases)}


def reminded(moment) -> int:
    """How many a worker reminds whose clock says so."""
    with time_machine.travel(moment):
        return remind.apply().get() or 0
