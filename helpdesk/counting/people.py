"""Which requests are people who read a page: no program, no browser that only prepares, no page of the desk."""

from functools import cache
from pathlib import Path

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from casework.reference import read_rows

BOTS = Path(__file__).parent.parent / "data" / "bots.csv"
LONGEST_AGENT = 500
NO_PAGES = ("admin:", "health", "metrics")
DESK, API = "/loket/", "/api/"


def page_of(request: HttpRequest, response: HttpResponseBase) -> str:
    """The name of the page that somebody reads; empty for what does not count."""
    match = request.resolver_match
    is_page = request.method == "GET" and response.status_code == 200 and match is not None
    if not is_page or not response.get("Content-Type", "").startswith("text/html"):
        return ""
    if request.path.startswith((DESK, API)) or is_ahead(request) or is_bot(agent_of(request)):
        return ""
    name = match.view_name if match else ""
    return "" if not name or name.startswith(NO_PAGES) else name[:60]


def is_ahead(request: HttpRequest) -> bool:
    """Whether a browser only prepares a page, or asks for a part of one."""
    asked = [request.headers.get(name, "").lower() for name in ("Sec-Purpose", "Purpose", "X-Moz")]
    return any("prefetch" in word or "prerender" in word for word in asked) or "HX-Request" in request.headers


def agent_of(request: HttpRequest) -> str:
    """What the browser says it is."""
    return request.headers.get("User-Agent", "")[:LONGEST_AGENT]


def is_bot(agent: str) -> bool:
    """Whether a program says that it is one; one that says nothing is one too."""
    said = agent.lower()
    return not said or any(word in said for word in bot_words())


@cache
def bot_words() -> tuple[str, ...]:
    """What programs call themselves: `helpdesk/data/bots.csv`."""
    return tuple(row["word"] for row in read_rows(BOTS))
