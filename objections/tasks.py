"""Tasks for the worker: what runs every day."""

from celery import shared_task
from django.utils import timezone

from objections import deadline_monitoring
from objections.portal import drafts


@shared_task
def remind() -> int:
    """Remind objectors who must repair their objection, and let terms lapse."""
    return deadline_monitoring.take_due_steps(today=timezone.localdate())


@shared_task
def drop_old_drafts() -> int:
    """Remove old drafts of objections."""
    return drafts.drop_old_drafts(today=timezone.localdate())
