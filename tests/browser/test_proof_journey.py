"""Who logs in with mailed codes alone adds an address: a code by mail, and what they asked goes on."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from tests import axe
from tests.accounts.test_login import code_in, confirmed

pytestmark = pytest.mark.django_db(transaction=True)
FURTHER = "nieuw@example.org"


def test_a_mailed_code_and_on_to_what_was_asked(page: Page, sign_in, applicant: User):
    confirmed(applicant).set_unusable_password()
    applicant.save()
    sign_in(page.context, applicant)

    page.goto("/account/email/")
    page.get_by_label("mail").first.fill(FURTHER)
    page.get_by_role("button", name="toevoegen").click()
    expect(page.get_by_role("heading", name="Bevestig dat u het bent")).to_be_visible()
    assert axe.violations(page) == []
    page.get_by_role("button", name="Mail mij een code").click()
    page.get_by_label("Code").fill(code_in(mail.outbox[-1]))
    page.get_by_role("button", name="Bevestigen").click()

    expect(page.get_by_text(FURTHER).first).to_be_visible()
    page.get_by_label("Code").fill(code_in(mail.outbox[-1]))  # that of the new address
    page.get_by_label("Code").press("Enter")
    expect(page.get_by_text(FURTHER).first).to_be_visible()
    assert EmailAddress.objects.filter(user=applicant, email=FURTHER, verified=True).exists()


def test_without_a_script_too(new_context, base_url: str, sign_in, applicant: User):
    context: BrowserContext = new_context(java_script_enabled=False)
    confirmed(applicant).set_unusable_password()
    applicant.save()
    sign_in(context, applicant)
    page = context.new_page()

    page.goto("/account/password/set/")
    page.get_by_role("button", name="Mail mij een code").click()
    page.get_by_label("Code").fill(code_in(mail.outbox[-1]))
    page.get_by_role("button", name="Bevestigen").click()

    expect(page).to_have_url(f"{base_url}/account/password/set/")
