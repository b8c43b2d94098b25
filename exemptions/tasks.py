"""Doors for the worker: what runs every day."""

from celery import shared_task
from django.utils import timezone

from exemptions import reminders


@shared_task
def remind() -> int:
    """Remind applicants, ask again, let terms lapse."""
    return reminders.run(today=timezone.localdate())


@shared_task
def tell_expiring() -> int:
    """Tell holders whose exemption ends soon."""
    return reminders.tell_expiring(today=timezone.localdate())


@shared_task
def drop_old_drafts() -> int:
    """Remove drafts that nobody touched for long."""
    return reminders.drop_old_drafts(today=timezone.localdate())
