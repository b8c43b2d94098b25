"""Takes the pictures of the README and of docs/pages.md from a demo that runs: `make run`, and then
`.venv/bin/python scripts/pictures.py`; `--only zone` those with that in their name.

A page of docs/pages.md is one sheet: at each of four widths, by day and in the dark. The demo has the same people and
cases everywhere; the days follow the calendar.
"""

import argparse
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "images"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
EVERYBODYS = "demo-loket-2026"  # the password of every demo login
COLOURS = 128


SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (360, 768, 1280, 1920)
SHEET_HEIGHT, SHEET_SCALE, GAP = 1000, 0.4, 12
"""CSS pixels of a page shown in a sheet, its scale, and the pixels between two pages."""


@dataclass(frozen=True)
class Picture:
    """A file, the user, how to reach the page, and how much of it is shown (CSS pixels)."""

    name: str
    who: str
    go: Callable[[Page], object]
    width: int = 1280
    height: int = 1100


@dataclass(frozen=True)
class Sheet:
    """A page at each width, in light and dark mode: a file, the user, and how to reach the page."""

    name: str
    who: str
    go: Callable[[Page], object]


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation from a running demo.")
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--only", default="", help="only the pictures in whose name this stands")
    options = parser.parse_args()
    (PICTURES / "pages").mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for picture in PICTURES_WANTED:
            if options.only in picture.name:
                take_picture(browser, picture, address=options.address)
        for sheet in SHEETS_WANTED:
            if options.only in sheet.name:
                take_sheet(browser, sheet, address=options.address)
        browser.close()


def take_picture(browser: Browser, picture: Picture, *, address: str) -> None:
    """Take one picture, with few colours to keep the file small."""
    with open_page(browser, picture, address=address) as page:
        page.set_viewport_size({"width": picture.width, "height": picture.height})
        shot = Image.open(io.BytesIO(page.screenshot()))
        shot.convert("RGB").quantize(COLOURS).save(PICTURES / f"{picture.name}.png", optimize=True)


def take_sheet(browser: Browser, sheet: Sheet, *, address: str) -> None:
    """A row in light mode and one in dark mode, with the widths next to each other."""
    height = round(SHEET_HEIGHT * SHEET_SCALE)
    size = (sum(round(width * SHEET_SCALE) + GAP for width in WIDTHS) - GAP, 2 * height + GAP)
    whole = Image.new("RGB", size, "grey")
    with open_page(browser, sheet, address=address) as page:
        for row, scheme in enumerate(SCHEMES):
            page.emulate_media(color_scheme=scheme)
            left = 0
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": SHEET_HEIGHT})
                page.wait_for_timeout(300)  # a map or a chart is redrawn
                shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
                small = shot.resize((round(width * SHEET_SCALE), height), Image.Resampling.LANCZOS)
                whole.paste(small, (left, row * (height + GAP)))
                left += small.width + GAP
    whole.save(PICTURES / "pages" / f"{sheet.name}.webp", quality=70, method=6)


@contextmanager
def open_page(browser: Browser, wanted: Picture | Sheet, *, address: str) -> Iterator[Page]:
    """The wanted page, in a browser of its own."""
    page = browser.new_page(base_url=address, locale="nl-NL")
    if isinstance(wanted, Picture):
        page.set_viewport_size({"width": wanted.width, "height": wanted.height})
    if wanted.who:
        log_in(page, wanted.who)
    wanted.go(page)
    yield page
    page.close()


def log_in(page: Page, who: str) -> None:
    """Log in as one of the demo's people."""
    page.goto("/account/login/")
    page.fill("input[name=login]", f"{who}@example.org")
    page.fill("input[name=password]", EVERYBODYS)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/account/login/" not in url)


def open_case(page: Page) -> None:
    """The most urgent case of a caseworker, with its file next to it."""
    page.goto("/loket/exemptions/application/?list=mine")
    page.locator(CASE).first.click()
    page.locator('a[target="viewer"]').first.click()
    page.wait_for_timeout(1500)  # the viewer takes time to render the file


def ask_access(page: Page) -> None:
    """Check whether this truck may enter."""
    page.goto("/mag-ik-erin/")
    page.fill("input[name=plate]", "TRU-01-E")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/antwoord/")


def ask_address(page: Page) -> None:
    """Is this address in a zone?"""
    page.goto("/zones/adres/")
    page.fill("#id_q", "Domplein 29 Utrecht")
    page.locator("main form button[type=submit]").first.click()
    page.locator("#answer").wait_for()


def ask_route(page: Page) -> None:
    """Which zones lie between two addresses, for a truck?"""
    page.goto("/zones/route/")
    for name, typed in (("start", "Amstel 1 Amsterdam"), ("end", "Coolsingel 40 Rotterdam"), ("plate", "TRU-01-E")):
        page.fill(f"main input[name={name}]", typed)
    page.locator("main form button[type=submit]").first.click()
    page.locator("#answer").wait_for()


def open_map(page: Page) -> None:
    """The map of all zones, rendered."""
    page.goto("/zones/")
    page.locator("[data-map-open]").click()
    page.locator("[data-map-canvas]:not([aria-busy])").wait_for()
    page.wait_for_timeout(1500)  # names fade in


def follow_plate(page: Page) -> None:
    """Ask for a mail before access ends, for the plate that was checked."""
    ask_access(page)
    page.goto("/kenteken-volgen/")


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
    page.get_by_role("heading", name="Uw gesprek").scroll_into_view_if_needed()


def open_first_question(page: Page) -> None:
    """The mail that has waited longest, with the suggested answer."""
    page.goto("/loket/vragen/")
    page.locator("#content table a").first.click()


def open_letter(page: Page) -> None:
    """The draft that is not published yet."""
    page.goto("/cijfers/brieven/")
    page.locator("main table a, #content table a").first.click()


def click_extend(page: Page) -> None:
    """Extend an exemption: only what may have changed is asked."""
    page.goto("/mijn/ontheffingen/")
    page.get_by_role("link", name="Verlengen").or_(page.get_by_role("button", name="Verlengen")).first.click()


def open_screen(screen: str) -> Callable[[Page], object]:
    """Opens a screen of the draft that was begun."""

    def go(page: Page) -> None:
        page.goto("/aanvragen/")
        page.goto(page.locator("main a[href*='/invullen/']").first.get_attribute("href") or "")
        page.goto(f"{page.url.split('/invullen/')[0]}/invullen/{screen}/")

    return go


def open_receipt(page: Page) -> None:
    """The page shown right after filing."""
    follow_links(page, "/aanvragen/", MINE)
    page.goto(f"{page.url}ontvangst/")


def open_invitation(page: Page) -> None:
    """The page behind the link that the florist mails to the demo's municipality."""
    made = "from exemptions.models import Invitation; print(Invitation.objects.get(used_at=None, email={!r}).token)"
    log_in(page, "bloemist")
    page.goto("/gemachtigden/")
    page.fill("input[name=email]", INVITED)
    page.locator("input[name=role][value=representative]").check()
    page.locator("main form:has(input[name=email]) button[type=submit]").click()
    page.wait_for_load_state()
    page.context.clear_cookies()
    log_in(page, INVITED.partition("@")[0])
    page.goto(f"/uitnodiging/{ask_demo(made.format(INVITED))}/")


def show_code(page: Page) -> None:
    """The code that takes a phone to the evidence of the draft."""
    open_screen("evidence")(page)
    stop = page.locator("#on-my-phone button[name=stop]")
    if stop.count():  # from the previous sheet
        stop.click()
    page.locator("#on-my-phone button:not([name])").click()
    page.locator("#on-my-phone img").wait_for()


def scan_code(page: Page) -> None:
    """Open the page as the phone that scanned the code."""
    link = "PhoneLink.objects.latest('ends_at')"
    show_code(page)
    page.context.clear_cookies()
    page.goto(f"/foto/{ask_demo(f'{LINKS}; print(phone_links.sign_token({link}))')}/")


def take_photos(page: Page) -> None:
    """Continue to where the photos are taken."""
    scan_code(page)
    page.locator("main form button[type=submit]").click()
    page.locator("input[type=file]").wait_for()


def ask_demo(code: str) -> str:
    """What only a mail or a camera would read, through the shell of the demo, on the database in the settings."""
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()[-1]


def go_to(address: str) -> Callable[[Page], object]:
    """Opens a page by its address."""
    return lambda page: page.goto(address)


def follow_links(page: Page, address: str, *links: str) -> None:
    """Open an address, and follow the first link of each selector."""
    page.goto(address)
    for link in links:
        page.locator(link).first.click()
        page.wait_for_load_state()


def go_by(address: str, *links: str) -> Callable[[Page], object]:
    """Opens a page that is reached through links."""
    return lambda page: follow_links(page, address, *links)


PHONE = 360
INVITED = "opgave@example.org"
LINKS = "from exemptions.intake import phone_links; from exemptions.models import PhoneLink"
CHANGEABLE = "li:has-text('Wijzigen of stoppen') h3 a"
CASE = "#content tbody th a"
MINE = "main a[href*='/aanvragen/']:not([href*=nieuw], [href*=invullen], [href*=aanvullen], [href$='/aanvragen/'])"
PICTURES_WANTED = (
    Picture("desk-case", "behandelaar", open_case, height=1200),
    Picture("desk-start", "behandelaar", go_to("/loket/"), height=560),
    Picture("access-check", "", ask_access, height=1300),
    Picture("zones-map", "", open_map, height=1000),
    Picture("statistics", "rapporteur", see_figures, height=1200),
    Picture("my-applications-360", "bloemist", go_to("/aanvragen/"), width=PHONE, height=900),
)
SHEETS_WANTED = (
    Sheet("home", "", go_to("/")),
    Sheet("access-answer", "", ask_access),
    Sheet("zones", "", go_to("/zones/")),
    Sheet("zone", "", go_to("/zones/utrecht/")),
    Sheet("zone-address", "", ask_address),
    Sheet("zone-route", "", ask_route),
    Sheet("timeline", "", go_to("/overgangsregels/")),
    Sheet("kinds", "", go_to("/ontheffingen/")),
    Sheet("kind", "", go_to("/ontheffingen/LEV/")),
    Sheet("prices", "", go_to("/kosten/")),
    Sheet("trip-costs", "", go_to("/wat-kost-niets-doen/")),
    Sheet("questions", "", go_to("/vragen/")),
    Sheet("question", "", go_to("/vragen/hoogte-boete/")),
    Sheet("search", "", go_to("/zoeken/?q=boete")),
    Sheet("assistant", "", ask_assistant),
    Sheet("verify", "", go_to("/controle/ABCD-EFGH-JKLM/")),
    Sheet("contact", "", go_to("/contact/")),
    Sheet("login", "", go_to("/account/login/")),
    Sheet("sign-up", "", go_to("/account/signup/")),
    Sheet("login-code", "", go_to("/account/login/code/")),
    Sheet("new-password", "", go_to("/account/password/reset/")),
    Sheet("follow-plate", "", follow_plate),
    Sheet("open-data", "", go_to("/open-data/")),
    Sheet("privacy", "", go_to("/privacy/")),
    Sheet("cookies", "", go_to("/cookies/")),
    Sheet("accessibility", "", go_to("/toegankelijkheid/")),
    Sheet("zone-advice", "", go_by("/zones/utrecht/", "main a[href*='advies']")),
    Sheet("advice", "", go_to("/advies/")),
    Sheet("outages", "", go_to("/storingen/")),
    Sheet("not-found", "", go_to("/bestaat-niet/")),
    Sheet("not-allowed", "bloemist", go_to("/loket/")),
    Sheet("offline", "", go_to("/offline/")),
    Sheet("begin", "bloemist", go_to("/aanvragen/nieuw/")),
    Sheet("evidence", "bloemist", open_screen("evidence")),
    Sheet("phone-code", "bloemist", show_code),
    Sheet("phone-begin", "bloemist", scan_code),
    Sheet("phone-photos", "bloemist", take_photos),
    Sheet("last-look", "bloemist", open_screen("check")),
    Sheet("receipt", "bloemist", open_receipt),
    Sheet("clients", "gemachtigde", go_to("/aanvragen/")),
    Sheet("my-applications", "bloemist", go_to("/aanvragen/")),
    Sheet("my-application", "bloemist", go_by("/aanvragen/", MINE)),
    Sheet("my-exemptions", "bloemist", go_to("/mijn/ontheffingen/")),
    Sheet("my-proof", "bloemist", go_by("/mijn/ontheffingen/", "main a[href*='/bewijs/']")),
    Sheet("my-calendar", "bloemist", go_to("/mijn/agenda/")),
    Sheet("my-letters", "bloemist", go_to("/mijn/brieven/")),
    Sheet("my-letter", "bloemist", go_by("/mijn/brieven/", ".loket-lines a")),
    Sheet("my-files", "bloemist", go_to("/mijn/stukken/")),
    Sheet("my-messages", "bloemist", go_to("/mijn/berichten/")),
    Sheet("my-details", "bloemist", go_to("/mijn/gegevens/")),
    Sheet("my-address", "bloemist", go_to("/account/email/")),
    Sheet("my-password", "bloemist", go_to("/account/password/change/")),
    Sheet("two-steps", "bloemist", go_to("/account/2fa/")),
    Sheet("text-messages", "bloemist", go_to("/mijn/gegevens/sms/")),
    Sheet("representatives", "bloemist", go_to("/gemachtigden/")),
    Sheet("my-vehicle", "bloemist", go_by("/wagenpark/", "main a[href*='/wagenpark/voertuig/']")),
    Sheet("draft", "bloemist", go_by("/aanvragen/", "main a[href*='/invullen/']")),
    Sheet("supply", "bloemist", go_by("/aanvragen/", "main a[href*='/aanvullen/']")),
    Sheet("day-exemption", "bloemist", go_to("/dagontheffing/")),
    Sheet("fleet", "bloemist", go_to("/wagenpark/")),
    Sheet("extend", "bloemist", click_extend),
    Sheet(
        "change",
        "bloemist",
        go_by("/mijn/ontheffingen/", CHANGEABLE, "main a[href*='/langer/']"),
    ),
    Sheet("other-plate", "bloemist", go_by("/mijn/ontheffingen/", CHANGEABLE, "main a[href*='/wijzigen/kenteken/']")),
    Sheet("give-back", "bloemist", go_by("/mijn/ontheffingen/", CHANGEABLE, "main a[href*='/wijzigen/stoppen/']")),
    Sheet("stand-in", "bloemist", go_by("/mijn/ontheffingen/", CHANGEABLE, "main a[href*='/wijzigen/tijdelijk/']")),
    Sheet("other-name", "bloemist", go_by("/mijn/ontheffingen/", CHANGEABLE, "main a[href*='/wijzigen/naam/']")),
    Sheet("cancel-day", "bloemist", go_by("/mijn/ontheffingen/", "main h3 a", "main a[href*='/wijzigen/annuleren/']")),
    Sheet("case-messages", "bloemist", go_by("/aanvragen/", "main a[href^='/aanvragen/'][href$='/berichten/']")),
    Sheet("give-view", "bloemist", go_by("/aanvragen/", "main a[href$='/zienswijze/']")),
    Sheet("dispute-facts", "bloemist", go_by("/aanvragen/", MINE, "main a[href$='/voertuiggegevens/']")),
    Sheet("withdraw", "bloemist", go_by("/aanvragen/", MINE, "main a[href$='/intrekken/']")),
    Sheet("discard", "bloemist", go_by("/aanvragen/", "main a[href$='/weggooien/']")),
    Sheet("rate", "bloemist", go_by("/mijn/ontheffingen/", "main h3 a", "main a[href$='/tevredenheid/']")),
    Sheet("objection-repair", "bloemist", go_by("/aanvragen/", "main a[href$='/aanvullen/'][href^='/bezwaar/']")),
    Sheet(
        "objection-costs", "bloemist", go_by("/aanvragen/", "main h3 a[href^='/bezwaar/']", "main a[href$='/kosten/']")
    ),
    Sheet("invitation", "", open_invitation),
    Sheet("end-mandate", "bloemist", go_by("/gemachtigden/", "main a[href*='/machtiging/']")),
    Sheet("fleet-add", "bloemist", go_by("/wagenpark/", "main a[href*='/toevoegen/']")),
    Sheet("fleet-check", "bloemist", go_by("/wagenpark/", "main a[href*='/controleren/']")),
    Sheet(
        "objection-withdraw",
        "bloemist",
        go_by("/aanvragen/", "main h3 a[href^='/bezwaar/']", "main a[href$='/intrekken/']"),
    ),
    Sheet("object", "bloemist", go_by("/mijn/ontheffingen/", "main h3 a", "main a[href$='/bezwaar/']")),
    Sheet("my-objection", "bloemist", go_by("/aanvragen/", "main h3 a[href^='/bezwaar/']")),
    Sheet("hearing", "gemachtigde", go_by("/aanvragen/", "main a[href$='/hoorzitting/']")),
    Sheet("complain", "bloemist", go_to("/klacht/")),
    Sheet("desk-start", "behandelaar", go_to("/loket/")),
    Sheet("desk-list", "behandelaar", go_to("/loket/exemptions/application/?list=mine")),
    Sheet("desk-case", "behandelaar", open_case),
    Sheet("desk-step", "behandelaar", go_by("/loket/exemptions/application/?list=mine", CASE, "a[href*='/step/']")),
    Sheet("desk-team", "teamleider", go_to("/loket/team/")),
    Sheet("desk-objections", "bezwaar", go_to("/loket/objections/objection/")),
    Sheet("desk-objection", "bezwaar", go_by("/loket/objections/objection/", CASE)),
    Sheet("desk-mail", "redacteur", open_first_question),
    Sheet("desk-topics", "redacteur", go_to("/loket/helpdesk/topic/")),
    Sheet("desk-assistant", "redacteur", go_to("/loket/assistent/")),
    Sheet("desk-policies", "beheerder", go_to("/loket/casework/policy/")),
    Sheet("desk-people", "beheerder", go_to("/loket/accounts/user/")),
    Sheet("desk-kinds", "beheerder", go_to("/loket/exemptions/kindversion/")),
    Sheet("desk-municipalities", "beheerder", go_to("/loket/zones/municipality/")),
    Sheet("desk-thresholds", "teamleider", go_to("/loket/exemptions/thresholdversion/")),
    Sheet("desk-letters-in", "behandelaar", go_to("/loket/correspondence/submission/")),
    Sheet("desk-reviews", "behandelaar", go_to("/loket/toetsen/")),
    Sheet("desk-appeals", "bezwaar", go_to("/loket/objections/appeal/")),
    Sheet("desk-complaints", "bezwaar", go_to("/loket/complaints/complaint/")),
    Sheet("desk-renewals", "teamleider", go_to("/loket/renewals/renewal/")),
    Sheet("desk-outages", "redacteur", go_to("/loket/helpdesk/outage/")),
    Sheet("desk-exports", "behandelaar", go_to("/lijsten/")),
    Sheet("desk-texts", "beheerder", go_to("/loket/casework/lettertext/")),
    Sheet("figures", "rapporteur", go_to("/cijfers/?from=2024-07-01&to=2025-07-31&as_of=2025-07-31")),
    Sheet("letter", "rapporteur", open_letter),
    Sheet("site-months", "beheerder", go_to("/cijfers/site/")),
    Sheet("signals", "beheerder", go_to("/cijfers/signalen/")),
    Sheet("returns", "opgave", go_to("/opgaven/")),
    Sheet("vehicle-check", "handhaver", go_to("/handhaving/")),
)


if __name__ == "__main__":
    main()
