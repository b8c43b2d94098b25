"""One search box: number, decision reference, plate, KvK number, or parts of a name, address, email address or phone.

A plate finds applications for it, and those whose exemption is or was for it: an exemption can move to another vehicle.
"""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from casework.wiring import wired
from exemptions.models import Applicant, Application, Decision, Exemption
from exemptions.models.applicant import TRIGRAM, ApplicantQuerySet
from exemptions.steps.statuses import OPEN
from zones.plates import LONGEST, SHORTEST, normalise

if TYPE_CHECKING:
    from accounts.models import User

Keys = QuerySet[Any, Any]
"""Primary keys of applications, as a subquery."""

NUMBER = re.compile(r"^(?:ZES)?\W?(?:(\d{4})\W)?(\d{1,6})$", re.IGNORECASE)
KVK = re.compile(r"^\d{8}$")
PHONE = re.compile(r"^\+?[\d\s()./-]{9,20}$")
REFERENCE = re.compile(r"^[A-Z0-9]{4}-?[A-Z0-9]{4}-?[A-Z0-9]{4}$", re.IGNORECASE)

MOST_APPLICANTS = 1000
"""A word that more applicants match is no way to find one: whoever types it is asked for more."""

Finder = Callable[[str], Keys]
PageFinder = Callable[[str, "User"], str]


def find_numbered_page(words: str, user: "User") -> str:
    """The page of anything but an application with this number; empty if there is none, or none for this user."""
    pages: Sequence[PageFinder] = wired("NUMBERED_PAGES")
    return next(filter(None, (find(words, user) for find in pages)), "")


def keys_found(typed: str) -> Keys:
    """The applications that match the typed words, whoever may see them."""
    words = typed.strip()
    if not words:
        return match_nothing()
    others: Sequence[Finder] = wired("FINDERS")
    finders = (by_exempted_plate, by_number, by_reference, by_kvk, by_contact, by_phone, *others)
    return by_plate(words).union(*(find(words) for find in finders), all=True)


OPEN_FIRST = (
    Case(When(status__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()).asc(),
    F("received_at").desc(),
    "pk",
)
"""The order of the results: open ones, then the latest received."""


def by_plate(words: str) -> Keys:
    """By the plate of the application, with or without dashes."""
    plate = read_plate(words)
    return find_keys(Q(plate=plate)) if plate else match_nothing()


def by_exempted_plate(words: str) -> Keys:
    """By a plate that has or had the exemption: after a replacement, for some days, or by mistake."""
    plate = read_plate(words)
    return (
        find_keys(Q(pk__in=Exemption.objects.filter(plate=plate).values("application"))) if plate else match_nothing()
    )


def read_plate(words: str) -> str:
    """The words as a plate; empty if they cannot be one."""
    plate = normalise(words)
    fits = SHORTEST <= len(plate) <= LONGEST and any(sign.isdigit() for sign in plate)
    return plate if fits else ""


def by_number(words: str) -> Keys:
    """By the number of the case: ZES-2026-000123, 2026-123, or 123 for this year."""
    match = NUMBER.match(words)
    if match is None:
        return match_nothing()
    year, serial = match[1] or timezone.localdate().year, int(match[2])
    return find_keys(Q(dossier__number=f"ZES-{year}-{serial:06}"))


def by_reference(words: str) -> Keys:
    """By the reference of a decision, as printed in the letter."""
    reference = reference_in(words)
    if reference is None:
        return match_nothing()
    return find_keys(Q(pk__in=Decision.objects.filter(reference=reference).values("application")))


def reference_in(words: str) -> str | None:
    """The words as the reference of a decision, with its dashes; None if they cannot be one."""
    if not REFERENCE.match(words):
        return None
    bare = words.upper().replace("-", "")
    return "-".join(bare[start : start + 4] for start in (0, 4, 8))


def by_kvk(words: str) -> Keys:
    """By the number in the Trade Register."""
    bare = re.sub(r"[\s.]", "", words)
    return (
        find_keys(Q(applicant__in=Applicant.objects.filter(kvk_number=bare).values("pk")))
        if KVK.match(bare)
        else match_nothing()
    )


def by_contact(words: str) -> Keys:
    """By name, address or email address of the applicant, which must contain every typed part."""
    return find_keys(Q(applicant__in=find_applicants(words).values("pk")[:MOST_APPLICANTS]))


def is_too_common(typed: str) -> bool:
    """Whether more applicants match the words than a search considers, so that some of their cases are missing."""
    return find_applicants(typed.strip()).order_by()[MOST_APPLICANTS : MOST_APPLICANTS + 1].exists()


def find_applicants(words: str) -> ApplicantQuerySet:
    """Applicants whose name, address or email address contains every typed part.

    A case number finds none: it would match every house number and phone number with its digits.
    """
    parts = [] if NUMBER.match(words) else [part for part in map(strip_signs, words.split()) if len(part) > 1]
    if any(len(part) >= TRIGRAM for part in parts):
        return Applicant.objects.with_parts(*parts)
    return find_named(words)


def strip_signs(part: str) -> str:
    """The part without the punctuation around it."""
    return part.strip(".,;:!?&|*'\"()")


def find_named(words: str) -> ApplicantQuerySet:
    """For short parts only: each must begin a word of the name."""
    parts = re.findall(r"\w+", "" if NUMBER.match(words) else words)
    if not parts:
        return Applicant.objects.none()
    query = SearchQuery(" & ".join(f"{part}:*" for part in parts), config="simple", search_type="raw")
    return Applicant.objects.annotate(words=SearchVector("name", config="simple")).filter(words=query)


def by_phone(words: str) -> Keys:
    """By the phone number, however typed: with or without the country, spaces or dashes."""
    if not PHONE.match(words):
        return match_nothing()
    digits = re.sub(r"^(00)?31|^0+", "", re.sub(r"\D", "", words))
    return find_keys(Q(applicant__in=Applicant.objects.with_parts(digits).values("pk")[:MOST_APPLICANTS]))


def find_keys(condition: Q) -> Keys:
    """The keys of the applications that meet a condition."""
    found: Keys = Application.objects.filter(condition).values("pk")
    return found


def match_nothing() -> Keys:
    """The keys of no applications."""
    return find_keys(Q(pk__in=()))
