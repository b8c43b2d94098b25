"""Where somebody comes in: one page to make an account or log in on, and the code that confirms a new address."""

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
"""In the session: the page that a new user was on the way to. What allauth keeps is gone after too many wrong codes."""


AGAIN = "again"
"""In the address: not on with the code that is awaited, but with another address or to the login."""


class AwaitedCode:
    """Who waits for a code comes back to it, until they begin anew.

    allauth does so only where an account was made, which would reveal whether an address had one.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """On to the code, or without it."""
        awaited = EmailVerificationProcess.resume(request) if request.user.is_anonymous else None
        if awaited and self.goes_on(request, awaited.email):
            return redirect("account_email_verification_sent")
        if awaited:
            awaited.abort()
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def goes_on(self, request: HttpRequest, email: str) -> bool:
        """Back with the browser's button, or the same form sent twice."""
        typed = request.POST.get("email", "").strip().lower()
        return typed == email if request.method == "POST" else AGAIN not in request.GET


class KnownView(AwaitedCode, LoginView):
    """To log in."""


class EntranceView(AwaitedCode, SignupView):
    """To make an account; who has one logs in on the same page."""

    def get_form(self, form_class: type[BaseForm] | None = None) -> BaseForm:
        """The password is chosen here, not remembered."""
        form: BaseForm = super().get_form(form_class)  # type: ignore[no-untyped-call]
        form.fields["password1"].label = _("Choose a password")
        return form

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """The same whether or not the address has an account."""
        self.request.session[AFTER_SIGNUP] = self.get_next_url() or ""  # type: ignore[no-untyped-call]
        answer: HttpResponse = super().form_valid(form)
        return answer

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """With the form to log in, which is sent to the login page."""
        context: dict[str, Any] = super().get_context_data(**more)
        typed = {"login": context["form"]["email"].value()}
        login_form = LoginForm(request=self.request, initial=typed, auto_id="id_known_%s")
        del login_form.fields["remember"]
        return {**context, "login_form": login_form}


class ConfirmView(ConfirmEmailVerificationCodeView):
    """The code from the mail. Who cannot go on here logs in, is mailed a new code then, and goes on where they were."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """In a browser that waits for no code there is nothing to confirm."""
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        if request.user.is_anonymous and getattr(answer, "url", "") == reverse("account_login"):
            messages.info(
                request,
                _("We expect no code in this browser, or it took too long. Log in: we email you a new code if needed."),
            )
            return self.log_in()
        return answer

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """With the page that somebody was on the way to, for those who begin anew."""
        context: dict[str, Any] = super().get_context_data(**more)  # type: ignore[no-untyped-call]
        return {**context, "after": self.request.session.get(AFTER_SIGNUP, "")}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Confirm the address, or mail a new code: one in ten seconds."""
        try:
            answer: HttpResponse = super().form_valid(form)
        except ImmediateHttpResponse:
            messages.info(
                self.request, _("We emailed you a code just now. Wait a moment before you ask for a new one.")
            )
            return redirect("account_email_verification_sent")
        return answer

    def _verify_form_invalid(self, form: BaseForm) -> HttpResponse:
        """A guess; after a few of them only a new code helps."""
        if self._process and self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        messages.warning(
            self.request, _("The code was wrong too often. Log in with your password: we email you a new code.")
        )
        return self.log_in()

    def log_in(self) -> HttpResponse:
        """The login page, and on from there to where somebody was going."""
        return redirect_to_login(self.request.session.get(AFTER_SIGNUP) or reverse("my_applications"))
