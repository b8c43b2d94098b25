"""A complaint comes in: received, confirmed, by somebody who was not involved (Awb 9:1, 9:4 to 9:9)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from casework import clock
from casework.steps import StepRefused
from complaints.models import Complaint
from tests.casework.days import on
from tests.complaints import lodged
from tests.objections.look import letters, terms

pytestmark = pytest.mark.django_db


def test_9_6_receipt_is_confirmed_at_once_by_email_with_the_letter_itself(objection_officer, go_to):
    go_to("Mon 2025-09-01")
    complaint = lodged.registered(by=objection_officer)

    mail = complaint.dossier.outgoing_mail.get()
    assert (letters(complaint), mail.to) == (["complaint_receipt"], "anna@example.org")
    assert lodged.ABOUT in mail.body
    assert "13 oktober 2025" in mail.body
    assert not {"#", "*", "\\"} & set(mail.body)


def test_9_6_by_post_the_confirmation_waits_to_be_posted(objection_officer):
    complaint = lodged.registered(by=objection_officer, by_post=True)

    assert Complaint.objects.to_post().get() == complaint
    assert not complaint.dossier.outgoing_mail.exists()


def test_9_1_in_the_portal_it_is_received_today(applicant, go_to):
    go_to("Mon 2025-09-01")
    complaint = lodged.draft(complainant=applicant)
    complaint.file(by=applicant, received_on=clock.today())

    assert complaint.dossier.number
    assert terms(complaint) == {
        "decide_complaint": on("Mon 2025-10-13"),
        "decline_complaint": on("Mon 2025-09-29"),
    }


def test_9_11_what_came_in_earlier_counts_from_that_day(objection_officer, go_to):
    go_to("Thu 2025-09-04")
    complaint = lodged.draft(channel="post")
    complaint.register(by=objection_officer, received_on=on("Mon 2025-09-01"))

    assert complaint.decide_by == on("Mon 2025-10-13")


def test_nothing_comes_in_tomorrow(objection_officer, go_to):
    go_to("Mon 2025-09-01")
    with pytest.raises(StepRefused):
        lodged.draft(channel="post").register(by=objection_officer, received_on=on("Tue 2025-09-02"))


def test_9_7_who_it_is_about_takes_no_step(objection_officer, other_officer):
    complaint = lodged.handled(by=objection_officer)
    complaint.name_person(by=objection_officer, person=other_officer)

    with pytest.raises(PermissionDenied):
        complaint.take_up(by=other_officer)
    with pytest.raises(StepRefused):
        complaint.assign(by=objection_officer, to=other_officer)


def test_9_7_it_leaves_the_hands_of_who_it_turns_out_to_be_about(objection_officer, other_officer):
    complaint = lodged.handled(by=objection_officer)
    complaint.name_person(by=other_officer, person=objection_officer)

    assert complaint.assigned_to is None


def test_9_7_the_database_refuses_it_too(objection_officer):
    complaint = lodged.handled(by=objection_officer)
    with pytest.raises(IntegrityError, match="complaint_handler_uninvolved"), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(person=objection_officer)


def test_9_9_who_it_is_about_gets_a_copy(objection_officer, other_officer):
    complaint = lodged.handled(by=objection_officer)
    complaint.name_person(by=objection_officer, person=other_officer)

    copy = complaint.dossier.outgoing_mail.get(kind="mail_complaint_copy")
    assert copy.to == other_officer.email
    assert lodged.ABOUT in copy.body


def test_others_at_the_desk_do_not_see_complaints(objection_officer, caseworker, team_lead):
    complaint = lodged.registered(by=objection_officer)
    assert [complaint.is_at_desk_of(user) for user in (objection_officer, caseworker, team_lead)] == [
        True,
        False,
        False,
    ]
