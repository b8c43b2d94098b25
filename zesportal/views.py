"""Pages about no particular subject: language, accessibility, privacy, and files for robots and researchers."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import check_for_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language as django_set_language

from accounts.adapters import remember_choice
from accounts.models import User
from casework.retention_terms import find_retention_days
from connections.text_messages import GATEWAY

VALID_DAYS = 180  # security.txt: RFC 9116 recommends less than a year


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Switch the language, and remember it for the user, now or when they log in: letters and mails use it too."""
    language = request.POST.get("language", "")
    response = django_set_language(request)
    if language not in dict(settings.LANGUAGES) or not check_for_language(language):
        return response
    if isinstance(request.user, User):
        request.user.language = language
        request.user.save(update_fields=["language"])
    else:
        remember_choice(response)
    return response


@require_GET
def show_accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement (Besluit digitale toegankelijkheid overheid)."""
    return render(request, "pages/accessibility.html")


@require_GET
def show_privacy(request: HttpRequest) -> HttpResponse:
    """What we do with personal data (GDPR art. 13)."""
    return render(request, "pages/privacy.html", {"terms": kept_days(), "offers_texts": GATEWAY.is_connected})


def kept_days() -> list[tuple[str, str]]:
    """How long data outside cases is kept, by today's settings, omitting empty ones."""
    today = timezone.localdate()
    named = {
        "watch_unconfirmed_days": _("An address that was not confirmed for emails about a number plate"),
        "question_days": _("Questions by email and by the form"),
        "assistant_days": _("Conversations with the assistant"),
        "advice_request_days": _("Questions to a logistics adviser"),
        "enforcement_question_days": _("That a municipality asked whether a vehicle may be in its zone"),
    }
    known = [(words, find_retention_days(name, on=today)) for name, words in named.items()]
    return [(words, ngettext("%(days)s day", "%(days)s days", days) % {"days": days}) for words, days in known if days]


@require_GET
def security_txt(_request: HttpRequest) -> HttpResponse:
    """Where to report a vulnerability (RFC 9116)."""
    expires = (timezone.now() + timedelta(days=VALID_DAYS)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_GET
def robots_txt(_request: HttpRequest) -> HttpResponse:
    """Search engines may index the public pages, not the desk and accounts."""
    lines = ["User-agent: *", "Disallow: /loket/", "Disallow: /account/", "Disallow: /api/"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
