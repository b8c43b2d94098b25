"""Tasks for the worker."""

from celery import shared_task

from casework.turns import TURN_SECONDS
from renewals import engine
from renewals.models import Renewal


@shared_task
def run(renewal_pk: int) -> int:
    """Work on one run until it is done or stopped; returns how many cases were handled."""
    return engine.work_on_run(renewal_pk)


@shared_task
def resume() -> int:
    """Work on all running runs, each for a share of the turn, in case a worker died; returns how many cases."""
    runs = list(Renewal.objects.running().values_list("pk", flat=True))
    return sum(engine.work_on_run(pk, seconds=TURN_SECONDS / len(runs)) for pk in runs)
