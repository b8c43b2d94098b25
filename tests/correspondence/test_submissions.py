"""What comes in and is no case of ours: forwarded, returned, or taken up after all (Awb 2:3, 6:15)."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from casework import clock, workflow_drawing
from casework.deadline_words import format_day
from casework.desk.conflict import seen_now
from casework.models import Letter, LetterText, OtherBody
from casework.shared_steps import to_post
from casework.steps import StepRefused
from complaints.models import Complaint
from correspondence.admin.desk_steps import SUBMISSIONS_DESK
from correspondence.models import Submission
from correspondence.placeholders import KINDS
from exemptions.models import Application, Channel
from exemptions.placeholders import find_unknown_placeholders, preview_text
from objections.models import Objection
from tests import given
from tests.correspondence.submitted import ABOUT, ADDRESS, submitted
from tests.desk import pages
from tests.posting import post

pytestmark = pytest.mark.django_db
REGISTER = reverse("admin:correspondence_submission_register")
WHY = "Over een boete beslist het CVOM."
OPEN, FILED = {"received"}, {"received", "forwarded", "returned", "taken"}
TABLE = {
    "register": ({"draft"}, "received"),
    "note": (FILED, None),
    "forward": (OPEN, "forwarded"),
    "return_to_sender": (OPEN, "returned"),
    "take_as_application": (OPEN, "taken"),
    "take_as_objection": (OPEN, "taken"),
    "take_as_complaint": (OPEN, "taken"),
    "post_letters": (FILED, None),
    "mend_mail": (FILED, None),
}


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker) -> Application:
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def cvom() -> OtherBody:
    found: OtherBody = OtherBody.objects.get(code="cvom")
    return found


def letter(submission: Submission, kind: str) -> Letter:
    found: Letter = submission.dossier.letters.get(kind=kind)
    return found


# --- Forwarded (2:3(1), 6:15) ---------------------------------------------------------------------------------


def test_6_15_an_objection_against_no_decision_of_ours_is_forwarded_and_the_sender_told_by_email(caseworker, cvom):
    submission = submitted(by=caseworker)
    submission.forward(by=caseworker, body=cvom, because=WHY)

    assert (submission.status, submission.forwarded_to) == ("forwarded", cvom)
    assert letter(submission, "submission_forwarded").made_known_on == clock.today()
    mail = submission.dossier.outgoing_mail.get()
    assert (mail.to, "Postbus 50000" in mail.body) == ("anna@example.org", True)


def test_6_15_who_wants_post_is_told_by_post(caseworker, cvom):
    submission = submitted(by=caseworker, by_post=True, address=ADDRESS)
    submission.forward(by=caseworker, body=cvom, because=WHY)

    assert to_post(submission).count() == 2
    post(submission, by=caseworker)
    assert letter(submission, "submission_forwarded").made_known_on == clock.today()


def test_6_15_the_other_body_is_told_the_day_of_receipt(caseworker, cvom):
    submission = submitted(by=caseworker, days_ago=2)
    submission.forward(by=caseworker, body=cvom, because=WHY)

    note = letter(submission, "forwarding_note")
    assert format_day(submission.came_in_on) in note.subject
    assert note.address.startswith(cvom.name)


# --- Returned (2:3(2)) ----------------------------------------------------------------------------------------


def test_2_3_what_is_for_nobody_goes_back_by_email(caseworker):
    submission = submitted(by=caseworker)
    submission.return_to_sender(by=caseworker, because="Wij weten niet voor wie het is.")

    assert submission.status == "returned"
    assert ABOUT in submission.dossier.outgoing_mail.get().body


def test_2_3_what_is_for_nobody_goes_back_by_post(caseworker):
    submission = submitted(by=caseworker, by_post=True, address=ADDRESS)
    submission.return_to_sender(by=caseworker, because="Wij weten niet voor wie het is.")

    assert list(to_post(submission).values_list("letter__kind", flat=True)) == ["submission_returned"]


def test_what_was_said_by_telephone_cannot_go_back(caseworker):
    with pytest.raises(TransitionNotAllowed):
        submitted(by=caseworker, channel=Channel.PHONE).return_to_sender(by=caseworker, because="Niet voor ons.")


# --- Taken up after all, with the day of receipt ----------------------------------------------------------------


def test_2_3_an_application_after_all_keeps_its_day_of_receipt(caseworker):
    submission = submitted(by=caseworker, days_ago=2)
    submission.take_as_application(by=caseworker)

    begun = Application.objects.get(key=submission.key)
    assert begun.registration.received_on == submission.received_on
    assert begun in Application.objects.to_register(caseworker)


def test_6_15_an_objection_after_all_is_registered_with_its_day_of_receipt(
    login, applicant, caseworker, other_caseworker, objection_officer
):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    submission, desk = submitted(by=objection_officer), login(objection_officer)
    number = str(rejected.dossier)
    page = pages.send(desk, submission, "take_as_objection", application=number)

    form = desk.get(page.url).context["form"]
    assert form["received_on"].value() == submission.received_on.isoformat()
    assert not Objection.objects.exists()


def test_6_15_where_we_decided_nothing_it_is_no_objection_and_stays_to_be_sent_on(login, applicant, objection_officer):
    submission, undecided = submitted(by=objection_officer), given.filed(by=applicant)
    page = pages.send(login(objection_officer), submission, "take_as_objection", application=str(undecided.dossier))

    assert (page.status_code, pages.status(submission)) == (422, "received")
    assert "application" in page.context["form"].errors


def test_6_15_it_is_taken_as_an_objection_once(login, rejected, objection_officer):
    submission, desk = submitted(by=objection_officer), login(objection_officer)
    form = {"application": str(rejected.dossier), "seen": seen_now(submission)}
    answers = [pages.send(desk, submission, "take_as_objection", **form) for _click in range(2)]

    assert len({one.url for one in answers}) == 1
    assert submission.dossier.events.filter(step="take_as_objection").count() == 1


@pytest.mark.parametrize("day", ["x", "9999-12-31", "<script>pwn(1)</script>", "\u202e", "a" * 3000])
def test_a_day_in_the_address_is_only_filled_in(login, rejected, objection_officer, day):
    address = reverse("admin:objections_objection_register", args=[rejected.pk])
    page = login(objection_officer).get(address, {"received_on": day})

    assert page.status_code == 200
    assert "<script>pwn" not in pages.text(page)


@pytest.mark.parametrize("days", [-1, 365 * 100])
def test_a_day_on_which_none_came_in_is_refused(caseworker, days):
    with pytest.raises(StepRefused):
        submitted(by=caseworker, days_ago=days)


def test_9_11_a_complaint_after_all_has_its_six_weeks_from_the_day_of_receipt(objection_officer):
    submission = submitted(by=objection_officer, days_ago=2)
    submission.take_as_complaint(by=objection_officer)

    complaint = Complaint.objects.get(key=submission.key)
    assert (complaint.received_on, complaint.about) == (submission.received_on, ABOUT)


def test_who_registers_no_complaints_takes_none_up(caseworker):
    with pytest.raises(PermissionDenied):
        submitted(by=caseworker).take_as_complaint(by=caseworker)


# --- At the desk ------------------------------------------------------------------------------------------------


def test_it_is_registered_once_by_two_clicks_and_has_its_page(as_caseworker):
    form = {"key": uuid4(), "channel": "post", "received_on": clock.today(), "language": "nl", "about": ABOUT}
    form |= {"name": "Anna de Bakker", "email": "anna@example.org"}
    shown = [as_caseworker.post(REGISTER, form, follow=True) for _click in range(2)]

    assert Submission.objects.get().channel == "post"
    assert ABOUT in pages.text(shown[1])


def test_the_desk_forwards_it(as_caseworker, caseworker, cvom):
    submission = submitted(by=caseworker)
    pages.send(as_caseworker, submission, "forward", body=cvom.pk, because=WHY)

    assert pages.status(submission) == "forwarded"
    assert cvom.address in pages.text(as_caseworker.get(SUBMISSIONS_DESK.case_address(submission)))


def test_nine_rows_take_as_many_queries_as_three(
    as_caseworker, caseworker, django_assert_max_num_queries, django_assert_num_queries
):
    url = reverse("admin:correspondence_submission_changelist")

    def fill(count):
        for _number in range(count):
            submitted(by=caseworker)

    fill(3)
    as_caseworker.get(url)
    with django_assert_max_num_queries(40) as few:
        as_caseworker.get(url)
    fill(6)
    with django_assert_num_queries(len(few)):
        page = as_caseworker.get(url)
    assert pages.text(page).count("Anna de Bakker") == 9


def test_the_table_is_the_workflow():
    moves = {(move.name, move.source, move.target) for move in workflow_drawing.all_moves(Submission)}

    assert moves == {(step, source, to) for step, (sources, to) in TABLE.items() for source in sources}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_is_there_and_names_what_it_knows(kind, language):
    found = LetterText.objects.newest(kind=kind, language=language)

    assert find_unknown_placeholders(kind, found.subject, found.body) == []
    assert "{" not in preview_text(found).body
