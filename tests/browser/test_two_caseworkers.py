"""Two caseworkers at one case at the same moment, each in a browser: one wins, the other reads so and loses nothing."""

from collections.abc import Iterator
from functools import partial
from http import HTTPStatus

import pytest
from playwright.sync_api import Page, expect

from exemptions.models import Ground
from tests import given
from tests.browser.journeys import LOOK, browser_of, click, fine
from tests.desk import pages

pytestmark = pytest.mark.django_db(transaction=True)
MINE, THEIRS = "Uw contract is in orde.", "Het tweede contract is ook in orde."


@pytest.fixture
def application(live_server, applicant, caseworker):
    return given.judged(by=applicant, desk=caseworker)


@pytest.fixture
def first(page: Page, sign_in, caseworker) -> Page:
    sign_in(page.context, caseworker)
    return page


@pytest.fixture
def second(browser, browser_context_args, base_url, sign_in, other_caseworker) -> Iterator[Page]:
    options = {**browser_context_args, "base_url": base_url}
    with browser_of(browser, options, partial(sign_in, user=other_caseworker)) as page:
        yield page


def fill_in_grant(page: Page, application, explanation: str) -> None:
    page.goto(pages.step(application, "grant"))
    page.get_by_label("Grond").select_option(str(given.ground(Ground.Outcome.GRANT, application).pk))
    page.get_by_label("Laatste dag van de ontheffing").fill(given.working_day(100).isoformat())
    page.get_by_label("Toelichting in de brief").fill(explanation)


def second_reads(page: Page, button: str, *, who: str, typed: str) -> None:
    """Pressing the button gives 409: who was first, and what the second had typed."""
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        click(page, button)
    assert answer.value.status == HTTPStatus.CONFLICT
    fine(page, "Deze zaak is veranderd")
    for words in (who, typed):
        expect(page.get_by_role("main")).to_contain_text(words)


def test_the_second_reads_who_was_first_and_keeps_the_words(first, second, application):
    fill_in_grant(first, application, MINE)
    fill_in_grant(second, application, THEIRS)
    click(first, LOOK)
    click(first, "Versturen")
    fine(first, "toegekend")

    second_reads(second, LOOK, who="Kees Behandelaar", typed=THEIRS)

    assert application.decisions.count() == 1


def test_also_when_the_letter_was_in_sight_already(first, second, application):
    for page, words in ((first, MINE), (second, THEIRS)):
        fill_in_grant(page, application, words)
        click(page, LOOK)
    click(first, "Versturen")
    fine(first, "toegekend")

    second_reads(second, "Versturen", who="Kees Behandelaar", typed=THEIRS)

    assert application.dossier.letters.filter(kind="granted").count() == 1


def test_both_take_up_the_same_case(first, second, applicant):
    application = given.filed(by=applicant, plate="V001AA")
    for page in (first, second):
        page.goto(pages.case(application))
    click(first, "In behandeling nemen")
    fine(first, "in behandeling")

    second_reads(second, "In behandeling nemen", who="Kees Behandelaar", typed="In behandeling genomen")

    application.refresh_from_db()
    assert application.assigned_to.name == "Kees Behandelaar"


def test_the_applicant_withdraws_while_the_letter_is_in_sight(first, application, applicant):
    fill_in_grant(first, application, MINE)
    click(first, LOOK)
    application.withdraw(by=applicant)

    second_reads(first, "Versturen", who="Anna de Bakker", typed=MINE)

    assert not application.decisions.exists()


def test_two_tabs_of_one_person_give_one_decision(first, application):
    other_tab = first.context.new_page()
    for page, words in ((first, MINE), (other_tab, THEIRS)):
        fill_in_grant(page, application, words)
        click(page, LOOK)
    for page in (first, other_tab):
        click(page, "Versturen")
        fine(page, "toegekend")

    assert application.decisions.get().explanation == MINE
