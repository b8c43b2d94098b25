"""Deciding again: the new decision replaces the old one, and never are there two exemptions at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import override
from django_fsm import TransitionNotAllowed

from casework.desk.timeline import build_timeline
from casework.models import DefaultNotice
from exemptions.models import Application, Exemption, Ground, Status
from exemptions.steps import clock
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
    grant = {"ground": reason, "starts_on": first, "ends_on": first + timedelta(days=days)}
    application.revise(by=by, cause=cause, **{**grant, "explanation": given.SHORTER, **more})


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


# --- Rejected in its place (Awb 7:11(2)) ---------------------------------------------------------------------


def reject_instead(application, *, by, outcome=Ground.Outcome.REJECT, explanation="U voldoet niet."):
    reason = given.ground(outcome, application)
    application.reject_instead(by=by, cause=Cause.OBJECTION, ground=reason, explanation=explanation)


@pytest.mark.parametrize("case", ["set_aside", "rejected"])
def test_7_11_what_is_revoked_is_replaced_at_once(request, objection_officer, case):
    application = request.getfixturevalue(case)
    old = application.decisions.get()

    reject_instead(application, by=objection_officer)

    new = application.decisions.standing().get()
    assert (application.status, new.outcome, new.chain()) == (Status.REJECTED, "rejected", [new, old])
    assert terms(application) == {}


@pytest.mark.parametrize("about", [{"explanation": " "}, {"outcome": Ground.Outcome.GRANT}])
def test_3_46_it_has_reasons_and_a_ground_to_reject(set_aside, objection_officer, about):
    with refused(set_aside):
        reject_instead(set_aside, by=objection_officer, **about)


def test_what_was_granted_is_not_taken_away_so(granted, objection_officer):
    with refused(granted, TransitionNotAllowed):
        reject_instead(granted, by=objection_officer)


def test_who_may_not_replace_a_decision_does_not_reject_so(set_aside, caseworker):
    with refused(set_aside, PermissionDenied):
        reject_instead(set_aside, by=caseworker)


# --- Taken up again by the version before ---------------------------------------------------------------------


@pytest.fixture
def taken_up_again(set_aside):
    """After an objection, with eight new weeks: as the version before left it."""
    set_aside.decisions.update(revoked_at=timezone.now())
    set_aside.dossier.close_every_deadline(set_aside)
    Application.objects.filter(pk=set_aside.pk).update(status=Status.IN_REVIEW, reopened_on=TODAY())
    set_aside = Application.objects.get(pk=set_aside.pk)
    clock.open_decision_term(set_aside)
    set_aside.save()
    set_aside.dossier.record(set_aside, "reopen", from_status="set_aside", to_status="in_review", by=None, detail={})
    return set_aside


def test_what_was_taken_up_again_before_can_still_be_decided(taken_up_again, caseworker, other_caseworker):
    assert set(terms(taken_up_again)) == {"decide"}
    reason = given.ground(Ground.Outcome.REJECT, taken_up_again)
    about = {"explanation": "Toch niet.", "doubts_reason": given.EXPLAINED}
    taken_up_again.propose_rejection(by=caseworker, ground=reason, **about)
    taken_up_again.approve_rejection(by=other_caseworker, doubts_reason=given.EXPLAINED)

    assert taken_up_again.decisions.standing().get().outcome == "rejected"
    assert not DefaultNotice.objects.exists()


def test_a_step_of_before_keeps_its_words(taken_up_again):
    with override("en"):
        assert build_timeline(taken_up_again.dossier)[0].what == "Taken up again: the decision is revoked"


def test_nothing_is_set_aside_while_the_applicant_can_still_answer(applicant, caseworker):
    application = given.supplied(by=applicant, desk=caseworker)
    item = application.evidence_items.with_all()[0]
    application.ask_completion(by=caseworker, items={item: "Onleesbaar."}, ends_on=given.working_day())

    with refused(application):
        application.set_aside(by=caseworker, ground=Ground.objects.get(code="wrong_data"), explanation=given.EXPLAINED)

    assert Application.objects.get(pk=application.pk).status == Status.WAITING
