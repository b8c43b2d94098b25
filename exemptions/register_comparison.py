"""Compares the vehicle register every day with what exemptions in force rest on.

A difference becomes a row for a person to look at (`RegisterFinding`), and nothing more: it does not change any
exemption. Comparing twice adds nothing; a run that was killed or met a register that is down continues with what waits
longest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Count, Exists, F, Min, OuterRef
from django.utils import timezone

from casework import clock
from exemptions.models import Exemption, FactsRecord, RegisterCheck, RegisterFinding
from exemptions.models.facts import from_json
from exemptions.models.register_finding import NO, YES
from zones.demo_register import is_in_reach
from zones.register_batches import AT_ONCE, IN_ONE_CALL, Found, look_up_many
from zones.vehicles import VehicleFacts

log = structlog.get_logger("loket.register_comparison")

CHUNK = IN_ONE_CALL * AT_ONCE
MANY = 20
"""If the register knows none of this many vehicles that it knew before, its table is empty: that is no answer."""
DATASETS = ("fuel",)
"""In addition to the main dataset: these two contain everything that is compared."""
LONGEST = 200
What = RegisterFinding.What
Ending = RegisterFinding.Ending
Live = Mapping[tuple[int, str], list[RegisterFinding]]


# --- Differences --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Basis:
    """What a decision rests on. `facts`: as judged; `register`: what the register said then, if it was asked."""

    facts: VehicleFacts
    register: VehicleFacts | None
    decided_on: date


Bases = Mapping[Exemption, Basis]


def read_values(facts: VehicleFacts | None) -> dict[What, str]:
    """The compared values, as stored; empty if unknown. `facts` is None if the register does not know the plate."""
    if facts is None:
        return {**dict.fromkeys(What, ""), What.GONE: YES}
    flags = {True: YES, False: NO, None: ""}
    return {
        What.GONE: NO,
        What.EXPORTED: flags[facts.exported],
        What.BLOCKED: flags[None if facts.registrable is None else not facts.registrable],
        What.HOLDER: facts.name_since.isoformat() if facts.name_since else "",
        What.CATEGORY: facts.category or "",
        What.EMISSION_CLASS: facts.emission_class or "",
        What.FUELS: ", ".join(facts.fuels)[:LONGEST],
    }


def find_differences(basis: Basis, now: VehicleFacts | None) -> dict[What, tuple[str, str]]:
    """What the decision rests on and what the register says now, if these differ.

    It is no difference if the register already said so when a caseworker decided otherwise, or if either side does not
    say: a plate that the register never knew was not struck from it.
    """
    was = {**read_values(basis.facts), What.GONE: NO if basis.register else ""}
    then = read_values(basis.register or basis.facts)
    return {
        what: (was[what], value)
        for what, value in read_values(now).items()
        if value not in ("", NO, was[what], then[what]) and is_news(what, value, basis=basis, was=was[what])
    }


def is_news(what: What, value: str, *, basis: Basis, was: str) -> bool:
    """Whether a value means that something changed since, even if it was unknown at the decision."""
    if was or what in (What.EXPORTED, What.BLOCKED):
        return True
    return what == What.HOLDER and value > basis.decided_on.isoformat()


# --- The daily run ------------------------------------------------------------------------------------------


def compare_exemptions(*, today: date) -> int:
    """Compare what was not compared since midnight; returns how many. Stops if the register does not respond."""
    end_past_findings(today=today)
    midnight = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = Exemption.objects.running(on=today).not_compared_since(midnight).select_related("decision__facts")
    oldest_first = waiting.order_by(F("register_check__checked_at").asc(nulls_first=True), "pk")
    in_turn = oldest_first.defer("decision__facts__rows").iterator(chunk_size=CHUNK)
    compared = 0
    while chunk := list(islice(in_turn, CHUNK)):
        answered = compare_chunk(chunk)
        compared += answered
        if not answered:
            log.warning("register_comparison_stopped", compared=compared)
            break
    return compared


def compare_chunk(exemptions: Sequence[Exemption]) -> int:
    """Look up their vehicles in a few calls, and save the answers call by call; returns how many were compared."""
    by_plate: dict[str, list[Exemption]] = defaultdict(list)
    for exemption in exemptions:
        by_plate[exemption.plate].append(exemption)
    asked = [plate for plate in by_plate if is_in_reach(plate)]
    not_asked = [one for plate in by_plate.keys() - set(asked) for one in by_plate[plate]]
    mark_compared(not_asked)
    return len(not_asked) + sum(
        compare_batch([one for plate in found for one in by_plate[plate]], found)
        for found in look_up_many(asked, datasets=DATASETS)
    )


@transaction.atomic
def compare_batch(exemptions: Sequence[Exemption], found: Found) -> int:
    """Save new differences, and end those that are gone; returns how many exemptions were compared."""
    bases = read_bases(exemptions)
    known_before = [one for one in exemptions if bases[one].register]
    if len(known_before) >= MANY and not any(found[one.plate] for one in known_before):
        return 0
    live = find_live(exemptions)
    keep_findings(exemptions, bases, found, live)
    end_findings(bases, found, live)
    mark_compared(exemptions)
    return len(exemptions)


def read_bases(exemptions: Iterable[Exemption]) -> Bases:
    """The basis of each exemption; one query for what the register said before their decisions."""
    exemptions = list(exemptions)
    records = FactsRecord.objects.filter(
        application__in={one.application_id for one in exemptions}, source=FactsRecord.Source.REGISTER
    )
    said: dict[int, list[tuple[int, object]]] = defaultdict(list)
    for application, pk, facts in records.order_by("pk").values_list("application_id", "pk", "facts"):
        said[application].append((pk, facts))
    return {one: build_basis(one, said[one.application_id]) for one in exemptions}


def build_basis(exemption: Exemption, said: Iterable[tuple[int, object]]) -> Basis:
    """The basis of one exemption, from everything the register said in its case."""
    record = exemption.decision.facts
    facts = record.vehicle if record else VehicleFacts()
    latest = next((kept for pk, kept in sorted(said, reverse=True) if record and pk <= record.pk), None)
    register = from_json(latest) if isinstance(latest, dict) else None
    return Basis(facts, register, timezone.localdate(exemption.decision.taken_at))


def find_live(exemptions: Iterable[Exemption]) -> Live:
    """The differences found before, by application and plate."""
    found: dict[tuple[int, str], list[RegisterFinding]] = defaultdict(list)
    for finding in RegisterFinding.objects.live().filter(application__in={one.application_id for one in exemptions}):
        found[finding.application_id, finding.plate].append(finding)
    return found


def keep_findings(exemptions: Iterable[Exemption], bases: Bases, found: Found, live: Live) -> None:
    """Add a row for each difference that has none yet."""

    def build() -> Iterator[RegisterFinding]:
        for exemption in exemptions:
            application, plate = exemption.application_id, exemption.plate
            known = {(one.what, one.found) for one in live.get((application, plate), ())}
            for what, (was, now) in find_differences(bases[exemption], found[plate]).items():
                if (what, now) not in known:
                    about = {"application_id": application, "plate": plate, "found_at": clock.now()}
                    yield RegisterFinding(what=what, was=was, found=now, **about)

    RegisterFinding.objects.bulk_create(build(), ignore_conflicts=True)


def end_findings(bases: Bases, found: Found, live: Live) -> None:
    """End findings that no longer differ, with the reason; also those that a person settled."""
    for exemption, basis in bases.items():
        now = found[exemption.plate]
        differing, said = find_differences(basis, now), read_values(now)
        for finding in live.get((exemption.application_id, exemption.plate), ()):
            what = What(finding.what)
            if said[what] and differing.get(what, ("", ""))[1] != finding.found:
                ending = Ending.OTHERWISE if what in differing else Ending.BACK
                RegisterFinding.objects.live().filter(pk=finding.pk).update(ended_at=clock.now(), ending=ending)


def end_past_findings(*, today: date) -> int:
    """End findings on exemptions that ended or are now for another vehicle; returns how many."""
    running = Exemption.objects.running(on=today).filter(application=OuterRef("application"), plate=OuterRef("plate"))
    over = RegisterFinding.objects.live().filter(~Exists(running))
    return int(over.update(ended_at=clock.now(), ending=Ending.OVER))


def mark_compared(exemptions: Iterable[Exemption]) -> None:
    """Record that they were compared just now."""
    now = clock.now()
    RegisterCheck.objects.bulk_create(
        (RegisterCheck(exemption=one, checked_at=now) for one in sorted(exemptions, key=lambda one: one.pk)),
        update_conflicts=True,
        update_fields=["checked_at"],
        unique_fields=["exemption"],
    )


# --- Monitoring the daily run -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Backlog:
    """How many exemptions in force the register was not asked about for days, and since when the oldest."""

    count: int
    since: datetime


def find_backlog(*, days: int) -> Backlog | None:
    """What was not compared for some days; None if nothing was missed, or if comparing has not begun."""
    since = clock.now() - timedelta(days=days)
    lacking: Any = Exemption.objects.running(on=clock.today()).not_compared_since(since)
    late = lacking.filter(Exists(RegisterCheck.objects.all()), last_compared__lt=since)
    found = late.aggregate(count=Count("pk"), since=Min("last_compared"))
    return Backlog(**found) if found["count"] else None
