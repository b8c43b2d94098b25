"""An employee sets up a passkey as second step and logs in with it alone: no password, no code."""

import re

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from accounts.models import User
from tests import axe
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def two_steps(settings):
    settings.STAFF_MFA_REQUIRED = True


@pytest.fixture
def with_a_key(page: Page) -> Page:
    """A browser with a key that always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**key, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def test_a_passkey_is_set_up_and_opens_the_desk(with_a_key: Page, live_server, caseworker: User):
    EmailAddress.objects.create(user=caseworker, email=caseworker.email, verified=True, primary=True)
    page, here = with_a_key, live_server.url.replace("127.0.0.1", "localhost")

    page.goto(f"{here}/account/login/")
    page.get_by_label("Mailadres").fill(caseworker.email)
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_text("Stel eerst een authenticator-app of een passkey in")).to_be_visible()
    page.get_by_role("link", name="Toevoegen").click()
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)  # who sets up a second step shows once more who they are
    page.get_by_label("Wachtwoord", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Passkey instellen")).to_be_visible()
    assert axe.violations(page) == []
    page.get_by_label("Inloggen met alleen de passkey").check()
    page.get_by_role("button", name="Toevoegen").click()
    expect(page).to_have_url(re.compile("/account/2fa/recovery-codes/"))  # the key answers first, and then it is sent
    page.goto(f"{here}/loket/")
    expect(page).to_have_url(re.compile("/loket/$"))

    page.context.clear_cookies()
    page.goto(f"{here}/account/login/")
    page.get_by_role("button", name=re.compile("passkey")).click()
    expect(page).to_have_url(re.compile("/loket/$"))
