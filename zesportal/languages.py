"""The pages that exist in more languages than Dutch and English, and what happens on the others."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import activate

from accounts.adapters import remember_language
from accounts.languages import PARAMETER, get_page_language, in_english
from accounts.site_languages import Coverage, has_coverage, list_codes

ACCESS = frozenset(
    [
        "home",
        "access_check",
        "access_answer",
        "access_calendar",
        "day_exemption",
        "day_exemption_applicant",
        "day_exemption_done",
        "verify",
        "verify_reference",
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
"""URL names of the views in every language of the site. tests/front/test_languages.py visits each."""
CARRIERS = ACCESS | frozenset(
    [
        "zones",
        "zone",
        "kinds",
        "kind",
        "prices",
        "faq",
        "topic",
        "contact",
        "contact_sent",
        "assistant",
        "assistant_helped",
        "assistant_hand_over",
        "watch_plate",
        "watch_asked",
        "watch",
        "watch_ended",
        "watch_unsubscribe",
        "apply_start",
        "apply_resume",
        "apply",
        "receipt",
        "phone_link",
        "send_photos",
    ]
)
"""Those in the languages for carriers from abroad."""
INDEXED = frozenset(
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


def find_coverage(view_name: str) -> Coverage:
    """The coverage that a language must have to include this page."""
    if view_name in ACCESS:
        return Coverage.ACCESS
    return Coverage.CARRIERS if view_name in CARRIERS else Coverage.WHOLE


def is_in_language(view_name: str, language: str) -> bool:
    """Whether a page exists in a language."""
    return has_coverage(language, find_coverage(view_name))


def list_languages(request: HttpRequest) -> list[tuple[str, str]]:
    """The languages of a public page with its URL in each, for search engines; none if it is not public."""
    match = request.resolver_match
    name = match.view_name if match else ""
    if name not in INDEXED:
        return []
    own: Sequence[str] | None = getattr(request, "languages_of_page", None)
    codes = own or list_codes(find_coverage(name))
    address = f"{settings.SITE_URL}{request.path}"
    return [*((code, f"{address}?{PARAMETER}={code}") for code in codes), ("x-default", address)]


def strip_language(request: HttpRequest) -> str:
    """This URL without the language that it names: where a switch of language returns to."""
    asked = request.GET.copy()
    asked.pop(PARAMETER, None)
    return f"{request.path}?{asked.urlencode()}" if asked else request.path


class LanguageMiddleware:
    """After Django's own: applies the language that a URL names (`?taal=de`), and keeps pages from mixing two."""

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
        """Switch to English if the page does not exist in the reader's language."""
        match = request.resolver_match
        if match and not is_in_language(match.view_name, get_page_language()):
            in_english(request)


class SpokenMessages(FallbackStorage):
    """Messages that know their language: the next page may be in another."""

    def add(self, level: int, message: str, extra_tags: str | None = "") -> None:
        super().add(level, message, extra_tags=f"{extra_tags or ''} lang-{get_page_language()}".strip())
