"""What axe finds on a page: `assert axe.violations(page) == []`."""

import os
import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from weakref import WeakSet

from playwright.sync_api import BrowserContext, Page
from redis import Redis

from tests import services

AXE = Path(__file__).resolve().parent.parent / "node_modules/axe-core/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "iframes": False}
"""Only violations are written out in full; the one frame shows somebody's PDF, in which axe can look for nothing."""

LOOKS = """() => {
    const fields = [...document.querySelectorAll('input:not([type=hidden]), select, textarea')];
    const queries = ['print', '(prefers-color-scheme: dark)', '(forced-colors: active)', '(prefers-contrast: more)'];
    const root = getComputedStyle(document.documentElement);
    return JSON.stringify([
        document.documentElement.outerHTML,
        [innerWidth, innerHeight, devicePixelRatio, scrollX, scrollY, root.fontSize],
        queries.map(query => matchMedia(query).matches),
        [...document.styleSheets].map(sheet => [sheet.href && new URL(sheet.href).pathname, sheet.disabled]),
        fields.map(field => [field.checked, field.disabled, field.matches(':invalid'), field.value]),
        [...document.querySelectorAll('*')].indexOf(document.activeElement),
    ]);
}"""
"""All that axe judges by: the elements, and what their looks depend on."""
ALWAYS_NEW = re.compile(
    r"<(?:style|script)\b.*?</(?:style|script)>"  # kept as they are
    r"|(?P<token> (?:nonce|value)=\\\"[\w:.=+/-]{32,}\\\")"
    r"|(?P<address>(?<= href=\\\")/[^\"]*|(?<= action=\\\")/[^\"]*)"
    r"|(?P<text>>[^<]*(?=<))",
    re.DOTALL,
)
"""Tokens, addresses on this site, and text with its dates and numbers."""
SOUND = "sound pages"
"""The pages on which axe found nothing, for all processes of this run."""
_with_axe: WeakSet[BrowserContext] = WeakSet()
"""The browsers that bring axe along to every page."""


def violations(page: Page, *, rules: list[str] = WCAG) -> list[str]:
    """One line for each violation of WCAG 2.2 AA (and of good practice): the rule, and the elements that break it.

    A page on which nothing was found is not looked at again where only tokens, addresses and digits differ.
    """
    page.wait_for_load_state()  # a click may have led here a moment ago
    seen = sha256(repr((rules, normalise(page.evaluate(LOOKS)))).encode()).hexdigest()
    if memory().sismember(SOUND, seen):
        return []
    found = run(page, rules)
    if not found:
        memory().sadd(SOUND, seen)
    return found


@cache
def memory() -> Redis:
    """The tests' own Redis, which ends with them."""
    return Redis.from_url(f"{os.environ[services.STARTED]}/{services.OF_ALL}")


def normalise(looks: str) -> str:
    """A page without what differs each time and says nothing to axe."""
    return ALWAYS_NEW.sub(_shorten, looks)


def _shorten(found: re.Match[str]) -> str:
    if found["token"] or found["address"]:
        return "/"
    return re.sub(r"\d", "0", found[0]) if found["text"] else found[0]


def run(page: Page, rules: list[str]) -> list[str]:
    """Ask axe."""
    bring(page)
    options = {**OPTIONS, "runOnly": {"type": "tag", "values": rules}}
    found = page.evaluate("options => axe.run(options).then(result => result.violations)", options)
    return [
        f"{violation['id']}: {violation['help']}: {[' '.join(map(str, node['target'])) for node in violation['nodes']]}"
        for violation in found
    ]


def bring(page: Page) -> None:
    """Axe is on this page now, and on the next ones of its browser from their beginning: sending it costs most."""
    if page.context not in _with_axe:
        page.context.add_init_script(path=AXE)
        _with_axe.add(page.context)
    if not page.evaluate("typeof window.axe?.run === 'function'"):
        page.evaluate(AXE.read_text())
