"""A municipality hands in by spreadsheet: the template, an error, mended, taken over; then one month by form."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import User
from reporting.models import ReturnVersion
from tests import axe
from tests.browser.journeys import browser_of

SignIn = Callable[[BrowserContext, User], None]
Look = Callable[[Page], None]
MONTH = "2025-06"


def is_accessible(page: Page) -> None:
    """Nothing for axe to find."""
    assert axe.violations(page) == []


def has_a_heading(page: Page) -> None:
    """It is a page of ours: axe itself needs JavaScript."""
    assert page.locator("main h1").count() == 1


def downloaded(page: Page) -> bytes:
    """The spreadsheet as the page gives it."""
    with page.expect_download() as waiting:
        page.locator('a[href$="/sjabloon/xlsx/"]').click()
    return Path(waiting.value.path()).read_bytes()


def filled(template: bytes, **cells: Any) -> bytes:
    """The row of June, filled in as with a spreadsheet program."""
    book = load_workbook(io.BytesIO(template))
    sheet = book["Opgaven"]
    row = next(cell.row for cell in sheet["C"] if cell.value == MONTH)
    for letter, value in cells.items():
        sheet[f"{letter}{row}"] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(page: Page, content: bytes, *, look: Look) -> None:
    """Send a file, and see what it says."""
    page.goto(reverse("return_upload"))
    page.set_input_files("#id_file", {"name": "opgaven.xlsx", "mimeType": "application/zip", "buffer": content})
    press(page)
    page.wait_for_url("**/bestand/*-*/")
    look(page)


def press(page: Page) -> None:
    """The button of the form that this page is about."""
    page.locator('main form[method="post"] button[type="submit"]').last.click()


def walk(page: Page, *, look: Look) -> None:
    """From the start page of the desk to a corrected month."""
    page.goto(reverse("admin:index"))
    page.locator(f'#content-main a[href="{reverse("returns")}"]').click()
    page.locator(f'main a[href="{reverse("return_upload")}"]').click()
    template = downloaded(page)

    upload(page, filled(template, D="1.204", G=1000, H=960), look=look)
    assert "1.204" in page.locator(".returns-problems").inner_text()
    assert page.locator('main form[method="post"]').count() == 0
    assert not ReturnVersion.objects.exists()

    upload(page, filled(template, D=1204, G=1000, H=960), look=look)
    press(page)
    page.wait_for_selector(".utrecht-alert--ok")
    look(page)
    assert ReturnVersion.objects.get().warnings == 1204

    page.goto(reverse("return_month", args=["GM0344", 2025, 6]))
    page.locator("#id_warnings").fill("1240")
    press(page)
    page.wait_for_url("**/GM0344/")
    page.goto(reverse("return_month", args=["GM0344", 2025, 6]))
    look(page)
    assert page.locator(".loket-card del").all_inner_texts() == ["1.204"]


def look_at_what_is_kept() -> None:
    kept = ReturnVersion.objects.order_by("number").values_list("channel", "number", "warnings", "compliant_van")
    assert list(kept) == [("sheet", 1, 1204, 960), ("form", 2, 1240, 960)]


def test_from_the_template_to_a_corrected_month(page: Page, sign_in: SignIn, municipal_reporter: User) -> None:
    sign_in(page.context, municipal_reporter)

    walk(page, look=is_accessible)

    look_at_what_is_kept()


def test_the_same_without_javascript(
    live_server: Any,
    browser: Browser,
    browser_context_args: dict[str, Any],
    sign_in: SignIn,
    municipal_reporter: User,
) -> None:
    options = {**browser_context_args, "java_script_enabled": False}
    with browser_of(browser, options, lambda context: sign_in(context, municipal_reporter)) as page:
        walk(page, look=has_a_heading)

    look_at_what_is_kept()
