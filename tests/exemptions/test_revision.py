"""Deciding again: the new decision replaces the old one, and never are there two exemptions at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from casework.models import DefaultNotice
from exemptions.models import Application, Exemption, Ground, Status
from exemptions.steps.revision import Cause
from tests import given
from tests.objections.look import letters, refused, terms

TODAY = timezone.localdate


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    """By two pairs of eyes, today."""
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def granted(applicant, caseworker):
    """From today, for a hundred days."""
    return given.granted(by=applicant, desk=caseworker)


@pytest.fixture
def set_aside(applicant, caseworker):
    """Its completion had the wrong data."""
    application = given.supplied(by=applicant, desk=caseworker)
    application.set_aside(by=caseworker, ground=Ground.objects.get(code="wrong_data"), explanation=given.EXPLAINED)
    return application


def revise(application, *, by, cause=Cause.OBJECTION, starts=0, days=100, **more):
    first = TODAY() + timedelta(days=starts)
    reason = given.ground(Ground.Outcome.GRANT, application)
    application.revise(
        by=by, cause=cause, **{"ground": reason, "starts_on": first, "ends_on": first + timedelta(days=days), **more}
    )


def valid_on(days):
    return Exemption.objects.valid_at(timezone.localtime() + timedelta(days=days)).count()


# --- Revise -------------------------------------------------------------------------------------------------


def test_the_old_decision_stays_readable_as_replaced(rejected, objection_officer):
    old = rejected.decisions.get()

    revise(rejected, by=objection_officer)

    old.refresh_from_db()
    new = rejected.decisions.standing().get()
    assert (old.replaced_by, new.chain()) == (new, [new, old])
    assert (old.outcome, old.explanation) == ("rejected", "Uw auto voldoet niet.")
    assert rejected.status == Status.GRANTED


def test_a_new_exemption_ends_the_old_one(granted, objection_officer):
    old = granted.exemptions.get()

    revise(granted, by=objection_officer, days=50)

    old.refresh_from_db()
    new = granted.exemptions.get(revoked_at=None)
    assert not old.is_valid(now=timezone.now())
    assert new.is_valid(now=timezone.now())


@pytest.mark.parametrize(("starts", "days"), [(0, 100), (0, 20), (30, 100), (60, 300)])
def test_nobody_has_two_exemptions_at_any_moment(granted, objection_officer, starts, days):
    revise(granted, by=objection_officer, starts=starts, days=days)

    assert all(valid_on(day) <= 1 for day in range(-10, 400, 5))


def test_after_an_objection_no_letter_of_its_own_and_no_term_to_object(rejected, objection_officer):
    before = letters(rejected)

    revise(rejected, by=objection_officer)

    assert letters(rejected) == before
    assert terms(rejected) == {}


def test_after_a_changed_rule_a_letter_and_a_new_term_to_object(rejected, objection_officer, time_machine):
    time_machine.move_to(timezone.localtime() + timedelta(days=20), tick=False)

    revise(rejected, by=objection_officer, cause=Cause.RENEWAL)

    assert letters(rejected)[-1] == "renewed"
    assert terms(rejected)["object"] >= TODAY() + timedelta(weeks=6)


def test_it_may_begin_on_a_day_that_has_passed_but_not_before_it_was_asked(rejected, objection_officer, time_machine):
    time_machine.move_to(timezone.localtime() + timedelta(days=90), tick=False)
    with refused(rejected):
        revise(rejected, by=objection_officer, starts=-91)

    revise(rejected, by=objection_officer, starts=-90)

    assert rejected.exemptions.get().starts_at.date() <= rejected.received_on


@pytest.mark.parametrize("about", [{"days": -1}, {"days": 366 * 14}])
def test_a_term_that_cannot_be_is_refused(rejected, objection_officer, about):
    with refused(rejected):
        revise(rejected, by=objection_officer, **about)


def test_a_ground_for_refusing_grants_nothing(rejected, objection_officer):
    with refused(rejected):
        revise(rejected, by=objection_officer, ground=given.ground(Ground.Outcome.REJECT, rejected))


@pytest.mark.parametrize("person", ["caseworker", "applicant", "reporter"])
def test_who_has_no_right_to_it_replaces_nothing(request, rejected, person):
    with refused(rejected, PermissionDenied):
        revise(rejected, by=request.getfixturevalue(person))


def test_what_is_not_decided_is_not_decided_again(applicant, caseworker, objection_officer):
    application = given.taken_up(by=applicant, desk=caseworker)

    with refused(application, TransitionNotAllowed):
        revise(application, by=objection_officer)


def test_what_was_set_aside_can_be_granted_after_all(set_aside, objection_officer):
    revise(set_aside, by=objection_officer)

    assert set_aside.decisions.standing().get().outcome == "granted"
    assert valid_on(0) == 1


def test_the_event_tells_the_term_and_why(rejected, objection_officer):
    revise(rejected, by=objection_officer, cause=Cause.JUDGMENT)

    detail = rejected.dossier.events.last().detail
    assert (detail["cause"], detail["starts_on"]) == ("judgment", TODAY().isoformat())


# --- Reopen -------------------------------------------------------------------------------------------------


def test_taken_up_again_the_clock_begins_anew(set_aside, objection_officer, time_machine):
    time_machine.move_to(timezone.localtime() + timedelta(days=40), tick=False)

    set_aside.reopen(by=objection_officer, cause=Cause.OBJECTION)

    assert set_aside.status == Status.IN_REVIEW
    assert set_aside.clock_starts_on == TODAY()
    assert TODAY() + timedelta(weeks=8) <= set_aside.decide_by <= TODAY() + timedelta(weeks=8, days=5)
    assert set(terms(set_aside)) == {"decide"}


def test_the_decision_to_set_aside_no_longer_stands_and_stays_readable(set_aside, objection_officer):
    set_aside.reopen(by=objection_officer, cause=Cause.OBJECTION)

    assert not set_aside.decisions.standing().exists()
    assert set_aside.decisions.get().revoked_at


def test_a_suspension_of_before_does_not_lengthen_the_new_term(set_aside, objection_officer, caseworker, time_machine):
    time_machine.move_to(timezone.localtime() + timedelta(days=10), tick=False)

    set_aside.reopen(by=objection_officer, cause=Cause.OBJECTION)

    assert set_aside.dossier.deadlines.open().get(kind="decide").basis["suspended_days"] == 0


@pytest.mark.parametrize("case", ["rejected", "granted"])
def test_only_what_was_set_aside_is_taken_up_again(request, objection_officer, case):
    application = request.getfixturevalue(case)

    with refused(application, TransitionNotAllowed):
        application.reopen(by=objection_officer, cause=Cause.OBJECTION)


def test_not_beside_a_newer_one_for_the_same_plate(set_aside, applicant, objection_officer):
    newer = given.filed(by=applicant)
    with refused(set_aside):
        set_aside.reopen(by=objection_officer, cause=Cause.OBJECTION)

    newer.withdraw(by=applicant)
    set_aside.reopen(by=objection_officer, cause=Cause.OBJECTION)

    assert set_aside.status == Status.IN_REVIEW


def test_after_a_second_decision_the_first_is_still_not_the_one_that_stands(
    set_aside, caseworker, other_caseworker, objection_officer
):
    set_aside.reopen(by=objection_officer, cause=Cause.OBJECTION)
    reason = given.ground(Ground.Outcome.REJECT, set_aside)
    set_aside.propose_rejection(by=caseworker, ground=reason, explanation="Toch niet.", doubts_reason=given.EXPLAINED)
    set_aside.approve_rejection(by=other_caseworker, doubts_reason=given.EXPLAINED)

    assert set_aside.decisions.standing().get().outcome == "rejected"
    assert set_aside.decisions.count() == 2
    assert not DefaultNotice.objects.exists()


def test_nothing_is_set_aside_while_the_applicant_can_still_answer(applicant, caseworker):
    application = given.supplied(by=applicant, desk=caseworker)
    item = application.evidence_items.with_all()[0]
    application.ask_completion(by=caseworker, items={item: "Onleesbaar."}, ends_on=given.working_day())

    with refused(application):
        application.set_aside(by=caseworker, ground=Ground.objects.get(code="wrong_data"), explanation=given.EXPLAINED)

    assert Application.objects.get(pk=application.pk).status == Status.WAITING
