"""Check, send, receipt."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from casework import outbox
from casework.deadline_words import describe_decision_deadline
from exemptions.models import Application, Status
from tests import given
from tests.portal import files
from tests.portal.files import upload
from tests.portal.wizard import SIGNED, filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(as_applicant, applicant):
    """Everything is there; only to be sent."""
    begun = filled_in(as_applicant, applicant)
    begun.send("evidence", **{"item-contract": upload(files.PDF, "contract.pdf")})
    return begun


def sent(wizard):
    return wizard.send("check", **SIGNED)


def test_everything_filled_in_stands_on_the_check_page(ready):
    page = ready.look("check")

    for word in ("Bakkerij De Korst", "TRU-01-E", "Lange levertijd", "eTruck 12", "7 januari 2030", "contract.pdf"):
        assert word in page
    assert "Voor een aanvraag die u nu verstuurt, betaalt u niets." in page


def test_sending_gives_a_number_a_receipt_and_a_clock(ready, applicant):
    answer = sent(ready)

    filed = ready.draft
    assert answer.headers["Location"] == reverse("receipt", args=[filed.key])
    page = ready.client.get(answer.headers["Location"]).content.decode()
    assert filed.status == Status.SUBMITTED
    assert filed.dossier.number in page
    assert describe_decision_deadline(filed) in page
    assert reverse("letter", args=[filed.key, filed.dossier.letters.get(kind="receipt").pk]) in page


def test_without_the_declaration_nothing_is_sent(ready):
    assert "Druk op de knop" in ready.send("check").content.decode()
    assert ready.draft.is_draft


def test_what_is_missing_leads_to_its_field(as_applicant, applicant):
    begun = filled_in(as_applicant, applicant)

    page = sent(begun).content.decode()

    assert begun.draft.is_draft
    assert f"{begun.url('evidence')}?check=1#id_proof" in page
    assert 'id="id_proof"' in begun.look("evidence")
    assert "Fout:" in page


def test_sending_again_shows_the_first_receipt(ready):
    first, second = sent(ready), sent(ready)

    assert first.headers["Location"] == second.headers["Location"]
    assert Application.objects.filed().count() == 1
    assert ready.draft.dossier.letters.filter(kind="receipt").count() == 1


def test_a_screen_in_another_tab_leads_to_the_receipt_too(ready):
    sent(ready)

    answer = ready.send("period", wanted_from="2031-01-01")

    assert answer.headers["Location"] == reverse("receipt", args=[ready.key])
    assert ready.draft.wanted_from.year == 2030


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_give_one_application(applicant):
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(applicant)
    begun = filled_in(clients[0], applicant)
    begun.send("evidence", **{"item-contract": upload(files.PDF, "contract.pdf")})
    together = Barrier(2)

    def click(client):
        together.wait()
        try:
            return client.post(begun.url("check"), SIGNED).headers.get("Location")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(click, clients))

    assert answers == [reverse("receipt", args=[begun.key])] * 2
    assert begun.draft.dossier.events.filter(step="file").count() == 1


def test_what_is_open_already_is_not_asked_twice(ready, applicant):
    other = given.filed(by=applicant, plate="TRU01E")

    page = sent(ready).content.decode()

    assert str(other.dossier) in page
    assert ready.draft.is_draft


def test_what_somebody_else_asked_for_the_vehicle_is_not_told_and_blocks_nothing(ready, stranger):
    other = given.filed(by=stranger, plate="TRU01E")

    before, after = ready.look("check"), sent(ready)

    assert str(other.dossier) not in before
    assert after.status_code == 302
    assert ready.draft.status == Status.SUBMITTED


def test_answers_to_questions_that_were_not_asked_stay_behind(ready):
    draft = ready.draft
    draft.answers = {**draft.answers, "lease_months": "60", "grid_operator": "Liander"}
    draft.save()

    sent(ready)

    assert {"lease_months", "grid_operator"}.isdisjoint(ready.draft.answers)
    assert ready.draft.answers["ordered_vehicle"] == "eTruck 12"


@pytest.mark.usefixtures("redis_away", "mail_server_away")
def test_redis_and_mail_away_it_is_filed_all_the_same(ready):
    sent(ready)

    filed = ready.draft
    assert filed.status == Status.SUBMITTED
    assert outbox.send_waiting() == 0
    assert filed.dossier.outgoing_mail.filter(sent_at=None, given_up_at=None).count() == 2


def test_the_mail_goes_out_when_the_server_is_back(ready, mailoutbox):
    sent(ready)

    outbox.send_waiting()

    assert {address for mail in mailoutbox for address in mail.to} == {"post@bakkerij.example", "anna@example.org"}


def test_what_was_entered_as_pdf(ready):
    sent(ready)

    answer = ready.client.get(reverse("entered_pdf", args=[ready.key]))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"/StructTreeRoot" in answer.content or b"/MarkInfo" in answer.content
    assert ready.draft.dossier.number in answer.headers["Content-Disposition"]


def test_a_draft_has_no_receipt_yet(ready):
    assert ready.client.get(reverse("receipt", args=[ready.key])).headers["Location"] == reverse(
        "apply_resume", args=[ready.key]
    )
    assert ready.client.get(reverse("entered_pdf", args=[ready.key])).status_code == 404
