"""Completing after a request, giving a view, saying that data are wrong, withdrawing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.models import Document, Event
from exemptions.models import Application, EvidenceItem, Status
from tests import given

Build = Callable[..., Application]
WORDS = "Het contract is op 3 maart getekend."


def pdf(name: str = "contract.pdf", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or given.PDF + b"startxref\n0\n%%EOF", "application/pdf")


def asked_item(application: Application) -> EvidenceItem:
    return application.completion_requests.latest("round").items.get().item


def send(client: Client, application: Application, *files: SimpleUploadedFile, **data: str) -> Any:
    name = f"item-{asked_item(application).requirement.code}"
    return client.post(reverse("supply", args=[application.key]), {name: list(files), **data})


def status(application: Application) -> str:
    return str(Application.objects.get(pk=application.pk).status)


def is_back_at(response: Any, application: Application) -> bool:
    return bool(response.status_code == 302 and response.url == reverse("application", args=[application.key]))


@pytest.fixture
def waiting(applicant: User, caseworker: User) -> Application:
    return given.waiting(by=applicant, desk=caseworker)


# --- Completing -----------------------------------------------------------------------------------------


def test_the_page_tells_what_is_asked_and_why(as_applicant: Client, waiting: Application) -> None:
    words = as_applicant.get(reverse("supply", args=[waiting.key])).content.decode()

    assert str(asked_item(waiting).requirement) in words
    assert "De handtekening ontbreekt." in words


def test_files_and_words_go_to_the_desk(as_applicant: Client, waiting: Application) -> None:
    response = send(as_applicant, waiting, pdf("een.pdf"), pdf("twee.pdf", given.PDF + b"%%EOF"), answer=WORDS)

    assert is_back_at(response, waiting)
    assert status(waiting) == Status.SUPPLIED
    assert waiting.completion_requests.get().answer == WORDS
    assert set(asked_item(waiting).documents.values_list("name", flat=True)) >= {"een.pdf", "twee.pdf"}


def test_a_colleague_may_answer_too(as_colleague: Client, waiting: Application) -> None:
    assert is_back_at(send(as_colleague, waiting, answer=WORDS), waiting)


def test_an_empty_answer_is_refused_with_a_sentence(as_applicant: Client, waiting: Application) -> None:
    response = send(as_applicant, waiting, answer="   ")

    assert response.status_code == 200
    assert "Voeg eerst een bestand of een uitleg toe" in response.content.decode()
    assert status(waiting) == Status.WAITING


def test_a_wrong_file_is_told_and_the_good_one_and_the_words_are_kept(
    as_applicant: Client, waiting: Application
) -> None:
    response = send(as_applicant, waiting, pdf("goed.pdf"), pdf("virus.pdf", b"MZ\x90"), answer=WORDS)

    words = response.content.decode()
    assert "‘virus.pdf’ is een programma" in words
    assert WORDS in words
    assert "goed.pdf" in words
    assert status(waiting) == Status.WAITING
    assert Document.objects.filter(name="goed.pdf").count() == 1
    assert is_back_at(send(as_applicant, waiting, answer=""), waiting)


def test_finishing_later_keeps_files_and_words_and_sends_nothing(as_applicant: Client, waiting: Application) -> None:
    assert is_back_at(send(as_applicant, waiting, pdf(), answer=WORDS, later="1"), waiting)

    words = as_applicant.get(reverse("supply", args=[waiting.key])).content.decode()
    assert status(waiting) == Status.WAITING
    assert WORDS in words
    assert "contract.pdf" in words


def test_a_file_can_be_taken_out_before_sending_and_no_other(as_applicant: Client, waiting: Application) -> None:
    old = asked_item(waiting).documents.get()
    send(as_applicant, waiting, pdf("fout.pdf"), later="1")
    new = Document.objects.get(name="fout.pdf")

    for document in (old, new):
        send(as_applicant, waiting, remove=str(document.pk), answer=WORDS)

    assert list(asked_item(waiting).documents.all()) == [old]
    assert WORDS in as_applicant.get(reverse("supply", args=[waiting.key])).content.decode()


def test_more_files_than_an_item_may_have(as_applicant: Client, waiting: Application) -> None:
    files = [pdf(f"{number}.pdf", given.PDF + b"%d %%%%EOF" % number) for number in range(21)]

    response = send(as_applicant, waiting, *files, answer=WORDS)

    assert "Hoogstens 20 bestanden per onderdeel." in response.content.decode()
    assert WORDS in response.content.decode()


def test_after_the_last_day_it_still_works_and_the_page_says_so(as_applicant: Client, waiting: Application) -> None:
    with time_machine.travel(timezone.localtime() + timedelta(days=40)):
        as_applicant.force_login(waiting.owner)
        page = as_applicant.get(reverse("supply", args=[waiting.key]))
        assert "De laatste dag was" in page.content.decode()

        assert is_back_at(send(as_applicant, waiting, answer=WORDS), waiting)


def test_a_second_click_is_told_what_happened_and_loses_no_words(as_applicant: Client, waiting: Application) -> None:
    send(as_applicant, waiting, answer=WORDS)

    again = send(as_applicant, waiting, answer="Nog iets erbij.")

    assert again.status_code == 409
    assert "Aanvraag aangevuld (u," in again.content.decode()
    assert "Nog iets erbij." in again.content.decode()
    assert Event.objects.filter(step="supply").count() == 1


def test_files_that_come_too_late_are_not_kept(as_applicant: Client, waiting: Application) -> None:
    send(as_applicant, waiting, answer=WORDS)

    send(as_applicant, waiting, pdf("telaat.pdf"))

    assert not Document.objects.filter(name="telaat.pdf").exists()


def test_the_page_of_an_answered_request_leads_back(as_applicant: Client, waiting: Application) -> None:
    send(as_applicant, waiting, answer=WORDS)

    assert is_back_at(as_applicant.get(reverse("supply", args=[waiting.key])), waiting)


def test_words_typed_before_the_login_expired_come_back(client: Client, waiting: Application) -> None:
    address = reverse("supply", args=[waiting.key])
    client.post(address, {"answer": WORDS})

    client.force_login(waiting.owner)

    assert WORDS in client.get(address).content.decode()


def test_the_page_asks_as_many_queries_for_three_items_as_for_one(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    counts = []
    for number, asked in enumerate((1, 3)):
        application = given.taken_up(by=applicant, desk=caseworker, plate=f"VX12{number}Z")
        items = dict.fromkeys(application.evidence_items.with_all()[:asked], "Onleesbaar.")
        application.ask_completion(by=caseworker, items=items, ends_on=given.working_day())
        for item in items:
            given.attach(item)
        with CaptureQueriesContext(connection) as queries:
            as_applicant.get(reverse("supply", args=[application.key]))
        counts.append(len(queries))

    assert counts[0] == counts[1]


# --- The other steps ----------------------------------------------------------------------------------


def hearing(by: User, desk: User) -> Application:
    application = given.taken_up(by=by, desk=desk)
    application.offer_hearing(by=desk, differences=given.DIFFERING, ends_on=given.working_day())
    return application


def asked_to_wait(by: User, desk: User) -> Application:
    application = given.taken_up(by=by, desk=desk)
    application.propose_delay(by=desk, until=given.working_day(), reason="Druk.")
    return application


STEPS: list[tuple[str, Build, dict[str, str], str, dict[str, str]]] = [
    ("give_view", hearing, {"view": WORDS}, Status.SUPPLIED, {"view": " "}),
    ("withdraw", given.taken_up, {"reason": WORDS, "sure": "on"}, Status.WITHDRAWN, {"reason": WORDS}),
    ("agree_to_delay", asked_to_wait, {"sure": "on"}, Status.IN_REVIEW, {}),
    ("dispute_facts", given.taken_up, {"why": WORDS}, Status.IN_REVIEW, {"why": ""}),
]
each_step = pytest.mark.parametrize(("step", "build", "good", "then", "bad"), STEPS, ids=[row[0] for row in STEPS])


@each_step
def test_a_step_is_taken_and_leads_to_the_application(
    as_applicant: Client,
    applicant: User,
    caseworker: User,
    step: str,
    build: Build,
    good: dict[str, str],
    then: str,
    bad: dict[str, str],
) -> None:
    application = build(by=applicant, desk=caseworker)
    address = reverse(step, args=[application.key])
    assert as_applicant.get(address).status_code == 200

    refused = as_applicant.post(address, bad)
    assert refused.status_code == 200
    assert all(words.strip() in refused.content.decode() for words in bad.values())

    assert is_back_at(as_applicant.post(address, good), application)
    assert status(application) == then
    assert [event.step for event in Event.objects.of(application)][-1] == step


@each_step
def test_a_step_that_is_too_late_shows_what_happened_and_what_was_typed(
    as_applicant: Client,
    applicant: User,
    caseworker: User,
    step: str,
    build: Build,
    good: dict[str, str],
    then: str,
    bad: dict[str, str],
) -> None:
    application = build(by=applicant, desk=caseworker)
    application.withdraw(by=caseworker, reason="")
    address = reverse(step, args=[application.key])

    late = as_applicant.post(address, good)

    assert late.status_code == 409
    assert "Aanvraag ingetrokken (het loket," in late.content.decode()
    assert all(words in late.content.decode() for words in good.values() if words == WORDS)
    assert is_back_at(as_applicant.get(address), application)


def test_the_hearing_shows_which_data_differ(as_applicant: Client, applicant: User, caseworker: User) -> None:
    application = hearing(applicant, caseworker)

    words = as_applicant.get(reverse("give_view", args=[application.key])).content.decode()

    assert "Euro 4 (kentekenregister)" in words


def test_withdrawing_tells_that_the_fee_is_not_returned(as_applicant: Client, applicant: User) -> None:
    application = given.filed(by=applicant)

    words = as_applicant.get(reverse("withdraw", args=[application.key])).content.decode()

    assert "Betaalde kosten krijgt u niet terug" in words


# --- Drafts -------------------------------------------------------------------------------------------


def test_a_draft_is_thrown_away_after_a_confirmation(as_applicant: Client, applicant: User) -> None:
    draft = given.draft(by=applicant)
    address = reverse("discard", args=[draft.key])
    assert as_applicant.get(address).status_code == 200

    as_applicant.post(address)

    assert not Application.objects.exists()
    assert as_applicant.post(address).status_code == 404


def test_what_was_sent_cannot_be_thrown_away(as_applicant: Client, applicant: User) -> None:
    application = given.filed(by=applicant)

    assert as_applicant.post(reverse("discard", args=[application.key])).status_code == 409
    assert status(application) == Status.SUBMITTED


def test_a_stranger_throws_nothing_away(as_stranger: Client, applicant: User) -> None:
    draft = given.draft(by=applicant)

    assert as_stranger.post(reverse("discard", args=[draft.key])).status_code == 404
    assert Application.objects.filter(pk=draft.pk).exists()
