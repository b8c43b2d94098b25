"""Text messages wait in the database and go out by day, at most once, and no mail waits for them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from accounts.models import MobileNumber, User
from casework import outbox, text_outbox
from casework.models import Dossier, Policy, TextMessage
from casework.models.letter import Words
from casework.tasks import send_texts
from casework.text_outbox import is_quiet
from tests import given
from tests.casework.gateway import Gateway
from tests.cast import person
from tests.looping import each

pytestmark = pytest.mark.django_db

HERE = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 6, 1, 12, tzinfo=HERE)
NUMBER = "+31612345678"


@pytest.fixture
def by_day():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def gateway(settings, by_day):
    with Gateway() as gateway:
        settings.SMS_GATEWAY_URL = gateway.url
        yield gateway


@pytest.fixture
def mobile(by_day):
    return number_of(person("Anna de Bakker"))


@pytest.fixture
def dossier(by_day):
    return Dossier.objects.create(number="ZES-2026-000001")


def number_of(user: User, number: str = NUMBER) -> MobileNumber:
    return MobileNumber.objects.create(user=user, number=number, confirmed_at=timezone.now())


def waiting(mobile, dossier, text="Er staat een brief voor u klaar."):
    return TextMessage.objects.create(mobile_number=mobile, dossier=dossier, text=text)


def test_it_goes_out_once(gateway, mobile, dossier):
    waiting(mobile, dossier)

    assert [send_texts(), send_texts()] == [1, 0]
    assert gateway.bodies == ["Er staat een brief voor u klaar."]
    assert TextMessage.objects.get().sent_at


@each("hour, goes", [(0, False), (7, False), (8, True), (20, True), (21, False), (23, False)])
def test_not_at_night(hour, goes, gateway, mobile, dossier, by_day):
    waiting(mobile, dossier)
    by_day.move_to(NOON.replace(hour=hour, minute=30) + timedelta(days=1))

    assert text_outbox.send_waiting() == int(goes)


def test_what_was_written_at_night_goes_in_the_morning(gateway, mobile, dossier, by_day):
    by_day.move_to(NOON.replace(hour=22))
    waiting(mobile, dossier)
    assert text_outbox.send_waiting() == 0

    by_day.move_to(NOON.replace(hour=8) + timedelta(days=1))
    assert text_outbox.send_waiting() == 1


def test_when_it_is_night_is_policy(gateway, mobile, dossier):
    Policy.objects.create(name="text_quiet_from", value=11, valid_from=NOON.date(), source="toets")
    waiting(mobile, dossier)

    assert text_outbox.send_waiting() == 0


def test_a_night_may_be_within_a_day_or_none():
    assert [hour for hour in range(24) if is_quiet(hour, since=22, until=7)] == [0, 1, 2, 3, 4, 5, 6, 22, 23]
    assert [hour for hour in range(24) if is_quiet(hour, since=1, until=3)] == [1, 2]
    assert not any(is_quiet(hour, since=8, until=8) for hour in range(24))


def test_a_dead_gateway_is_asked_once_and_stops_no_mail(settings, mobile, dossier, by_day):
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:1/messages"
    for number in range(3):
        waiting(mobile, dossier, text=str(number))
    dossier.send_mail(Words(kind="receipt", language="nl", subject="s", body="b", text_id=None), "anna@example.org")

    assert text_outbox.send_waiting() == 0
    assert outbox.send_waiting() == 1

    assert sorted(TextMessage.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    assert TextMessage.objects.get(attempts=1).error == "ConnectError"


def test_when_the_gateway_is_back_it_goes(gateway, mobile, dossier, by_day):
    waiting(mobile, dossier)
    gateway.status = 503
    assert text_outbox.send_waiting() == 0

    gateway.status = 201
    assert text_outbox.send_waiting() == 0
    by_day.shift(timedelta(minutes=1))
    assert text_outbox.send_waiting() == 1


def test_after_eight_refusals_it_is_given_up(gateway, mobile, dossier, by_day):
    waiting(mobile, dossier)
    gateway.status = 503
    for day in range(1, 10):
        text_outbox.send_waiting()
        by_day.move_to(NOON + timedelta(days=day))

    message = TextMessage.objects.get()
    assert (message.attempts, message.error, bool(message.given_up_at)) == (8, "HTTP 503", True)


def test_a_number_that_the_gateway_refuses_keeps_no_other_waiting(gateway, mobile, dossier):
    gateway.refused = {NUMBER.removeprefix("+")}
    waiting(mobile, dossier)
    other = number_of(person("Cem Yilmaz"), "+31687654321")
    waiting(other, dossier)

    text_outbox.send_waiting()

    assert [text["recipients"] for text in gateway.texts] == [["31687654321"]]
    assert TextMessage.objects.get(mobile_number=mobile).given_up_at


def test_where_nobody_knows_whether_it_went_out_it_is_not_sent_again(gateway, mobile, dossier, by_day):
    waiting(mobile, dossier)
    gateway.status = 500
    text_outbox.send_waiting()

    gateway.status = 201
    by_day.shift(timedelta(hours=1))
    text_outbox.send_waiting()

    assert gateway.texts == []
    assert TextMessage.objects.get().given_up_at


def test_a_number_that_is_to_be_confirmed_again_gets_nothing(gateway, mobile, dossier):
    waiting(mobile, dossier)
    MobileNumber.objects.update(confirmed_at=None)

    assert text_outbox.send_waiting() == 0


def test_without_a_gateway_nothing_is_written_nor_sent(settings, mobile, dossier):
    settings.SMS_GATEWAY_URL = ""
    TextMessage.objects.announce(dossier, letter_words(), [mobile.user.email], letter=True)

    assert not TextMessage.objects.exists()
    assert text_outbox.send_waiting() == 0


def letter_words(language: str = "nl") -> Words:
    return Words(kind="mail_letter_placed", language=language, subject="s", body="b", text_id=None)


def test_two_letters_in_one_night_are_one_text_message(mobile, dossier):
    for _letter in range(2):
        TextMessage.objects.announce(dossier, letter_words(), [mobile.user.email.upper()], letter=True)

    assert TextMessage.objects.count() == 1


def test_it_says_nothing_of_what_it_is_about(applicant, caseworker):
    number_of(applicant)

    application = given.waiting(by=applicant, desk=caseworker)

    [message] = TextMessage.objects.filter(dossier=application.dossier)
    assert str(application.dossier) in message.text
    assert application.applicant.name not in message.text
    assert str(application.key) not in message.text


def test_a_text_message_is_in_the_language_of_the_letter(mobile, dossier):
    TextMessage.objects.announce(dossier, letter_words("en"), [mobile.user.email], letter=True)

    assert TextMessage.objects.get().text.startswith("There is a letter for you")


def test_many_recipients_take_two_queries(dossier, django_assert_num_queries):
    people = [person(f"Mens{number}") for number in range(9)]
    for number, user in enumerate(people):
        number_of(user, f"+3161234567{number}")

    with django_assert_num_queries(2):
        TextMessage.objects.announce(dossier, letter_words(), [user.email for user in people], letter=True)
