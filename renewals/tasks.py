"""Doors for the worker."""

from celery import shared_task

from renewals import engine
from renewals.models import Renewal


@shared_task
def run(renewal_pk: int) -> int:
    """Go on with one run until it is done or stopped; tells how many cases were dealt with."""
    return engine.work(renewal_pk)


@shared_task
def resume() -> int:
    """Go on with every run that nobody works on: begun just now, or left by a worker that died."""
    return sum(engine.work(pk) for pk in list(Renewal.objects.running().values_list("pk", flat=True)))
