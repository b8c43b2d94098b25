"""Queries the register about many vehicles, gently: with a pause between two, and not at all while it is down.

A register that is slow or refuses never blocks anybody: a vehicle is 'not known' until the register answers.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

import structlog
from django.core.cache import cache
from django.utils import timezone

from exemptions.models import FleetRow, Vehicle
from exemptions.models.facts import as_json
from zones.access import RuleBook, decide
from zones.models import current_rule_book
from zones.register import Lookup, NotFound, RegisterDown, look_up

log = structlog.get_logger("loket.fleet")

PACE = 0.5
"""The worker's pause between two vehicles that the register itself is queried about, in seconds."""
IN_A_ROW = 3
"""After this many consecutive failures we stop, and wait."""
FIRST_REST, LONGEST_REST = timedelta(minutes=2), timedelta(hours=1)
RESTS = "fleet-register-rests"

Answer = Lookup | NotFound | RegisterDown
Asked = TypeVar("Asked", Vehicle, FleetRow)


@dataclass
class RefreshTurn:
    """One round of queries: until when, with which pause, and how often the register failed in a row or answered."""

    seconds: float
    pace: float = 0.0
    refused: int = 0
    answered: int = 0

    def __post_init__(self) -> None:
        self.end = time.monotonic() + self.seconds

    @property
    def is_over(self) -> bool:
        """Whether time is up, or the register is down."""
        return time.monotonic() >= self.end or self.refused >= IN_A_ROW

    def ask(self, plate: str) -> Answer:
        """Look up one vehicle; an answer from the cache needs no pause."""
        answer = look_up(plate)
        if isinstance(answer, RegisterDown):
            self.refused += 1
            return answer
        self.refused, self.answered = 0, self.answered + 1
        if isinstance(answer, NotFound) or answer.age < timedelta(seconds=2):
            time.sleep(self.pace)
        return answer


def ask_each(waiting: Iterable[Asked], take: Callable[[Asked, Answer, RuleBook], None], *, turn: RefreshTurn) -> int:
    """Look up one vehicle after another until the turn is over; returns how many."""
    book, asked = current_rule_book(on=timezone.localdate()), 0
    for one in waiting:
        if turn.is_over:
            break
        take(one, turn.ask(one.plate), book)
        asked += 1
    return asked


# --- What an answer changes -------------------------------------------------------------------------------


def answer_vehicle(vehicle: Vehicle, answer: Answer, book: RuleBook) -> None:
    """Save the register's answer with its day; without an answer, the earlier one stays."""
    vehicle.tried_at, vehicle.wanted_at = timezone.now(), None
    if isinstance(answer, RegisterDown):
        vehicle.save(update_fields=["tried_at", "wanted_at"])
        return
    vehicle.is_unknown = isinstance(answer, NotFound)
    vehicle.checked_at = answer.as_of
    fill_facts(vehicle, answer, book)
    names = ("tried_at", "wanted_at", "is_unknown", "checked_at", "facts", "allowed", "until", "rule")
    vehicle.save(update_fields=names)


def answer_row(row: FleetRow, answer: Answer, book: RuleBook) -> None:
    """Save the answer in a row that is being looked up; a row that was dealt with meanwhile stays as it is."""
    row.state = state_of(answer)
    row.answered_at = None if isinstance(answer, RegisterDown) else answer.as_of
    fill_facts(row, answer, book)
    names = ("state", "answered_at", "facts", "allowed", "until", "rule")
    values = {name: getattr(row, name) for name in names}
    FleetRow.objects.filter(pk=row.pk, state=FleetRow.State.WAITING).update(**values)


def state_of(answer: Answer) -> FleetRow.State:
    """The row's state after an answer."""
    if isinstance(answer, RegisterDown):
        return FleetRow.State.SLOW
    return FleetRow.State.UNKNOWN if isinstance(answer, NotFound) else FleetRow.State.FOUND


def fill_facts(one: Vehicle | FleetRow, answer: Answer, book: RuleBook) -> None:
    """Set the facts, and what today's rules say about them; empty if the register has none."""
    one.facts, one.allowed, one.until, one.rule = {}, None, None, ""
    if isinstance(answer, Lookup):
        decision = decide(answer.facts, on=timezone.localdate(), book=book)
        one.facts = as_json(answer.facts)
        one.allowed, one.until, one.rule = decision.allowed, decision.until, decision.rule


# --- Rest while the register is down ----------------------------------------------------------------------


def is_resting(*, now: datetime) -> bool:
    """Whether the register was down just now and is left alone for a while; false if the cache was lost."""
    kept = cache.get(RESTS)
    return bool(kept and now < kept[0])


def note_turn(turn: RefreshTurn, *, now: datetime) -> None:
    """After a turn: rest twice as long as last time if the register was down; stop resting if it answered."""
    if turn.refused < IN_A_ROW:
        if turn.answered:
            cache.delete(RESTS)
        return
    kept = cache.get(RESTS)
    rest = min(kept[1] * 2, LONGEST_REST) if kept else FIRST_REST
    cache.set(RESTS, (now + rest, rest), (LONGEST_REST * 2).total_seconds())
    log.warning("fleet_register_rests", minutes=rest.total_seconds() / 60)


def refresh_vehicles(*, seconds: float, nightly: bool, pace: float = PACE) -> int:
    """Look up the vehicles whose owners wait and, at night, those whose answer is not from today."""
    now = timezone.now()
    if is_resting(now=now):
        return 0
    turn = RefreshTurn(seconds, pace)
    asked = ask_each(list(Vehicle.objects.wanted()[:500]), answer_vehicle, turn=turn)
    if nightly:
        midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        asked += ask_each(
            list(Vehicle.objects.without_answer_since(midnight, now=now)[:500]), answer_vehicle, turn=turn
        )
    if asked:
        note_turn(turn, now=now)
    return asked
