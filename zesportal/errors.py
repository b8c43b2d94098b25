"""Error pages, and errors of the API: what happened, and what to do about it.

Nothing typed is lost: the pages for a failed CSRF check and for a conflict (409) repeat what was sent.
"""

import sys
from collections.abc import Callable, Mapping
from http import HTTPStatus
from math import ceil
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, BadRequest, ValidationError
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_fsm import ConcurrentTransition, TransitionNotAllowed
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

NEVER_SHOWN = ("csrfmiddlewaretoken", "password", "code", "token")
A_MINUTE = 60
MAX_SHOWN = 100_000  # characters; more than any of our forms holds


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be read."""
    if request.path.startswith("/api/"):
        return build_problem_response(HTTPStatus.BAD_REQUEST)
    request.GET = QueryDict()  # unreadable, such as a thousand questions, for the error page as well
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: logged in, but not allowed."""
    return render(request, "403.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page, or a case that the user may not see."""
    if request.path.startswith("/api/"):
        return build_problem_response(HTTPStatus.NOT_FOUND)
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


SAID: Mapping[HTTPStatus, object] = {
    HTTPStatus.BAD_REQUEST: gettext_lazy(
        "We cannot read this address. Check whether it contains a character that does not belong."
    ),
    HTTPStatus.NOT_FOUND: gettext_lazy("There is nothing at this address. /api/v1/openapi.json says what there is."),
    HTTPStatus.INTERNAL_SERVER_ERROR: gettext_lazy("Something went wrong on our side. We keep a record of the error."),
    HTTPStatus.SERVICE_UNAVAILABLE: gettext_lazy("We are briefly unavailable. Try again in a minute."),
}


def build_problem_response(status: HTTPStatus) -> HttpResponse:
    """An error outside the views of the API, in the API's format."""
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": str(SAID[status])}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; 503 if the database is down or overloaded. The page itself needs no database.

    Users already known to be staff keep a link to the desk.
    """
    is_away = isinstance(sys.exception(), OperationalError | InterfaceError)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.INTERNAL_SERVER_ERROR
    response = build_problem_response(status) if request.path.startswith("/api/") else error_page(status, request)
    if is_away:
        response["Retry-After"] = str(A_MINUTE)
    return response


def error_page(status: HTTPStatus, request: HttpRequest) -> HttpResponse:
    """A self-contained page."""
    known = getattr(request, "_cached_user", None)  # where `request.user` caches the user, if it was read
    context = {
        "theme": {"class": settings.THEME_CLASS, "css": settings.THEME_CSS, "logo": settings.THEME_LOGO},
        "is_desk": getattr(known, "is_staff", False),
    }
    return HttpResponse(render_to_string(f"{status.value}.html", context), status=status)


def show_conflict(request: HttpRequest, *, happened: str = "", back: str = "") -> HttpResponse:
    """409: somebody else was first. The page shows what was typed, so that it can be used again."""
    context = {"happened": happened, "back": back or request.path, "typed": list_typed_fields(request)}
    return render(request, "409.html", context, status=HTTPStatus.CONFLICT)


class AddressMiddleware:
    """Responds with 400 to a URL with a NUL, which the database cannot store and no URL of ours contains."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = [word for name, values in request.GET.lists() for word in (name, *values)]
        if any("\0" in word for word in (request.path, *asked)):
            raise BadRequest("NUL in an address")
        return self.get_response(request)


class ConflictMiddleware:
    """Shows a 409 page if the case's new status no longer allows the step, whichever view took it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Handle only what the state machine refuses."""
        if isinstance(exception, TransitionNotAllowed | ConcurrentTransition):
            return show_conflict(request)
        return None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was outdated, for example after logging in or out in another tab. A button sends the form again."""
    # Only from a page of ours: otherwise the button would submit what a stranger's page prepared.
    fields = list_typed_fields(request) if came_from_here(request) else []
    context = {"typed": fields, "files": bool(request.FILES), "again": bool(fields)}
    return render(request, "403_csrf.html", context, status=HTTPStatus.FORBIDDEN)


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the form."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    sent_from = urlsplit(origin)
    return (sent_from.scheme, sent_from.netloc) == (request.scheme, request.get_host())


def list_typed_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of the form, without passwords, codes and tokens; empty if longer than any of our forms."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if not any(word in name.lower() for word in NEVER_SHOWN)
        for value in values
    ]
    return fields if sum(len(value) for _name, value in fields) <= MAX_SHOWN else []


# --- For programs: RFC 9457 --------------------------------------------------------------------------


def problem_json(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Every API error as `application/problem+json`, with the errors of all fields under `errors`."""
    response = exception_handler(as_api_error(exc), context)
    if response is None:
        return None
    status = HTTPStatus(response.status_code)
    problem: dict[str, Any] = {"type": "about:blank", "title": status.phrase, "status": status.value}
    found = response.data if isinstance(response.data, Mapping) else {NON_FIELD_ERRORS: response.data}
    if set(found) == {"detail"}:
        problem["detail"] = str(found["detail"])
    else:
        problem |= {"detail": _("Some fields are not right; see 'errors'."), "errors": found}
    headers = {name: value for name, value in response.items() if name in ("Retry-After", "WWW-Authenticate")}
    return Response(problem, status=status, headers=headers, content_type="application/problem+json")


class TooOften(exceptions.Throttled):
    """The caller exceeded its rate limit."""

    def __init__(self, wait: float | None) -> None:
        seconds = ceil(wait or A_MINUTE)
        words = ngettext(
            "You ask for more than we can answer at once. Ask again in %(seconds)s second.",
            "You ask for more than we can answer at once. Ask again in %(seconds)s seconds.",
            seconds,
        )
        super().__init__()
        self.wait, self.detail = seconds, exceptions.ErrorDetail(words % {"seconds": seconds}, code=self.default_code)


class Conflict(exceptions.APIException):
    """The status of the case does not, or no longer, allow this."""

    status_code = HTTPStatus.CONFLICT
    default_code = "conflict"

    def __init__(self) -> None:
        super().__init__(_("This case has just changed, or its status does not allow this. Read it again."))


def as_api_error(exc: Exception) -> Exception:
    """Convert errors of steps to those of DRF, and clarify some of DRF's own; others are returned as they are."""
    if isinstance(exc, TransitionNotAllowed | ConcurrentTransition):
        return Conflict()
    if isinstance(exc, exceptions.Throttled):
        return TooOften(getattr(exc, "wait", None))
    if isinstance(exc, ValidationError):
        return exceptions.ValidationError(exc.message_dict if hasattr(exc, "error_dict") else exc.messages)
    return exc
