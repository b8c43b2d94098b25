"""The thread of an objection: its side and who handles it write; who decided first leaves that to a colleague."""

from typing import Any, cast

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from casework.models import CaseMessage, Document, Message
from casework.steps import StepRefused
from exemptions.models import Application
from objections.models import Objection
from objections.portal.files import find_unsent_files
from objections.worklists import OBJECTIONS
from tests import contest, given
from tests.cast import Login, staff
from tests.desk import pages
from tests.portal.threads import count_queries, pdf, thread, waiting

ASKED = "Mag mijn boekhouder mee naar de hoorzitting?"
ANSWER = "Ja, graag. Zeg ons wie het is."


@pytest.fixture
def objection(rejected: Application, parties: dict[str, Any]) -> Objection:
    found = contest.handling(rejected, **parties)
    found.take_up(by=parties["desk"])
    return found


def test_both_sides_write_and_read(
    as_applicant: Client, as_objection_officer: Client, objection: Objection, objection_officer: User, applicant: User
) -> None:
    as_applicant.post(thread(objection), {"text": ASKED})
    assert waiting(objection_officer, of=OBJECTIONS) == 1
    assert ASKED in pages.text(as_objection_officer.get(pages.case(objection)))
    assert "door ons gelezen op" in pages.text(as_applicant.get(thread(objection)))

    pages.send(as_objection_officer, objection, "message_applicant", text=ANSWER)

    assert waiting(objection_officer, of=OBJECTIONS) == 0
    assert "Nieuw bericht over uw bezwaar" in pages.text(as_applicant.get(reverse("my_applications")))
    assert ANSWER in pages.text(as_applicant.get(thread(objection)))
    assert "Nieuw bericht over uw bezwaar" not in pages.text(as_applicant.get(reverse("my_applications")))
    assert f"gelezen door {applicant}" in pages.text(as_objection_officer.get(pages.case(objection)))


def test_the_page_of_the_objection_leads_to_its_messages(
    as_applicant: Client, objection: Objection, objection_officer: User
) -> None:
    objection.message_applicant(by=objection_officer, text=ANSWER)

    page = pages.text(as_applicant.get(reverse("objection", args=[objection.key])))

    assert thread(objection) in page
    assert "nieuw bericht" in page
    assert ANSWER not in page


def test_mails_lead_there_and_do_not_say_what_was_written(
    objection: Objection, applicant: User, objection_officer: User
) -> None:
    before = Message.objects.count()
    objection.message_desk(by=applicant, text=ASKED)
    objection.message_applicant(by=objection_officer, text=ANSWER)

    mails = {mail.kind: mail for mail in Message.objects.order_by("pk")[before:]}

    assert mails["mail_message_came"].to == objection_officer.email
    assert pages.case(objection) in mails["mail_message_came"].body
    assert thread(objection) in mails["mail_message"].body
    assert not any(words in mail.body for mail in mails.values() for words in (ASKED, ANSWER))


def test_the_thread_of_the_application_is_another(
    as_applicant: Client, as_caseworker: Client, objection: Objection, applicant: User
) -> None:
    objection.message_desk(by=applicant, text=ASKED)

    application = objection.application

    assert ASKED not in pages.text(as_applicant.get(reverse("case_messages", args=[application.key])))
    assert ASKED not in pages.text(as_caseworker.get(pages.case(application)))


def test_who_decided_first_leaves_the_messages_to_a_colleague(
    objection: Objection, applicant: User, caseworker: User, other_caseworker: User, login: Login
) -> None:
    objection.message_desk(by=applicant, text=ASKED)
    decider = cast("User", objection.decision.taken_by)
    decider.groups.set(staff("Fien Bezwaar", "objection officer").groups.all())

    for step in ("message_applicant", "settle_messages"):
        assert login(decider).get(pages.step(objection, step)).status_code == 403
    with pytest.raises(PermissionDenied):
        objection.message_applicant(by=User.objects.get(pk=decider.pk), text=ANSWER)
    login(decider).get(pages.case(objection))

    assert CaseMessage.objects.get().read_at is None


def test_who_sees_no_objections_gets_no_file_of_the_thread(
    as_applicant: Client, as_caseworker: Client, as_objection_officer: Client, objection: Objection
) -> None:
    as_applicant.post(thread(objection), {"text": ASKED, "documents": pdf()})

    (document,) = CaseMessage.objects.get().documents.all()

    assert as_objection_officer.get(pages.document(objection, document.pk)).status_code == 200
    assert as_caseworker.get(pages.document(objection.application, document.pk)).status_code == 404


def test_its_files_are_not_taken_for_files_that_are_still_to_be_sent(
    as_applicant: Client, objection: Objection, applicant: User
) -> None:
    for address in (thread(objection), reverse("case_messages", args=[objection.application.key])):
        as_applicant.post(address, {"text": ASKED, "documents": pdf()})

    assert CaseMessage.objects.all().files().count() == 2
    assert not find_unsent_files(objection).exists()


def test_bad_files_are_refused_and_good_ones_shown_to_its_side_alone(
    as_applicant: Client, as_stranger: Client, objection: Objection
) -> None:
    refused = as_applicant.post(thread(objection), {"text": ASKED, "documents": pdf(content=b"MZ no document")})
    assert refused.context["form"].errors["documents"]
    assert ASKED in pages.text(refused)
    assert not CaseMessage.objects.exists()

    as_applicant.post(thread(objection), {"text": ASKED, "documents": pdf()})

    (document,) = CaseMessage.objects.get().documents.all()
    address = reverse("document", args=[objection.application.key, document.pk])
    assert address in pages.text(as_applicant.get(thread(objection)))
    assert (as_applicant.get(address).status_code, as_stranger.get(address).status_code) == (200, 404)


def test_a_second_tab_writes_once_and_keeps_its_files_once(as_applicant: Client, objection: Objection) -> None:
    for _tab in range(2):
        as_applicant.post(thread(objection), {"text": ASKED, "documents": pdf()})

    assert CaseMessage.objects.count() == 1
    assert Document.objects.filter(name="brief.pdf", removed_at=None).count() == 1


def test_a_stranger_finds_nothing(as_stranger: Client, objection: Objection) -> None:
    assert as_stranger.get(thread(objection)).status_code == 404
    assert as_stranger.post(thread(objection), {"text": ASKED}).status_code == 404
    assert not CaseMessage.objects.exists()


def test_a_draft_has_no_thread(as_applicant: Client, rejected: Application, applicant: User) -> None:
    assert as_applicant.get(thread(contest.draft(rejected, by=applicant))).status_code == 404


def test_one_can_still_write_after_the_decision(
    as_applicant: Client, as_objection_officer: Client, objection: Objection, objection_officer: User
) -> None:
    contest.unfounded(objection, by=objection_officer)

    as_applicant.post(thread(objection), {"text": "Kunt u dat uitleggen?"})
    pages.send(as_objection_officer, objection, "message_applicant", text=ANSWER)

    assert objection.dossier.events.filter(step="message_applicant").exists()
    assert pages.status(objection) == "unfounded"


def test_nothing_empty_is_sent(as_applicant: Client, objection: Objection, applicant: User) -> None:
    assert as_applicant.post(thread(objection), {"text": "  "}).context["form"].errors["text"]
    with pytest.raises(StepRefused):
        objection.message_desk(by=applicant, text="  ")


def test_what_is_wrong_keeps_what_was_typed(as_applicant: Client, objection: Objection) -> None:
    page = as_applicant.post(thread(objection), {"text": "x" * 4001})

    assert "x" * 4001 in pages.text(page)


def test_the_thread_and_the_lists_cost_the_same_however_much_was_written(
    as_applicant: Client,
    as_objection_officer: Client,
    objection: Objection,
    parties: dict[str, Any],
    caseworker: User,
    other_caseworker: User,
) -> None:
    applicant, officer = parties["by"], parties["desk"]
    addresses = (
        (as_applicant, thread(objection)),
        (as_applicant, reverse("my_applications")),
        (as_objection_officer, pages.worklist("messages", of="objections_objection")),
        (as_objection_officer, pages.step(objection, "message_applicant")),
    )

    def write(one: Objection, number: int) -> None:
        one.message_applicant(by=officer, text=f"{ANSWER} {number}")
        one.message_desk(by=applicant, text=f"{ASKED} {number}")

    more = [
        contest.handling(
            given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate=f"VX12{number}Z"), **parties
        )
        for number in range(2)
    ]
    write(objection, 1)
    write(more[0], 1)
    count_queries(addresses)
    write(objection, 2)
    few = count_queries(addresses)
    for number in range(3, 6):
        write(objection, number)
        write(more[0], number)
    write(more[1], 1)

    assert count_queries(addresses) == few
