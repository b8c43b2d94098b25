"""The worker's part in lists: continue where somebody, or a worker that died, left off."""

import time

from django.utils import timezone
from django.utils.translation import override

from exemptions.fleet import application_batch, register_refresh, vehicle_batch
from exemptions.models import FleetBatch, FleetRow


def go_on(*, seconds: float) -> int:
    """Process every list with waiting rows for a while, and then the vehicles whose owners wait; returns how many."""
    end, done = time.monotonic() + seconds, 0
    for batch in FleetBatch.objects.at_work().select_related("applicant", "owner", "kind"):
        left = end - time.monotonic()
        if left <= 0:
            return done
        with override(batch.language):
            done += work_on_batch(batch, seconds=left)
    left = end - time.monotonic()
    return done + (register_refresh.refresh_vehicles(seconds=left, nightly=False) if left > 0 else 0)


def work_on_batch(batch: FleetBatch, *, seconds: float) -> int:
    """Process one list. While the register rests, its waiting rows are marked as unanswered."""
    if batch.is_to_file:
        return application_batch.file_rows(batch, seconds=seconds)
    if register_refresh.is_resting(now=timezone.now()):
        return batch.rows.filter(state=FleetRow.State.WAITING).update(state=FleetRow.State.SLOW)
    return vehicle_batch.look_up(batch, seconds=seconds, pace=register_refresh.PACE)
