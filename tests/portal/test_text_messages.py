"""Text messages beside the mails: asked for, confirmed with a code, and stopped at any time."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import MobileNumber, User
from casework.models import Policy, TextMessage
from connections.text_messages import list_demo_texts
from exemptions import mobile_confirmation
from tests import given
from tests.casework.gateway import Gateway
from tests.cast import person

NUMBER = "+31612345678"


@pytest.fixture(autouse=True)
def nothing_sent(settings, tmp_path):
    settings.SMS_FILE_PATH = tmp_path / "sms"


def page() -> str:
    return reverse("my_text_messages")


def ask_code(client: Client, number: str = "06 12345678") -> str:
    """The page after asking for a code."""
    return client.post(page(), {"part": "number", "number": number}, follow=True).content.decode()


def last_code() -> str:
    [code] = re.findall(r"^\d{6}", list_demo_texts()[-1][1])
    return str(code)


def type_code(client: Client, code: str) -> str:
    return client.post(page(), {"part": "code", "code": code}, follow=True).content.decode()


def wrong_code() -> str:
    return f"{(int(last_code()) + 1) % 10**6:06}"


def confirmed(user: User) -> bool:
    return MobileNumber.objects.filter(user=user).exclude(confirmed_at=None).exists()


def test_a_number_is_confirmed_with_the_code_and_then_a_letter_is_announced(
    as_applicant: Client, applicant: User, caseworker: User
) -> None:
    assert "U krijgt geen sms-berichten" in as_applicant.get(reverse("my_choices")).content.decode()

    ask_code(as_applicant)
    assert list_demo_texts()[0][0] == NUMBER
    assert "bevestigd" in type_code(as_applicant, f" {last_code()[:3]} {last_code()[3:]} ")

    assert NUMBER in as_applicant.get(reverse("my_choices")).content.decode()
    application = given.waiting(by=applicant, desk=caseworker)
    assert {text.text for text in TextMessage.objects.filter(dossier=application.dossier)} == {
        f"Er staat een brief voor u klaar over zaak {application.dossier}. Log in op http://127.0.0.1:8000."
    }


def test_until_it_is_confirmed_no_letter_is_announced(as_applicant: Client, applicant: User, caseworker: User) -> None:
    ask_code(as_applicant)

    given.waiting(by=applicant, desk=caseworker)

    assert not TextMessage.objects.exists()


def test_after_five_wrong_codes_the_right_one_is_refused_too_and_a_new_one_works(
    as_applicant: Client, applicant: User
) -> None:
    ask_code(as_applicant)
    right = last_code()

    for _time in range(4):
        assert "niet de code" in type_code(as_applicant, wrong_code())
    assert "te vaak" in type_code(as_applicant, wrong_code())
    assert "te vaak" in type_code(as_applicant, right)
    assert not confirmed(applicant)

    ask_code(as_applicant)
    type_code(as_applicant, last_code())
    assert confirmed(applicant)


def test_a_code_expires(as_applicant: Client, applicant: User) -> None:
    ask_code(as_applicant)

    with time_machine.travel(timezone.now() + timedelta(minutes=10, seconds=1)):
        assert "niet meer geldig" in type_code(as_applicant, last_code())

    assert not confirmed(applicant)


def test_how_long_and_how_often_is_policy(as_applicant: Client, applicant: User) -> None:
    about = {"valid_from": timezone.localdate(), "source": "toets"}
    Policy.objects.create(name="text_code_minutes", value=2, **about)
    Policy.objects.create(name="text_code_tries", value=1, **about)
    ask_code(as_applicant)

    assert "2 minuten" in list_demo_texts()[-1][1]
    assert "te vaak" in type_code(as_applicant, wrong_code())


def test_in_a_second_tab_the_code_of_the_first_number_does_not_confirm_the_second(
    as_applicant: Client, applicant: User
) -> None:
    ask_code(as_applicant)
    first = last_code()
    ask_code(as_applicant, "+49 151 12345678")

    if first != last_code():
        assert "niet de code" in type_code(as_applicant, first)
    assert not confirmed(applicant)


def test_confirming_once_more_in_a_second_tab_changes_nothing(as_applicant: Client, applicant: User) -> None:
    ask_code(as_applicant)
    for _tab in range(2):
        assert "bevestigd" in type_code(as_applicant, last_code())

    assert confirmed(applicant)


def test_of_the_code_only_a_digest_is_kept(as_applicant: Client, applicant: User) -> None:
    ask_code(as_applicant)

    kept = MobileNumber.objects.values().get(user=applicant)
    assert last_code() not in {str(value) for value in kept.values()}


@pytest.mark.parametrize("typed", ["", "030 2345678", "06 1234", "geen"])
def test_what_is_no_mobile_number_is_refused_and_stays_to_be_mended(as_applicant: Client, typed: str) -> None:
    shown = ask_code(as_applicant, typed)

    assert list_demo_texts() == []
    assert f'value="{typed}"' in shown or not typed


def test_a_code_without_a_number_and_no_code_at_all(as_applicant: Client, applicant: User) -> None:
    for typed in ("123456", "12345", "abc", ""):
        type_code(as_applicant, typed)

    assert not MobileNumber.objects.exists()


def test_codes_are_limited_for_an_account_and_for_a_number(
    as_applicant: Client, as_stranger: Client, applicant: User
) -> None:
    for _time in range(5):
        ask_code(as_applicant)

    assert "verschillende codes" in ask_code(as_applicant)
    assert "verschillende codes" in ask_code(as_stranger)
    assert len(list_demo_texts()) == 5


def test_who_stops_keeps_no_number_and_no_text_message(as_applicant: Client, applicant: User, caseworker: User) -> None:
    ask_code(as_applicant)
    type_code(as_applicant, last_code())
    given.waiting(by=applicant, desk=caseworker)

    as_applicant.post(page(), {"part": "stop"})

    assert not MobileNumber.objects.exists()
    assert not TextMessage.objects.exists()


def test_the_number_goes_with_the_account(db: None) -> None:
    user = person("Nora Nieuw")
    MobileNumber.objects.create(user=user, number=NUMBER, confirmed_at=timezone.now())

    user.delete()

    assert not MobileNumber.objects.exists()


def test_a_gateway_that_is_away_leaves_everything_as_it_was(as_applicant: Client, applicant: User, settings) -> None:
    ask_code(as_applicant)
    type_code(as_applicant, last_code())
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:1/messages"

    assert "Probeer het later opnieuw" in ask_code(as_applicant, "+49 151 12345678")

    assert MobileNumber.objects.get().number == NUMBER
    assert confirmed(applicant)


def test_a_gateway_that_is_away_costs_no_turns(as_applicant: Client, applicant: User, settings) -> None:
    with Gateway() as gateway:
        settings.SMS_GATEWAY_URL, gateway.status = gateway.url, 503
        for _again in range(9):
            assert "Probeer het later opnieuw" in ask_code(as_applicant)
        gateway.status = 201

        ask_code(as_applicant)
        type_code(as_applicant, gateway.bodies[0][:6])

    assert confirmed(applicant)


def test_a_number_that_the_gateway_refuses_is_to_be_checked_and_counts(as_applicant: Client, settings) -> None:
    with Gateway() as gateway:
        settings.SMS_GATEWAY_URL, gateway.refused = gateway.url, {NUMBER.removeprefix("+")}
        answers = [ask_code(as_applicant) for _again in range(6)]

    assert "Controleer het nummer of vul een ander mobiel nummer in." in answers[0]
    assert "Wacht een uur" in answers[-1]


def test_every_try_counts(as_applicant: Client, applicant: User) -> None:
    ask_code(as_applicant)

    for _tab in range(2):
        mobile_confirmation.confirm_code(applicant, wrong_code())

    assert MobileNumber.objects.get().tries == 2


def test_without_a_gateway_there_is_nothing_to_see(as_applicant: Client, settings) -> None:
    settings.SMS_GATEWAY_URL = ""

    assert as_applicant.get(page()).status_code == 404
    assert as_applicant.post(page(), {"part": "number", "number": "0612345678"}).status_code == 404
    for name in ("my_choices", "privacy"):
        assert "sms" not in as_applicant.get(reverse(name)).content.decode().lower()


def test_with_a_gateway_the_privacy_page_says_so(client: Client, db: None) -> None:
    assert "mobiele nummer" in client.get(reverse("privacy")).content.decode()


def test_a_visitor_logs_in_first(client: Client, db: None) -> None:
    assert client.get(page()).status_code == 302


def test_in_english_the_code_and_the_page_are_english(as_applicant: Client, applicant: User) -> None:
    as_applicant.post(reverse("set_language"), {"language": "en"})

    ask_code(as_applicant)

    assert "is your code" in list_demo_texts()[-1][1]


def test_a_real_gateway_gets_the_code(as_applicant: Client, applicant: User, settings) -> None:
    with Gateway() as gateway:
        settings.SMS_GATEWAY_URL = gateway.url
        ask_code(as_applicant)
        type_code(as_applicant, gateway.bodies[0][:6])

    assert confirmed(applicant)
