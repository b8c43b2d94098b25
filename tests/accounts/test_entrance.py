"""One page to make an account or log in on, and the code after it: in haste, twice, elsewhere, with the wrong code."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
ENTRANCE = "/account/signup/?next=/aanvragen/nieuw/"
CODE = "/account/confirm-email/"
NEW = {"email": "nieuw@example.org", "password1": PASSWORD, "next": "/aanvragen/nieuw/"}


@pytest.fixture
def known(applicant):
    EmailAddress.objects.create(user=applicant, email=applicant.email, verified=True, primary=True)
    return applicant


@pytest.fixture
def a_while_later():
    """Another code is mailed ten seconds later at the soonest."""
    with time_machine.travel(timezone.now()) as moment:
        yield lambda: moment.shift(timedelta(seconds=20))


def last_code() -> str:
    return next(line for line in mail.outbox[-1].body.splitlines() if re.fullmatch(r"[A-Z0-9-]{4,}", line))


def begin(client: Client, **more: str):
    return client.post("/account/signup/", {**NEW, **more}, follow=True)


def test_who_wants_to_apply_comes_where_one_makes_an_account_or_logs_in(client):
    page = client.post(reverse("apply_start"), {"kind": "LEV"}, follow=True)

    assert page.redirect_chain[-1][0] == ENTRANCE
    content = page.content.decode()
    assert 'action="/account/signup/"' in content
    assert 'action="/account/login/"' in content
    assert content.count('name="next" value="/aanvragen/nieuw/"') == 2
    assert 'name="password2"' not in content


def test_who_logged_in_here_before_comes_on_the_login(client, known):
    client.post("/account/login/", {"login": known.email, "password": PASSWORD})
    client.post("/account/logout/")

    assert client.post(reverse("apply_start")).url.startswith("/account/login/?next=")


def test_after_the_code_the_application_that_was_begun_goes_on(client):
    client.post(reverse("apply_start"), {"kind": "LEV"})
    begin(client)
    page = client.post(CODE, {"code": last_code()}, follow=True)

    assert page.redirect_chain[-1][0].endswith("/invullen/applicant/")


def test_who_has_an_account_logs_in_on_that_page_and_goes_on(client, known):
    client.post(reverse("apply_start"))
    answer = client.post("/account/login/", {"login": known.email, "password": PASSWORD, "next": "/aanvragen/nieuw/"})

    assert answer.url == "/aanvragen/nieuw/"


def test_a_password_that_is_too_weak_leaves_the_address_on_the_page(client):
    page = begin(client, password1="kort").content.decode()

    assert "Dit wachtwoord is te kort. Kies er een van minstens 12 tekens." in page
    assert 'value="nieuw@example.org"' in page
    assert not User.objects.filter(email="nieuw@example.org").exists()


def test_an_address_with_an_account_gets_the_same_pages_and_a_mail_that_tells(client, known):
    stranger, newcomer = Client(), client
    seen = [
        re.sub(r'value="[^"]{64}"|[\w.]+@example.org', "", begin(browser, email=email).content.decode())
        for browser, email in ((stranger, known.email), (newcomer, "nieuw@example.org"))
    ]

    assert seen[0] == seen[1]
    assert "Dat account is er al" in mail.outbox[0].body
    for path in ("/account/signup/", "/account/login/"):
        assert [browser.get(path).url for browser in (stranger, newcomer)] == [CODE, CODE]
    for browser in (stranger, newcomer):
        for _guess in range(3):
            last = browser.post(CODE, {"code": "WRONG"})
        assert last.url == "/account/login/?next=/aanvragen/nieuw/"


def test_five_wrong_codes_lead_to_the_login_and_a_new_code(client, a_while_later):
    begin(client)
    pages = [client.post(CODE, {"code": "WRONG"}, follow=True) for _guess in range(5)]
    assert "De code was te vaak fout" in pages[2].content.decode()
    assert pages[4].redirect_chain[-1][0] == "/account/login/?next=/aanvragen/nieuw/"

    a_while_later()
    client.post("/account/login/", {"login": NEW["email"], "password": PASSWORD, "next": "/aanvragen/nieuw/"})
    page = client.post(CODE, {"code": last_code()}, follow=True)

    assert page.redirect_chain[-1][0].startswith("/aanvragen/nieuw/")


def test_a_new_code_replaces_the_first(client, a_while_later):
    begin(client)
    first = last_code()
    too_soon = client.post(CODE, {"action": "resend"}, follow=True)
    assert "Wacht even voordat u" in too_soon.content.decode()

    a_while_later()
    client.post(CODE, {"action": "resend"})

    assert "klopt niet" in client.post(CODE, {"code": first}).content.decode()
    assert client.post(CODE, {"code": last_code()}).status_code == 302


def test_the_code_in_another_browser_is_told_where_to_go(client):
    begin(client)
    page = Client().post(CODE, {"code": last_code()}, follow=True)

    assert page.redirect_chain[-1][0].startswith("/account/login/")
    assert "In deze browser wachten we niet op een code" in page.content.decode()


def test_back_and_sent_again_waits_for_the_same_code(client):
    begin(client)
    code = last_code()

    page = begin(client)

    assert page.redirect_chain[-1][0] == CODE
    assert len(mail.outbox) == 1
    assert client.post(CODE, {"code": code}).status_code == 302


def test_a_slip_in_the_address_is_put_right(client):
    begin(client, email="fuot@example.org")
    page = client.get("/account/signup/?again=1")
    assert page.status_code == 200

    begin(client)

    assert mail.outbox[-1].to == ["nieuw@example.org"]
    assert client.post(CODE, {"code": last_code()}).status_code == 302


def test_who_logged_in_meanwhile_in_another_tab_goes_on(client, known):
    client.get(ENTRANCE)
    client.force_login(known)

    assert begin(client).redirect_chain[0][0] == "/aanvragen/nieuw/"
    assert client.get(ENTRANCE).url == "/aanvragen/nieuw/"


def test_nobody_is_led_to_another_site(client):
    begin(client, next="https://evil.example/")
    page = client.post(CODE, {"code": last_code()})

    assert "evil" not in page.url
