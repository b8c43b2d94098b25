"""The project: settings, addresses, worker, commands that touch every app."""

from zesportal.celery import app as celery_app

__all__ = ["celery_app"]
