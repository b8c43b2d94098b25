"""The thread of a case: both sides write, read and answer; nobody else does, and no mail tells what was written."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from accounts.models import User
from casework.models import CaseMessage, Document, EquatedDay, Message
from casework.models.case_message import LONGEST_MESSAGE
from casework.steps import StepRefused
from exemptions.models import Application, Mandate
from exemptions.worklists import APPLICATIONS
from tests import given
from tests.cast import Login, company
from tests.desk import pages
from tests.portal.threads import count_queries, pdf, thread, waiting

SECRET = "Mijn leverancier is failliet."
ANSWER = "Stuur ons dan de brief van de curator."


@pytest.fixture
def application(applicant: User, caseworker: User) -> Application:
    return given.taken_up(by=applicant, desk=caseworker)


def test_a_message_is_written_in_the_portal_and_answered_at_the_desk(
    as_applicant: Client, as_caseworker: Client, application: Application, caseworker: User
) -> None:
    as_applicant.post(thread(application), {"text": SECRET})
    assert waiting(caseworker, of=APPLICATIONS) == 1
    assert SECRET in pages.text(as_caseworker.get(pages.case(application)))

    pages.send(as_caseworker, application, "message_applicant", text=ANSWER)

    assert waiting(caseworker, of=APPLICATIONS) == 0
    assert ANSWER in pages.text(as_applicant.get(thread(application)))


def test_each_side_sees_whether_the_other_has_read_it(
    as_applicant: Client, as_caseworker: Client, application: Application, applicant: User, caseworker: User
) -> None:
    as_applicant.post(thread(application), {"text": SECRET})
    assert "nog niet door ons gelezen" in pages.text(as_applicant.get(thread(application)))
    as_caseworker.get(pages.case(application))
    assert "door ons gelezen op" in pages.text(as_applicant.get(thread(application)))

    application.message_applicant(by=caseworker, text=ANSWER)
    assert "Nieuw bericht over uw aanvraag" in pages.text(as_applicant.get(reverse("my_applications")))
    as_applicant.get(thread(application))

    assert f"gelezen door {applicant}" in pages.text(as_caseworker.get(pages.case(application)))
    assert "Nieuw bericht over uw aanvraag" not in pages.text(as_applicant.get(reverse("my_applications")))


def test_who_may_only_look_at_the_desk_reads_nothing_for_it(
    application: Application, applicant: User, login: Login, objection_officer: User
) -> None:
    application.message_desk(by=applicant, text=SECRET)

    login(objection_officer).get(pages.case(application))

    assert CaseMessage.objects.get().read_at is None


def test_the_mails_do_not_say_what_was_written(application: Application, applicant: User, caseworker: User) -> None:
    before = Message.objects.count()
    application.message_desk(by=applicant, text=SECRET)
    application.message_applicant(by=caseworker, text=ANSWER)

    mails = {mail.kind: mail for mail in Message.objects.order_by("pk")[before:]}

    assert mails["mail_message_came"].to == caseworker.email
    assert mails["mail_message_came"].dossier is None
    assert mails["mail_message"].to != caseworker.email
    for mail in mails.values():
        assert str(application.dossier) in mail.body
        assert SECRET not in mail.body
        assert ANSWER not in mail.body


def test_it_is_answered_within_the_working_days_of_the_policy(
    as_applicant: Client, application: Application, applicant: User
) -> None:
    application.message_desk(by=applicant, text=SECRET)

    last = EquatedDay.calendar().working_days_after(timezone.localdate(), 5)

    assert CaseMessage.objects.get().answer_by == last
    assert "binnen 5 werkdagen" in pages.text(as_applicant.get(thread(application)))


def test_thanks_need_no_answer(as_caseworker: Client, application: Application, applicant: User) -> None:
    application.message_desk(by=applicant, text="Bedankt!")

    pages.send(as_caseworker, application, "settle_messages")

    assert not CaseMessage.objects.unanswered().exists()
    assert not CaseMessage.objects.from_side(desk=True).exists()


def test_files_come_along_and_bad_ones_are_refused(
    as_applicant: Client, as_stranger: Client, application: Application
) -> None:
    bad = pdf(b"MZ not a document")
    refused = as_applicant.post(thread(application), {"text": SECRET, "documents": bad})
    assert refused.context["form"].errors["documents"]
    assert not CaseMessage.objects.exists()
    good = pdf()

    as_applicant.post(thread(application), {"text": SECRET, "documents": good})

    (document,) = CaseMessage.objects.get().documents.all()
    address = reverse("document", args=[application.key, document.pk])
    assert as_applicant.get(address).status_code == 200
    assert as_stranger.get(address).status_code == 404


def test_a_second_click_writes_once_and_keeps_its_files_once(as_applicant: Client, application: Application) -> None:
    for _click in range(2):
        as_applicant.post(thread(application), {"text": SECRET, "documents": pdf()})

    assert CaseMessage.objects.count() == 1
    assert Document.objects.filter(name="brief.pdf", removed_at=None).count() == 1


def test_a_stranger_and_an_ended_mandate_neither_read_nor_write(
    as_stranger: Client, as_colleague: Client, colleague: User, application: Application
) -> None:
    Mandate.objects.filter(user=colleague).update(ended_at=timezone.now())

    for client in (as_stranger, as_colleague):
        assert client.get(thread(application)).status_code == 404
        assert client.post(thread(application), {"text": SECRET}).status_code == 404
    assert not CaseMessage.objects.exists()


def test_who_applied_on_paper_is_written_to_once_somebody_acts_for_them_in_the_portal(
    as_caseworker: Client, caseworker: User, colleague: User
) -> None:
    holder = company("Bakkerij Op Papier", "12345679")
    application = given.on_paper(desk=caseworker, applicant=holder)
    step = pages.step(application, "message_applicant")
    assert step not in pages.text(as_caseworker.get(pages.case(application)))
    with pytest.raises(TransitionNotAllowed):
        application.message_applicant(by=caseworker, text=ANSWER)

    Mandate.objects.create(user=colleague, applicant=holder, role=Mandate.Role.OWNER)

    assert step in pages.text(as_caseworker.get(pages.case(application)))


def test_a_draft_has_no_thread(as_applicant: Client, applicant: User) -> None:
    assert as_applicant.get(thread(given.draft(by=applicant))).status_code == 404


def test_hostile_words_are_shown_as_words(
    as_applicant: Client, as_caseworker: Client, application: Application
) -> None:
    evil = "<script>alert(1)</script> {{ user }} {link} \u202e"
    as_applicant.post(thread(application), {"text": evil})

    for client, address in ((as_applicant, thread(application)), (as_caseworker, pages.case(application))):
        page = client.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_nothing_too_long_empty_or_with_a_nul_is_kept(as_applicant: Client, application: Application) -> None:
    for text in ("", "   ", "a\0b", "x" * (LONGEST_MESSAGE + 1)):
        assert as_applicant.post(thread(application), {"text": text}).context["form"].errors

    assert not CaseMessage.objects.exists()


def test_one_account_and_one_side_write_only_so_much(
    as_applicant: Client, application: Application, applicant: User
) -> None:
    answers = [as_applicant.post(thread(application), {"text": f"Bericht {one}"}).status_code for one in range(21)]
    assert (answers[19], answers[20]) == (302, 429)

    for one in range(10):
        application.message_desk(by=applicant, text=f"Nog een {one}")
    with pytest.raises(StepRefused):
        application.message_desk(by=applicant, text="Te veel")


def test_the_thread_and_the_list_cost_the_same_however_much_was_written(
    as_applicant: Client, as_caseworker: Client, application: Application, applicant: User, caseworker: User
) -> None:
    addresses = ((as_applicant, thread(application)), (as_caseworker, pages.worklist("messages")))

    application.message_applicant(by=caseworker, text=ANSWER)
    application.message_desk(by=applicant, text=SECRET)
    as_applicant.get(thread(application))
    few = count_queries(addresses)
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        for one in range(3):
            application.message_applicant(by=caseworker, text=f"{ANSWER} {one}")
            application.message_desk(by=applicant, text=f"{SECRET} {one}")
            given.taken_up(by=applicant, desk=caseworker, plate=f"VX12{one}Z").message_desk(by=applicant, text=SECRET)

    assert count_queries(addresses) == few
