"""Asking a logistics adviser: kept, passed on, confirmed, removed; and what programs and the outside do to it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from casework.models import Message, Policy
from casework.tasks import send_outbox
from helpdesk.information.adviser_requests import ASKED, CONFIRMED
from helpdesk.models import AdviceRequest, Adviser, Question
from helpdesk.tasks import drop_old_advice_requests
from tests.limits import find_most
from zones.models import Municipality

pytestmark = pytest.mark.django_db
URL = "/zones/utrecht/advies/"


@pytest.fixture
def adviser():
    place = Municipality.objects.get(name="Utrecht")
    return Adviser.objects.create(municipality=place, name="Lotte Makelaar", email="lotte@example.org")


@pytest.fixture
def desk_mail():
    Policy.objects.create(
        name="contact_email", valid_from=timezone.localdate(), value="loket@example.org", source="test"
    )


def filled(**other):
    typed = {"name": "Anna", "email": "anna@example.org", "question": "Hoe laad ik?", "company": "De Korst"}
    return {**typed, "key": str(uuid4()), **other}


def sent(kind):
    return [(mail.to, mail.headers.get("Reply-To")) for mail in Message.objects.filter(kind=kind)]


@pytest.mark.usefixtures("adviser", "desk_mail")
def test_the_adviser_gets_it_and_can_answer_at_once(client):
    answer = client.post(URL, filled())

    assert answer.headers["Location"] == reverse("zone", args=["utrecht"])
    assert sent(ASKED) == [("lotte@example.org", "anna@example.org")]
    assert sent(CONFIRMED) == [("anna@example.org", None)]
    assert "Hoe laad ik?" in Message.objects.get(kind=ASKED).body


@pytest.mark.usefixtures("desk_mail")
def test_where_the_desk_reads_the_mailbox_it_is_a_question_there(client, settings):
    settings.MAILBOX_URL, settings.MAILBOX_ADDRESS = "imap://loket:x@127.0.0.1:1/", "loket@example.org"

    client.post(URL, filled())

    assert sent(ASKED) == []
    assert "Hoe laad ik?" in Question.objects.get().mails.get(direction="in").text


def test_another_question_in_the_same_form_is_another(client):
    form = filled()
    for question in ("De eerste", "De tweede", "De tweede"):
        client.post(URL, {**form, "question": question})

    assert sorted(AdviceRequest.objects.values_list("question", flat=True)) == ["De eerste", "De tweede"]


@pytest.mark.usefixtures("desk_mail")
def test_the_desk_gets_it_where_no_adviser_is_known(client):
    client.post(URL, filled())

    assert sent(ASKED) == [("loket@example.org", "anna@example.org")]


def test_the_editors_get_it_where_nobody_has_an_address(client):
    client.post(URL, filled())

    question = Question.objects.get()
    assert (question.email, "Hoe laad ik?" in question.mails.get(direction="in").text) == ("anna@example.org", True)
    assert not Message.objects.filter(kind__in=(ASKED, CONFIRMED)).exists()


@pytest.mark.usefixtures("adviser")
def test_the_confirmation_repeats_nothing_that_was_typed(client):
    client.post(URL, filled(name="Koop nu", question="Goedkope pillen"))

    body = Message.objects.get(kind=CONFIRMED).body
    assert "Koop nu" not in body
    assert "pillen" not in body


@pytest.mark.usefixtures("adviser")
def test_the_same_form_twice_is_one_request(client):
    typed = filled()

    client.post(URL, typed)
    client.post(URL, typed)

    assert AdviceRequest.objects.count() == 1
    assert len(sent(ASKED)) == 1


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"email": "nergens"}, "email"),
        ({"email": ""}, "email"),
        ({"name": ""}, "name"),
        ({"question": " "}, "question"),
        ({"question": "x" * 4001}, "question"),
        ({"email": "a@b.nl\r\nBcc: x@example.org"}, "email"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(client, wrong, name):
    page = client.post(URL, filled(**wrong))

    assert name in page.context["form"].errors
    assert "De Korst" in page.content.decode()
    assert not AdviceRequest.objects.exists()


@pytest.mark.usefixtures("adviser")
def test_a_program_that_fills_in_everything_sends_nothing_and_learns_nothing(client):
    answer = client.post(URL, filled(website="https://example.org"))

    assert answer.status_code == 302
    assert not AdviceRequest.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.usefixtures("adviser")
def test_who_asks_too_often_waits_and_keeps_what_was_typed(client):
    for _ in range(find_most("advice_requests_an_hour")):
        client.post(URL, filled())

    page = client.post(URL, filled(question="Nog een vraag"))

    assert page.status_code == 429
    assert "Nog een vraag" in page.content.decode()
    assert AdviceRequest.objects.count() == find_most("advice_requests_an_hour")


@pytest.mark.usefixtures("adviser")
def test_nobody_can_have_us_fill_somebody_elses_mailbox(client):
    Policy.objects.filter(name="advice_confirmations_a_day").update(value=2)
    for _ in range(3):
        cache.clear()  # as from as many addresses
        client.post(URL, filled())

    assert len(sent(CONFIRMED)) == 2
    assert len(sent(ASKED)) == 3


@pytest.mark.usefixtures("adviser", "redis_away", "mail_server_away")
def test_without_redis_and_mail_server_the_request_waits(client):
    assert client.post(URL, filled()).status_code == 302

    send_outbox()
    assert Message.objects.filter(kind=ASKED, sent_at=None, given_up_at=None).count() == 1


@pytest.mark.usefixtures("adviser")
def test_a_worker_that_dies_half_way_leaves_all_or_nothing(client, monkeypatch):
    def dies(*_words, **_headers):
        raise RuntimeError("killed")

    monkeypatch.setattr(Message.objects, "place_mail", dies)
    client.raise_request_exception = False
    assert client.post(URL, filled()).status_code == 500

    assert not AdviceRequest.objects.exists()


@pytest.mark.usefixtures("adviser")
def test_requests_and_their_mails_go_after_their_term(client):
    client.post(URL, filled())
    long_ago = timezone.localtime() - timedelta(days=366)
    Message.objects.filter(kind=ASKED).update(created_at=long_ago)
    AdviceRequest.objects.update(asked_at=long_ago)
    client.post(URL, filled())

    assert [drop_old_advice_requests(), drop_old_advice_requests()] == [1, 0]
    assert AdviceRequest.objects.count() == 1
    assert len(sent(ASKED)) == 1


def test_a_zone_that_does_not_exist_has_no_adviser(client):
    assert client.post("/zones/nergens/advies/", filled()).status_code == 404


@pytest.mark.usefixtures("adviser", "desk_mail")
def test_nobody_writes_lines_of_their_own_into_the_mail_of_the_adviser(client):
    client.post(URL, filled(name="Anna\r\nVan: de wethouder", phone="06\n\x1b[31m12"))

    asked = AdviceRequest.objects.get()
    assert (asked.name, asked.phone) == ("Anna Van: de wethouder", "06 [31m12")


@pytest.mark.parametrize("value", [0, -30, "30", None])
def test_a_term_that_cannot_be_meant_removes_nothing(client, value):
    client.post(URL, filled())
    AdviceRequest.objects.update(asked_at=timezone.localtime() - timedelta(days=4000))
    Policy.objects.create(name="advice_request_days", valid_from=timezone.localdate(), value=value, source="test")

    assert drop_old_advice_requests() == 0
    assert AdviceRequest.objects.exists()
