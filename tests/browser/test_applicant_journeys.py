"""From the start page to what one follows afterwards: an entrepreneur, a carrier from abroad, a colleague and a
representative; on a telephone, at a desk, and where no script runs."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from exemptions.models import Application, Status
from tests.browser.filing import (
    CONTRACT,
    REGISTRATION,
    add_proof,
    answer_questions,
    ask_long_delivery,
    go_on,
    is_fine,
    sign_and_send,
)
from tests.cast import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("never_asked")]


@pytest.fixture(params=["applicant", "colleague", "representative"])
def who(request: pytest.FixtureRequest) -> str:
    """Somebody who acts for the bakery."""
    return str(request.param)


@pytest.fixture
def mine(who: str, request: pytest.FixtureRequest, browser_for_me: Callable[[User], Any]) -> Iterator[Page]:
    """Their browser."""
    with browser_for_me(request.getfixturevalue(who)) as page:
        yield page


def say_for_whom(page: Page, who: str, name: str) -> None:
    """A representative chooses; who acts for this one alone reads that they do."""
    if who == "representative":
        page.get_by_label(name).check()
        go_on(page)
    else:
        expect(page.get_by_role("main")).to_contain_text(f"U vraagt aan voor {name}.")


def check_plate(page: Page, plate: str) -> None:
    page.goto("/")
    page.get_by_label("Kenteken", exact=True).fill(plate)
    page.get_by_role("button", name="Controleren").click()


def follow(page: Page) -> Application:
    """The receipt leads to the case, and the case is listed with the others."""
    is_fine(page, "Uw aanvraag is verstuurd")
    application: Application = Application.objects.get()
    page.get_by_role("link", name="Uw aanvraag volgen").click()
    expect(page.get_by_role("main")).to_contain_text(application.dossier.number or "?")
    page.get_by_role("link", name="Mijn aanvragen").first.click()
    is_fine(page, "Mijn aanvragen")
    expect(page.get_by_role("main")).to_contain_text(application.dossier.number or "?")
    return application


def test_for_the_company(mine: Page, who: str, organisation: Any) -> None:
    check_plate(mine, "tru-01-e")
    ask_long_delivery(mine)
    say_for_whom(mine, who, organisation.name)
    add_proof(mine, CONTRACT)  # vehicle and kind were chosen on the answer
    go_on(mine)
    answer_questions(mine)
    go_on(mine)  # from today, as long as is possible
    is_fine(mine, "Controleren en versturen")
    sign_and_send(mine)

    assert follow(mine).status == Status.SUBMITTED


def test_a_carrier_from_abroad(browser_for_me: Callable[[User], Any]) -> None:
    with browser_for_me(person("Piotr Kowalski")) as page:
        from_abroad(page)

        application = follow(page)

    assert (application.country, application.facts_verified) == ("PL", False)
    assert application.evidence_items.get(requirement__code="registration_document").documents.count() == 1


def from_abroad(page: Page) -> None:
    """Country and plate, the facts typed once, an account of one's own: no eHerkenning and no KvK number."""
    page.goto("/mag-ik-erin/")
    page.get_by_label("Kenteken", exact=True).fill("WX 123AB")
    page.get_by_label("Land van het kenteken").select_option("PL")
    page.get_by_role("button", name="Controleren").click()
    is_fine(page, "Mag")
    page.get_by_label("vrachtauto: voor goederen").check()
    page.get_by_label("bakwagen").check()
    page.get_by_label("Emissieklasse").select_option("5")
    page.get_by_label("Datum eerste toelating").fill("2012-03-01")
    page.get_by_role("button", name="Toon het antwoord").click()
    expect(page.get_by_role("main")).to_contain_text("geen eHerkenning nodig")
    ask_long_delivery(page)
    describe_firm(page)
    is_fine(page, "Vertel ons over het voertuig")
    expect(page.get_by_label("Emissieklasse")).to_have_value("5")
    go_on(page)
    add_proof(page, CONTRACT, REGISTRATION)
    go_on(page)
    answer_questions(page)
    go_on(page)
    sign_and_send(page)


def describe_firm(page: Page) -> None:
    is_fine(page, "Voor wie vraagt u aan?")
    page.get_by_label("voor mijzelf, of voor").check()
    page.get_by_label("bedrijf of organisatie").check()
    for label, value in {
        "Naam": "Transport Kowalski",
        "Straat en huisnummer": "Ulica 1",
        "Postcode": "00-001",
        "Plaats": "Warszawa",
    }.items():
        page.get_by_role("main").get_by_label(label, exact=True).fill(value)
    page.get_by_role("main").get_by_label("Land", exact=True).select_option("PL")
    go_on(page)
