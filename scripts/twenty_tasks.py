"""Twenty things that people come for, done by a robot that counts: seconds, clicks, pages and typed fields of each.

`make run`, and then `.venv/bin/python scripts/twenty_tasks.py`. Each can be done in other ways, by `--how`: `keyboard`
(Tab, arrows, Space and Enter alone), `narrow` (320 px), `large` (text twice as large), `plain` (without JavaScript),
`german`. It ends with 1 where a task cannot be done, and tells of pages that are wider than their screen.

Tasks that file something do so in the demo that is served: afterwards, start another.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Error, Locator, Page, Request, Response, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
EVERYBODYS = "demo-loket-2026"  # the password of every demo login
CONTRACT = Path(__file__).resolve().parent.parent / "demo" / "bewijsstuk.pdf"
LARGE = "html { font-size: 200% !important }"
WAYS: dict[str, dict[str, Any]] = {
    "mouse": {},
    "keyboard": {},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "large": {"viewport": {"width": 360, "height": 740}, "bypass_csp": True},
    "plain": {"java_script_enabled": False},
    "german": {"locale": "de-DE"},
}
MOST_TABS, MOST_PAGES = 250, 15
FAILED = 400  # the lowest status code of an error
PATIENCE, A_MOMENT = 60_000, 50  # milliseconds; a browser requests the next page within a moment
SEARCH = "main input[name=q], main input[type=search]"
MENU = ".loket-menu-button"
ON = "main form button[type=submit]" + "".join(
    f":not({one})"
    for one in (
        "#on-my-phone *",
        "[formnovalidate]",
        "[aria-hidden]",
        *(f"[name={name}]" for name in ("save", "later", "add", "look_up", "upload", "remove", "move")),
    )
)
"""The button of a form that leads to the next page."""


class Stuck(Exception):
    """A task cannot be done this way."""


@dataclass
class Walk:
    """One person in one browser, and what it costs them."""

    page: Page
    how: str
    clicks: int = 0
    typed: int = 0
    pages: int = 0
    wrong: list[str] = field(default_factory=list)
    """The pages that scroll sideways, or are in another language than the chosen one."""
    _asked: int = 0
    _shown: int = 0
    """How many pages the browser requested, and how many it has shown."""
    _status: int = 200
    """The status code of the latest one."""

    def __post_init__(self) -> None:
        self.page.on("request", self._note_request)
        self.page.on("domcontentloaded", self._note_page)
        self.page.on("response", self._note_answer)

    def _note_request(self, request: Request) -> None:
        self._asked += request.is_navigation_request()

    def _note_page(self, _page: Page) -> None:
        self._shown += 1

    def _note_answer(self, answer: Response) -> None:
        if answer.request.is_navigation_request():
            self._status = answer.status

    def open(self, address: str) -> None:
        """Open the page on which a task begins."""
        self.page.goto(address)
        self._arrive()

    def click(self, selector: str) -> None:
        """Click a link or a button, which leads to a page or opens a part of this one."""
        target, asked, shown = self._find(selector), self._asked, self._shown
        if self.how == "keyboard":
            self._tab_to(target)
            self.page.keyboard.press("Enter")
        else:
            target.click()
        self.clicks += 1
        self.page.wait_for_timeout(A_MOMENT)
        if self._asked == asked:
            return
        end = time.monotonic() + PATIENCE / 1000
        while self._shown == shown and time.monotonic() < end:
            self.page.wait_for_timeout(A_MOMENT)
        self.page.wait_for_load_state()
        self._arrive()

    def type(self, selector: str, words: str) -> None:
        target = self._find(selector)
        if self.how == "keyboard":
            self._tab_to(target)
        target.fill(words)
        self.typed += 1

    def tick(self, selector: str) -> None:
        """Tick a checkbox or a radio button."""
        target = self._find(selector)
        if self.how == "keyboard":
            self._choose_by_keys(target)
        else:
            target.check()
        self.clicks += 1

    def pick(self, selector: str, value: str) -> None:
        """Choose an option of a select."""
        target = self._find(selector)
        if self.how == "keyboard":
            self._tab_to(target)
        target.select_option(value)
        self.clicks += 1

    def attach(self, selector: str) -> None:
        """Attach a file; the file dialog is the browser's own."""
        target = self.page.locator(selector).first
        target.set_input_files(CONTRACT)
        self.clicks += 1
        if self.has("[data-drop]") and self.how != "plain":  # it uploads by itself
            self._find("main .loket-files a")
            self._arrive()

    def see(self, selector: str) -> None:
        """Wait until it is on the page."""
        self._find(selector)

    def has(self, selector: str) -> bool:
        return self.page.locator(selector).count() > 0

    def sees(self, selector: str) -> bool:
        """Whether it is visible on the page."""
        return self.page.locator(selector).locator("visible=true").count() > 0

    def log_in(self, who: str) -> None:
        self.type("input[name=login]", f"{who}@example.org")
        self.type("input[name=password]", EVERYBODYS)
        self.click("main form[action='/account/login/'] button[type=submit]")

    def _find(self, selector: str) -> Locator:
        found = self.page.locator(selector).locator("visible=true").first
        if self.has(selector) and not self.sees(selector) and self.sees(MENU):
            self.click(MENU)
        try:
            found.wait_for(state="visible", timeout=PATIENCE)
        except Error as error:
            raise Stuck(f"no {selector} on {self.page.url}") from error
        return found

    def _arrive(self) -> None:
        self.pages += 1
        if self.how == "large":
            self.page.add_style_tag(content=LARGE)
        if self._status >= FAILED:
            raise Stuck(f"the server answers {self._status} on {self.page.url}")
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            self.wrong.append(f"too wide: {self.page.url}")
        if self.how == "german" and not self.has("html[lang=de], .loket-only-english"):
            self.wrong.append(f"neither German nor excused: {self.page.url}")

    def _tab_to(self, target: Locator) -> None:
        self._press_until("Tab", target, "one => one === document.activeElement")

    def _choose_by_keys(self, target: Locator) -> None:
        """Tick a checkbox with Space; Tab reaches the first or chosen radio button of a group, arrows the others."""
        if target.evaluate("one => one.type") == "checkbox":
            self._tab_to(target)
            self.page.keyboard.press("Space")
            return
        self._press_until("Tab", target, "one => one.name === document.activeElement.name")
        self.page.keyboard.press("Space")
        self._press_until("ArrowDown", target, "one => one === document.activeElement")

    def _press_until(self, key: str, target: Locator, condition: str) -> None:
        for _number in range(MOST_TABS):
            if target.evaluate(condition):
                return
            self.page.keyboard.press(key)
        raise Stuck(f"{key} does not lead to {target} on {self.page.url}")


# --- What people come for -------------------------------------------------------------------------------------


def check_plate(walk: Walk) -> None:
    """May this van enter?"""
    walk.open("/")
    type_dutch_plate(walk, "VAN-02-E")
    walk.click("main form[action*=mag-ik-erin] button[type=submit]")
    walk.see("main h1 .loket-plate")


def type_dutch_plate(walk: Walk, plate: str) -> None:
    """Type a plate; in another language the form may offer another country first."""
    walk.type("main input[name=plate]", plate)
    if walk.has("main select[name=country]") and walk.page.locator("main select[name=country]").input_value() != "NL":
        walk.pick("main select[name=country]", "NL")


def check_foreign_plate(walk: Walk) -> None:
    """May this German truck enter?"""
    walk.open("/")
    walk.click("main a[href$='/mag-ik-erin/']")
    walk.type("main input[name=plate]", "GR OM 108")
    walk.pick("main select[name=country]", "DE")
    walk.click("main form button[type=submit]")
    walk.see("main h1 .loket-plate")


def find_zone(walk: Walk) -> None:
    """Where is the zone of Utrecht?"""
    walk.open("/")
    walk.click("main a[href$='/zones/']")
    walk.click("main a[href$='/zones/utrecht/']")
    walk.see("main table, main dl")


def check_address(walk: Walk) -> None:
    """Is this address in a zone?"""
    walk.open("/")
    walk.click("main a[href$='/zones/']")
    walk.click("main a[href$='/zones/adres/']")
    walk.type("main input[name=q]", "Domplein 29 Utrecht")
    walk.click("main form:has(input[name=q]) button[type=submit]")
    walk.see("#answer")


def learn_what_it_costs(walk: Walk) -> None:
    """What does an exemption cost?"""
    walk.open("/")
    walk.click("a[href$='/kosten/']")
    walk.see("main table, main dl")


def read_kind(walk: Walk) -> None:
    """Is there an exemption for a long delivery time?"""
    walk.open("/")
    walk.click("a[href$='/ontheffingen/']:not([href*='/mijn/'])")
    walk.click("main a[href*='/ontheffingen/lev']")
    walk.see("main h1")


def search_fine(walk: Walk) -> None:
    """How high is the fine? (search)"""
    walk.open("/")
    if not walk.sees(SEARCH):  # on a phone the start page is short
        walk.click("main a[href$='/vragen/']")
    walk.type(SEARCH, "hoe hoog is de boete")
    walk.click("main form[action*=zoeken] button")
    walk.click("main a[href*='/vragen/']")
    walk.see("main h1")


def ask_assistant(walk: Walk) -> None:
    """How high is the fine? (assistant)"""
    walk.open("/")
    walk.click("a[href*=assistent]")
    walk.type("main textarea, main input[type=text]", "Wat is de boete voor een bestelauto?")
    walk.click("main form button[type=submit]")
    walk.see("#conversation li")


def verify_decision(walk: Walk) -> None:
    """Is this decision genuine?"""
    walk.open("/")
    walk.click("a[href$='/controle/']")
    walk.type("main input[name=reference]", "ABCD-EFGH-JKLM")
    walk.click("main form button[type=submit]")
    walk.see("main h1")


def enter(walk: Walk) -> None:
    """Log in."""
    walk.open("/")
    walk.click("a[href*='/aanvragen/']:not([href*=nieuw]), a[href*='/account/login/']")
    walk.log_in("bloemist")
    walk.see("main h1")


def ask_day(walk: Walk) -> None:
    """A day exemption in hand."""
    walk.open("/dagontheffing/")
    walk.type("main input[name=plate]", "VAN-01-E")
    walk.pick(
        "main select[name=municipality]",
        walk.page.locator("main select[name=municipality] option").nth(3).get_attribute("value") or "",
    )
    if walk.has("main input[type=date]"):
        walk.type("main input[type=date]", (today() + timedelta(days=9)).isoformat())
    walk.click(ON)
    go_through(walk, until="main a[href*='/controle/'], main img[src*='svg']")


def file_application(walk: Walk) -> None:
    """File an application."""
    walk.open("/")
    type_dutch_plate(walk, "TRU-01-E")
    walk.click("main form[action*=mag-ik-erin] button[type=submit]")
    walk.click("main form[action*='/aanvragen/nieuw/'] button, main a[href*='/aanvragen/nieuw/']")
    go_through(walk, until="main a[href*='ingevuld.pdf']")


def go_on_with_draft(walk: Walk) -> None:
    """Go on with a draft."""
    walk.open("/aanvragen/")
    walk.click("main a[href*='/invullen/']")
    walk.see("main form")


def answer_request(walk: Walk) -> None:
    """Answer our request."""
    walk.open("/aanvragen/")
    walk.click("main a[href^='/aanvragen/'][href$='/aanvullen/']")
    walk.type("main textarea", "Zie de bijlage.")
    walk.attach("main input[type=file]")
    walk.click(ON)
    walk.see("[role=status]")


def read_letter(walk: Walk) -> None:
    """Read the newest letter."""
    walk.open("/aanvragen/")
    walk.click("a[href$='/mijn/brieven/']")
    walk.click("main a[href*='/brieven/']:not([href$='/mijn/brieven/'])")
    walk.see("main h1")


def see_exemption(walk: Walk) -> None:
    """Show the exemption at a check."""
    walk.open("/aanvragen/")
    walk.click("a[href$='/mijn/ontheffingen/']")
    walk.click("main a[href*='/bewijs/']")
    walk.see("main h1")


def extend_exemption(walk: Walk) -> None:
    """Extend an exemption."""
    walk.open("/mijn/ontheffingen/")
    walk.click("main :is(a[href*='/verlengen/'], form[action*='/verlengen/'] button)")
    go_through(walk, until="main a[href*='ingevuld.pdf']")


def object_to_decision(walk: Walk) -> None:
    """Object to a rejection."""
    walk.open("/aanvragen/")
    walk.click("main a[href$='#objecting']")
    walk.click("main a[href^='/aanvragen/'][href$='/bezwaar/']")
    walk.type("main textarea", "Mijn bus kan meer dan u denkt.")
    walk.click(ON)
    walk.click(ON)
    walk.see("[role=status]")


def add_fleet(walk: Walk) -> None:
    """Add three vans to the fleet."""
    walk.open("/wagenpark/")
    walk.click("main a[href*='/wagenpark/toevoegen/']")
    walk.type("main textarea", "VAN-80-E\nVAN-81-E\nTRU-80-E")
    walk.click(ON)
    walk.see("main h1")


def withdraw_application(walk: Walk) -> None:
    """Withdraw an application."""
    walk.open("/aanvragen/")
    walk.click("main a[href^='/aanvragen/']:not([href$='/aanvragen/'], [href$='/nieuw/'])")
    walk.click("main a[href*='/intrekken/']")
    walk.tick("main input[type=checkbox]")
    walk.click(ON)
    walk.see("[role=status]")


ANSWERS = {"date": "", "email": "robot@example.org", "tel": "030 123 45 67", "number": "3"}


def go_through(walk: Walk, *, until: str) -> None:
    """Fill in page after page of a form: only what is required and still empty, as briefly as possible."""
    for _page in range(MOST_PAGES):
        if walk.has(until):
            return
        if walk.has("main input[name=password]"):
            walk.log_in("bloemist")
            continue
        if walk.has("[data-drop]") and not walk.sees("main [name^=place]"):
            walk.attach("main [name=proof]")
        fill_page(walk)
        walk.click(ON)
        if walk.has("#error-summary"):
            raise Stuck(f"{walk.page.url}: {walk.page.locator('#error-summary').inner_text()!r}")
    raise Stuck(f"no end after {MOST_PAGES} pages: {walk.page.url}")


FIELDS = "main :is(form input:not([type=hidden]), form select, form textarea)"
READ_FIELDS = """fields => {
    const isOptional = label => /niet verplicht|freiwillig|optional/.test(label.textContent);
    return fields.filter(one => one.checkVisibility() || one.type === 'file').map(one => ({
        name: one.name,
        kind: one.type,
        required: one.required || one.ariaRequired === 'true',
        wanted: !one.value && ![...(one.labels ?? [])].some(isOptional),
        first: [...(one.options ?? [])].map(option => option.value).find(Boolean),
    }))
}"""
"""All at once: a choice may add fields and remove others."""


def fill_page(walk: Walk) -> None:
    """Fill in every required field: the first choice, a tick, some words, a day, a file."""
    chosen, dropped = set(), walk.has("[data-drop]")
    for one in walk.page.locator(FIELDS).evaluate_all(READ_FIELDS):
        name, selector = one["name"], f'main [name="{one["name"]}"]'
        match one["kind"]:
            case "radio" if name not in chosen and not walk.has(f"{selector}:checked"):
                walk.tick(selector)
            case "checkbox" if one["required"]:
                walk.tick(selector)
            case "file" if not dropped and (one["required"] or name not in chosen):
                walk.attach(selector)
            case "radio" | "checkbox" | "file":
                pass
            case "select-one" if one["wanted"]:
                walk.pick(selector, one["first"])
            case kind if one["wanted"]:
                walk.type(selector, make_words(selector, kind))
        chosen.add(name)


def today() -> date:
    """The day of the demo."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


def make_words(selector: str, kind: str) -> str:
    """A date: past for an order, future for a delivery; else a few words."""
    if kind == "date" or "_on" in selector or "date" in selector:
        ahead = -60 if "order" in selector else 120
        return (today() + timedelta(days=ahead)).isoformat()
    return ANSWERS.get(kind, "eTruck 12")


Task = Callable[[Walk], None]
TASKS: tuple[tuple[str, Task], ...] = (
    ("", check_plate),
    ("", check_foreign_plate),
    ("", find_zone),
    ("", check_address),
    ("", learn_what_it_costs),
    ("", read_kind),
    ("", search_fine),
    ("", ask_assistant),
    ("", verify_decision),
    ("", enter),
    ("bloemist", ask_day),
    ("bloemist", file_application),
    ("bloemist", go_on_with_draft),
    ("bloemist", answer_request),
    ("bloemist", read_letter),
    ("bloemist", see_exemption),
    ("bloemist", extend_exemption),
    ("bloemist", object_to_decision),
    ("bloemist", add_fleet),
    ("bloemist", withdraw_application),
)
"""Who does it (empty: an anonymous visitor), and what they do."""


def main() -> None:
    """Do all tasks in one way, and print a table."""
    parser = argparse.ArgumentParser(description="Twenty tasks on a running demo, with a clock and a click counter.")
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--how", choices=WAYS, default="mouse")
    parser.add_argument("--only", default="", help="only the tasks in whose words this stands")
    options = parser.parse_args()
    failed = 0
    print("| task | seconds | clicks | pages | typed | |\n|---|---|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for who, task in TASKS:
            if options.only in str(task.__doc__):
                line, done = measure(browser, task, who=who, how=options.how, address=options.address)
                failed += not done
                print(line, flush=True)
        browser.close()
    sys.exit(1 if failed else 0)


def measure(browser: Browser, task: Task, *, who: str, how: str, address: str) -> tuple[str, bool]:
    """A row of the table, and whether the task could be done."""
    with entered(browser, who, how=how, address=address) as page:
        walk, begun, remark = Walk(page, how), time.monotonic(), ""
        try:
            task(walk)
        except (Stuck, Error) as error:
            remark = f"**not done**: {str(error).splitlines()[0]}"
        seconds = time.monotonic() - begun
        done = not remark
        remark = remark or ", ".join(walk.wrong)
    return f"| {task.__doc__} | {seconds:.1f} | {walk.clicks} | {walk.pages} | {walk.typed} | {remark} |", done


@contextmanager
def entered(browser: Browser, who: str, *, how: str, address: str) -> Iterator[Page]:
    """A page in a browser of its own, already logged in."""
    context = browser.new_context(**{"base_url": address, "locale": "nl-NL", **WAYS[how]})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    if who:
        page.goto("/account/login/")
        page.fill("input[name=login]", f"{who}@example.org")
        page.fill("input[name=password]", EVERYBODYS)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/account/login/" not in url)
        if how == "german":  # the account knows the language chosen earlier
            with page.expect_navigation():
                page.locator("[name=language][value=de]").first.evaluate("one => one.form.requestSubmit(one)")
    yield page
    context.close()


if __name__ == "__main__":
    main()
