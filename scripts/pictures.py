"""Takes the pictures of the README and of docs/pages.md from a demo that runs: `make run`, and then
`.venv/bin/python scripts/pictures.py`.

The demo has the same people and cases everywhere; the days follow the calendar.
"""

import argparse
import io
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "images"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
EVERYBODYS = "demo-loket-2026"  # the way in of every demo login
COLOURS = 128


@dataclass(frozen=True)
class Picture:
    """A file, who looks, the way to the page, and how much of it is shown (CSS pixels)."""

    name: str
    who: str
    go: Callable[[Page], object]
    width: int = 1280
    height: int = 1100


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation from a running demo.")
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    address = parser.parse_args().address
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for picture in WANTED:
            take_picture(browser, picture, address=address)
        browser.close()


def take_picture(browser: Browser, picture: Picture, *, address: str) -> None:
    """One picture, with few colours so that the file is small."""
    page = browser.new_page(
        base_url=address, locale="nl-NL", viewport={"width": picture.width, "height": picture.height}
    )
    if picture.who:
        log_in(page, picture.who)
    picture.go(page)
    shot = Image.open(io.BytesIO(page.screenshot()))
    shot.convert("RGB").quantize(COLOURS).save(PICTURES / f"{picture.name}.png", optimize=True)
    page.close()


def log_in(page: Page, who: str) -> None:
    """As one of the demo's people."""
    page.goto("/account/login/")
    page.fill("input[name=login]", f"{who}@example.org")
    page.fill("input[name=password]", EVERYBODYS)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/account/login/" not in url)


def open_case(page: Page) -> None:
    """The most urgent case of a caseworker, with its file beside it."""
    page.goto("/loket/exemptions/application/?list=mine")
    page.locator("#content th a").first.click()
    page.locator('a[target="viewer"]').first.click()
    page.wait_for_timeout(1500)  # the viewer draws the file in its own time


def ask_access(page: Page) -> None:
    """May this truck enter?"""
    page.goto("/mag-ik-erin/")
    page.fill("input[name=plate]", "TRU-01-E")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/antwoord/")


def see_figures(page: Page) -> None:
    """A figure of the letter to parliament: its chart, and the table behind it."""
    page.goto("/cijfers/?from=2024-07-01&to=2025-07-31&as_of=2025-07-31")
    page.locator("section[aria-labelledby=R06] summary").first.click()
    page.evaluate("document.getElementById('R06').scrollIntoView({behavior: 'instant'})")


def ask_assistant(page: Page) -> None:
    """A short question, and its answer with the source."""
    page.goto("/assistent/")
    page.get_by_role("textbox").fill("hoe vaak mag ik per jaar een dagontheffing")
    page.get_by_role("button", name="Stel de vraag").click()
    page.get_by_role("heading", name="Uw gesprek").wait_for()


def open_first_question(page: Page) -> None:
    """The mail that waits longest, with the answer that the site suggests."""
    page.goto("/loket/vragen/")
    page.locator("#content table a").first.click()


def open_letter(page: Page) -> None:
    """The draft that is not published yet."""
    page.goto("/cijfers/brieven/")
    page.locator("main table a, #content table a").first.click()


def click_extend(page: Page) -> None:
    """Only what may have changed is asked."""
    page.goto("/mijn/ontheffingen/")
    page.get_by_role("link", name="Verlengen").or_(page.get_by_role("button", name="Verlengen")).first.click()


def go_to(address: str) -> Callable[[Page], object]:
    """The way to a page with an address of its own."""
    return lambda page: page.goto(address)


PHONE = 360
WANTED = (
    Picture("desk-case", "behandelaar", open_case, height=1200),
    Picture("desk-start", "behandelaar", go_to("/loket/"), height=560),
    Picture("access-check", "", ask_access, height=1300),
    Picture("statistics", "rapporteur", see_figures, height=1200),
    Picture("my-applications-360", "bloemist", go_to("/aanvragen/"), width=PHONE, height=900),
    Picture("home", "", go_to("/")),
    Picture("home-360", "", go_to("/"), width=PHONE, height=900),
    Picture("zone", "", go_to("/zones/utrecht/")),
    Picture("kind", "", go_to("/ontheffingen/LEV/")),
    Picture("question-360", "", go_to("/vragen/hoogte-boete/"), width=PHONE, height=900),
    Picture("assistant-360", "", ask_assistant, width=PHONE, height=1200),
    Picture("my-applications", "bloemist", go_to("/aanvragen/")),
    Picture("my-exemptions-360", "bloemist", go_to("/mijn/ontheffingen/"), width=PHONE, height=900),
    Picture("extend", "bloemist", click_extend),
    Picture("fleet", "bloemist", go_to("/wagenpark/"), height=1200),
    Picture("mail-question", "redacteur", open_first_question),
    Picture("assistant-desk", "redacteur", go_to("/loket/assistent/"), height=900),
    Picture("letter", "rapporteur", open_letter),
    Picture("returns", "opgave", go_to("/opgaven/")),
)


if __name__ == "__main__":
    main()
