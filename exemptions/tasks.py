"""Periodic tasks for the worker."""

from celery import shared_task
from django.utils import timezone

from casework.turns import TURN_SECONDS
from exemptions import deadline_monitoring, register_comparison
from exemptions.fleet import batch_worker, register_refresh, vehicle_upkeep
from exemptions.intake import drafts


@shared_task
def remind() -> int:
    """Remind applicants, ask again, let terms lapse, and close hearings; returns how many steps were taken."""
    return deadline_monitoring.take_due_steps(today=timezone.localdate())


@shared_task
def compare_with_register() -> int:
    """Compare the vehicle register with what exemptions in force rest on; returns how many were compared."""
    return register_comparison.compare_exemptions(today=timezone.localdate())


@shared_task
def drop_old_drafts() -> int:
    """Remove drafts that nobody touched for long; returns how many."""
    return drafts.drop_old_drafts(today=timezone.localdate())


@shared_task
def go_on_with_fleets() -> int:
    """Process lists of vehicles, and vehicles whose owners wait; returns how many rows were processed."""
    return batch_worker.go_on(seconds=TURN_SECONDS)


@shared_task
def refresh_fleets() -> int:
    """At night: look up vehicles whose answer is not from today, gently; returns how many."""
    return register_refresh.refresh_vehicles(seconds=TURN_SECONDS, nightly=True)


@shared_task
def drop_old_fleet_lists() -> int:
    """Remove lists of vehicles that are no longer needed; returns how many."""
    return vehicle_upkeep.drop_old_lists()
