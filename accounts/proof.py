"""A user confirms that an open session is theirs before changing how the account is accessed.

By password, app or passkey: allauth asks that. Somebody with none of these logs in with mailed codes, and confirms with
one more; not if they did so a moment ago.
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
"""What allauth notes in the session for a mailed code, at the login too."""
IN_SESSION = "proof_code"


def goes_by_mail(user: User | AnonymousUser) -> bool:
    """Whether a mailed code is all that somebody has to show: no password, no app, no passkey."""
    return user.is_authenticated and not get_reauthentication_flows(user)


def is_fresh(request: HttpRequest, user: User) -> bool:
    """Whether a mailed code was typed in this session a moment ago."""
    records = get_authentication_records(request, user)
    codes = [record["at"] for record in records if record["method"] == METHOD]
    return bool(codes) and time() - codes[-1] < app_settings.REAUTHENTICATION_TIMEOUT


def get_user(request: HttpRequest) -> User:
    """The logged-in user: these pages require one."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class MailedCode(AbstractCodeVerificationProcess):
    """A code to the logged-in user's address: a few attempts, a few minutes, in this session alone."""

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
        """The one that was sent and is still valid."""
        state = request.session.get(IN_SESSION)
        sent = cls(request, user, state) if state else None
        if sent and not sent.is_valid():
            sent.abort()
            return None
        return sent

    def send(self) -> None:
        """Mail it."""
        self.state["code"] = get_adapter().generate_login_code()
        context = {"user": self.user, "code": self.code}
        get_adapter().send_mail("account/email/proof_code", self.state["email"], context)

    def persist(self) -> None:
        """Keep it in the session."""
        self.request.session[IN_SESSION] = self.state

    def abort(self) -> None:
        """It is no longer valid."""
        self.request.session.pop(IN_SESSION, None)


class CodeForm(BaseConfirmCodeForm):
    """The code; if none was requested, none is right."""


@method_decorator(login_required, name="dispatch")
class MailedCodeView(BaseReauthenticateView):
    """First a button that sends the code, then the field for it; afterwards on to what was asked."""

    form_class = CodeForm
    template_name = "account/proof_by_code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Know the code that was sent."""
        self.sent = MailedCode.pending(request, get_user(request))
        return super().dispatch(request, *args, **kwargs)

    def here(self) -> str:
        """This page, which still knows where to go on to."""
        address: str = self.passthrough_next_url(self.request.path)  # type: ignore[no-untyped-call]
        return address

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send a code, or check the one that was typed."""
        if "send" in request.POST:
            self.send(request)
            return redirect(self.here())
        return super().post(request, *args, **kwargs)

    def send(self, request: HttpRequest) -> None:
        """One more code, unless there were a few within the minute."""
        user = get_user(request)
        if not ratelimit.consume(request, action="request_login_code", key=user.email):
            messages.error(request, _("We have just emailed you several codes. Wait a minute, and try again."))
            return
        sent = MailedCode(request, user, MailedCode.initial_state(user, email=user.email))
        sent.send()
        sent.persist()

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the code that is right."""
        return {**super().get_form_kwargs(), "code": self.sent.code if self.sent else ""}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """It is they: on to what they asked."""
        user = get_user(self.request)
        record_authentication(self.request, user, METHOD, email=user.email, reauthenticated=True)
        if self.sent:
            self.sent.abort()
        return super().form_valid(form)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """A few tries, then another code."""
        if self.sent and not self.sent.record_invalid_attempt():
            messages.error(self.request, _("This code no longer works: it was mistyped too often. Ask for a new one."))
            return redirect(self.here())
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Where the code goes to, and whether it was sent."""
        return {
            **super().get_context_data(**kwargs),
            "email": get_user(self.request).email,
            "is_sent": self.sent is not None,
        }


@login_required
def set_password(request: HttpRequest) -> HttpResponseBase:
    """A first password, only after that. Not by allauth's decorator, which would keep the password in the session."""
    if get_user(request).has_usable_password():
        return redirect("account_change_password")
    try:
        raise_if_reauthentication_required(request, app="allauth.account")
    except ReauthenticationRequired:
        way = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
        return redirect(f"{way}?{urlencode({'next': request.path})}")
    return password_set(request)
