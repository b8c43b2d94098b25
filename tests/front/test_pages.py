"""Pages in a real browser: nothing for axe to find, nothing that overflows the screen, nothing lost."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from casework.models import Policy
from tests import axe

pytestmark = [pytest.mark.urls("tests.front.site"), pytest.mark.django_db(transaction=True)]

PUBLIC = [
    "/",
    "/account/login/",
    "/account/signup/",
    "/account/login/code/",
    "/account/password/reset/",
    "/toegankelijkheid/",
    "/privacy/",
    "/nowhere/",
    "/forbidden/",
    "/changed/",
]
OWN = ["/form/", "/account/email/", "/account/password/change/", "/account/2fa/", "/account/logout/"]


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_public_page_is_for_everybody(page, path, width):
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(path)

    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", OWN)
@pytest.mark.parametrize("width", [360, 1280])
def test_ones_own_page_is_for_everybody(page, sign_in, applicant, path, width):
    sign_in(page.context, applicant)
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(path)

    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_error_page_is_for_everybody(page, client, live_server):
    client.raise_request_exception = False
    page.set_content(client.get("/broken/").content.decode())

    assert axe.violations(page) == []


def test_errors_stand_together_and_lead_to_their_fields(page, sign_in, applicant):
    sign_in(page.context, applicant)
    page.goto("/form/")

    page.get_by_role("button", name="Verder").click()

    expect(page).to_have_title(re.compile("^Fout: "))
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_role("link", name="Soort – Dit moet u nog invullen.").click()
    expect(page.locator("#id_kind_0")).to_be_focused()
    assert axe.violations(page) == []


def test_a_second_click_sends_nothing(page, sign_in, applicant):
    sign_in(page.context, applicant)
    page.goto("/form/")
    sent = []
    page.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)

    page.get_by_role("button", name="Verder").dblclick()
    page.wait_for_selector("#error-summary")

    assert sent == ["POST"]


def test_a_chosen_file_is_named_before_it_is_sent(page, sign_in, applicant):
    sign_in(page.context, applicant)
    page.goto("/form/")

    page.set_input_files("#id_proof", {"name": "bewijs.pdf", "mimeType": "application/pdf", "buffer": b"x" * 1024})

    assert "bewijs.pdf" in page.inner_text(".loket-files")


def test_the_security_policy_lets_every_part_of_a_page_pass(page, sign_in, applicant):
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Security Policy" in message.text else None)
    sign_in(page.context, applicant)

    page.goto("/form/")

    assert refused == []


def test_security_txt_holds_for_less_than_a_year(client, settings):
    text = client.get("/.well-known/security.txt").content.decode()

    assert f"Contact: {settings.SECURITY_CONTACT}" in text
    assert "Expires: 20" in text


def test_robots_stay_out_of_the_desk(client):
    assert "Disallow: /loket/" in client.get("/robots.txt").content.decode()


def test_a_switch_of_language_is_remembered_for_letters(as_applicant, applicant):
    as_applicant.post("/taal/", {"language": "en", "next": "/"})

    applicant.refresh_from_db()
    assert applicant.language == "en"
    assert "Skip to the content" in as_applicant.get("/").content.decode()


def test_an_unknown_language_changes_nothing(as_applicant, applicant):
    as_applicant.post("/taal/", {"language": "xx", "next": "/"})

    applicant.refresh_from_db()
    assert applicant.language == "nl"


def test_help_by_a_human_stands_on_every_page(client):
    for name, value in {"contact_phone": "088 123 45 67", "contact_email": "help@example.org"}.items():
        Policy.objects.create(name=name, valid_from=timezone.localdate(), value=value, source="test")

    page = client.get("/nowhere/").content.decode()

    assert 'href="tel:0881234567"' in page
    assert "help@example.org" in page
