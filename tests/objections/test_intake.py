"""An objection comes in: in time, by post, late; and who may send or register it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from objections.models import Objection, ObjectionStatus
from tests import contest
from tests.casework.days import on
from tests.objections.look import letters, refused, terms


def test_what_is_sent_in_the_portal_is_received_today_signed_and_confirmed_at_once(rejected, applicant):
    objection = contest.filed(rejected, by=applicant)

    assert objection.status == ObjectionStatus.REGISTERED
    assert (objection.received_on, objection.signed) == (timezone.localdate(), True)
    assert letters(objection)[-1] == "objection_receipt"


def test_the_term_to_decide_begins_when_the_term_to_object_ends(rejected_on_2_september, applicant, go_to):
    go_to("Fri 2025-09-12")

    objection = contest.filed(rejected_on_2_september, by=applicant)

    assert objection.object_until == on("Tue 2025-10-14")
    assert terms(objection) == {"decide_objection": on("Tue 2025-11-25")}
    assert objection.decide_by == on("Tue 2025-11-25")


@pytest.mark.parametrize(
    ("channel", "posted", "received", "in_time"),
    [
        ("post", "Tue 2025-10-14", "Tue 2025-10-21", True),
        ("post", "Tue 2025-10-14", "Wed 2025-10-22", False),
        ("post", "Wed 2025-10-15", "Thu 2025-10-16", False),
        ("post", None, "Tue 2025-10-14", True),
        ("other", None, "Wed 2025-10-15", False),
    ],
)
def test_the_post_has_a_week_more_and_other_ways_have_not(
    rejected_on_2_september, objection_officer, go_to, channel, posted, received, in_time
):
    go_to("Thu 2025-10-23")
    about = {"received_on": on(received), "posted_on": on(posted) if posted else None, "channel": channel}

    objection = contest.by_post(rejected_on_2_september, desk=objection_officer, **about)

    assert (objection.status, objection.is_in_time) == (ObjectionStatus.REGISTERED, in_time)


def test_one_that_is_late_has_its_term_from_the_day_of_receipt(rejected_on_2_september, objection_officer, go_to):
    go_to("Thu 2025-10-23")

    objection = contest.by_post(rejected_on_2_september, desk=objection_officer, received_on=on("Wed 2025-10-22"))

    assert objection.needs_excuse
    assert objection.decide_by == on("Wed 2025-12-03")


def test_who_is_late_in_the_portal_is_asked_why_and_then_let_in(rejected_on_2_september, applicant, go_to):
    go_to("Wed 2025-10-15")
    objection = contest.draft(rejected_on_2_september, by=applicant)

    with refused(objection):
        objection.file(by=applicant, received_on=timezone.localdate())

    Objection.objects.filter(pk=objection.pk).update(late_reason="Ik lag in het ziekenhuis.")
    objection.file(by=applicant, received_on=timezone.localdate())
    assert objection.needs_excuse


def test_what_comes_in_by_the_portal_cannot_be_dated_back(rejected, applicant):
    objection = contest.draft(rejected, by=applicant)

    with refused(objection, ValueError):
        objection.file(by=applicant, received_on=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("received", "posted", "channel"),
    [
        ("Fri 2025-10-24", None, "post"),  # tomorrow
        ("Mon 2025-09-01", None, "post"),  # before there was a decision
        ("Mon 2025-10-20", "Tue 2025-10-21", "post"),  # received before it was posted
        ("Wed 2025-10-22", "Tue 2025-10-14", "other"),  # a mail has no postmark
    ],
)
def test_impossible_days_are_refused(rejected_on_2_september, objection_officer, go_to, received, posted, channel):
    go_to("Thu 2025-10-23")
    objection = contest.draft(rejected_on_2_september, by=objection_officer, channel=channel)

    with refused(objection):
        objection.register(by=objection_officer, received_on=on(received), posted_on=on(posted) if posted else None)


@pytest.mark.parametrize("person", ["stranger", "caseworker", "objection_officer"])
def test_nobody_sends_an_objection_for_the_objector(request, rejected, applicant, person):
    objection = contest.draft(rejected, by=applicant)

    with refused(objection, PermissionDenied):
        objection.file(by=request.getfixturevalue(person), received_on=timezone.localdate())


@pytest.mark.parametrize("person", ["applicant", "caseworker", "team_lead", "municipal_caseworker"])
def test_only_the_objection_officer_registers(request, rejected, person):
    by = request.getfixturevalue(person)
    objection = contest.draft(rejected, by=by, channel="post")

    with refused(objection, PermissionDenied):
        objection.register(by=by, received_on=timezone.localdate())


def test_colleague_and_representative_object_too(rejected, colleague, representative):
    objection = contest.filed(rejected, by=colleague)
    objection.withdraw(by=representative)

    assert objection.status == ObjectionStatus.WITHDRAWN


def test_it_goes_to_a_colleague_who_can_handle_it(rejected, applicant, objection_officer, other_officer, caseworker):
    objection = contest.filed(rejected, by=applicant)
    objection.take_up(by=objection_officer)

    with refused(objection):
        objection.assign(by=objection_officer, to=caseworker)

    objection.assign(by=objection_officer, to=other_officer)
    assert objection.assigned_to == other_officer


def test_it_is_given_to_nobody_who_took_the_decision(rejected, applicant, objection_officer, decider):
    objection = contest.filed(rejected, by=applicant)

    assert not objection.assignees().contains(decider)
    with refused(objection):
        objection.assign(by=objection_officer, to=decider)
    with refused(objection, PermissionDenied):
        objection.take_up(by=decider)


def test_who_took_the_decision_registers_the_objection_and_leaves_it_to_a_colleague(rejected, decider):
    objection = contest.by_post(rejected, desk=decider, received_on=timezone.localdate())

    objection.admit(by=decider)

    assert objection.assigned_to is None


def test_a_double_click_leaves_one_note(rejected, applicant, objection_officer):
    objection = contest.filed(rejected, by=applicant)

    objection.note(by=objection_officer, text="Belde vandaag.")
    objection.note(by=objection_officer, text="Belde vandaag.")

    assert objection.notes.get().text == "Belde vandaag."
