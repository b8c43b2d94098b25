"""Signing up and logging in, on one page, and the code that confirms a new address."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.views import ConfirmEmailVerificationCodeView, LoginView, SignupView
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

AFTER_SIGNUP = "after_signup"
"""Session key for the page that a new user was heading for. allauth forgets it after too many wrong codes."""


AGAIN = "again"
"""Query parameter for not entering the awaited code: start again with another address, or log in."""


class AwaitedCode:
    """Takes visitors who must still enter a code back to that page, until they start again.

    allauth does so only if an account was created, which would reveal whether the address had one.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        awaited = EmailVerificationProcess.resume(request) if request.user.is_anonymous else None
        if awaited and self.is_return(request, awaited.email):
            return redirect("account_email_verification_sent")
        if awaited:
            awaited.abort()
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def is_return(self, request: HttpRequest, email: str) -> bool:
        """Whether this is a return by the browser's Back button, or the same form sent twice."""
        typed = request.POST.get("email", "").strip().lower()
        return typed == email if request.method == "POST" else AGAIN not in request.GET


class LoginPageView(AwaitedCode, LoginView):
    """The login page."""


class EntranceView(AwaitedCode, SignupView):
    """The signup page, which also has the login form."""

    def get_form(self, form_class: type[BaseForm] | None = None) -> BaseForm:
        """Label the password as one to choose, not one to remember."""
        form: BaseForm = super().get_form(form_class)  # type: ignore[no-untyped-call]
        form.fields["password1"].label = _("Choose a password")
        return form

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Respond in the same way whether or not the address has an account."""
        self.request.session[AFTER_SIGNUP] = self.get_next_url() or ""  # type: ignore[no-untyped-call]
        answer: HttpResponse = super().form_valid(form)
        return answer

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add the login form, which posts to the login page."""
        context: dict[str, Any] = super().get_context_data(**more)
        typed = {"login": context["form"]["email"].value()}
        login_form = LoginForm(request=self.request, initial=typed, auto_id="id_known_%s")
        del login_form.fields["remember"]
        return {**context, "login_form": login_form}


class ConfirmView(ConfirmEmailVerificationCodeView):
    """Checks the mailed code. Visitors who are stuck log in, receive a new code, and continue where they were."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send visitors for whom no code is awaited to the login page."""
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        if request.user.is_anonymous and getattr(answer, "url", "") == reverse("account_login"):
            messages.info(
                request,
                _("We expect no code in this browser, or it took too long. Log in: we email you a new code if needed."),
            )
            return self.log_in()
        return answer

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Add the page that the visitor was heading for, for those who start again."""
        context: dict[str, Any] = super().get_context_data(**more)  # type: ignore[no-untyped-call]
        return {**context, "after": self.request.session.get(AFTER_SIGNUP, "")}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Confirm the address, or mail a new code, at most one in ten seconds."""
        try:
            answer: HttpResponse = super().form_valid(form)
        except ImmediateHttpResponse:
            messages.info(
                self.request, _("We emailed you a code just now. Wait a moment before you ask for a new one.")
            )
            return redirect("account_email_verification_sent")
        return answer

    def _verify_form_invalid(self, form: BaseForm) -> HttpResponse:
        """Count a wrong code; after a few, only a new code helps."""
        if self._process and self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        messages.warning(
            self.request, _("The code was wrong too often. Log in with your password: we email you a new code.")
        )
        return self.log_in()

    def log_in(self) -> HttpResponse:
        """Redirect to the login page, and from there to where the visitor was heading."""
        return redirect_to_login(self.request.session.get(AFTER_SIGNUP) or reverse("my_applications"))
