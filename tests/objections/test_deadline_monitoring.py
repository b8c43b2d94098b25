"""What the clock does in objections without a person; it never decides."""

from datetime import timedelta

import pytest
from django.utils import timezone

from objections import deadline_monitoring
from objections.models import Objection, ObjectionStatus
from objections.portal import drafts
from tests import contest
from tests.objections.look import letters


@pytest.fixture
def in_repair(rejected, applicant, objection_officer):
    """Asked today; the term ends in two weeks."""
    return contest.in_repair(rejected, by=applicant, desk=objection_officer)


@pytest.fixture
def after(time_machine):
    """A number of days later the scheduled jobs run: `after(7)`."""
    begun = timezone.now()

    def run(days):
        time_machine.move_to(begun + timedelta(days=days), tick=False)
        return deadline_monitoring.take_due_steps(today=timezone.localdate())

    return run


def status(objection):
    return Objection.objects.get(pk=objection.pk).status


def test_the_objector_is_reminded_once_after_a_week(in_repair, after):
    assert [after(6), after(7), after(8)] == [0, 1, 0]
    assert letters(in_repair).count("objection_repair_reminder") == 1


def test_a_week_without_a_run_is_made_up_for(in_repair, after):
    assert after(12) == 1


def test_the_term_lapses_and_a_person_goes_on(in_repair, after):
    assert after(20) == 1
    assert status(in_repair) == ObjectionStatus.REGISTERED
    assert after(21) == 0


def test_who_has_answered_is_left_alone(in_repair, applicant, after):
    in_repair.repair(by=applicant, answer="Hier zijn de gronden.")

    assert after(20) == 0


def test_who_took_it_back_is_left_alone(in_repair, applicant, after):
    in_repair.withdraw(by=applicant)

    assert [after(7), after(20)] == [0, 0]


def test_an_old_draft_goes_and_what_was_sent_stays(rejected, applicant, time_machine):
    draft = contest.draft(rejected, by=applicant)
    time_machine.move_to(timezone.localtime() + timedelta(days=91), tick=False)

    assert drafts.drop_old_drafts(today=timezone.localdate()) == 1
    assert not Objection.objects.filter(pk=draft.pk).exists()


def test_what_was_sent_is_never_dropped(rejected, applicant, time_machine):
    objection = contest.filed(rejected, by=applicant)
    time_machine.move_to(timezone.localtime() + timedelta(days=400), tick=False)

    assert drafts.drop_old_drafts(today=timezone.localdate()) == 0
    assert not objection.drop()
