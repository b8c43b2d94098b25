"""Maintenance of a fleet: refreshing answers, changing a remark, removing a vehicle."""

from django.db import transaction
from django.utils import timezone

from exemptions.fleet import register_refresh
from exemptions.models import Applicant, FleetBatch, Vehicle
from exemptions.models.vehicle import LONGEST_REMARK
from zones.register import FRESH


def look_again(applicant: Applicant, *, seconds: float) -> int:
    """Look up vehicles whose answers are not fresh: a few at once, the worker does the rest.

    Returns how many still wait. Queries nothing while the register rests.
    """
    now = timezone.now()
    Vehicle.objects.filter(applicant=applicant, wanted_at=None).exclude(checked_at__gt=now - FRESH).update(
        wanted_at=now
    )
    waiting = Vehicle.objects.filter(applicant=applicant).wanted()
    if not register_refresh.is_resting(now=now):
        turn = register_refresh.RefreshTurn(seconds)
        register_refresh.ask_each(list(waiting[:50]), register_refresh.answer_vehicle, turn=turn)
        register_refresh.note_turn(turn, now=now)
    return waiting.count()


def change_remark(vehicle: Vehicle, remark: str) -> None:
    """Change the remark by which people recognise a vehicle."""
    vehicle.remark = remark[:LONGEST_REMARK]
    vehicle.save(update_fields=["remark"])


def remove_vehicle(vehicle: Vehicle) -> None:
    """Remove a vehicle from the fleet; its applications and exemptions stay as they are."""
    vehicle.delete()


def drop_old_lists() -> int:
    """Remove lists that nobody needs any more, with their files; what resulted from them stays. Returns how many."""
    dropped = 0
    for batch in FleetBatch.objects.old(now=timezone.now()).prefetch_related("files"):
        drop_batch(batch)
        dropped += 1
    return dropped


@transaction.atomic
def drop_batch(batch: FleetBatch) -> None:
    """Delete the rows, and the files once the transaction is committed."""
    drop_files(batch)
    batch.delete()


def drop_files(batch: FleetBatch) -> None:
    """Delete the shared files: every dossier has its own copy by now."""
    for file in batch.files.all():
        storage, name = file.file.storage, str(file.file.name)
        file.delete()
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))  # type: ignore[misc]
