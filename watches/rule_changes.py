"""What a change of the rules means for followed vehicles.

Two people publish a change (`casework.versions`); the second first sees how many vehicles it affects. Whoever follows
one is then mailed once, also if the news is good. If the change is withdrawn before it takes effect, the same people
are mailed that it is called off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain

from django.db.models import QuerySet

from casework.models import ReferenceChange
from exemptions.letters import find_fleet_recipients
from exemptions.models import Vehicle
from watches.models import EndNotice, Watch
from zones.access import AccessDecision, decide
from zones.access_end import find_access_end
from zones.models import AccessRule, AutomaticExemption, current_rule_book
from zones.rules import RuleBook
from zones.vehicles import VehicleFacts

MODELS = tuple(model._meta.label_lower for model in (AccessRule, AutomaticExemption))
CANCEL = ReferenceChange.Action.CANCEL
TOLD_WITHIN = timedelta(days=30)
"""How long after publication a change is still announced, in case the register did not respond until then."""
BATCH = 2000
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Prospect:
    """What a vehicle may count on: the last day with access, None if access has no end or there is none."""

    decision: AccessDecision
    last_day: date | None

    @property
    def until(self) -> date:
        """A value to compare by: no access is the shortest."""
        if not self.decision.allowed:
            return date.min
        return self.last_day or date.max


@dataclass(frozen=True)
class RuleShift:
    """The rules on either side of a day, and the code of the changing rule."""

    day: date
    code: str
    before: RuleBook
    after: RuleBook

    def compare(self, facts: VehicleFacts | None) -> tuple[Prospect, Prospect] | None:
        """What a vehicle may count on before and after, if the change affects it; an announced end counts as one."""
        if facts is None:
            return None
        earlier, later = self.foresee(facts, self.before), self.foresee(facts, self.after)
        if None in (earlier.decision.allowed, later.decision.allowed) or earlier.until == later.until:
            return None
        touched = self.code in (earlier.decision.rule, later.decision.rule)
        return (earlier, later) if touched else None

    def foresee(self, facts: VehicleFacts, book: RuleBook) -> Prospect:
        """What a vehicle may count on from that day, by the rules on one side of it."""
        end = find_access_end(facts, on=self.day, book=book, as_announced=True)
        return Prospect(decide(facts, on=self.day, book=book), end.last_day if end else None)


@dataclass(frozen=True)
class TouchedCount:
    """How many vehicles get longer access, and how many shorter."""

    longer: int
    shorter: int


def count_touched(shift: RuleShift) -> TouchedCount:
    """The dry run: compares every followed plate and fleet vehicle under both sets of rules; nobody is notified."""
    longer = shorter = 0
    watches = Watch.objects.running().iterator(chunk_size=BATCH)
    vehicles = Vehicle.objects.exclude(facts={}).iterator(chunk_size=BATCH)
    for one in chain(_compare_each(watches, shift), _compare_each(vehicles, shift)):
        longer, shorter = longer + one, shorter + (not one)
    return TouchedCount(longer, shorter)


def _compare_each(vehicles: "Iterator[Watch] | Iterator[Vehicle]", shift: RuleShift) -> Iterator[bool]:
    for one in vehicles:
        if found := shift.compare(one.known):
            yield found[1].until > found[0].until


class Shifts:
    """Recently published changes, each with the rules on either side of its day; read once a run."""

    def __init__(self, *, now: datetime) -> None:
        self.now = now

    @cached_property
    def by_change(self) -> dict[int, tuple[ReferenceChange, RuleShift]]:
        changes = self._find_published().exclude(action=CANCEL)
        return {change.pk: (change, make_shift(change)) for change in changes}

    @cached_property
    def by_cancellation(self) -> dict[int, tuple[ReferenceChange, RuleShift]]:
        """Changes withdrawn before they took effect, by the key of the withdrawal."""
        return {change.pk: (change, make_shift(change)) for change in self._find_published().filter(action=CANCEL)}

    def _find_published(self) -> QuerySet[ReferenceChange]:
        return ReferenceChange.objects.filter(
            model__in=MODELS,
            outcome=ReferenceChange.Outcome.PUBLISHED,
            settled_at__gt=self.now - TOLD_WITHIN,
            valid_from__isnull=False,
        ).order_by("pk")


def make_shift(change: ReferenceChange) -> RuleShift:
    """The rules on the day before a published change and on its first day."""
    day = change.valid_from
    if day is None:
        raise ValueError("a change without a first day")
    return RuleShift(day, change.key, current_rule_book(on=day - ONE_DAY), current_rule_book(on=day))


def find_of_changes(shifts: Shifts) -> Iterator[EndNotice]:
    """Notices to those whom a change affects and who already followed the vehicle when it was published."""
    for change, shift in shifts.by_change.values():
        yield from find_watches(change, shift, now=shifts.now)
        yield from find_vehicles(change, shift)
    for cancellation, _shift in shifts.by_cancellation.values():
        yield from find_mailed(cancellation)


def find_mailed(cancellation: ReferenceChange) -> Iterator[EndNotice]:
    """Notices to those who were mailed about the withdrawn version and still want such mails."""
    of_version = {"change__model": cancellation.model, "change__written": cancellation.replaces}
    mailed = EndNotice.objects.filter(**of_version, sent_on__isnull=False).exclude(change__action=CANCEL)
    for notice in mailed.select_related("vehicle__applicant").iterator(chunk_size=BATCH):
        if notice.vehicle and notice.to not in find_fleet_recipients(notice.vehicle.applicant, "mail_access_ends"):
            continue
        yield EndNotice(watch_id=notice.watch_id, vehicle=notice.vehicle, to=notice.to, change=cancellation)


def find_watches(change: ReferenceChange, shift: RuleShift, *, now: datetime) -> Iterator[EndNotice]:
    """Notices for followed plates."""
    watches = Watch.objects.to_judge(now=now).filter(confirmed_at__lte=change.settled_at)
    for watch in watches.iterator(chunk_size=BATCH):
        if found := shift.compare(watch.known):
            yield EndNotice(watch=watch, to=watch.email, change=change, ends_on=found[1].last_day)


def find_vehicles(change: ReferenceChange, shift: RuleShift) -> Iterator[EndNotice]:
    """Notices for vehicles of fleets."""
    vehicles = Vehicle.objects.exclude(facts={}).filter(added_at__lte=change.settled_at).select_related("applicant")
    for vehicle in vehicles.iterator(chunk_size=BATCH):
        if found := shift.compare(vehicle.known):
            for address in find_fleet_recipients(vehicle.applicant, "mail_access_ends"):
                yield EndNotice(vehicle=vehicle, to=address, change=change, ends_on=found[1].last_day)
