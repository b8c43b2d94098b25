"""Finds whom to notify that access or an exemption ends: one row per address, subject, end and number of days before.

Idempotent: each row exists once. Missed days are made up for: anyone with fewer days left who was not notified is
notified now. If several numbers of days apply, only the nearest is used.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import chain, islice

from accounts.languages import get_page_language
from casework import clock
from casework.current_policy import CurrentPolicy
from exemptions.letters import find_fleet_recipients, find_recipients
from exemptions.models import Applicant, Exemption, Vehicle
from watches.models import EndNotice, Watch, combine_facts
from watches.rule_changes import Shifts, find_of_changes
from zones.access_end import AccessEnd, find_access_end
from zones.models import current_rule_book
from zones.register import KEPT
from zones.rules import RuleBook
from zones.vehicles import VehicleFacts

MAIL, LONGER, CHANGED = "mail_access_ends", "mail_access_longer", "mail_access_changes"
CANCELLED = "mail_change_cancelled"
"""The mails: access ends soon; a change gives more access; a change gives less, or both; a change is called off."""
MAILS = (MAIL, LONGER, CHANGED, CANCELLED)
BATCH = 2000
KNOWN_AT_ONCE = 10_000


@dataclass(frozen=True)
class Terms:
    """The rules in force on a day, and how many days before an end people are notified, in ascending order."""

    today: date
    book: RuleBook
    days: tuple[int, ...]
    shifts: Shifts

    def find_nearest(self, ends_on: date) -> int | None:
        """The number of days before `ends_on` for which a notice is due today; None if there is none."""
        left = (ends_on - self.today).days
        return next((days for days in self.days if days >= left), None) if left >= 0 else None

    def find_end(self, one: Watch | Vehicle) -> AccessEnd | None:
        """When the rules end the access of a vehicle; the reason is in the active language."""
        return self.find_end_of(one.known)

    def find_end_of(self, known: VehicleFacts | None) -> AccessEnd | None:
        """The same, for known facts."""
        return self._ends(known.without_names, get_page_language()) if known else None

    @cached_property
    def _ends(self) -> Callable[[VehicleFacts, str], AccessEnd | None]:
        @lru_cache(KNOWN_AT_ONCE)
        def find(facts: VehicleFacts, _language: str) -> AccessEnd | None:
            return find_access_end(facts, on=self.today, book=self.book)

        return find


def read_terms(*, today: date) -> Terms:
    """The rules, their changes and the policy setting on a day."""
    days = CurrentPolicy.on(today).numbers("expiry_notice_days")
    return Terms(today, current_rule_book(on=today), tuple(sorted(days)), Shifts(now=clock.now()))


def find_notices(terms: Terms) -> None:
    """Add the notices that are due."""
    now = clock.now()
    found = chain(
        find_of_changes(terms.shifts),
        find_of_watches(terms, now=now),
        find_of_fleets(terms, now=now),
        find_of_exemptions(terms, now=now),
    )
    while some := list(islice(found, BATCH)):
        EndNotice.objects.bulk_create(some, ignore_conflicts=True)


def find_of_watches(terms: Terms, *, now: datetime) -> Iterator[EndNotice]:
    """What ends under the rules for followed plates."""
    watches = Watch.objects.to_judge(now=now).values_list("pk", "email", "facts", "typed")
    for pk, email, facts, typed in watches.iterator(chunk_size=BATCH):
        end = terms.find_end_of(combine_facts(facts, typed))
        days = terms.find_nearest(end.last_day) if end else None
        if end and days is not None:
            yield EndNotice(watch_id=pk, to=email, ends_on=end.last_day, days_before=days)


def find_of_fleets(terms: Terms, *, now: datetime) -> Iterator[EndNotice]:
    """What ends under the rules for vehicles of a fleet, unless an exemption for every zone outlasts it."""
    known = Vehicle.objects.filter(allowed=True, checked_at__gt=now - KEPT).select_related("applicant")
    recipients: tuple[Applicant | None, list[str]] = (None, [])
    for vehicle in known.order_by("applicant_id", "pk").iterator(chunk_size=BATCH):
        end = terms.find_end(vehicle)
        days = terms.find_nearest(end.last_day) if end else None
        if end is None or days is None or is_exempt_after(vehicle, end.last_day):
            continue
        if recipients[0] != vehicle.applicant:
            recipients = vehicle.applicant, find_fleet_recipients(vehicle.applicant, MAIL)
        for address in recipients[1]:
            yield EndNotice(vehicle=vehicle, to=address, ends_on=end.last_day, days_before=days)


def is_exempt_after(vehicle: Vehicle, last_day: date) -> bool:
    """Whether the applicant has an exemption for every zone when the vehicle's access by the rules has ended."""
    running = Exemption.objects.running(on=last_day + timedelta(days=1)).filter(municipality=None)
    of_vehicle = running.for_vehicle(plate=vehicle.plate).filter(application__applicant=vehicle.applicant_id)
    return of_vehicle.filter(starts_at__date__lte=last_day + timedelta(days=1)).exists()


def find_of_exemptions(terms: Terms, *, now: datetime) -> Iterator[EndNotice]:
    """The exemptions that end, for everyone who follows the case."""
    for exemption in find_ending_exemptions(terms, now=now):
        days = terms.find_nearest(exemption.ends_on)
        if days is None:
            continue
        for address in find_recipients(exemption.application, MAIL):
            yield EndNotice(exemption=exemption, to=address, ends_on=exemption.ends_on, days_before=days)


def find_ending_exemptions(terms: Terms, *, now: datetime) -> Iterable[Exemption]:
    """Unrevoked exemptions that have begun and end within the largest number of days."""
    last = terms.today + timedelta(days=max(terms.days, default=-1))
    ending = Exemption.objects.running(on=terms.today).filter(ends_on__lte=last, starts_at__lte=now)
    return ending.select_related("application__applicant", "application__owner").order_by("pk").iterator(BATCH)
