"""What is given once for all vehicles of a list: kind, answers, days, place and files."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import structlog
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casework.uploads.upload_checks import MAX_PER_ITEM, CheckedFile
from exemptions.intake.draft_files import NotKept, TooManyFiles
from exemptions.models import Applicant, EvidenceRequirement, FleetBatch, FleetFile, KindVersion
from zones.models import Municipality

log = structlog.get_logger("loket.fleet")


def kinds_for(applicant: Applicant, *, today: date) -> list[KindVersion]:
    """The kinds that such an applicant can apply for today, the day exemption last."""
    kinds = (
        KindVersion.objects.in_force(on=today)
        .filter(who__in=(KindVersion.Who.ANYONE, applicant.form))
        .prefetch_related("evidence")
    )
    return sorted(kinds, key=lambda kind: (kind.is_day, kind.position))


class AlreadyConfirmed(Exception):
    """Somebody confirmed the list meanwhile, in another tab or as a colleague: it stays as it was signed for."""


def lock_batch(batch: FleetBatch) -> FleetBatch:
    """Lock the list until the transaction ends, so that nobody confirms it halfway. Raises AlreadyConfirmed."""
    locked = FleetBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if locked.confirmed_at:
        raise AlreadyConfirmed
    return locked


@transaction.atomic
def choose_kind(batch: FleetBatch, kind: KindVersion) -> None:
    """Choose another kind. It asks other questions, so what was filled in is kept but must be reviewed.

    Raises AlreadyConfirmed.
    """
    lock_batch(batch)
    batch.kind, batch.is_filled_in = kind, False
    batch.save(update_fields=["kind", "is_filled_in"])


@transaction.atomic
def save_wish(batch: FleetBatch, *, is_complete: bool, **values: Any) -> None:
    """Save what is the same for all; days as ISO text, a municipality as its key. Raises AlreadyConfirmed."""
    plain = {name: as_plain(value) for name, value in values.items()}
    batch.wish, batch.is_filled_in = {**lock_batch(batch).wish, **plain}, is_complete
    batch.save(update_fields=["wish", "is_filled_in"])


def as_plain(value: Any) -> Any:
    """Convert a value for JSON."""
    if isinstance(value, Municipality):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def save_classes(batch: FleetBatch, chosen: Mapping[int, str]) -> None:
    """Save van or truck, for the rows where that was asked. Raises AlreadyConfirmed."""
    lock_batch(batch)
    for pk, vehicle_class in chosen.items():
        batch.rows.filter(pk=pk).update(vehicle_class=vehicle_class)


def days_in_words(batch: FleetBatch) -> list[tuple[str, str]]:
    """The day, or the period, in words."""
    if batch.kind and batch.kind.is_day:
        return [(_("Day"), words_of(batch.day("day")))]
    until = words_of(batch.day("wanted_until")) or _("as long as possible")
    return [(_("From"), words_of(batch.day("wanted_from"))), (_("Until"), until)]


def words_of(day: date | None) -> str:
    """A day as people read it; empty for None."""
    return date_format(day) if day else ""


def without_file(batch: FleetBatch, requirements: Iterable[EvidenceRequirement]) -> list[EvidenceRequirement]:
    """The required evidence for which there is no file yet."""
    codes = set(batch.files.values_list("requirement__code", flat=True))
    return [one for one in requirements if one.required and one.code not in codes]


@transaction.atomic
def add_file(batch: FleetBatch, requirement: EvidenceRequirement, checked: CheckedFile) -> None:
    """Store a checked file; a duplicate is stored once. Raises TooManyFiles, NotKept or AlreadyConfirmed."""
    lock_batch(batch)  # two clicks wait for each other
    present = batch.files.filter(requirement=requirement)
    if present.filter(sha256=checked.sha256).exists():
        return
    if present.count() >= MAX_PER_ITEM:
        raise TooManyFiles
    file = FleetFile(batch=batch, requirement=requirement)
    try:
        file.fill(checked.content, name=checked.name, content_type=checked.content_type)
    except OSError as error:
        log.error("file_not_kept", error=type(error).__name__)
        raise NotKept from error
    file.save()


@transaction.atomic
def remove_file(batch: FleetBatch, pk: int) -> str:
    """Remove a file; returns its name, empty if it was already gone. Raises AlreadyConfirmed."""
    lock_batch(batch)
    file = batch.files.filter(pk=pk).first()
    if file is None:
        return ""
    storage, name, shown = file.file.storage, str(file.file.name), file.name
    file.delete()
    transaction.on_commit(lambda: storage.delete(name))
    return shown
