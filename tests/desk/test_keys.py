"""The keys of the desk, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests import axe, given
from tests.desk import pages

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_works_through_a_list_by_keys_and_can_turn_them_off(page, sign_in, caseworker, applicant):
    rows = [given.filed(by=applicant, plate=f"V{number:03}AA") for number in range(3)]
    sign_in(page.context, caseworker)
    heading = page.get_by_role("heading", level=1)
    page.goto(pages.worklist("new"))

    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    for key, row in (("o", 0), ("n", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(heading).to_contain_text(str(rows[row]))
        expect(page.get_by_role("button", name="Sneltoetsen")).to_be_visible()  # the script has come

    page.keyboard.press("/")
    page.keyboard.type("jn?")
    expect(page.get_by_role("searchbox")).to_have_value("jn?")

    page.locator("h1").click()
    page.keyboard.press("Control+j")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Sneltoetsen")).to_be_visible()
    assert axe.violations(page) == []
    page.get_by_role("checkbox", name="Deze toetsen gebruiken").uncheck()
    page.get_by_role("button", name="Sluiten").click()
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Sneltoetsen")).to_be_hidden()
    expect(heading).to_contain_text(str(rows[0]))
    page.get_by_role("button", name="Sneltoetsen").click()
    expect(page.get_by_role("dialog", name="Sneltoetsen")).to_be_visible()
