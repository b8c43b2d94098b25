"""The secrets of a second step are closed in the database, and a lost telephone is not the end of an account."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import RoleChange, User
from casework.models import Message
from tests.accounts.test_login import confirmed, two_steps  # noqa: F401
from tests.accounts.test_people import form_of, page_about, page_of, settle, text
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
OLD, NEW = "o" * 60, "n" * 60


def with_an_app(user: User) -> str:
    """The secret of their authenticator app; they have recovery codes too."""
    secret = generate_totp_secret()
    TOTP.activate(confirmed(user), secret)
    RecoveryCodes.activate(user)
    return secret


def in_database() -> str:
    return json.dumps(list(Authenticator.objects.values_list("data", flat=True)))


def to_the_second_step(user: User) -> Client:
    client = Client()
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return client


def with_code(user: User, code: str) -> Client:
    client = to_the_second_step(user)
    client.post("/account/2fa/authenticate/", {"code": code})
    return client


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


# --- In the database ------------------------------------------------------------------------------------


def test_the_database_holds_neither_the_secret_nor_the_seed(applicant):
    secret = with_an_app(applicant)
    seed = Authenticator.objects.get(type="recovery_codes").wrap()

    assert secret not in in_database()
    assert Authenticator.objects.filter(data__seed__startswith="fernet:").exists()
    assert is_in(with_code(applicant, code_of(secret)))
    assert is_in(with_code(applicant, seed.get_unused_codes()[0]))


def test_the_same_secret_is_never_the_same_twice(applicant, stranger):
    secret = generate_totp_secret()
    rows = [TOTP.activate(user, secret).instance.data["secret"] for user in (applicant, stranger)]

    assert rows[0] != rows[1]


def test_who_logs_in_goes_on_after_another_key(applicant, settings):
    settings.SECRET_KEY = OLD
    secret = with_an_app(applicant)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]

    assert is_in(with_code(applicant, code_of(secret)))


def test_what_was_closed_anew_needs_the_earlier_key_no_more(applicant, settings):
    settings.SECRET_KEY = OLD
    secret = with_an_app(applicant)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]

    call_command("encrypt_second_factors")
    settings.SECRET_KEY_FALLBACKS = []

    assert is_in(with_code(applicant, code_of(secret)))
    recovery = Authenticator.objects.get(type="recovery_codes").wrap()
    assert is_in(with_code(applicant, recovery.get_unused_codes()[0]))


def test_a_key_that_is_gone_lets_nobody_in_and_the_page_says_so(applicant, settings):
    settings.SECRET_KEY = OLD
    secret = with_an_app(applicant)
    settings.SECRET_KEY = NEW

    client = to_the_second_step(applicant)
    page = client.post("/account/2fa/authenticate/", {"code": code_of(secret)})

    assert not is_in(client)
    assert "kunnen uw authenticator-app en herstelcodes niet meer lezen" in text(page)


@pytest.mark.parametrize("path", ["/account/2fa/", "/account/2fa/recovery-codes/"])
def test_nor_does_a_page_about_codes_break_on_it(as_applicant, applicant, settings, path):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    applicant.set_unusable_password()
    with_an_app(applicant)
    Authenticator.objects.update(data={"seed": "fernet:not-ours", "secret": "fernet:not-ours", "used_mask": 0})

    as_applicant.post("/account/reauthenticate/", {"password": PASSWORD})
    page = as_applicant.get(path, follow=True)

    assert page.status_code == 200
    assert "niet meer lezen" in text(page)


def test_the_command_counts_what_no_key_opens_and_names_nobody_unless_asked(applicant, capsys):
    with_an_app(applicant)
    Authenticator.objects.filter(type="totp").update(data={"secret": "fernet:not-ours"})

    call_command("encrypt_second_factors")
    said = capsys.readouterr()
    call_command("encrypt_second_factors", "--names")

    assert "present key: 1." in said.out
    assert "No key opens 1" in said.err
    assert applicant.email not in said.out + said.err
    assert applicant.email in capsys.readouterr().out


@pytest.mark.parametrize("table", ["mfa/authenticator", "socialaccount/socialapp", "socialaccount/socialtoken"])
def test_not_even_who_may_do_everything_sees_them_at_the_desk(client, applicant, table):
    client.force_login(User.objects.create_superuser("alles@example.org", PASSWORD))
    with_an_app(applicant)

    for path in (f"/loket/{table}/", f"/loket/{table}/{Authenticator.objects.first().pk}/change/"):
        assert client.get(path).status_code == 404


# --- The telephone is lost --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "Telefoon of passkey kwijt?"), ("en", "Lost your phone or passkey?")]
)
def test_where_the_code_is_asked_stands_what_to_do_without(applicant, language, said):
    with_an_app(applicant)
    client = to_the_second_step(applicant)
    client.cookies["django_language"] = language

    assert said in text(client.get("/account/2fa/authenticate/"))


def test_it_stands_where_the_code_is_asked_again_too(as_applicant, applicant):
    with_an_app(applicant)

    assert "Telefoon of passkey kwijt?" in text(as_applicant.get("/account/2fa/reauthenticate/"))


def box(**more):
    return {"login_reset": "on", "reason": "Telefoon gestolen; teruggebeld op het bekende nummer", **more}


def lost(browser, user: User) -> RoleChange:
    """An administrator proposes a new start."""
    browser.post(page_of(user), form_of(user, **box()))
    return RoleChange.objects.waiting().get(user=user)


def test_a_new_start_takes_two_administrators(as_administrator, as_other_administrator, as_caseworker, caseworker):
    with_an_app(caseworker)

    change = lost(as_administrator, caseworker)
    assert Authenticator.objects.filter(user=caseworker).count() == 2
    assert settle(as_administrator, change, "approve").status_code == 403
    settle(as_other_administrator, change, "approve")

    assert not Authenticator.objects.filter(user=caseworker).exists()
    assert as_caseworker.get("/loket/").status_code == 302  # logged out, wherever they were
    assert not User.objects.get(pk=caseworker.pk).has_usable_password()
    assert User.objects.get(pk=caseworker.pk).groups.exists()


def test_the_person_is_told_and_the_log_says_what_and_why(as_administrator, as_other_administrator, applicant):
    with_an_app(applicant)
    change = lost(as_administrator, applicant)
    settle(as_other_administrator, change, "approve")

    message = Message.objects.get()
    assert (message.kind, message.to) == ("mail_login_reset", applicant.email)
    page = text(as_administrator.get(page_about(change)))
    assert "een nieuwe start met inloggen" in page
    assert "teruggebeld op het bekende nummer" in page
    assert "Goedgekeurd door Alma Beheerder" in page


def test_declined_nothing_is_lost(as_administrator, as_other_administrator, caseworker):
    secret = with_an_app(caseworker)
    settle(as_other_administrator, lost(as_administrator, caseworker), "decline")

    assert is_in(with_code(caseworker, code_of(secret)))


def test_a_new_start_needs_a_reason(as_administrator, caseworker):
    with_an_app(caseworker)

    page = as_administrator.post(page_of(caseworker), form_of(caseworker, **box(reason="")))

    assert (
        "Vertel waarom" in text(page) or "Zeg waarom" in text(page) or page.context["adminform"].form.errors["reason"]
    )
    assert not RoleChange.objects.exists()


def test_who_has_no_second_step_has_none_to_lose(as_administrator, caseworker):
    assert "login_reset" not in text(as_administrator.get(page_of(caseworker)))

    as_administrator.post(page_of(caseworker), form_of(caseworker, **box()))

    assert not RoleChange.objects.exists()


def test_nobody_gives_it_to_themselves(as_administrator, administrator):
    with_an_app(administrator)

    as_administrator.post(page_of(administrator), form_of(administrator, **box()))

    assert not RoleChange.objects.exists()


def test_the_operator_does_it_where_there_are_no_two(applicant, capsys):
    with_an_app(applicant)

    call_command("remove_second_factor", applicant.email.upper(), "--reason", "Langs geweest met paspoort")

    change = RoleChange.objects.get(user=applicant)
    assert (change.outcome, change.login_reset, change.proposed_by) == ("operator", True, None)
    assert not Authenticator.objects.exists()
    assert Message.objects.get().kind == "mail_login_reset"


def test_the_database_keeps_the_line(as_administrator, caseworker):
    with_an_app(caseworker)
    change = lost(as_administrator, caseworker)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        RoleChange.objects.filter(pk=change.pk).update(login_reset=False)
