"""Confirming a mobile number, by typing the code that was sent to it. This concerns an account, not a case."""

import secrets
from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext

from accounts.models import MobileNumber, User
from casework import clock
from casework.current_policy import CurrentPolicy
from casework.limits import count_use
from connections.text_messages import send_text


class Outcome(StrEnum):
    """The result of typing a code."""

    CONFIRMED = "confirmed"
    WRONG = "wrong"
    TOO_OFTEN = "too_often"
    EXPIRED = "expired"
    NONE = "none"


def may_send_code(user: User, number: str) -> bool:
    """Whether the number and the account may get another code: each costs money, and may annoy somebody else."""
    return all(count_use(one, "text_codes_an_hour") for one in (user.pk, number))


def uncount_code(user: User, number: str) -> None:
    """Take back the count of a code that did not go out, so that a gateway that was away locks nobody out."""
    for one in (user.pk, number):
        count_use(one, "text_codes_an_hour", step=-1)


def send_code(user: User, number: str) -> None:
    """Send a code and save the number, unconfirmed. Raises ServiceDownError, and then changes nothing."""
    code = f"{secrets.randbelow(10**6):06}"
    minutes = CurrentPolicy.on(clock.today()).number("text_code_minutes")
    about = {"code": code, "minutes": minutes, "site": settings.SITE_URL}
    send_text(number, gettext("%(code)s is your code for %(site)s. It is valid for %(minutes)s minutes.") % about)
    with transaction.atomic():
        mobile, _made = MobileNumber.objects.select_for_update(no_key=True).get_or_create(user=user)
        mobile.number, mobile.confirmed_at = number, None
        mobile.code_digest, mobile.code_sent_at, mobile.tries = digest_code(mobile, code), clock.now(), 0
        mobile.save()
        mobile.text_messages.filter(begun_at=None).delete()


@transaction.atomic
def confirm_code(user: User, code: str) -> Outcome:
    """Check a code; the right one confirms the number. A second time changes nothing."""
    mobile = MobileNumber.objects.select_for_update(no_key=True).filter(user=user).first()
    if mobile is None:
        return Outcome.NONE
    if mobile.confirmed_at:
        return Outcome.CONFIRMED
    policy, now = CurrentPolicy.on(clock.today()), clock.now()
    sent_at = mobile.code_sent_at
    if sent_at is None or now - sent_at > timedelta(minutes=policy.number("text_code_minutes")):
        return Outcome.EXPIRED
    if mobile.tries >= policy.number("text_code_tries"):
        return Outcome.TOO_OFTEN
    mobile.tries += 1
    is_right = constant_time_compare(mobile.code_digest, digest_code(mobile, code))
    if is_right:
        mobile.confirmed_at, mobile.code_digest, mobile.code_sent_at = now, "", None
    mobile.save()
    if is_right:
        return Outcome.CONFIRMED
    return Outcome.WRONG if mobile.tries < policy.number("text_code_tries") else Outcome.TOO_OFTEN


def stop_texts(user: User) -> None:
    """Remove the number, with every text message to it."""
    MobileNumber.objects.filter(user=user).delete()


def digest_code(mobile: MobileNumber, code: str) -> str:
    """The digest of a code for this number of this user."""
    return salted_hmac("mobile-code", f"{mobile.user_id} {mobile.number} {code}", algorithm="sha256").hexdigest()
