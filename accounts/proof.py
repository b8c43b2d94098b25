"""A user proves that an open session is theirs before changing how the account is accessed.

By password, app or passkey, allauth asks for that. Users with none of these log in with mailed codes, and confirm with
another one, unless they entered a code a moment ago.
"""

from time import time
from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import BaseConfirmCodeForm
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import (
    get_reauthentication_flows,
    raise_if_reauthentication_required,
)
from allauth.account.views import BaseReauthenticateView, password_set
from allauth.core import ratelimit
from allauth.core.exceptions import ReauthenticationRequired
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from accounts.models import User

METHOD = "code"
"""The method that allauth records in the session for a mailed code, also at login."""
IN_SESSION = "proof_code"


def has_only_mailed_code(user: User | AnonymousUser) -> bool:
    """Whether a mailed code is the user's only method: they have no password, app or passkey."""
    return user.is_authenticated and not get_reauthentication_flows(user)


def is_fresh(request: HttpRequest, user: User) -> bool:
    """Whether a mailed code was entered in this session a moment ago."""
    records = get_authentication_records(request, user)
    codes = [record["at"] for record in records if record["method"] == METHOD]
    return bool(codes) and time() - codes[-1] < app_settings.REAUTHENTICATION_TIMEOUT


def get_user(request: HttpRequest) -> User:
    """The logged-in user, whom these pages require. Raises PermissionDenied."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class MailedCode(AbstractCodeVerificationProcess):
    """A code mailed to the logged-in user, valid for a few attempts and minutes, in this session only."""

    def __init__(self, request: HttpRequest, user: User, state: dict[str, Any]) -> None:
        self.request = request
        super().__init__(
            state=state,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
            user=user,
        )

    @classmethod
    def pending(cls, request: HttpRequest, user: User) -> "MailedCode | None":
        """The code that was sent and is still valid; None if there is none."""
        state = request.session.get(IN_SESSION)
        sent = cls(request, user, state) if state else None
        if sent and not sent.is_valid():
            sent.abort()
            return None
        return sent

    def send(self) -> None:
        self.state["code"] = get_adapter().generate_login_code()
        context = {"user": self.user, "code": self.code}
        get_adapter().send_mail("account/email/proof_code", self.state["email"], context)

    def persist(self) -> None:
        self.request.session[IN_SESSION] = self.state

    def abort(self) -> None:
        self.request.session.pop(IN_SESSION, None)


class CodeForm(BaseConfirmCodeForm):
    """The code form; if no code was requested, every code is wrong."""


@method_decorator(login_required, name="dispatch")
class MailedCodeView(BaseReauthenticateView):
    """First a button that sends the code, then the field for it; finally a redirect to the requested page."""

    form_class = CodeForm
    template_name = "account/proof_by_code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.sent = MailedCode.pending(request, get_user(request))
        return super().dispatch(request, *args, **kwargs)

    def here(self) -> str:
        """This page's address, with the page to continue to."""
        address: str = self.passthrough_next_url(self.request.path)  # type: ignore[no-untyped-call]
        return address

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send a code, or check the one that was typed."""
        if "send" in request.POST:
            self.send(request)
            return redirect(self.here())
        return super().post(request, *args, **kwargs)

    def send(self, request: HttpRequest) -> None:
        """Send another code, unless several were sent within the minute."""
        user = get_user(request)
        if not ratelimit.consume(request, action="request_login_code", key=user.email):
            messages.error(request, _("We have just emailed you several codes. Wait a minute, and try again."))
            return
        sent = MailedCode(request, user, MailedCode.initial_state(user, email=user.email))
        sent.send()
        sent.persist()

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "code": self.sent.code if self.sent else ""}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Record the proof, and continue to the requested page."""
        user = get_user(self.request)
        record_authentication(self.request, user, METHOD, email=user.email, reauthenticated=True)
        if self.sent:
            self.sent.abort()
        return super().form_valid(form)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Count a wrong code; after a few, require a new one."""
        if self.sent and not self.sent.record_invalid_attempt():
            messages.error(self.request, _("This code no longer works: it was mistyped too often. Ask for a new one."))
            return redirect(self.here())
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "email": get_user(self.request).email,
            "is_sent": self.sent is not None,
        }


@login_required
def set_password(request: HttpRequest) -> HttpResponseBase:
    """Set a first password, only after a proof. allauth's decorator would keep the password in the session."""
    if get_user(request).has_usable_password():
        return redirect("account_change_password")
    try:
        raise_if_reauthentication_required(request, app="allauth.account")
    except ReauthenticationRequired:
        way = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
        return redirect(f"{way}?{urlencode({'next': request.path})}")
    return password_set(request)
