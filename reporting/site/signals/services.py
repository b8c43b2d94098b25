"""Notes, changes and withdraws signals. A signal's words never change: a change is a new signal that replaces it.

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
    """Which organisation raises what, about which days."""

    organisation: str
    topic: str
    text: str
    first: date
    last: date


class NoLonger(Exception):
    """Somebody else has changed or withdrawn the signal in the meantime; nothing was kept."""

    def __init__(self, signal: BranchSignal) -> None:
        super().__init__(str(signal))
        self.signal = signal


def read_signal(signal: BranchSignal) -> SignalDetails:
    """The details of a signal."""
    return SignalDetails(signal.organisation, signal.topic, signal.text, signal.first, signal.last)


def note_signal(*, said: SignalDetails, by: User) -> BranchSignal:
    """Note a signal; returns the existing one if it says the same, so it is idempotent. Raises PermissionDenied."""
    refuse_other(by)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # serialises two clicks of the same person
        there = BranchSignal.objects.standing().filter(**asdict(said)).first()
        return there or BranchSignal.objects.create(**asdict(said), noted_by=by, noted_at=clock.now())


def change_signal(signal: BranchSignal, *, said: SignalDetails, by: User) -> BranchSignal:
    """Replace a signal; returns the new one, or the same one if nothing changed.

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
    """Withdraw a signal, so that it no longer counts from now on. Raises NoLonger or PermissionDenied."""
    refuse_other(by)
    with transaction.atomic():
        held = lock_signal(signal)
        held.replaced_at, held.withdrawn_by = clock.now(), by
        held.save(update_fields=["replaced_at", "withdrawn_by"])


def lock_signal(signal: BranchSignal) -> BranchSignal:
    """The signal, locked until the end of the transaction; raises NoLonger if it no longer stands."""
    held = BranchSignal.objects.select_for_update(no_key=True).get(pk=signal.pk)
    if held.replaced_at is not None:
        raise NoLonger(held)
    return held


def refuse_other(user: User) -> None:
    """Raise PermissionDenied for users who do not note signals."""
    if not user.has_perm(NOTE):
        raise PermissionDenied(f"user {user.pk} notes no signals")
