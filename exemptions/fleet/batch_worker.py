"""What the worker does for lists: go on where somebody, or a worker that died, left off."""

import time

from django.utils import timezone
from django.utils.translation import override

from exemptions.fleet import adding, filing, register_refresh
from exemptions.models import FleetBatch, FleetRow


def go_on(*, seconds: float) -> int:
    """Every list with rows that wait, for a turn; then the vehicles that somebody waits for."""
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
    """One list. While the register rests, who waits for an answer is told so."""
    if batch.is_to_file:
        return filing.file_rows(batch, seconds=seconds)
    if register_refresh.is_resting(now=timezone.now()):
        return batch.rows.filter(state=FleetRow.State.WAITING).update(state=FleetRow.State.SLOW)
    return adding.look_up(batch, seconds=seconds, pace=register_refresh.PACE)
