"""Tasks for the worker."""

from celery import shared_task

from casework.turns import TURN_SECONDS
from renewals import engine
from renewals.models import Renewal


@shared_task
def run(renewal_pk: int) -> int:
    """Go on with one run until it is done or stopped; returns how many cases were dealt with."""
    return engine.work_on_run(renewal_pk)


@shared_task
def resume() -> int:
    """Go on with the runs that nobody works on, each for a share of the turn: just begun, or left by a dead worker."""
    runs = list(Renewal.objects.running().values_list("pk", flat=True))
    return sum(engine.work_on_run(pk, seconds=TURN_SECONDS / len(runs)) for pk in runs)
