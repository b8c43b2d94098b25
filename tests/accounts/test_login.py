"""Making an account and logging in."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Permission
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.cast import PASSWORD
from tests.looping import each

pytestmark = [pytest.mark.urls("tests.front.site"), pytest.mark.django_db]


def code_in(message):
    """The line of the mail that is a code."""
    return next(line for line in message.body.splitlines() if re.fullmatch(r"[A-Z0-9-]{4,}", line))


def confirmed(user: User) -> User:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_a_new_user_confirms_by_code_and_is_in(client):
    client.post("/account/signup/", {"email": "Nieuw@Example.org", "password1": PASSWORD})
    response = client.post("/account/confirm-email/", {"code": code_in(mail.outbox[0])})

    assert response.status_code == 302
    assert User.objects.get(email="nieuw@example.org").pk == int(client.session["_auth_user_id"])


def test_mails_are_dutch_and_plain(client):
    client.post("/account/signup/", {"email": "nieuw@example.org", "password1": PASSWORD})

    assert mail.outbox[0].subject == "Uw code om uw mailadres te bevestigen"
    assert "Hulp nodig?" in mail.outbox[0].body
    assert mail.outbox[0].alternatives == []


def test_who_registers_in_english_is_written_to_in_english(client):
    client.post("/taal/", {"language": "en", "next": "/"})
    client.post("/account/signup/", {"email": "new@example.org", "password1": PASSWORD})

    assert User.objects.get(email="new@example.org").language == "en"
    assert mail.outbox[0].subject == "Your code to confirm your email address"


def test_a_mailed_code_is_enough(client, applicant):
    confirmed(applicant)

    client.post("/account/login/code/", {"email": applicant.email.upper()})
    client.post("/account/login/code/confirm/", {"code": code_in(mail.outbox[0])})

    assert client.session["_auth_user_id"] == str(applicant.pk)


def test_a_mailed_code_works_for_the_fifteen_minutes_that_the_page_names(client, applicant, time_machine):
    confirmed(applicant)
    page = client.post("/account/login/code/", {"email": applicant.email}, follow=True)

    time_machine.move_to(timezone.now() + timedelta(minutes=14))
    client.post("/account/login/code/confirm/", {"code": code_in(mail.outbox[0])})

    assert "vijftien minuten" in page.content.decode()
    assert client.session["_auth_user_id"] == str(applicant.pk)


def test_a_mailed_code_no_longer_works_after_that(client, applicant, time_machine):
    confirmed(applicant)
    client.post("/account/login/code/", {"email": applicant.email})

    time_machine.move_to(timezone.now() + timedelta(minutes=16))
    client.post("/account/login/code/confirm/", {"code": code_in(mail.outbox[0])})

    assert "_auth_user_id" not in client.session


def test_the_pages_follow_the_users_language(client, applicant):
    confirmed(applicant)
    User.objects.filter(pk=applicant.pk).update(language="en")

    client.post("/account/login/", {"login": applicant.email, "password": PASSWORD})

    assert "Skip to the content" in client.get("/").content.decode()


def test_a_language_chosen_before_the_login_becomes_that_of_the_account(client, applicant):
    confirmed(applicant)
    client.post("/taal/", {"language": "de", "next": "/"})

    client.post("/account/login/", {"login": applicant.email, "password": PASSWORD})

    assert '<html lang="de"' in client.get("/").content.decode()
    assert User.objects.get(pk=applicant.pk).language == "de"


def test_the_code_to_log_in_comes_in_the_language_that_was_chosen(client, applicant):
    confirmed(applicant)
    client.post("/taal/", {"language": "de", "next": "/"})

    client.post("/account/login/code/", {"email": applicant.email})

    assert mail.outbox[0].subject == "Ihr Code zum Anmelden"
    assert User.objects.get(pk=applicant.pk).language == "nl"


@each(
    "read_before",
    (
        lambda client: client.get("/"),
        lambda client: client.get("/?taal=de"),  # an address that somebody else wrote
        lambda client: client.post("/taal/", {"language": "xx", "next": "/"}),
    ),
)
def test_without_a_choice_the_language_of_the_account_stands(client, applicant, read_before):
    confirmed(applicant)
    read_before(client)

    client.post("/account/login/", {"login": applicant.email, "password": PASSWORD})

    assert '<html lang="nl"' in client.get("/").content.decode()
    assert User.objects.get(pk=applicant.pk).language == "nl"


def test_what_is_said_at_the_login_is_in_the_language_of_the_account(client, applicant):
    confirmed(applicant)

    page = client.post(
        "/account/login/",
        {"login": applicant.email, "password": PASSWORD},
        headers={"Accept-Language": "de"},
        follow=True,
    ).content.decode()

    assert "U bent ingelogd" in page
    assert "angemeldet" not in page


def test_a_choice_counts_for_one_login(client, applicant, caseworker):
    for user in (applicant, caseworker):
        confirmed(user)
    client.post("/taal/", {"language": "de", "next": "/"})
    for user in (applicant, caseworker):  # the second one at the same computer
        client.post("/account/login/", {"login": user.email, "password": PASSWORD})
        client.post("/account/logout/")

    assert User.objects.get(pk=caseworker.pk).language == "nl"


def test_staff_go_to_the_desk(client, caseworker):
    confirmed(caseworker)

    response = client.post("/account/login/", {"login": caseworker.email, "password": PASSWORD})

    assert response.url == "/loket/"


def test_nobody_learns_who_has_an_account(client, applicant):
    confirmed(applicant)

    known = client.post("/account/login/code/", {"email": applicant.email})
    unknown = client.post("/account/login/code/", {"email": "nobody@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_a_changed_password_is_mailed_to_its_owner(as_applicant):
    new = "een heel ander lang wachtwoord"

    as_applicant.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert mail.outbox[0].subject == "Uw wachtwoord is gewijzigd"
    assert "Uw wachtwoord is gewijzigd." in mail.outbox[0].body
    assert "Was u dit niet?" in mail.outbox[0].body


@pytest.mark.usefixtures("mail_server_away")
def test_a_mail_server_that_is_away_is_told(client, applicant):
    confirmed(applicant)

    response = client.post("/account/login/code/", {"email": applicant.email}, follow=True)

    assert "De mail kon nu niet worden verstuurd" in response.content.decode()


@pytest.mark.usefixtures("mail_server_away")
def test_the_log_does_not_say_to_whom_it_was(client, applicant, caplog):
    confirmed(applicant)

    client.post("/account/login/code/", {"email": applicant.email})

    assert "could not be sent" in caplog.text
    assert "Traceback" not in caplog.text


def test_the_desk_has_no_login_of_its_own(client):
    response = client.get("/loket/")

    assert response.status_code == 302
    assert client.get(response.url, follow=True).redirect_chain[-1][0].startswith("/account/login/?next=")


def test_an_applicant_is_refused_at_the_desk(as_applicant):
    response = as_applicant.get("/loket/", follow=True)

    assert response.status_code == 403


def test_brokers_have_a_button_where_they_are_configured(client, settings):
    broker = {
        "provider_id": "eherkenning",
        "name": "eHerkenning",
        "client_id": "loket",
        "secret": "x",
        "settings": {"server_url": "https://broker.example"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [broker]}}

    assert "Inloggen met eHerkenning" in client.get("/account/login/").content.decode()


def test_without_a_broker_nothing_points_to_one(client):
    assert "eHerkenning" not in client.get("/account/login/").content.decode()


# --- Staff: two steps ---------------------------------------------------------------------------------


@pytest.fixture
def two_steps(settings) -> None:
    settings.STAFF_MFA_REQUIRED = True


@pytest.mark.usefixtures("two_steps")
@pytest.mark.parametrize("path", ["/loket/", "/", "/form/", "/account/email/"])
def test_staff_without_a_second_step_set_it_up_first(as_caseworker, path):
    assert as_caseworker.get(path).url == "/account/2fa/"


@pytest.mark.usefixtures("two_steps")
def test_whoever_has_a_role_needs_the_second_step_with_or_without_a_tick(as_caseworker, caseworker):
    User.objects.update(is_staff=False)

    assert as_caseworker.get("/").url == "/account/2fa/"


@pytest.mark.usefixtures("two_steps")
def test_so_does_whoever_has_a_right_of_their_own(as_applicant, applicant):
    applicant.user_permissions.add(Permission.objects.first())

    assert as_applicant.get("/").url == "/account/2fa/"


@pytest.mark.urls("zesportal.urls")
def test_to_know_of_rights_costs_no_question_more(as_caseworker, django_assert_num_queries):
    with django_assert_num_queries(2):  # the session, and its user
        assert as_caseworker.get("/ingelogd/").json()["logged_in"]


def with_both_steps(client, user):
    """Log in with password and app, as somebody who has set one up."""
    secret = generate_totp_secret()
    TOTP.activate(confirmed(user), secret)
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    client.post("/account/2fa/authenticate/", {"code": code})


@pytest.mark.usefixtures("two_steps")
def test_staff_with_an_app_get_in(client, caseworker):
    with_both_steps(client, caseworker)

    assert client.get("/loket/").status_code == 200


@pytest.mark.usefixtures("two_steps")
def test_a_session_of_before_the_app_does_not_get_in_with_it(as_caseworker, caseworker):
    """Somebody who knew only the password logged in first and waited for its owner to set up the second factor."""
    TOTP.activate(caseworker, generate_totp_secret())

    assert as_caseworker.get("/loket/").url.startswith("/account/login/")
    assert "_auth_user_id" not in as_caseworker.session


@pytest.mark.usefixtures("two_steps")
@pytest.mark.django_db(transaction=True)
def test_who_sets_up_the_app_goes_on_in_the_same_session(client, caseworker):
    confirmed(caseworker)
    client.post("/account/login/", {"login": caseworker.email, "password": PASSWORD})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.get("/account/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))

    client.post("/account/2fa/totp/activate/", {"code": code})

    assert client.get("/loket/").status_code == 200


@pytest.mark.usefixtures("two_steps")
def test_staff_can_always_leave(as_caseworker):
    as_caseworker.post("/account/logout/")

    assert "_auth_user_id" not in as_caseworker.session


@pytest.mark.usefixtures("two_steps")
def test_applicants_need_no_app(as_applicant):
    assert as_applicant.get("/").status_code == 200


def test_a_password_alone_does_not_pass_the_second_step(client, caseworker):
    confirmed(caseworker)
    TOTP.activate(caseworker, generate_totp_secret())

    client.post("/account/login/", {"login": caseworker.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session


# --- The doors --------------------------------------------------------------------------------------


def log_in(client, user, password=PASSWORD, address="192.0.2.1"):
    """Try; returns whether it worked."""
    client.post("/account/login/", {"login": user.email, "password": password}, REMOTE_ADDR=address)
    return "_auth_user_id" in client.session


def by_code(client, email):
    client.post("/account/login/code/", {"email": email})
    return client.post("/account/login/code/confirm/", {"code": code_in(mail.outbox[-1])}, follow=True)


def test_who_registers_somebody_elses_address_does_not_get_into_their_account(client):
    """A stranger waits with a password of their own until the owner of the address logs in by code."""
    Client().post("/account/signup/", {"email": "u@example.org", "password1": PASSWORD})

    page = by_code(client, "u@example.org").content.decode()

    owner = User.objects.get(email="u@example.org")
    assert client.session["_auth_user_id"] == str(owner.pk)
    assert not owner.has_usable_password()
    assert "U kunt een nieuw wachtwoord kiezen" in page
    assert not log_in(Client(), owner)


def test_who_confirmed_before_keeps_the_password(client, applicant):
    confirmed(applicant)

    by_code(client, applicant.email)

    assert log_in(Client(), applicant)


def test_who_confirms_with_the_password_keeps_it(client):
    client.post("/account/signup/", {"email": "u@example.org", "password1": PASSWORD})
    client.post("/account/confirm-email/", {"code": code_in(mail.outbox[0])})

    assert log_in(Client(), User.objects.get(email="u@example.org"))


def test_another_address_of_ones_own_changes_no_password(client, applicant):
    confirmed(applicant)
    by_code(client, applicant.email)
    client.post("/account/reauthenticate/", {"password": PASSWORD})

    client.post("/account/email/", {"email": "nieuw@example.org", "action_add": ""})
    client.post("/account/confirm-email/", {"code": code_in(mail.outbox[-1])})

    assert EmailAddress.objects.filter(user=applicant, email="nieuw@example.org", verified=True).exists()
    assert User.objects.get(pk=applicant.pk).has_usable_password()


@pytest.mark.usefixtures("redis_away")
def test_one_logs_in_while_redis_is_away(client, applicant):
    confirmed(applicant)

    assert log_in(client, applicant)


@pytest.mark.usefixtures("redis_away")
def test_and_makes_an_account(client):
    client.post("/account/signup/", {"email": "nieuw@example.org", "password1": PASSWORD})

    assert User.objects.filter(email="nieuw@example.org").exists()


@pytest.mark.usefixtures("redis_away")
def test_guesses_are_counted_also_while_redis_is_away(client, applicant):
    confirmed(applicant)
    for _guess in range(5):
        log_in(client, applicant, "wrong")

    assert not log_in(client, applicant)


def test_a_stranger_who_guesses_locks_nobody_out(client, applicant):
    confirmed(applicant)
    for number in range(25):
        log_in(client, applicant, "wrong", address=f"198.51.100.{number}")

    assert log_in(client, applicant)


def test_a_password_is_hashed_whether_or_not_the_address_is_known(applicant, monkeypatch):
    hashed = []
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *_args: hashed.append(1) or "md5$salt$hash")
    for email in ("nieuw@example.org", confirmed(applicant).email):
        Client().post("/account/signup/", {"email": email, "password1": PASSWORD})

    assert len(hashed) == 2


@pytest.mark.parametrize("path", ["/account/email/", "/account/2fa/", "/account/password/change/", "/loket/"])
def test_no_browser_keeps_a_page_about_an_account(as_caseworker, path):
    assert "no-store" in as_caseworker.get(path)["Cache-Control"]
