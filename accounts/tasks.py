"""Doors for the worker."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore


@shared_task
def drop_old_sessions() -> None:
    """Remove the sessions that ended, with the half-typed forms that they hold."""
    SessionStore.clear_expired()
