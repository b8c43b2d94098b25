"""Public pages are rendered once for all anonymous visitors, and kept for a minute."""

import re
from collections.abc import Callable
from copy import copy
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import activate

from accounts.languages import PARAMETER, get_page_language

PUBLIC = frozenset(
    [
        "home",
        "access_check",
        "zones",
        "zone",
        "zone_address",
        "zone_route",
        "zone_advice",
        "advice",
        "kinds",
        "kind",
        "prices",
        "trip_costs",
        "timeline",
        "faq",
        "topic",
        "search",
        "contact",
        "assistant",
        "apply_start",
        "verify",
        "outages",
        "cookies",
        "accessibility",
        "privacy",
        "open_data",
        "account_login",
        "account_signup",
    ]
)
"""URL names of the cached pages. tests/front/test_page_cache.py renders each for two visitors and compares."""
COOKIES_OF_A_PERSON = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
MADE_FOR_EACH = re.compile(rb'(name="(csrfmiddlewaretoken|key)" value=")[^"]*')
TOKEN = re.compile(rb"\b[A-Za-z0-9]{64}\b")


class PageCacheMiddleware:
    """Serves cached pages to anonymous visitors, and caches new ones."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        name = getattr(request, "page_cache_key", "")
        if name and isinstance(response, HttpResponse) and is_for_everybody(request, response):
            keep_page(name, response)
        return response

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Here, not earlier, because the URL name and the language must be known."""
        if not settings.PAGES_KEPT_S or not is_of_stranger(request):
            return None
        name = build_key(request)
        if kept := caches["pages"].get(name):
            return serve_page(request, *kept)
        request.page_cache_key = name  # type: ignore[attr-defined]
        return None


def is_of_stranger(request: HttpRequest) -> bool:
    """Whether an anonymous visitor requests a whole public page, and nothing in particular."""
    match = request.resolver_match
    return (
        request.method == "GET"
        and match is not None
        and match.view_name in PUBLIC
        and not request.GET.keys() - {PARAMETER}
        and not any(name in request.COOKIES for name in COOKIES_OF_A_PERSON)
        and "HX-Request" not in request.headers
    )


def build_key(request: HttpRequest) -> str:
    """A key per page, language, day and release; a page shown in English for lack of another keeps its own language."""
    languages = (get_page_language(), getattr(request, "language_wanted", ""))
    release = getattr(staticfiles_storage, "manifest_hash", "")
    about = (release, request.scheme, request.get_host(), request.path, *languages, timezone.localdate())
    return sha256(repr(about).encode()).hexdigest()


def is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether it was rendered successfully and left nothing of this visitor behind."""
    return response.status_code == 200 and not response.cookies and not request.session.modified


def keep_page(name: str, response: HttpResponse) -> None:
    """Store a page without what is the visitor's; not at all if a token occurs elsewhere."""
    page = copy(response)
    page.content = MADE_FOR_EACH.sub(rb"\1", response.content)
    patch_vary_headers(page, ["Cookie"])  # logged-in users read another page
    if not TOKEN.search(page.content):
        caches["pages"].set(name, (get_page_language(), page), settings.PAGES_KEPT_S)


def serve_page(request: HttpRequest, language: str, page: HttpResponse) -> HttpResponse:
    """The page in the language in which it was rendered, with this visitor's fields."""
    activate(language)
    made = {b"csrfmiddlewaretoken": lambda: get_token(request), b"key": lambda: str(uuid4())}
    page.content = MADE_FOR_EACH.sub(lambda found: found[1] + made[found[2]]().encode(), page.content)
    return page
