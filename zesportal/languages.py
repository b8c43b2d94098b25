"""The pages that exist in five languages, and what happens on the others: they come in English as a whole.

A page never mixes languages. What is not listed here is not translated into German, French and Polish; who reads one of
these gets it in English, with a sentence on top. The choice of the reader stays as it was.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import activate

from accounts.adapters import remember_language
from accounts.languages import WRITTEN, get_page_language, in_english

INDEXED_IN_FIVE = frozenset(
    [
        "home",
        "zones",
        "zone",
        "kinds",
        "kind",
        "prices",
        "faq",
        "topic",
        "contact",
        "assistant",
        "access_check",
        "apply_start",
        "verify",
    ]
)
FIVE = INDEXED_IN_FIVE | frozenset(
    [
        "contact_sent",
        "assistant_helped",
        "assistant_hand_over",
        "access_answer",
        "verify_reference",
        "day_exemption",
        "day_exemption_applicant",
        "day_exemption_done",
        "access_calendar",
        "watch_plate",
        "watch_asked",
        "watch",
        "watch_ended",
        "watch_unsubscribe",
        "apply_resume",
        "apply",
        "receipt",
        "account_login",
        "account_signup",
        "account_logout",
        "account_request_login_code",
        "account_confirm_login_code",
        "account_email_verification_sent",
        "set_language",
        "session_state",
    ]
)
"""URL names of the views that speak every language of the site. tests/front/test_languages.py visits each."""
INDEXED_IN_TWO = frozenset(
    [
        "timeline",
        "trip_costs",
        "advice",
        "zone_advice",
        "outages",
        "cookies",
        "accessibility",
        "privacy",
        "open_data",
        "statistics",
        "letters",
    ]
)
"""Public pages, whose languages search engines are told about."""
PARAMETER = "taal"


def is_in_language(view_name: str, language: str) -> bool:
    """Whether a page exists in a language."""
    return language in WRITTEN or view_name in FIVE


def list_languages(request: HttpRequest) -> list[tuple[str, str]]:
    """The languages of a public page with its address in each, for search engines; none where it is not public."""
    match = request.resolver_match
    name = match.view_name if match else ""
    if name not in INDEXED_IN_FIVE | INDEXED_IN_TWO:
        return []
    own: list[str] | None = getattr(request, "languages_of_page", None)
    codes = own or [code for code, _name in settings.LANGUAGES if name in INDEXED_IN_FIVE or code in WRITTEN]
    address = f"{settings.SITE_URL}{request.path}"
    return [*((code, f"{address}?{PARAMETER}={code}") for code in codes), ("x-default", address)]


def strip_language(request: HttpRequest) -> str:
    """This address without the language it names: where a switch of language comes back to."""
    asked = request.GET.copy()
    asked.pop(PARAMETER, None)
    return f"{request.path}?{asked.urlencode()}" if asked else request.path


class LanguageMiddleware:
    """After Django's: takes the language that an address names (`?taal=de`), and sees to it that no page mixes two."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.GET.get(PARAMETER, "") if request.method in ("GET", "HEAD") else ""
        if asked not in dict(settings.LANGUAGES):
            return self.get_response(request)
        activate(asked)
        request.LANGUAGE_CODE = asked
        response = self.get_response(request)
        remember_language(response, asked)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """English as a whole where the page does not exist in the reader's language."""
        match = request.resolver_match
        if match and not is_in_language(match.view_name, get_page_language()):
            in_english(request)


class SpokenMessages(FallbackStorage):
    """Messages that know in which language they were said: the next page may be in another."""

    def add(self, level: int, message: str, extra_tags: str | None = "") -> None:
        super().add(level, message, extra_tags=f"{extra_tags or ''} lang-{get_page_language()}".strip())
