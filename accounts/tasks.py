"""Tasks for the worker."""

from datetime import timedelta

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.models import User

CONFIRMED_WITHIN = timedelta(days=7)
"""Anybody can write down an address: an account that nobody confirmed is nobody's, and keeps its owner waiting."""


@shared_task
def drop_old_sessions() -> None:
    """Remove the sessions that ended, with the half-typed forms that they hold."""
    SessionStore.clear_expired()


@shared_task
def drop_unconfirmed_accounts() -> None:
    """Remove the accounts whose address nobody confirmed, and with which nobody ever logged in."""
    User.objects.never_confirmed(before=timezone.now() - CONFIRMED_WITHIN).delete()
