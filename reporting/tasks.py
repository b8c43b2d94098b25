"""Doors for the worker."""

from celery import shared_task
from django.utils import timezone

from reporting.returns import incoming, reminders


@shared_task
def remind_of_returns() -> int:
    """Remind municipalities of returns that are late; tells how many returns."""
    return reminders.run(today=timezone.localdate())


@shared_task
def drop_old_uploads() -> int:
    """Remove spreadsheets of returns that nobody accepted; tells how many."""
    return incoming.drop_old(now=timezone.now())
