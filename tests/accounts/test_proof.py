"""Who changes what an account is opened with shows once more that it is theirs."""

import time
from urllib.parse import quote

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.accounts.test_login import by_code, code_in, confirmed
from tests.accounts.test_second_factor import code_of, with_an_app
from tests.cast import PASSWORD, Login

pytestmark = pytest.mark.django_db
MINE, FURTHER = "/account/email/", "nieuw@example.org"
NEW_PASSWORD = "een heel ander lang wachtwoord"


@pytest.fixture
def without_password(applicant: User) -> User:
    """Somebody who logs in with mailed codes alone."""
    confirmed(applicant).set_unusable_password()
    applicant.save()
    return applicant


@pytest.fixture
def as_coder(login: Login, without_password: User) -> Client:
    """Their browser, in which they logged in longer ago."""
    return login(without_password)


def add(client: Client, email: str = FURTHER):
    return client.post(MINE, {"email": email, "action_add": ""})


def has_asked_to_add(client: Client) -> bool:
    """Whether a code went to the further address."""
    return any(message.to == [FURTHER] for message in mail.outbox)


def later(minutes: int):
    return time_machine.travel(time.time() + minutes * 60)


# --- With a password ----------------------------------------------------------------------------------


def test_another_address_asks_the_password_again_and_then_goes_on(as_applicant, applicant):
    confirmed(applicant)

    asked = add(as_applicant)
    assert asked.url == f"/account/reauthenticate/?next={quote(MINE, safe='')}"
    assert not has_asked_to_add(as_applicant)
    as_applicant.post("/account/reauthenticate/", {"password": PASSWORD, "next": MINE})

    assert has_asked_to_add(as_applicant)


def test_a_wrong_password_adds_nothing(as_applicant, applicant):
    confirmed(applicant)
    add(as_applicant)

    as_applicant.post("/account/reauthenticate/", {"password": "guess", "next": MINE})
    add(as_applicant)

    assert not has_asked_to_add(as_applicant)


@pytest.mark.parametrize("action", ["action_remove", "action_primary"])
def test_so_does_to_remove_one_or_to_make_it_the_first(as_applicant, applicant, action):
    confirmed(applicant)
    EmailAddress.objects.create(user=applicant, email=FURTHER, verified=True)

    answer = as_applicant.post(MINE, {"email": FURTHER, action: ""})

    assert answer.url.startswith("/account/reauthenticate/")
    assert list(EmailAddress.objects.filter(email=FURTHER).values_list("primary", flat=True)) == [False]


def test_who_has_an_app_can_show_that_instead(as_applicant, applicant):
    secret = with_an_app(applicant)
    add(as_applicant)

    as_applicant.post("/account/2fa/reauthenticate/", {"code": code_of(secret), "next": MINE})

    assert has_asked_to_add(as_applicant)


def test_what_was_shown_holds_for_some_minutes(as_applicant, applicant):
    confirmed(applicant)
    as_applicant.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/"})

    with later(minutes=6):
        add(as_applicant)

    assert not has_asked_to_add(as_applicant)


@pytest.mark.parametrize("path", ["/account/2fa/recovery-codes/", "/account/2fa/recovery-codes/download/"])
def test_recovery_codes_are_not_shown_before(as_applicant, applicant, path):
    with_an_app(applicant)

    assert as_applicant.get(path).url.startswith("/account/reauthenticate/")


def test_a_new_password_asks_the_present_one(as_applicant, applicant):
    as_applicant.post(
        "/account/password/change/", {"oldpassword": "guess", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )

    assert User.objects.get(pk=applicant.pk).check_password(PASSWORD)


# --- With mailed codes alone ---------------------------------------------------------------------------


def ask_code(client: Client, on_to: str = MINE) -> str:
    client.post("/account/reauthenticate/code/", {"send": "1", "next": on_to})
    return str(code_in(mail.outbox[-1]))


def test_a_mailed_code_shows_it_too_and_then_goes_on(as_coder, without_password):
    asked = add(as_coder)
    assert asked.url.startswith("/account/reauthenticate/code/?next=")
    assert not has_asked_to_add(as_coder)

    code = ask_code(as_coder)
    assert mail.outbox[-1].to == [without_password.email]
    as_coder.post("/account/reauthenticate/code/", {"code": code, "next": MINE})

    assert has_asked_to_add(as_coder)


def test_the_page_says_where_the_code_goes_and_sends_none_by_itself(as_coder, without_password):
    page = as_coder.get(f"/account/reauthenticate/code/?next={MINE}").content.decode()

    assert without_password.email in page
    assert "Mail mij een code" in page
    assert not mail.outbox


def test_a_wrong_code_is_none_and_after_three_the_right_one_neither(as_coder, without_password):
    code = ask_code(as_coder)
    for _guess in range(3):
        as_coder.post("/account/reauthenticate/code/", {"code": "WRONG", "next": MINE})

    as_coder.post("/account/reauthenticate/code/", {"code": code, "next": MINE})
    add(as_coder)

    assert not has_asked_to_add(as_coder)


@pytest.mark.parametrize("code", ["", " ", "\0", "é"])
def test_no_code_was_sent_and_none_is_right(as_coder, without_password, code):
    as_coder.post("/account/reauthenticate/code/", {"code": code, "next": MINE})
    add(as_coder)

    assert not has_asked_to_add(as_coder)


def test_an_old_code_is_none(as_coder, without_password):
    code = ask_code(as_coder)

    with later(minutes=16):
        as_coder.post("/account/reauthenticate/code/", {"code": code, "next": MINE})
        add(as_coder)

    assert not has_asked_to_add(as_coder)


def test_no_mailbox_is_filled(as_coder, without_password):
    for _time in range(8):
        as_coder.post("/account/reauthenticate/code/", {"send": "1"})

    assert len(mail.outbox) == 3


def test_who_logged_in_by_code_just_now_chooses_a_password_at_once(client, without_password):
    by_code(client, without_password.email)

    client.post("/account/password/set/", {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert User.objects.get(pk=without_password.pk).check_password(NEW_PASSWORD)


def test_later_a_first_password_asks_a_code_and_is_kept_nowhere(as_coder, without_password):
    answer = as_coder.post("/account/password/set/", {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert answer.url.startswith("/account/reauthenticate/code/?next=")
    assert NEW_PASSWORD not in str(dict(as_coder.session))
    assert not User.objects.get(pk=without_password.pk).has_usable_password()

    as_coder.post("/account/reauthenticate/code/", {"code": ask_code(as_coder), "next": "/account/password/set/"})
    as_coder.post("/account/password/set/", {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert User.objects.get(pk=without_password.pk).check_password(NEW_PASSWORD)


def test_an_open_session_alone_sets_up_no_second_step(as_coder, without_password):
    assert as_coder.get("/account/2fa/totp/activate/").url.startswith("/account/reauthenticate/code/")


def test_who_has_a_password_shows_that_and_no_mailed_code(as_applicant):
    assert as_applicant.get("/account/reauthenticate/code/").url.startswith("/account/reauthenticate/")
    assert not mail.outbox


def test_a_stranger_logs_in_first(client):
    for path in ("/account/reauthenticate/code/", "/account/password/set/"):
        assert client.get(path).url.startswith("/account/login/")


def test_a_new_colleague_without_a_password_gets_to_their_second_step(client, caseworker, settings):
    settings.STAFF_MFA_REQUIRED = True
    confirmed(caseworker).set_unusable_password()
    caseworker.save()

    by_code(client, caseworker.email)
    assert client.get("/account/2fa/totp/activate/").status_code == 200
    with later(minutes=6):
        assert client.get("/account/2fa/totp/activate/").url.startswith("/account/reauthenticate/code/")
        assert client.get("/account/reauthenticate/code/").status_code == 200
