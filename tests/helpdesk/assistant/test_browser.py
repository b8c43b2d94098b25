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
