"""Tasks for the worker."""

from celery import shared_task
from django.utils import timezone

from reporting.deliveries.reminders import remind_all
from reporting.returns import incoming
from reporting.returns.kind import RETURNS
from reporting.site.kind import SITE_MONTHS


@shared_task
def remind_of_returns() -> int:
    """Remind municipalities of returns that are late, and editors of months of the site; returns how many of both."""
    today = timezone.localdate()
    return remind_all(RETURNS, today=today) + remind_all(SITE_MONTHS, today=today)


@shared_task
def drop_old_uploads() -> int:
    """Remove spreadsheets that nobody accepted; returns how many."""
    return incoming.drop_old(now=timezone.now())
