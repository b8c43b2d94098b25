"""Sends waiting text messages, by day. At most once: a mail says the same, so one too few is better than two."""

from datetime import datetime, timedelta
from http import HTTPStatus

import structlog
from django.db import transaction
from django.utils import timezone

from casework import clock
from casework.current_policy import CurrentPolicy
from casework.models import TextMessage
from casework.outbox import BACKOFF, MAX_ATTEMPTS
from casework.turns import TURN_SECONDS, within_turn
from connections.remote_service import ServiceDownError
from connections.text_messages import GATEWAY, send_text

log = structlog.get_logger("loket.text_outbox")

ABOUT_US = {HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS}
"""Refusals that are not about the message itself, so that the next one would be refused as well."""


def send_waiting(*, seconds: float = TURN_SECONDS) -> int:
    """Send waiting messages, for a turn or until the gateway is down; returns how many were sent."""
    if not GATEWAY.is_connected or is_quiet_now():
        return 0
    return sum(within_turn(iter(send_next, False), seconds=seconds))


def is_quiet_now() -> bool:
    """Whether it is night according to policy."""
    now = timezone.localtime(clock.now())
    policy = CurrentPolicy.on(now.date())
    return is_quiet(now.hour, since=policy.number("text_quiet_from"), until=policy.number("text_quiet_until"))


def is_quiet(hour: int, *, since: int, until: int) -> bool:
    """Whether an hour lies in the night from `since` until `until`; equal hours mean no night at all."""
    return since <= hour < until if since <= until else hour >= since or hour < until


def send_next() -> bool:
    """Send the oldest waiting message; False if none is left, or none can be sent for now.

    The start is recorded first. If the worker dies before recording the outcome, the message is never sent again.
    """
    with transaction.atomic():
        waiting = TextMessage.objects.to_send(now=clock.now()).select_related("mobile_number")
        message = waiting.select_for_update(no_key=True, skip_locked=True, of=("self",)).first()
        if message is None:
            return False
        message.begun_at = clock.now()
        message.attempts += 1
        message.save(update_fields=["begun_at", "attempts"])
    try:
        send_text(message.mobile_number.number, message.text)
    except ServiceDownError as error:
        note_failure(message, error, now=clock.now())
        return is_about_the_message(error)
    message.sent_at, message.error = clock.now(), ""
    message.save(update_fields=["sent_at", "error"])
    return True


def note_failure(message: TextMessage, error: ServiceDownError, *, now: datetime) -> None:
    """Let the message wait for another attempt only if it certainly did not go out, and may do so later."""
    message.error = str(error)
    others = TextMessage.objects.filter(mobile_number=message.mobile_number, text=message.text)
    is_doubled = others.filter(begun_at=None, given_up_at=None).exists()
    if error.may_be_done or is_about_the_message(error) or is_doubled or message.attempts >= MAX_ATTEMPTS:
        message.given_up_at = now
    else:
        message.begun_at, message.not_before = None, now + timedelta(minutes=BACKOFF ** (message.attempts - 1))
    message.save(update_fields=["error", "given_up_at", "begun_at", "not_before"])
    log.warning("text_failed", message=message.pk, attempts=message.attempts, error=message.error)


def is_about_the_message(error: ServiceDownError) -> bool:
    """Whether the gateway refused this one message, such as for its number."""
    refused = error.status is not None and error.status < HTTPStatus.INTERNAL_SERVER_ERROR
    return refused and error.status not in ABOUT_US
