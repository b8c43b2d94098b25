"""Judging proof in a real browser: Enter never accepts, and no reason typed at another item is lost."""

import re
from functools import partial

import pytest
from playwright.sync_api import Page, expect

from tests import axe, given
from tests.browser.journeys import browser_of
from tests.desk import pages

pytestmark = pytest.mark.django_db(transaction=True)
WHY, OTHER = "De aangiften zijn onleesbaar", "Het contract is niet getekend"


@pytest.fixture
def application(live_server, applicant, caseworker):
    """Several items of proof to judge."""
    return given.taken_up(by=applicant, desk=caseworker, code="BEO")


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def desk(request, browser, browser_context_args, base_url, sign_in, caseworker):
    """The browser of the caseworker, with JavaScript and without."""
    options = {**browser_context_args, "base_url": base_url, "java_script_enabled": request.param}
    with browser_of(browser, options, partial(sign_in, user=caseworker)) as page:
        yield page


def reasons(page: Page):
    return page.get_by_label(re.compile("^Niet voldoende, omdat"))


def test_enter_in_a_reason_judges_that_item_not_sufficient(desk, application):
    desk.goto(pages.case(application))
    reasons(desk).nth(1).fill(WHY)
    reasons(desk).nth(1).press("Enter")

    expect(reasons(desk).nth(1)).to_have_value(WHY)
    expect(desk.get_by_text("niet voldoende", exact=True).first).to_be_visible()
    judged = application.evidence_items.exclude(verdict="").get()
    assert (judged.pk, judged.verdict) == (application.evidence_items.with_all()[1].pk, "insufficient")


def test_a_reason_at_another_item_is_still_there(desk, application):
    desk.goto(pages.case(application))
    reasons(desk).nth(2).fill(OTHER)
    desk.get_by_role("button", name=re.compile("^Akkoord")).first.click()

    expect(desk.get_by_text("akkoord", exact=True).first).to_be_visible()
    expect(reasons(desk).nth(2)).to_have_value(OTHER)
    assert application.evidence_items.with_all()[0].verdict == "accepted"


def test_after_a_judgement_the_next_item_has_the_focus_with_its_file_beside_it(desk, application):
    second = application.relevant_evidence[1]
    desk.goto(pages.case(application))
    desk.get_by_role("button", name=re.compile("^Akkoord")).first.click()

    expect(desk.locator(f"#proof-{second.pk}")).to_be_focused()
    expect(desk.locator(f"#proof-{second.pk}")).to_be_in_viewport()
    shown = pages.document(application, second.documents.get().pk)
    expect(desk.locator("iframe[name=viewer]")).to_have_attribute("src", re.compile(f"^{re.escape(shown)}(#.*)?$"))


def test_accepting_with_a_reason_filled_in_is_refused(desk, application):
    desk.goto(pages.case(application))
    reasons(desk).first.fill(WHY)
    desk.get_by_role("button", name=re.compile("^Akkoord")).first.click()

    expect(desk.get_by_role("alert")).to_contain_text("kies ‘niet voldoende’")
    expect(desk.get_by_label("Omdat")).to_have_value(WHY)
    assert not application.evidence_items.exclude(verdict="").exists()


def test_a_red_block_is_accessible_in_form_and_preview(page, sign_in, application, caseworker):
    sign_in(page.context, caseworker)
    page.goto(pages.step(application, "grant"))

    expect(page.get_by_role("region", name="Dit pleit ertegen")).to_be_visible()
    assert axe.violations(page) == []
