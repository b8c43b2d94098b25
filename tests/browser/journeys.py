"""What the journeys share: a browser for each person, and pages in which nothing is wrong."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests import axe

LOOK, SEND = "Eerst de brief bekijken", "Versturen"


@contextmanager
def browser_of(browser: Browser, options: dict[str, Any], enter: Callable[[Any], None], **more: Any) -> Iterator[Page]:
    """A browser of one person; `enter` makes it theirs. In `more`: `java_script_enabled=False`, for instance."""
    context = browser.new_context(**{**options, **more})
    context.set_default_timeout(10_000)
    enter(context)
    yield context.new_page()
    context.close()


def fine(page: Page, words: str) -> None:
    """The page speaks of this in its heading, and axe finds nothing on it."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)
    assert axe.violations(page) == []


def click(page: Page, name: str) -> None:
    """A step of the desk: a button where one click is enough, a link where it asks something."""
    page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True)).first.click()


def look_and_send(page: Page, *, words: str, button: str = SEND) -> None:
    """The letter first, with these words in it; then it goes."""
    if page.get_by_role("button", name=LOOK).is_visible():
        click(page, LOOK)
    expect(page.get_by_role("article")).to_contain_text(words)
    assert axe.violations(page) == []
    click(page, button)
