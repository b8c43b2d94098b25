"""Adding many vehicles at once: a list, an answer for each row, and the vehicles only after confirmation."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from exemptions.fleet import limits, register_refresh
from exemptions.fleet.paste_parser import Entry
from exemptions.models import Applicant, FleetBatch, FleetRow, Vehicle

State = FleetRow.State
KEPT_STATES = (State.FOUND, State.SLOW, State.WAITING)
"""The states of rows that become vehicles: a Dutch plate that the register knows, or has not answered about yet."""


class FleetFull(Exception):
    """The applicant has the maximum number of vehicles."""


@transaction.atomic
def begin_batch(applicant: Applicant, entries: Sequence[Entry], *, by: User, name: str = "") -> FleetBatch:
    """Store a list for review; this does not add anything to the fleet yet."""
    batch = FleetBatch.objects.create(
        purpose=FleetBatch.Purpose.ADD, applicant=applicant, owner=by, language=get_page_language(), name=name[:200]
    )
    owned = set(applicant.vehicles.values_list("plate", flat=True))
    first: dict[str, int] = {}
    FleetRow.objects.bulk_create([row_of(batch, entry, owned=owned, first=first) for entry in entries], batch_size=1000)
    return batch


def get_page_language() -> str:
    """The language of the current page, as two letters."""
    return (get_language() or "nl")[:2]


def row_of(batch: FleetBatch, entry: Entry, *, owned: set[str], first: dict[str, int]) -> FleetRow:
    """A row of the list; one that is unreadable, duplicate or already in the fleet is not looked up."""
    row = FleetRow(
        batch=batch, number=entry.number, cell=entry.cell, typed=entry.typed, plate=entry.plate, remark=entry.remark
    )
    if entry.problem:
        row.state, row.problem = State.PROBLEM, entry.problem
    elif entry.plate in first:
        row.state = State.PROBLEM
        row.problem = _("This plate is already in your list, in row %(row)s.") % {"row": first[entry.plate]}
    elif entry.plate in owned:
        row.state = State.OWNED
    if not entry.problem:
        first.setdefault(entry.plate, entry.number)
    return row


def look_up(batch: FleetBatch, *, seconds: float, pace: float = 0.0) -> int:
    """Look up waiting rows for some time; if the register is down, all others are marked as unanswered at once."""
    turn = register_refresh.RefreshTurn(seconds, pace)
    waiting = list(batch.rows.filter(state=State.WAITING).order_by("number", "pk")[:1000])
    asked = register_refresh.ask_each(waiting, register_refresh.answer_row, turn=turn)
    if turn.refused >= register_refresh.IN_A_ROW:
        batch.rows.filter(state=State.WAITING).update(state=State.SLOW)
    register_refresh.note_turn(turn, now=timezone.now())
    return asked


def ask_again(batch: FleetBatch) -> int:
    """Queue the rows that the register did not answer; returns how many."""
    return batch.rows.filter(state=State.SLOW).update(state=State.WAITING)


@dataclass(frozen=True)
class Counts:
    """The number of rows of a list by outcome."""

    total: int
    waiting: int
    enters: int
    ends: int
    barred: int
    unsure: int
    slow: int
    unknown: int
    owned: int
    problems: int
    kept: int


def count_rows(batch: FleetBatch) -> Counts:
    """Count the rows of a list, in one query."""
    found = Q(state=State.FOUND)
    sums = batch.rows.aggregate(
        total=Count("pk"),
        waiting=Count("pk", Q(state=State.WAITING)),
        enters=Count("pk", found & Q(allowed=True, until=None)),
        ends=Count("pk", found & Q(allowed=True, until__isnull=False)),
        barred=Count("pk", found & Q(allowed=False)),
        unsure=Count("pk", found & Q(allowed=None)),
        slow=Count("pk", Q(state=State.SLOW)),
        unknown=Count("pk", Q(state=State.UNKNOWN)),
        owned=Count("pk", Q(state=State.OWNED)),
        problems=Count("pk", Q(state=State.PROBLEM)),
        kept=Count("pk", Q(state__in=KEPT_STATES)),
    )
    return Counts(**sums)


@transaction.atomic
def keep_vehicles(batch: FleetBatch, *, by: User) -> int:
    """Add the vehicles of a list to the fleet; a second click adds none. Returns how many. Raises FleetFull."""
    locked = FleetBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if locked.confirmed_at:
        return 0
    rows = list(locked.rows.filter(state__in=KEPT_STATES))
    before = Vehicle.objects.filter(applicant=locked.applicant_id).count()
    if before + len(rows) > limits.in_a_fleet():
        raise FleetFull
    vehicles = [vehicle_of(row, applicant_id=locked.applicant_id, by=by) for row in rows]
    Vehicle.objects.bulk_create(vehicles, batch_size=1000, ignore_conflicts=True)
    locked.rows.filter(state=State.WAITING).update(state=State.SLOW)
    locked.confirmed_at = timezone.now()
    locked.save(update_fields=["confirmed_at"])
    return Vehicle.objects.filter(applicant=locked.applicant_id).count() - before


def vehicle_of(row: FleetRow, *, applicant_id: int, by: User) -> Vehicle:
    """A vehicle with the answer of its row; without an answer it is queued for a look-up."""
    return Vehicle(
        applicant_id=applicant_id,
        plate=row.plate,
        remark=row.remark,
        added_by=by,
        facts=row.facts,
        allowed=row.allowed,
        until=row.until,
        rule=row.rule,
        checked_at=row.answered_at,
        tried_at=row.answered_at,
        wanted_at=None if row.answered_at else timezone.now(),
    )
