"""The thread of a complaint: its complainant and who handles it write; nobody else of either side does."""

import pytest
from django.test import Client
from django.urls import reverse
from django_fsm import TransitionNotAllowed

from accounts.models import User
from casework.models import CaseMessage, Document, Message
from complaints.admin.desk_steps import COMPLAINTS_DESK
from complaints.models import Complaint
from complaints.worklists import COMPLAINTS
from tests import given
from tests.cast import Login, staff
from tests.complaints import lodged
from tests.desk import pages
from tests.portal.threads import count_queries, pdf, thread, waiting

ASKED = "Wie belt mij hierover?"
ANSWER = "Bram belt u morgen."


@pytest.fixture
def complaint(applicant: User, objection_officer: User) -> Complaint:
    return lodged.handled(by=objection_officer, complainant=applicant, email=applicant.email)


def test_both_sides_write_and_read(
    as_applicant: Client, as_objection_officer: Client, complaint: Complaint, objection_officer: User
) -> None:
    as_applicant.post(thread(complaint), {"text": ASKED})
    assert waiting(objection_officer, of=COMPLAINTS) == 1
    assert ASKED in pages.text(as_objection_officer.get(pages.case(complaint)))
    assert "door ons gelezen op" in pages.text(as_applicant.get(thread(complaint)))

    pages.send(as_objection_officer, complaint, "message_applicant", text=ANSWER)

    assert waiting(objection_officer, of=COMPLAINTS) == 0
    assert "Nieuw bericht over uw klacht" in pages.text(as_applicant.get(reverse("my_applications")))
    assert thread(complaint) in pages.text(as_applicant.get(reverse("complaint", args=[complaint.key])))
    assert ANSWER in pages.text(as_applicant.get(thread(complaint)))
    assert "Nieuw bericht over uw klacht" not in pages.text(as_applicant.get(reverse("my_applications")))


def test_thanks_need_no_answer(as_objection_officer: Client, complaint: Complaint, applicant: User) -> None:
    complaint.message_desk(by=applicant, text="Bedankt!")

    pages.send(as_objection_officer, complaint, "settle_messages")

    assert not CaseMessage.objects.unanswered().exists()


def test_mails_lead_there_and_do_not_say_what_was_written(
    complaint: Complaint, applicant: User, objection_officer: User
) -> None:
    before = Message.objects.count()
    complaint.message_desk(by=applicant, text=ASKED)
    complaint.message_applicant(by=objection_officer, text=ANSWER)

    mails = {mail.kind: mail for mail in Message.objects.order_by("pk")[before:]}

    assert mails["mail_message_came"].to == objection_officer.email
    assert mails["mail_message_came"].dossier is None
    assert mails["mail_message"].to == applicant.email
    assert thread(complaint) in mails["mail_message"].body
    assert not any(words in mail.body for mail in mails.values() for words in (ASKED, ANSWER))


def test_who_complained_by_telephone_has_no_thread(as_objection_officer: Client, objection_officer: User) -> None:
    by_phone = lodged.handled(by=objection_officer)

    assert "message_applicant" not in {step.name for step in COMPLAINTS_DESK.offered(by_phone, objection_officer)}
    with pytest.raises(TransitionNotAllowed):
        by_phone.message_applicant(by=objection_officer, text=ANSWER)
    assert pages.step(by_phone, "message_applicant") not in pages.text(as_objection_officer.get(pages.case(by_phone)))


def test_a_stranger_and_a_colleague_of_the_firm_find_nothing(
    as_stranger: Client, as_colleague: Client, complaint: Complaint
) -> None:
    for client in (as_stranger, as_colleague):
        assert client.get(thread(complaint)).status_code == 404
        assert client.post(thread(complaint), {"text": ASKED}).status_code == 404
    assert not CaseMessage.objects.exists()


def test_who_is_complained_about_neither_reads_nor_answers(
    as_applicant: Client, complaint: Complaint, objection_officer: User, login: Login
) -> None:
    person = staff("Fien Bezwaar", "objection officer")
    complaint.name_person(by=objection_officer, person=person)
    as_applicant.post(thread(complaint), {"text": ASKED, "documents": pdf()})
    (document,) = CaseMessage.objects.get().documents.all()
    browser = login(person)

    page = browser.get(pages.case(complaint))

    assert page.status_code == 200
    assert ASKED not in pages.text(page)
    assert CaseMessage.objects.get().read_at is None
    assert browser.get(pages.step(complaint, "message_applicant")).status_code == 403
    assert browser.get(pages.document(complaint, document.pk)).status_code == 403
    assert browser.get(reverse("admin:dossier_pdf", args=["complaint", complaint.pk])).status_code == 404


def test_files_are_checked_and_shown_to_the_complainant_alone(
    as_applicant: Client, as_objection_officer: Client, as_stranger: Client, as_colleague: Client, complaint: Complaint
) -> None:
    refused = as_applicant.post(thread(complaint), {"text": ASKED, "documents": pdf(content=b"MZ no document")})
    assert refused.context["form"].errors["documents"]
    assert not CaseMessage.objects.exists()

    as_applicant.post(thread(complaint), {"text": ASKED, "documents": pdf()})

    (document,) = CaseMessage.objects.get().documents.all()
    address = reverse("complaint_document", args=[complaint.key, document.pk])
    assert address in pages.text(as_applicant.get(thread(complaint)))
    assert as_applicant.get(address).status_code == 200
    assert as_objection_officer.get(pages.document(complaint, document.pk)).status_code == 200
    assert [client.get(address).status_code for client in (as_stranger, as_colleague)] == [404, 404]


def test_only_what_came_with_its_messages_can_be_asked(
    as_applicant: Client, complaint: Complaint, applicant: User
) -> None:
    other = Document(dossier=complaint.dossier)
    other.fill(given.PDF, name="van binnen.pdf", content_type="application/pdf")
    other.save()
    elsewhere = given.filed(by=applicant).dossier.documents.all()[0]

    for document in (other, elsewhere):
        address = reverse("complaint_document", args=[complaint.key, document.pk])
        assert as_applicant.get(address).status_code == 404


def test_a_second_tab_writes_once_and_keeps_its_files_once(as_applicant: Client, complaint: Complaint) -> None:
    for _tab in range(2):
        as_applicant.post(thread(complaint), {"text": ASKED, "documents": pdf()})

    assert CaseMessage.objects.count() == 1
    assert Document.objects.filter(name="brief.pdf", removed_at=None).count() == 1


def test_one_can_still_write_after_the_outcome(
    as_applicant: Client, as_objection_officer: Client, complaint: Complaint, objection_officer: User
) -> None:
    complaint.hold_hearing(by=objection_officer, heard_on=complaint.came_in_on, report="Zo ging het.")
    lodged.conclude(complaint, by=objection_officer)

    as_applicant.post(thread(complaint), {"text": "Dank voor uw brief."})
    pages.send(as_objection_officer, complaint, "message_applicant", text=ANSWER)

    assert CaseMessage.objects.count() == 2
    assert pages.status(complaint) == "concluded"


def test_what_is_wrong_keeps_what_was_typed(as_applicant: Client, complaint: Complaint) -> None:
    assert as_applicant.post(thread(complaint), {"text": " "}).context["form"].errors["text"]

    assert "x" * 4001 in pages.text(as_applicant.post(thread(complaint), {"text": "x" * 4001}))


def test_the_thread_and_the_lists_cost_the_same_however_much_was_written(
    as_applicant: Client, as_objection_officer: Client, complaint: Complaint, applicant: User, objection_officer: User
) -> None:
    addresses = (
        (as_applicant, thread(complaint)),
        (as_applicant, reverse("my_applications")),
        (as_objection_officer, pages.worklist("messages", of="complaints_complaint")),
        (as_objection_officer, pages.case(complaint)),
    )

    def write(one: Complaint, number: int) -> None:
        one.message_applicant(by=objection_officer, text=f"{ANSWER} {number}")
        one.message_desk(by=applicant, text=f"{ASKED} {number}")

    more = [lodged.handled(by=objection_officer, complainant=applicant, email=applicant.email) for _one in range(2)]
    write(complaint, 1)
    write(more[0], 1)
    count_queries(addresses)
    write(complaint, 2)
    few = count_queries(addresses)
    for number in range(3, 6):
        write(complaint, number)
        write(more[0], number)
    write(more[1], 1)

    assert count_queries(addresses) == few
