"""What may happen to a signal. Its words never change: a change is a new signal in the place of the old one.

So a report as of an earlier day keeps saying what was known on that day.
"""

from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from casework import clock
from reporting.models import BranchSignal

NOTE = "reporting.note_signal"


@dataclass(frozen=True)
class SignalDetails:
    """Who asks attention for what, about which days."""

    organisation: str
    topic: str
    text: str
    first: date
    last: date


class NoLonger(Exception):
    """Somebody changed or withdrew the signal since it was last looked at; nothing was kept."""

    def __init__(self, signal: BranchSignal) -> None:
        super().__init__(str(signal))
        self.signal = signal


def read_signal(signal: BranchSignal) -> SignalDetails:
    """What a signal says."""
    return SignalDetails(signal.organisation, signal.topic, signal.text, signal.first, signal.last)


def note_signal(*, said: SignalDetails, by: User) -> BranchSignal:
    """A new signal; the existing one if it says the same, so it is idempotent. Raises PermissionDenied."""
    refuse_other(by)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two clicks are of one person
        there = BranchSignal.objects.standing().filter(**asdict(said)).first()
        return there or BranchSignal.objects.create(**asdict(said), noted_by=by, noted_at=clock.now())


def change_signal(signal: BranchSignal, *, said: SignalDetails, by: User) -> BranchSignal:
    """The signal that takes the place of this one; itself if nothing changed.

    Raises NoLonger if it no longer stands, and PermissionDenied.
    """
    refuse_other(by)
    with transaction.atomic():
        held = lock_signal(signal)
        if read_signal(held) == said:
            return held
        held.replaced_at = clock.now()
        held.save(update_fields=["replaced_at"])
        return BranchSignal.objects.create(
            **asdict(said),
            noted_by=by,
            noted_at=held.replaced_at,
            replaces=held,
            original_id=held.original_id or held.pk,
        )


def withdraw_signal(signal: BranchSignal, *, by: User) -> None:
    """From now on the signal does not count. Raises NoLonger and PermissionDenied."""
    refuse_other(by)
    with transaction.atomic():
        held = lock_signal(signal)
        held.replaced_at, held.withdrawn_by = clock.now(), by
        held.save(update_fields=["replaced_at", "withdrawn_by"])


def lock_signal(signal: BranchSignal) -> BranchSignal:
    """The signal, held until the end of the transaction."""
    held = BranchSignal.objects.select_for_update(no_key=True).get(pk=signal.pk)
    if held.replaced_at is not None:
        raise NoLonger(held)
    return held


def refuse_other(user: User) -> None:
    """Only who notes signals does any of this."""
    if not user.has_perm(NOTE):
        raise PermissionDenied(f"user {user.pk} notes no signals")
