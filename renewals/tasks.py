"""Doors for the worker."""

from celery import shared_task

from renewals import engine
from renewals.models import Renewal

TURN_SECONDS = 45
"""Of every minute: a worker that is alone has mails to send and letters to make as well."""


@shared_task
def run(renewal_pk: int) -> int:
    """Go on with one run until it is done or stopped; tells how many cases were dealt with."""
    return engine.work(renewal_pk)


@shared_task
def resume() -> int:
    """Go on for a while with every run that nobody works on: begun just now, or left by a worker that died."""
    runs = list(Renewal.objects.running().values_list("pk", flat=True))
    return sum(engine.work(pk, seconds=TURN_SECONDS) for pk in runs)
