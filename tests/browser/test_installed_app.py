"""The portal as an app: a proof that is kept is there without a connection, and nothing else of anybody is."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from accounts.models import User
from exemptions.models import Exemption
from tests import axe, given
from tests.browser.journeys import BrowserFor

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = """async () => {
  const names = await caches.keys();
  const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return requests.flat().map((one) => new URL(one.url).pathname);
}"""
WALK = ("my_applications", "my_exemptions", "my_letters", "my_documents", "my_choices")


@pytest.fixture
def exemption(live_server, applicant, caseworker) -> Exemption:
    return given.granted(by=applicant, desk=caseworker).exemptions.get()


def test_a_proof_is_kept_until_its_holder_logs_out(browser_for: BrowserFor, applicant, exemption: Exemption):
    page, proof = on_telephone(browser_for, applicant), reverse("exemption_proof", args=[exemption.pk])
    for name in WALK:
        page.goto(reverse(name))
    page.goto(proof)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.get_by_role("button", name="Bewaren op deze telefoon").click()
    expect(page.get_by_role("button", name="Verwijderen van deze telefoon")).to_be_focused()

    assert list_others_kept(page) == [reverse("copy_proof", args=[exemption.pk])]
    assert axe.violations(page) == []
    go_offline(page, on=proof)
    expect(page.get_by_text("Er is geen verbinding.")).to_be_visible()
    expect(page.get_by_role("heading", name="VX-123-Z")).to_be_visible()
    expect(page.get_by_text("Het register beslist.")).to_be_visible()
    assert axe.violations(page) == []

    page.context.set_offline(False)
    page.goto(reverse("my_applications"))
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/")
    go_offline(page, on=proof)
    expect(page.get_by_text("Op deze telefoon is geen bewijs bewaard.")).to_be_visible()
    assert list_others_kept(page) == []


def test_a_copy_that_ended_says_so_and_one_that_was_revoked_goes(browser_for: BrowserFor, applicant, exemption):
    page, proof = on_telephone(browser_for, applicant), reverse("exemption_proof", args=[exemption.pk])
    page.goto(proof)
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.get_by_role("button", name="Bewaren op deze telefoon").click()
    expect(page.get_by_role("button", name="Verwijderen van deze telefoon")).to_be_visible()

    page.clock.install(time=exemption.ends_at)
    page.goto(reverse("offline"))
    expect(page.get_by_text("Niet meer geldig")).to_be_visible()
    exemption.revoked_at = exemption.starts_at
    exemption.save()
    page.evaluate("sessionStorage.clear()")
    page.goto(reverse("my_applications"))
    page.wait_for_function("caches.open('loket-proofs').then((kept) => kept.keys()).then((keys) => keys.length === 0)")
    page.goto(proof)
    expect(page.get_by_text("Deze ontheffing geldt niet meer.")).to_be_visible()  # of the server, not of a cache


def on_telephone(browser_for: BrowserFor, user: User) -> Page:
    page = browser_for(user)
    page.set_viewport_size({"width": 360, "height": 780})
    return page


def go_offline(page: Page, *, on: str) -> None:
    context: BrowserContext = page.context
    context.set_offline(True)
    page.goto(on)


def list_others_kept(page: Page) -> list[str]:
    """What is kept besides the page for without a connection and its files."""
    shell = re.compile(r"/static/|/offline/$")
    return [address for address in page.evaluate(KEPT) if not shell.match(address)]
