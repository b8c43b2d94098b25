"""One search box: number, decision reference, plate, KvK number, or the beginning of words of a name.

A plate finds what was asked for it, and what it has or had an exemption by: one can move to another vehicle.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from casework.wiring import wired
from exemptions.models import Applicant, Application, Decision, Exemption
from exemptions.steps.statuses import OPEN
from zones.plates import LONGEST, SHORTEST, normalise

Keys = QuerySet[Any, Any]
"""Primary keys of applications, as a part of a larger question."""

NUMBER = re.compile(r"^(?:ZES)?\W?(?:(\d{4})\W)?(\d{1,6})$", re.IGNORECASE)
KVK = re.compile(r"^\d{8}$")
REFERENCE = re.compile(r"^[A-Z0-9]{4}-?[A-Z0-9]{4}-?[A-Z0-9]{4}$", re.IGNORECASE)

Finder = Callable[[str], Keys]


def keys_found(typed: str) -> Keys:
    """The applications that the words typed fit, whoever may see them."""
    words = typed.strip()
    if not words:
        return match_nothing()
    others: Sequence[Finder] = wired("FINDERS")
    finders = (by_exempted_plate, by_number, by_reference, by_kvk, by_name, *others)
    return by_plate(words).union(*(find(words) for find in finders), all=True)


OPEN_FIRST = (
    Case(When(status__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()).asc(),
    F("received_at").desc(),
    "pk",
)
"""How what was found is sorted: open ones, then the latest received."""


def by_plate(words: str) -> Keys:
    """The plate that was asked for, with or without dashes."""
    plate = read_plate(words)
    return find_keys(Q(plate=plate)) if plate else match_nothing()


def by_exempted_plate(words: str) -> Keys:
    """A plate that has or had the exemption: after a replacement, for some days, or by mistake."""
    plate = read_plate(words)
    return (
        find_keys(Q(pk__in=Exemption.objects.filter(plate=plate).values("application"))) if plate else match_nothing()
    )


def read_plate(words: str) -> str:
    """The words as a plate; empty if they are none."""
    plate = normalise(words)
    fits = SHORTEST <= len(plate) <= LONGEST and any(sign.isdigit() for sign in plate)
    return plate if fits else ""


def by_number(words: str) -> Keys:
    """The number of the case: ZES-2026-000123, 2026-123, or 123 for this year."""
    match = NUMBER.match(words)
    if match is None:
        return match_nothing()
    year, serial = match[1] or timezone.localdate().year, int(match[2])
    return find_keys(Q(dossier__number=f"ZES-{year}-{serial:06}"))


def by_reference(words: str) -> Keys:
    """The reference of a decision, as printed in the letter."""
    reference = reference_in(words)
    if reference is None:
        return match_nothing()
    return find_keys(Q(pk__in=Decision.objects.filter(reference=reference).values("application")))


def reference_in(words: str) -> str | None:
    """The words as the reference of a decision, with its dashes; None if they are none."""
    if not REFERENCE.match(words):
        return None
    bare = words.upper().replace("-", "")
    return "-".join(bare[start : start + 4] for start in (0, 4, 8))


def by_kvk(words: str) -> Keys:
    """The number in the Trade Register."""
    bare = re.sub(r"[\s.]", "", words)
    return (
        find_keys(Q(applicant__in=Applicant.objects.filter(kvk_number=bare).values("pk")))
        if KVK.match(bare)
        else match_nothing()
    )


def by_name(words: str) -> Keys:
    """The name of the applicant: every word typed begins a word of it."""
    query = name_query(words)
    if query is None:
        return match_nothing()
    named = Applicant.objects.annotate(words=SearchVector("name", config="simple")).filter(words=query)
    return find_keys(Q(applicant__in=named.values("pk")))


def name_query(words: str) -> SearchQuery | None:
    """The words as beginnings of words; single letters (as in B.V.) only where nothing longer was typed."""
    parts = re.findall(r"\w+", words)
    longer = [part for part in parts if len(part) > 1] or parts
    if not longer:
        return None
    return SearchQuery(" & ".join(f"{part}:*" for part in longer), config="simple", search_type="raw")


def find_keys(condition: Q) -> Keys:
    """The keys of the applications for which something holds."""
    found: Keys = Application.objects.filter(condition).values("pk")
    return found


def match_nothing() -> Keys:
    """No application at all."""
    return find_keys(Q(pk__in=()))
