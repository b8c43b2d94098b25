"""The conversation in a browser: what goes wrong is said at once, where one looks."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.limits import set_limit

pytestmark = pytest.mark.django_db(transaction=True)


def ask(page: Page, question: str) -> None:
    page.locator("textarea[name=question], input[name=question]").fill(question)
    page.locator("form[hx-post] button").filter(has_text=re.compile("Vraag|Stel")).first.click()


def test_who_asks_too_often_reads_why_and_keeps_the_question(page: Page):
    page.goto("/assistent/")
    set_limit("assistant_questions_a_minute", 0)
    ask(page, "Wat kost een dagontheffing?")

    summary = page.locator("#error-summary")
    expect(summary).to_contain_text("Wacht een minuut")
    expect(summary).to_be_focused()
    expect(page.locator("[name=question]")).to_have_value("Wat kost een dagontheffing?")


def test_an_empty_question_is_told_too(page: Page):
    page.goto("/assistent/")
    ask(page, "")

    expect(page.locator("#error-summary")).to_be_focused()


def test_enter_sends_the_question_and_shift_enter_begins_a_line(page: Page):
    page.goto("/assistent/")
    field = page.locator("[name=question]")
    field.press_sequentially("Wat kost")
    field.press("Shift+Enter")
    field.press_sequentially("een dagontheffing?")
    field.press("Enter")

    expect(page.locator("#conversation")).to_contain_text("€ 30")
    expect(page.locator("[name=question]")).to_be_focused()
    expect(page.locator("[name=question]")).to_have_value("")


def test_a_screen_reader_hears_the_newest_answer_from_a_region_that_stays(page: Page):
    page.goto("/assistent/")
    page.evaluate("window.region = document.getElementById('newest-answer')")
    ask(page, "Wat kost een dagontheffing?")

    expect(page.get_by_role("status").first).to_contain_text("€ 30")
    assert page.evaluate("window.region.isConnected && window.region.querySelector('a') === null")


def test_the_focus_stays_where_one_works(page: Page):
    page.goto("/assistent/")
    ask(page, "ontheffing")
    page.locator("form button[name=question]").first.press("Enter")
    expect(page.locator("#turn-2")).to_be_visible()
    expect(page.locator("[name=question]").last).to_be_focused()

    page.locator("#helped-2").press("Enter")

    expect(page.locator("#helped-2")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#helped-2")).to_be_focused()


def test_what_is_typed_while_an_answer_is_on_its_way_stays(page: Page):
    page.goto("/assistent/")
    page.evaluate("htmx.config.defaultSettleDelay = htmx.config.defaultSwapDelay = 500")
    ask(page, "Wat kost een dagontheffing?")
    page.locator("[name=question]").fill("en een vaste ontheffing?")

    expect(page.locator("#turn-1")).to_contain_text("€ 30")
    expect(page.locator("[name=question]")).to_have_value("en een vaste ontheffing?")

    page.locator("#helped-1").click()
    expect(page.locator("#helped-1")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[name=question]")).to_have_value("en een vaste ontheffing?")


def test_on_a_telephone_an_answer_is_in_view_from_its_question_on(page: Page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/assistent/")
    for number, question in enumerate(["Wat kost een dagontheffing?", "Hoe hoog is de boete?"], start=1):
        ask(page, question)
        expect(page.locator(f"#turn-{number} h3")).to_be_in_viewport(ratio=1)
