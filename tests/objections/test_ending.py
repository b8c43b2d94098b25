"""Taken back, or forwarded to the court at once (Awb 6:21, 7:1a)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from casework.deadline_words import format_day
from casework.models import OtherBody
from casework.shared_steps import to_post
from objections.models import ObjectionStatus
from tests import contest
from tests.objections.look import letters, refused, terms
from tests.posting import choose_post, post


@pytest.fixture
def direct(rejected, applicant):
    """Filed, with a request for direct appeal."""
    return contest.filed(rejected, by=applicant, direct_appeal_asked=True)


def test_the_objector_takes_it_back_in_writing(rejected, applicant, objection_officer):
    objection = contest.hearing_offered(rejected, by=applicant, desk=objection_officer)

    objection.withdraw(by=applicant)

    assert (objection.status, terms(objection)) == (ObjectionStatus.WITHDRAWN, {})
    assert letters(objection)[-1] == "objection_withdrawn"


def test_by_word_of_mouth_only_where_a_hearing_is_planned(rejected, applicant, objection_officer):
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)

    with refused(objection):
        objection.withdraw(by=objection_officer, how="hearing")


def test_and_only_from_the_day_of_the_hearing(rejected, applicant, objection_officer, time_machine):
    objection = contest.hearing_planned(rejected, by=applicant, desk=objection_officer)
    with refused(objection):
        objection.withdraw(by=objection_officer, how="hearing")

    time_machine.move_to(timezone.localtime() + timedelta(days=21), tick=False)
    objection.withdraw(by=objection_officer, how="hearing")

    assert objection.dossier.events.last().detail == {"how": "hearing"}


def test_it_is_taken_back_in_a_way_that_the_law_knows(direct, applicant):
    with refused(direct):
        direct.withdraw(by=applicant, how="by silence")


def test_a_stranger_takes_nothing_back(direct, stranger):
    with refused(direct, PermissionDenied):
        direct.withdraw(by=stranger)


def test_after_taking_back_one_can_object_again_in_time(rejected, applicant):
    contest.filed(rejected, by=applicant).withdraw(by=applicant)

    assert contest.filed(rejected, by=applicant).is_in_time


def test_a_direct_appeal_goes_to_the_court_with_the_day_of_receipt(direct, objection_officer, time_machine):
    received = direct.received_on
    time_machine.move_to(timezone.localtime() + timedelta(days=3), tick=False)

    direct.agree_direct_appeal(by=objection_officer, court="Rechtbank Gelderland", none_to_come=True)

    appeal = direct.appeals.get()
    assert (direct.status, terms(direct)) == (ObjectionStatus.FORWARDED, {})
    assert (appeal.against, appeal.filed_on, appeal.court) == ("direct", received, "Rechtbank Gelderland")
    assert letters(direct)[-1] == "objection_forwarded"


def test_7_1a_while_one_can_still_object_nobody_else_may_be_expected_to(direct, objection_officer, time_machine):
    with refused(direct):
        direct.agree_direct_appeal(by=objection_officer, court="Rechtbank Gelderland")

    time_machine.move_to(timezone.localtime() + timedelta(days=60), tick=False)
    direct.agree_direct_appeal(by=objection_officer, court="Rechtbank Gelderland")

    assert direct.status == ObjectionStatus.FORWARDED


def test_we_can_refuse_it_once_and_handle_the_objection(direct, objection_officer):
    direct.refuse_direct_appeal(by=objection_officer, reason="De feiten staan nog niet vast.")

    with refused(direct, TransitionNotAllowed):
        direct.agree_direct_appeal(by=objection_officer, court="Rechtbank Gelderland", none_to_come=True)
    direct.admit(by=objection_officer)
    assert direct.status == ObjectionStatus.HANDLING


def test_who_did_not_ask_for_it_is_not_sent_to_the_court(rejected, applicant, objection_officer):
    objection = contest.filed(rejected, by=applicant)

    with refused(objection, TransitionNotAllowed):
        objection.agree_direct_appeal(by=objection_officer, court="Rechtbank Gelderland", none_to_come=True)


def test_a_late_one_is_judged_before_it_is_forwarded(rejected, applicant, objection_officer, time_machine):
    time_machine.move_to(timezone.localtime() + timedelta(days=60), tick=False)
    objection = contest.filed(rejected, by=applicant, direct_appeal_asked=True, late_reason="Op reis.")
    with refused(objection):
        objection.agree_direct_appeal(by=objection_officer, court="Rechtbank Gelderland", none_to_come=True)

    objection.admit(by=objection_officer, excused=True, because="De brief kwam tijdens de reis.")
    objection.agree_direct_appeal(by=objection_officer, court="Rechtbank Gelderland", none_to_come=True)

    assert objection.status == ObjectionStatus.FORWARDED


def test_who_took_the_decision_says_nothing_about_direct_appeal(direct, objection_officer, other_caseworker):
    other_caseworker.groups.add(objection_officer.groups.get())
    again = type(other_caseworker).objects.get(pk=other_caseworker.pk)

    with refused(direct, PermissionDenied):
        direct.refuse_direct_appeal(by=again, reason="Nee.")


# --- Forwarded to another body (Awb 6:15) --------------------------------------------------------------------


def test_6_15_an_objection_for_another_goes_there_with_its_day_of_receipt(rejected, applicant, objection_officer):
    objection, cvom = contest.filed(rejected, by=applicant), OtherBody.objects.get(code="cvom")
    objection.forward(by=objection_officer, body=cvom, because="Het gaat over een boete.")

    assert (objection.status, terms(objection)) == (ObjectionStatus.FORWARDED, {})
    told, note = list(objection.dossier.letters.order_by("pk"))[-2:]
    assert "6:15" in told.body
    assert cvom.address in told.body
    assert format_day(objection.received_on) in note.subject
    assert note.address.startswith(cvom.name)


def test_6_15_who_wants_post_is_told_by_post(rejected, applicant, organisation, objection_officer):
    choose_post(organisation, by=applicant)
    objection, cvom = contest.filed(rejected, by=applicant), OtherBody.objects.get(code="cvom")
    objection.forward(by=objection_officer, body=cvom, because="Het gaat over een boete.")

    assert set(to_post(objection).values_list("letter__kind", flat=True)) >= {"objection_to_body", "forwarding_note"}
    post(objection, by=objection_officer)
    assert not to_post(objection).exists()


def test_a_stranger_forwards_nothing(rejected, applicant, stranger):
    objection, cvom = contest.filed(rejected, by=applicant), OtherBody.objects.get(code="cvom")

    with refused(objection, PermissionDenied):
        objection.forward(by=stranger, body=cvom, because="Het gaat over een boete.")
