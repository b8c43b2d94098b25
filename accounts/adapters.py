"""How allauth creates users, mails them, redirects them and confirms their addresses.

Anybody can register with somebody else's address and a password of their own, and wait until its owner logs in. So an
account belongs to whoever confirms the address with a mailed code, not to whoever merely typed it.
"""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import proof
from accounts.form_recovery import remember_login
from accounts.languages import choose_written_language, get_page_language
from accounts.models import User
from accounts.roles import find_own_page

logger = logging.getLogger("loket.accounts")

IN_EVERY_LANGUAGE = (
    "account/email/login_code",
    "account/email/email_confirmation",
    "account/email/account_already_exists",
    "account/email/unknown_account",
    "account/email/password_reset_key",
)
"""Mails that somebody receives while logging in or signing up; the other mails exist in Dutch and English only."""
CHOSEN = "language_chosen"
"""A session cookie which marks that the visitor chose a language before logging in."""


class AccountAdapter(DefaultAccountAdapter):
    """Case-insensitive addresses, everybody's own language, and the desk as start page for staff."""

    def send_account_already_exists_mail(self, email: str) -> None:
        """Take as long as creating an account, so that timing does not reveal who has one."""
        make_password(email)
        super().send_account_already_exists_mail(email)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count failed passwords per account and IP address, so that a stranger elsewhere cannot lock anybody out."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def clean_email(self, email: str) -> str:
        """Normalise the address, so that each mailbox has one spelling."""
        return super().clean_email(email).strip().lower()

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        """Set a new user's language to the one in which they registered."""
        if isinstance(user, User):
            user.language = get_page_language()
        return super().save_user(request, user, form, commit=commit)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Offer a mailed code to users who have no other method."""
        if not proof.has_only_mailed_code(user):
            found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
            return found
        return [{"id": "code", "description": _("Use a code by email"), "url": reverse("proof_by_code")}]

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """As the settings say. allauth asks nothing of users who have only their mailbox, so raise for them here."""
        required = bool(super().is_reauthentication_required(app=app, **more))
        request = context.request
        if required and proof.has_only_mailed_code(request.user) and not proof.is_fresh(request, request.user):
            raise ReauthenticationRequired
        return required

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to the desk, or to the one page that they work on; everybody else goes to their applications."""
        if isinstance(request.user, User) and request.user.is_staff:
            return resolve_url(find_own_page(request.user) or "admin:index")
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def post_login(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,
        *,
        email_verification: str,
        signal_kwargs: dict[str, Any] | None,
        email: str | None,
        signup: bool,
        redirect_url: str | None,
    ) -> HttpResponse:
        """From here on, use the user's own language, and mark them as the owner of what they type.

        A language chosen earlier in this visit becomes the user's own.
        """
        if isinstance(user, User) and (chosen := find_chosen_language(request)):
            user.language = chosen
            user.save(update_fields=["language"])
        with override(user.language if isinstance(user, User) else get_page_language()):
            response = super().post_login(
                request,
                user,
                email_verification=email_verification,
                signal_kwargs=signal_kwargs,
                email=email,
                signup=signup,
                redirect_url=redirect_url,
            )
        if isinstance(user, User):
            remember_language(response, user.language)
            response.delete_cookie(CHOSEN, samesite="Lax")
            remember_login(response, user)
        return response

    def format_email_subject(self, subject: str) -> str:
        """The subject without a prefix: the sender's name already says who writes."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Mail in the user's language, or the one just chosen; report an unreachable mail server on the page."""
        user = context.get("user")
        language = user.language if isinstance(user, User) else get_page_language()
        if template_prefix.startswith(IN_EVERY_LANGUAGE):
            language = find_chosen_language(self.request) or language
        else:
            language = choose_written_language(language)
        with override(language):
            filled = {"email": email, "site_url": settings.SITE_URL, **context}
            message = self.render_mail(template_prefix, email, filled)
        try:
            message.send()
        except (SMTPException, OSError) as error:  # its text names the recipient
            logger.error("mail %s could not be sent: %s", template_prefix, type(error).__name__)
            if self.request:
                messages.error(self.request, _("We could not send the email just now. Try again in a few minutes."))


def remember_language(response: HttpResponseBase, language: str) -> None:
    """Store the language in the cookie that Django's own language switch uses."""
    name, secure = settings.LANGUAGE_COOKIE_NAME, settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, language, secure=secure, samesite="Lax")


def remember_choice(response: HttpResponseBase) -> None:
    """Remember, until they log in, that an anonymous visitor chose the language in the language cookie.

    This needs a cookie of its own: the language cookie is also set by a login, or by the language in a URL.
    """
    response.set_cookie(CHOSEN, "1", secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")


def find_chosen_language(request: HttpRequest | None) -> str:
    """The language that this visitor chose before logging in; empty if they chose none."""
    if request is None or not request.COOKIES.get(CHOSEN):
        return ""
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return language if language in dict(settings.LANGUAGES) else ""


def drop_unproven_password(request: HttpRequest, email_address: EmailAddress, **_signal: Any) -> None:
    """Drop a password set before the address was confirmed, when its owner logs in by code; a notice says so.

    allauth sends this signal for every confirmed address; it has no other hook between the code and the login.
    """
    user: User = email_address.user
    if request.user.is_authenticated or not is_logged_in_by_code(request, user) or not user.has_usable_password():
        return
    user.set_unusable_password()
    user.save(update_fields=["password"])
    messages.info(
        request,
        _(
            "The password that was chosen for this account no longer works: we did not know yet that this email "
            "address is yours. You can choose a new password under ‘My account’."
        ),
    )


def is_logged_in_by_code(request: HttpRequest, user: User) -> bool:
    """Whether the visitor's latest authentication was by a mailed code."""
    records = get_authentication_records(request, user)
    return bool(records) and records[-1]["method"] == "code"
