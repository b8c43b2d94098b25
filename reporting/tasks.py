"""Doors for the worker."""

from celery import shared_task
from django.utils import timezone

from reporting.returns import incoming, reminders
from reporting.site import reminders as of_the_site


@shared_task
def remind_of_returns() -> int:
    """Remind municipalities of returns that are late, and editors of months of the site; tells how many of both."""
    today = timezone.localdate()
    return reminders.run(today=today) + of_the_site.run(today=today)


@shared_task
def drop_old_uploads() -> int:
    """Remove spreadsheets that nobody accepted, of returns and of the site; tells how many."""
    return incoming.drop_old(now=timezone.now())
