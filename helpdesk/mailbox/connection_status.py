"""Whether mail can be collected, recorded for the editors and the monitor, who cannot see the worker that fails."""

from asyncio import to_thread
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from health_check.base import HealthCheck
from health_check.exceptions import ServiceUnavailable

from helpdesk.models import MailboxState
from helpdesk.models.mailbox import ONLY


def record_success() -> None:
    """Record that the mailbox was read."""
    now = timezone.now()
    well = {"collected_at": now, "failing_since": None, "error": ""}
    MailboxState.objects.update_or_create(pk=ONLY, defaults=well)


def record_failure(error: Exception) -> None:
    """Record that it could not be reached or read completely: only the type of error, no address or password."""
    now = timezone.now()
    MailboxState.objects.get_or_create(pk=ONLY)
    MailboxState.objects.filter(pk=ONLY).update(
        failing_since=Coalesce(F("failing_since"), Value(now)), failed_at=now, error=type(error).__name__[:100]
    )


def find_failing_state() -> MailboxState | None:
    """Since when and why it fails; None while mail is collected, or if no mailbox is configured."""
    if not settings.MAILBOX_URL:
        return None
    return MailboxState.objects.exclude(failing_since=None).first()


def find_failure() -> MailboxState | None:
    """The same, queried in a thread of its own, whose connection nothing else closes."""
    with connection.temporary_connection():
        return find_failing_state()


@dataclass
class Mailbox(HealthCheck):
    """For the monitor: whether mail can be collected."""

    async def run(self) -> None:
        """Raise ServiceUnavailable if it cannot."""
        state = await to_thread(find_failure)
        if state and state.since:
            raise ServiceUnavailable(f"no mail since {state.since:%Y-%m-%d %H:%M} UTC ({state.error})")
