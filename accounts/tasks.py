"""Tasks for the worker."""

from datetime import timedelta

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.models import User

CONFIRMED_WITHIN = timedelta(days=7)
"""Anybody can type an address: an unconfirmed account belongs to nobody, and blocks the address's owner."""


@shared_task
def drop_old_sessions() -> None:
    """Remove expired sessions, with the half-typed forms in them."""
    SessionStore.clear_expired()


@shared_task
def drop_unconfirmed_accounts() -> None:
    """Remove accounts whose address nobody confirmed, and with which nobody ever logged in."""
    User.objects.never_confirmed(before=timezone.now() - CONFIRMED_WITHIN).delete()
