"""Steps, letters, terms and rows take the moment from `casework.clock`, so that a case can be lived at any moment."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import User
from casework import clock
from exemptions.terms import AMSTERDAM
from tests import given

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("casework", "complaints", "correspondence", "exemptions", "objections", "renewals", "watches")
"""The modules at their top, and these folders in them, ask no other clock."""
FOLDERS = ("models", "steps", "intake", "deadlines")
OTHER_DOORS = ("admin.py", "tasks.py", "export.py", "search.py", "outbox.py")
ANOTHER_CLOCK = re.compile(r"timezone\.now\b|localdate\(\)|localtime\(\)|auto_now|date\.today\(|datetime\.now\(")


def modules() -> list[Path]:
    folders = [ROOT / room / folder for room in ROOMS for folder in FOLDERS]
    inside = [path for folder in folders for path in folder.glob("*.py")]
    top = [path for room in ROOMS for path in (ROOT / room).glob("*.py")]
    return [path for path in [*top, *inside] if path.name not in OTHER_DOORS and path.name != "clock.py"]


def test_a_room_of_steps_and_rows_asks_no_other_clock():
    asking = [path.relative_to(ROOT) for path in modules() if ANOTHER_CLOCK.search(path.read_text(encoding="utf-8"))]

    assert asking == []
    assert len(modules()) > 100


def test_without_a_moment_it_is_now():
    before = timezone.now()

    assert before <= clock.now() <= timezone.now()


@pytest.mark.django_db
def test_a_step_is_taken_at_the_moment_that_was_given(applicant: User):
    moment = datetime(2026, 3, 31, 23, 30, tzinfo=AMSTERDAM)

    with clock.at(moment):
        application = given.filed(by=applicant)

    event = application.dossier.events.get(step="file")
    assert event.at == application.received_at == moment
    assert application.dossier.letters.get(kind="receipt").placed_at == moment
    assert application.dossier.outgoing_mail.latest("pk").created_at == moment
    assert str(application.dossier).startswith("ZES-2026-")


def test_moments_are_taken_back_one_by_one():
    first, second = datetime(2026, 1, 1, tzinfo=AMSTERDAM), datetime(2026, 2, 1, tzinfo=AMSTERDAM)

    with clock.at(first):
        with clock.at(second):
            assert clock.now() == second
        assert clock.now() == first
