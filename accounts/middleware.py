"""Users with rights log in with two factors, and again after a while; browsers cache no pages about an account."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from accounts import form_recovery, second_factor
from accounts.cipher import UnreadableSecret

# Pages that somebody without a second factor needs to set one up, or to leave.
OPEN = {
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "set_language",
    "accessibility",
    "privacy",
    "proof_by_code",
}


class StaffMfaMiddleware:
    """Outside the demo, a user with rights but no second factor sets one up before seeing anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: list[Any], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """As `process_view`, because the name of the page is not known earlier."""
        user = request.user
        if not is_asked(request) or not user.is_authenticated or not user.has_rights:
            return None
        if not second_factor.has_one(user):
            messages.warning(
                request, _("Employees log in with two steps. Set up an authenticator app or a passkey first.")
            )
            return redirect("mfa_index")
        if not second_factor.was_shown(request, user):
            logout(request)
            messages.warning(request, _("Log in again, with both steps: they were set up after you logged in here."))
            return form_recovery.to_login(request)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Redirect where recovery codes are shown that no key decrypts any more; a form reports this error itself."""
        if not isinstance(exception, UnreadableSecret):
            return None
        messages.error(request, str(exception.message))
        return redirect(settings.LOGIN_REDIRECT_URL)


def is_asked(request: HttpRequest) -> bool:
    """Whether this page requires a second factor from users with rights."""
    match = request.resolver_match
    return settings.STAFF_MFA_REQUIRED and not (match and match.view_name in OPEN)


LAST_SEEN, NOTED_EVERY = "last_seen", timedelta(minutes=1)
"""Session key: when a user with rights was last active. Not written on each request, which would cost a query."""


class IdleMiddleware:
    """Logs out a user with rights who was idle for `STAFF_IDLE`; what they typed is kept for them.

    The view then sees an anonymous user, as it does after eight hours: see `accounts.form_recovery`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: list[Any], _kwargs: dict[str, Any]) -> None:
        """Here, not earlier: pages that nobody logs in for have no user to look up.

        A request without a session is not given one: a cacheable response would depend on it.
        """
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return
        user = request.user
        if not user.is_authenticated or not user.has_rights:
            return
        now = timezone.now()
        idle = now - last_seen(request, login=user.last_login or now)
        if idle > settings.STAFF_IDLE:
            end_session(request)
        elif idle > NOTED_EVERY and not getattr(view, "is_not_activity", False):
            request.session[LAST_SEEN] = now.timestamp()


def not_as_activity(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view that pages request by themselves, so that it does not extend the session."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    asked.is_not_activity = True  # type: ignore[attr-defined]
    return asked


def last_seen(request: HttpRequest, *, login: datetime) -> datetime:
    """When the user was last active, as recorded in the session; the moment of their login if nothing is recorded."""
    noted = request.session.get(LAST_SEEN)
    return datetime.fromtimestamp(noted, tz=UTC) if noted else login


def end_session(request: HttpRequest) -> None:
    """Log out, with a notice on GET requests; a page that keeps a form shows its own."""
    logout(request)
    if request.method == "GET":
        minutes = int(settings.STAFF_IDLE.total_seconds()) // 60
        messages.info(request, _("You were logged out: you did nothing for %(count)s minutes.") % {"count": minutes})


class NoStoreMiddleware:
    """Never cache pages about accounts or of the desk: several people may use one computer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith((reverse("account_email").removesuffix("email/"), reverse("admin:index"))):
            add_never_cache_headers(response)
        return response
