"""Photos of the evidence by telephone: the code next to the form on a wide screen, and the page that it leads to."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.form_recovery import keep_typed
from accounts.middleware import not_as_activity
from casework import clock
from casework.limits import is_within_limit
from casework.uploads.upload_checks import MAX_PER_ITEM
from exemptions.forms.photo import PhotoForm
from exemptions.intake import draft_files, phone_links
from exemptions.models import PhoneLink
from exemptions.portal.phone_code import describe_state
from exemptions.views.apply import get_own_application
from exemptions.views.screens import user_of

COOKIE = "phone_link"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keep_typed
@not_as_activity
def show_phone_link(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the code, end it, and say what arrived; polling gets no content as long as nothing changed."""
    draft = get_own_application(request, key)
    screen = reverse("apply", args=[key, "evidence"])
    if not draft.is_draft:
        return redirect(screen)
    if request.method == "POST":
        if "stop" in request.POST:
            phone_links.end_link(draft)
        else:
            phone_links.open_link(draft, by=user_of(request))
    if not request.headers.get("HX-Request"):
        return redirect(f"{screen}#on-my-phone" if request.method == "POST" else screen)
    link = phone_links.find_running(draft)
    if request.method == "GET" and describe_state(link) == request.GET.get("state"):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "portal/_on_my_phone_state.html", {"draft": draft, "link": link})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send_photos(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the code, for the first telephone that presses 'Begin'.

    Opening it changes nothing, because programs that preview links open it too. All it reveals of the draft is which
    evidence it asks for.
    """
    if not is_within_limit(request, "phone_links_a_minute"):
        return show_end(request, status=HTTPStatus.TOO_MANY_REQUESTS)
    link = phone_links.find_link(token)
    if link is None or not link.application.relevant_evidence:
        return show_end(request, status=HTTPStatus.NOT_FOUND)
    if phone_links.is_bound_to(link, request.COOKIES.get(COOKIE, "")):
        return take_photos(request, link)
    if request.method == "POST" and (secret := phone_links.bind_device(link)):
        return set_cookie(redirect(request.path), link, secret, path=request.path)
    if link.device or request.method == "POST":
        return show_end(request, status=HTTPStatus.CONFLICT)
    return forbid_indexing(render(request, "portal/phone_begin.html", {"link": link}))


def set_cookie(response: HttpResponse, link: PhoneLink, secret: str, *, path: str) -> HttpResponse:
    """Bind the link to this telephone alone, until it ends."""
    response.set_cookie(
        COOKIE,
        secret,
        path=path,
        max_age=link.ends_at - clock.now(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def take_photos(request: HttpRequest, link: PhoneLink) -> HttpResponse:
    """Show the form and accept what it sends; good files are kept even if another was refused."""
    items = link.application.relevant_evidence
    if request.method != "POST":
        only = {"item": items[0].requirement.code} if len(items) == 1 else {}
        return forbid_indexing(show_form(request, PhotoForm(items=items, by=link.made_by, initial=only), link))
    form = PhotoForm(request.POST, request.FILES, items=items, by=link.made_by)
    is_valid = form.is_valid()
    try:
        kept = add_all(form, link)
    except phone_links.LinkEnded:
        return show_end(request, status=HTTPStatus.CONFLICT)
    if kept:
        words = ngettext("%(count)s file was added to “%(item)s”.", "%(count)s files were added to “%(item)s”.", kept)
        messages.success(request, words % {"count": kept, "item": form.item_chosen.requirement})
    if is_valid and not form.errors:
        return redirect(request.path)
    return forbid_indexing(show_form(request, form, link))


def add_all(form: PhotoForm, link: PhoneLink) -> int:
    """Store the good files, and return how many; the form says why others were not stored. Raises LinkEnded."""
    kept = 0
    try:
        for checked in form.checked:
            phone_links.add_photo(link, form.item_chosen, checked)
            kept += 1
    except draft_files.TooManyFiles:
        message = _("At most %(count)s files can be added here. Put several pages into one PDF.")
        form.add_error("photos", message % {"count": MAX_PER_ITEM})
    except draft_files.NoRoom:
        form.add_error("photos", draft_files.explain_no_room())
    except draft_files.NotKept:
        form.add_error("photos", _("Files cannot be saved at the moment. Try again in a few minutes."))
    return kept


def show_form(request: HttpRequest, form: PhotoForm, link: PhoneLink) -> HttpResponse:
    """Render the page on the telephone."""
    return render(request, "portal/phone_photos.html", {"form": form, "link": link})


def show_end(request: HttpRequest, *, status: HTTPStatus) -> HttpResponse:
    """The page for a link that does not work (any more); it has the same words for a code that never existed."""
    return forbid_indexing(render(request, "portal/phone_ended.html", {"status": status.value}, status=status))


def forbid_indexing(response: HttpResponse) -> HttpResponse:
    """Keep search engines from indexing the URL."""
    response["X-Robots-Tag"] = "noindex"
    return response
