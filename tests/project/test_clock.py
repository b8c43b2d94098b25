"""A clock that jumps stops no job and lets none run a day early; each job of a minute has its turn and its end."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from celery import shared_task
from django.utils import timezone

from casework.turns import within_turn
from zesportal.celery import app
from zesportal.clock import ForgivingScheduler, ahead_of_database
from zesportal.schedule import SCHEDULE

HOURS = timedelta(hours=2)


class Remembering(ForgivingScheduler):
    """Sends nothing; remembers what it would have sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.begun: list[str] = []
        super().__init__(*args, **kwargs)

    def apply_entry(self, entry: Any, producer: Any = None) -> None:
        self.begun.append(entry.name)

    def minute(self) -> int:
        """Go round until nothing is due; returns how many jobs of every minute were begun."""
        self.begun.clear()
        while not self.tick():
            pass
        return sum(SCHEDULE[name]["schedule"] == 60.0 for name in self.begun if name in SCHEDULE)


@pytest.fixture
def scheduler(tmp_path: Any) -> Any:
    made = Remembering(app, schedule_filename=str(tmp_path / "schedule"))
    yield made
    made.close()


EVERY_MINUTE = sum(entry["schedule"] == 60.0 for entry in SCHEDULE.values())


def test_after_a_clock_that_was_ahead_all_jobs_go_on_within_a_minute(scheduler: Remembering) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        clock.shift(HOURS)
        scheduler.minute()
        clock.shift(60)
        assert scheduler.minute() == EVERY_MINUTE
        clock.move_to(start)
        scheduler.minute()
        for _minute in range(3):
            clock.shift(61)
            assert scheduler.minute() == EVERY_MINUTE


def test_also_after_a_restart(tmp_path: Any) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        clock.shift(HOURS)
        before = Remembering(app, schedule_filename=str(tmp_path / "schedule"))
        before.minute()
        before.close()
        clock.move_to(start)
        after = Remembering(app, schedule_filename=str(tmp_path / "schedule"))
        after.minute()
        clock.shift(61)
        assert after.minute() == EVERY_MINUTE
        after.close()


@shared_task
def tell_that_it_ran() -> str:
    """Any job."""
    return "ran"


@pytest.mark.django_db
@pytest.mark.parametrize(("ahead", "outcome"), [(0, "ran"), (60, "ran"), (86_400, None), (-86_400, None)])
def test_a_worker_with_another_clock_than_the_database_leaves_its_jobs_alone(ahead: int, outcome: str | None) -> None:
    right = timezone.now() - ahead_of_database()
    with time_machine.travel(right + timedelta(seconds=ahead)):
        assert tell_that_it_ran.apply().get() == outcome


def test_every_job_has_an_end_and_what_was_not_taken_makes_no_pile() -> None:
    for name, entry in SCHEDULE.items():
        options = entry["options"]
        assert options["time_limit"] <= 2 * 3600, name
        if entry["task"].partition(".")[0] and entry["schedule"] == 60.0:
            assert options["expires"] < 60, name


def test_mail_has_a_queue_of_its_own() -> None:
    queues = {entry["task"]: entry["options"].get("queue") for entry in SCHEDULE.values()}

    assert [task for task, queue in queues.items() if queue == "mail"] == ["casework.tasks.send_outbox"]


def test_a_turn_ends_in_time_and_does_at_least_one_thing() -> None:
    assert list(within_turn(range(3))) == [0, 1, 2]
    assert list(within_turn(range(3), seconds=0)) == [0]
