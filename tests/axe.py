"""What axe finds on a page: `assert axe.violations(page) == []`."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parent.parent / "node_modules/axe-core/axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "iframes": False}
"""Only violations are written out in full; the one frame shows somebody's PDF, in which axe can look for nothing."""


def violations(page: Page, *, rules: list[str] = WCAG) -> list[str]:
    """One line for each violation of WCAG 2.2 AA (and of good practice): the rule, and the elements that break it."""
    page.wait_for_load_state()  # a click may have led here a moment ago
    if not page.evaluate("typeof window.axe?.run === 'function'"):
        page.evaluate(AXE.read_text())
    options = {**OPTIONS, "runOnly": {"type": "tag", "values": rules}}
    found = page.evaluate("options => axe.run(options).then(result => result.violations)", options)
    return [
        f"{violation['id']}: {violation['help']}: {[' '.join(map(str, node['target'])) for node in violation['nodes']]}"
        for violation in found
    ]
