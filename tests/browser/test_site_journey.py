"""An editor hands in a month of the site by form, corrects it, and notes a signal."""

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import BrowserContext, Page

from accounts.models import User
from reporting.models import BranchSignal, SiteMonthVersion
from tests.browser.journeys import fill, reads, sound

SignIn = Callable[[BrowserContext, User], None]
MONTH = "juni 2025"


def row_of_mails(page: Page, number: int, topic: str, tone: str, count: str) -> None:
    """One row of mails by topic and tone, as it is typed."""
    page.locator(f"#id_topics-{number}-topic").fill(topic)
    page.locator(f"#id_topics-{number}-tone").select_option(label=tone)
    page.locator(f"#id_topics-{number}-count").fill(count)


def by_form(page: Page) -> None:
    """From the list to a month that is handed in, with one number typed wrongly first."""
    page.goto(reverse("site_months"))
    page.get_by_role("link", name=MONTH).click()
    sound(page, MONTH)
    fill(page, {"Actieve gebruikers": "27.000", "Mails aan de redactie": "208", "Bron": "Statistiek"})
    row_of_mails(page, 0, "Kentekens", "klacht", "50")
    page.get_by_role("button", name="Deze maand inleveren").click()
    sound(page, MONTH)
    reads(page, "27000")
    fill(page, {"Actieve gebruikers": "27000"})
    page.get_by_role("button", name="Deze maand inleveren").click()
    page.wait_for_url(f"**{reverse('site_months')}")
    reads(page, "27.000")


def corrected(page: Page) -> None:
    """The month again, with another number and why."""
    page.get_by_role("link", name=MONTH).click()
    sound(page, MONTH)
    fill(page, {"Bezochte pagina's": "170000", "Toelichting": "De telling is hersteld."})
    page.get_by_role("button", name="Deze maand verbeteren").click()
    page.wait_for_url(f"**{reverse('site_months')}")
    reads(page, "170.000")


def signal(page: Page) -> None:
    """Noted, and in the list."""
    page.goto(reverse("signals"))
    page.get_by_role("link", name="Signaal vastleggen").click()
    sound(page, "Signaal vastleggen")
    fill(page, {"Wie": "Bond van Vervoerders", "Onderwerp": "Laden", "Waar zij aandacht": "Te weinig palen."})
    page.locator("#id_first").fill("2025-06-01")
    page.locator("#id_last").fill("2025-07-31")
    page.get_by_role("button", name="Signaal vastleggen").click()
    sound(page, "Signalen")
    reads(page, "Bond van Vervoerders: Laden", "Te weinig palen.")


def test_a_month_its_correction_and_a_signal(page: Page, sign_in: SignIn, editor: User) -> None:
    sign_in(page.context, editor)

    by_form(page)
    corrected(page)
    signal(page)

    first, second = SiteMonthVersion.objects.order_by("number")
    assert (first.visitors, first.pages, second.context) == (27000, None, "De telling is hersteld.")
    assert [str(topic.topic) for topic in second.topics.all()] == ["Kentekens"]
    assert BranchSignal.objects.get().noted_by == editor
