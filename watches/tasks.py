"""Daily tasks."""

from celery import shared_task
from django.utils import timezone

from casework.turns import TURN_SECONDS
from watches import lifecycle, mailing


@shared_task
def announce_ends() -> int:
    """Mail those whose access ends soon."""
    return mailing.announce_ends(today=timezone.localdate())


@shared_task
def refresh_watches() -> int:
    """At night, ask the register about followed plates without an answer of today."""
    return lifecycle.refresh_watches(seconds=TURN_SECONDS)


@shared_task
def drop_watches() -> int:
    """Delete watches not confirmed in time or with a non-existent address; returns how many."""
    return lifecycle.drop_unconfirmed(today=timezone.localdate()) + lifecycle.drop_unreachable()
