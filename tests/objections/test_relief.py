"""Preliminary relief, alongside an objection or an appeal (Awb 8:81). It changes no status and no term."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from objections.models import ObjectionStatus
from tests import contest
from tests.objections.look import refused, terms

COURT = "Rechtbank Midden-Nederland"


@pytest.fixture
def asked(rejected, applicant, objection_officer):
    """The court told that relief was asked."""
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    objection.ask_relief(by=objection_officer, court=COURT, asked_on=timezone.localdate())
    return objection


def judge(objection, *, by, outcome="refused", days=0):
    relief = objection.reliefs.first()
    objection.judge_relief(
        by=by, relief=relief, outcome=outcome, decided_on=timezone.localdate() + timedelta(days=days)
    )


def test_asking_moves_nothing(asked):
    assert asked.status == ObjectionStatus.HANDLING
    assert set(terms(asked)) == {"decide_objection"}


@pytest.mark.parametrize("outcome", ["granted", "refused", "withdrawn"])
def test_the_judge_has_spoken(asked, objection_officer, outcome):
    judge(asked, by=objection_officer, outcome=outcome)

    relief = asked.reliefs.get()
    assert (relief.outcome, relief.decided_on) == (outcome, timezone.localdate())
    assert asked.dossier.events.last().detail["outcome"] == outcome


@pytest.mark.parametrize(("outcome", "days"), [("refused", -1), ("refused", 1), ("perhaps", 0), ("", 0)])
def test_what_cannot_be_is_refused(asked, objection_officer, outcome, days):
    with refused(asked):
        judge(asked, by=objection_officer, outcome=outcome, days=days)


def test_nobody_is_judged_twice(asked, objection_officer):
    judge(asked, by=objection_officer)

    with refused(asked, TransitionNotAllowed):
        judge(asked, by=objection_officer)


def test_a_request_of_another_objection_is_not_ours_to_judge(asked, objection_officer, applicant):
    relief = asked.reliefs.get()
    contest.unfounded(asked, by=objection_officer)
    other = contest.filed(asked.application, by=applicant)
    other.ask_relief(by=objection_officer, court=COURT, asked_on=timezone.localdate())

    with refused(other):
        other.judge_relief(by=objection_officer, relief=relief, outcome="refused", decided_on=timezone.localdate())


def test_tomorrow_nothing_was_asked(asked, objection_officer):
    with refused(asked):
        asked.ask_relief(by=objection_officer, court=COURT, asked_on=timezone.localdate() + timedelta(days=1))


def test_it_can_be_asked_before_and_after_the_decision(asked, objection_officer):
    contest.unfounded(asked, by=objection_officer)

    asked.ask_relief(by=objection_officer, court=COURT, asked_on=timezone.localdate())

    assert asked.reliefs.count() == 2
