"""What the vehicle register said about plates, kept for half a day under their digests: only the facts that decide."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache

from django.db import models

from casework import clock
from enforcement.digests import digest_plate, write_array
from enforcement.models import RegisterEntry
from zones import register
from zones.register import FRESH, KEPT, UNKNOWN_KEPT, Lookup, NotFound
from zones.register_batches import Found, look_up_many
from zones.vehicles import VehicleFacts

SILENT = ""
"""The facts of a vehicle that the register does not know, or about which it says nothing."""
HOME = "NL"
FIELD, CODE = "|", " "
YES_NO = {True: "1", False: "0", None: ""}

Facts = dict[str, str]
LookUp = Callable[[Collection[str]], Iterable[Found]]


class IsAnyOf(models.Func):
    """`field = ANY(array)`, with an array written by `digests`."""

    template, arg_joiner = "(%(expressions)s))", " = ANY("
    output_field = models.BooleanField()


def read_entries(plates: Collection[str], *, look_up: LookUp = look_up_many) -> Facts:
    """The facts of each Dutch plate, as written by `write_facts`, without plates about which nothing is known now."""
    if not plates:
        return {}
    now = clock.now()
    digests = {digest_plate(plate, HOME): plate for plate in plates}
    kept = RegisterEntry.objects.filter(IsAnyOf("digest", write_array(digests)), as_of__gt=now - KEPT)
    fresh: Facts = {}
    stale: Facts = {}
    for digest, facts, as_of in kept.values_list("digest", "facts", "as_of"):
        known = fresh if is_fresh(facts, as_of, now=now) else stale
        known[digests[bytes(digest)]] = facts
    if len(fresh) < len(digests):
        fresh |= stale | ask_register([plate for plate in digests.values() if plate not in fresh], look_up=look_up)
    return fresh


def is_fresh(facts: str, as_of: datetime, *, now: datetime) -> bool:
    """Whether facts can be used: the register publishes daily; an unknown plate may be registered within the hour."""
    return now - as_of < (FRESH if facts else UNKNOWN_KEPT)


def ask_register(plates: Collection[str], *, look_up: LookUp) -> Facts:
    """What the register says now, saved batch by batch; nothing about plates while it is down."""
    asked: Facts = {}
    for found in look_up(plates):
        told = {plate: write_facts(facts) for plate, facts in found.items()}
        keep_entries(told, as_of=clock.now())
        asked |= told
    return asked


def look_up_one(plates: Collection[str]) -> Iterable[Found]:
    """Look up one vehicle, using what the portal already knows about it."""
    for plate in plates:
        match register.look_up(plate):
            case Lookup(facts=facts):
                yield {plate: facts}
            case NotFound():
                yield {plate: None}


def keep_entries(told: Mapping[str, str], *, as_of: datetime) -> None:
    """Save facts in place of those of the same plates."""
    by_digest = {digest_plate(plate, HOME): facts for plate, facts in told.items()}
    entries = (RegisterEntry(digest=digest, facts=facts, as_of=as_of) for digest, facts in by_digest.items())
    in_order = sorted(entries, key=lambda entry: bytes(entry.digest))  # so that two requests at once do not deadlock
    RegisterEntry.objects.bulk_create(
        in_order, update_conflicts=True, update_fields=["facts", "as_of"], unique_fields=["digest"], batch_size=1000
    )


def drop_old_entries() -> int:
    """Delete the entries too old to be used; returns how many."""
    dropped, _each = RegisterEntry.objects.filter(as_of__lte=clock.now() - KEPT).delete()
    return dropped


def write_facts(facts: VehicleFacts | None) -> str:
    """The facts that decide, as one line; empty if there are none."""
    if facts is None:
        return SILENT
    first = facts.first_admission.isoformat() if facts.first_admission else ""
    codes = (CODE.join(sorted(found)) for found in (facts.body_codes, facts.remark_codes))
    known = (facts.category or "", facts.subtype or "", facts.emission_class or "", first, *codes)
    return FIELD.join((*known, YES_NO[facts.plug_in_hybrid]))


@lru_cache(maxsize=16384)
def parse_facts(line: str) -> VehicleFacts | None:
    """The facts in a line written by `write_facts`."""
    if not line:
        return None
    category, subtype, emission_class, first, body, remarks, hybrid = line.split(FIELD)
    return VehicleFacts(
        category=category or None,
        subtype=subtype or None,
        emission_class=emission_class or None,
        first_admission=date.fromisoformat(first) if first else None,
        body_codes=frozenset(body.split(CODE)) - {""},
        remark_codes=frozenset(remarks.split(CODE)) - {""},
        plug_in_hybrid={word: value for value, word in YES_NO.items()}[hybrid],
    )
