"""Counts how often pages are read, without cookies and without knowing who reads.

Whatever goes wrong while counting, the page is served.
"""

import hmac
import secrets
from collections.abc import Callable
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

import structlog
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction
from django.db.models import Count, F
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language

from casework.reference import read_rows
from helpdesk.models import DaySecret, SeenToday, VisitorDay

log = structlog.get_logger("loket.counting")
BOTS = Path(__file__).parent / "data" / "bots.csv"
LONGEST_AGENT = 500
NO_PAGES = ("admin:", "health", "metrics")
DESK, API = "/loket/", "/api/"
_known: dict[date, bytes] = {}
"""The secrets of days that this process has read; reading a new one drops that of another day."""
SEEN_AND_READ = """
WITH seen AS (
    INSERT INTO helpdesk_seentoday (day, mark) VALUES (%(day)s, %(mark)s) ON CONFLICT (day, mark) DO NOTHING
)
INSERT INTO helpdesk_pageday AS known (day, page, language, views) VALUES (%(day)s, %(page)s, %(language)s, 1)
ON CONFLICT (day, page, language) DO UPDATE SET views = known.views + 1
"""


class CountingMiddleware:
    """Takes one statement for a page read by a person; nothing for anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        page = page_of(request, response) if settings.COUNT_VISITS else ""
        if page:
            try:
                count_page(request, page)
            except (Error, PermissionDenied) as error:  # allauth refuses an address that it cannot read
                log.warning("visit_not_counted", error=type(error).__name__)
        return response


def count_page(request: HttpRequest, page: str) -> None:
    """Count the page for today, in Amsterdam."""
    day = timezone.localdate()
    seen = compute_visitor_mark(day=day, address=get_adapter().get_client_ip(request), agent=agent_of(request))
    count_view(day=day, page=page, language=(get_language() or settings.LANGUAGE_CODE)[:2], mark=seen)


def page_of(request: HttpRequest, response: HttpResponseBase) -> str:
    """The name of the page that was read; empty if it does not count."""
    match = request.resolver_match
    is_page = request.method == "GET" and response.status_code == 200 and match is not None
    if not is_page or not response.get("Content-Type", "").startswith("text/html"):
        return ""
    if request.path.startswith((DESK, API)) or is_ahead(request) or is_bot(agent_of(request)):
        return ""
    name = match.view_name if match else ""
    return "" if not name or name.startswith(NO_PAGES) else name[:60]


def is_ahead(request: HttpRequest) -> bool:
    """Whether the browser only prefetches a page, or requests a part of one."""
    asked = [request.headers.get(name, "").lower() for name in ("Sec-Purpose", "Purpose", "X-Moz")]
    return any("prefetch" in word or "prerender" in word for word in asked) or "HX-Request" in request.headers


def agent_of(request: HttpRequest) -> str:
    """The User-Agent header."""
    return request.headers.get("User-Agent", "")[:LONGEST_AGENT]


def is_bot(agent: str) -> bool:
    """Whether a program says that it is one; saying nothing counts too."""
    said = agent.lower()
    return not said or any(word in said for word in bot_words())


@cache
def bot_words() -> tuple[str, ...]:
    """How programs identify themselves: `helpdesk/data/bots.csv`."""
    return tuple(row["word"] for row in read_rows(BOTS))


def compute_visitor_mark(*, day: date, address: str, agent: str) -> str:
    """HMAC of an address and a browser under the secret of the day. Raises DatabaseError if that cannot be read."""
    said = "\0".join((day.isoformat(), address, agent))
    return hmac.new(secret_of(day), said.encode("utf-8", "replace"), sha256).hexdigest()


def secret_of(day: date) -> bytes:
    """The secret of a day, created by whichever process asks first."""
    if day not in _known:
        made, _created = DaySecret.objects.get_or_create(day=day, defaults={"secret": secrets.token_hex(32)})
        forget_secrets()
        _known[day] = bytes.fromhex(made.secret)
    return _known[day]


def forget_secrets() -> None:
    """Clear this process's cache of secrets."""
    _known.clear()


def count_view(*, day: date, page: str, language: str, mark: str) -> None:
    """Count one page view by the visitor with this mark; correct for any number of processes at once."""
    values: dict[str, str | date] = {"day": day, "page": page, "language": language, "mark": mark}
    with connection.cursor() as cursor:
        cursor.execute(SEEN_AND_READ, values)


def close_days(*, today: date) -> int:
    """Store how many visitors each past day had, and delete marks and secrets; returns how many days."""
    with transaction.atomic():
        secrets = DaySecret.objects.filter(day__lt=today)
        list(secrets.select_for_update(no_key=True).order_by("day"))
        seen = SeenToday.objects.filter(day__lt=today)
        days = list(seen.values_list("day").annotate(count=Count("pk")).order_by("day"))
        for day, visitors in days:
            VisitorDay.objects.get_or_create(day=day)
            VisitorDay.objects.filter(day=day).update(visitors=F("visitors") + visitors)
        seen.delete()
        secrets.delete()
    return len(days)
