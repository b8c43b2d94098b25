"""Whether mail can be collected, kept for the editors and the monitor: the worker that fails is not where they look."""

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
    """The mailbox was reached and read."""
    now = timezone.now()
    well = {"collected_at": now, "failing_since": None, "error": ""}
    MailboxState.objects.update_or_create(pk=ONLY, defaults=well)


def record_failure(error: Exception) -> None:
    """It could not be reached, or not be read to the end. Only the type of error is kept: no address, no password."""
    now = timezone.now()
    MailboxState.objects.get_or_create(pk=ONLY)
    MailboxState.objects.filter(pk=ONLY).update(
        failing_since=Coalesce(F("failing_since"), Value(now)), failed_at=now, error=type(error).__name__[:100]
    )


def find_failing_state() -> MailboxState | None:
    """Since when it fails and why; None while mail is collected, or where no mailbox is set."""
    if not settings.MAILBOX_URL:
        return None
    return MailboxState.objects.exclude(failing_since=None).first()


def find_failure() -> MailboxState | None:
    """The same, asked in a thread of its own, whose connection nobody else would close."""
    with connection.temporary_connection():
        return find_failing_state()


@dataclass
class Mailbox(HealthCheck):
    """For the monitor: can mail be collected."""

    async def run(self) -> None:
        """Raises ServiceUnavailable while it cannot."""
        state = await to_thread(find_failure)
        if state and state.since:
            raise ServiceUnavailable(f"no mail since {state.since:%Y-%m-%d %H:%M} UTC ({state.error})")
