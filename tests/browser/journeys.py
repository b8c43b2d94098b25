"""What the journeys share: a browser for each person, and pages in which nothing is wrong."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.urls import reverse
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests import axe, given

LOOK, SEND = "Eerst de brief bekijken", "Versturen"
ALL_THE_SAME = "Waarom u toch zo beslist"
BrowserFor = Callable[..., Page]
"""The fixture `browser_for`."""
PHONE = 360
"""The width of a small telephone, in pixels."""


@contextmanager
def browser_of(browser: Browser, options: dict[str, Any], enter: Callable[[Any], None], **more: Any) -> Iterator[Page]:
    """A browser of one person; `enter` makes it theirs. In `more`: `java_script_enabled=False`, for instance."""
    context = browser.new_context(**{**options, **more})
    enter(context)
    page = context.new_page()
    leave_evidence_closed(page)
    yield page
    context.close()


def leave_evidence_closed(page: Page) -> None:
    """The frame beside a case stays empty: tests of the desk show what is in it, and it has a hundred scripts."""
    devtools = page.context.new_cdp_session(page)

    def close(asked: dict[str, Any]) -> None:
        devtools.send("Fetch.fulfillRequest", {"requestId": asked["requestId"], "responseCode": 204})

    devtools.on("Fetch.requestPaused", close)  # `page.route` would ask for everything, and keep no file
    devtools.send("Fetch.enable", {"patterns": [{"urlPattern": "*/document/*", "resourceType": "Document"}]})


def pdf(name: str) -> FilePayload:
    """A file to hand in."""
    return {"name": name, "mimeType": "application/pdf", "buffer": given.PDF + b"%%EOF"}


# --- Looking ------------------------------------------------------------------------------------------


def fine(page: Page, words: str) -> None:
    """The page speaks of this in its heading, and axe finds nothing on it."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)
    assert axe.violations(page) == []


def sound(page: Page, words: str) -> None:
    """Accessible, and on a telephone nothing overflows the screen."""
    fine(page, words)
    wide = page.viewport_size
    assert wide is not None
    page.set_viewport_size({"width": PHONE, "height": 780})
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, page.url
    page.set_viewport_size(wide)


def reads(page: Page, *sentences: str) -> None:
    """All of this is on the page."""
    for sentence in sentences:
        expect(page.get_by_role("main")).to_contain_text(sentence)


def read_letter(page: Page, application: Any, kind: str, words: str) -> None:
    """The applicant reads the letter as a page, and it opens as a PDF."""
    letter = application.dossier.letters.get(kind=kind)
    page.goto(reverse("application", args=[application.key]))
    page.get_by_role("link", name=letter.subject).first.click()
    reads(page, words)
    opened = page.request.get(reverse("letter_pdf", args=[application.key, letter.pk]))
    assert opened.headers["content-type"] == "application/pdf"
    assert opened.body().startswith(b"%PDF")


# --- Doing --------------------------------------------------------------------------------------------


def click(page: Page, name: str) -> None:
    """A step of the desk: a button if one click is enough, a link if it asks something."""
    page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True)).first.click()


def labelled(page: Page, label: str) -> Locator:
    """The first field with this in its label, which may go on to say that it is not required."""
    return page.get_by_role("main").get_by_label(label).first


def fill(page: Page, answers: Mapping[str, Any]) -> None:
    """Fields by their labels: words or a day are typed, True is a tick, files are chosen."""
    for label, answer in answers.items():
        field = labelled(page, label)
        match answer:
            case True:
                field.check()
            case str():
                field.fill(answer)
            case date():
                field.fill(answer.isoformat())
            case _:
                field.set_input_files(answer)


def open_from(page: Page, worklist: str, case: Any) -> None:
    """From the start page of the desk, by a worklist, to the case."""
    page.goto("/loket/")
    page.get_by_role("link", name=re.compile(rf"^\d+ {re.escape(worklist)}$")).first.click()
    sound(page, worklist)
    page.get_by_role("link", name=str(case)).click()
    sound(page, str(case))


def take(page: Page, step: str, answers: Mapping[str, Any] | None = None) -> None:
    """A step of the desk with its form, which sends no letter."""
    click(page, step)
    sound(page, step)
    fill(page, answers or {})
    click(page, step)


def take_with_letter(page: Page, step: str, answers: Mapping[str, Any] | None = None, *, words: str) -> None:
    """A step of the desk with its form, and with the letter, which has these words, before it is sent."""
    click(page, step)
    sound(page, step)
    fill(page, answers or {})
    look_and_send(page, words=words)


def look_and_send(page: Page, *, words: str, button: str = SEND) -> None:
    """The letter first, with these words in it; then it goes. Where something speaks against it, with a reason why."""
    for _turn in ("as it is", "with a reason"):
        page.wait_for_load_state()
        if page.get_by_label(ALL_THE_SAME).is_visible():
            page.get_by_label(ALL_THE_SAME).fill("Aan de telefoon besproken.")
        if page.get_by_role("button", name=LOOK).is_visible():
            click(page, LOOK)
    expect(page.get_by_role("article")).to_contain_text(words)
    assert axe.violations(page) == []
    click(page, button)
