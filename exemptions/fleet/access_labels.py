"""What the access rules say about a fleet vehicle, in a few words and a colour. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zones.access import AccessDecision, RuleBook, decide
from zones.rules import Announcement
from zones.vehicles import VehicleFacts

ONE_DAY = timedelta(days=1)
SOON = timedelta(days=365)
"""Access that ends within this period deserves attention."""


@dataclass(frozen=True)
class Verdict:
    """A sentence about one vehicle, and the colour of its badge: ok, warning, error or neutral."""

    words: str
    badge: str
    because: str = ""


def decide_access(facts: VehicleFacts | None, *, on: date, book: RuleBook) -> AccessDecision | None:
    """The access decision; None if nothing is known of the vehicle."""
    return decide(facts, on=on, book=book) if facts else None


def describe_decision(decision: AccessDecision | None, *, on: date) -> Verdict:
    """The decision in words, with its reason."""
    if decision is None:
        return Verdict(_("no answer known yet"), "neutral")
    verdict = label_access(allowed=decision.allowed, until=decision.until, on=on, announcement=decision.announcement)
    return Verdict(verdict.words, verdict.badge, decision.reason)


def label_access(
    *, allowed: bool | None, until: date | None, on: date, announcement: Announcement | None = None
) -> Verdict:
    """Whether the vehicle may enter on a day, and until when, in words; also if that is unknown."""
    if allowed is None:
        return Verdict(_("no answer known yet"), "neutral")
    if not allowed or (until and until <= on):
        return Verdict(_("may not enter"), "error")
    if until is None:
        return Verdict(_("may enter"), "ok")
    words = _("may enter until %(day)s") % {"day": date_format(until - ONE_DAY)}
    if announcement:
        words = _("may enter until %(day)s, as announced; by law until %(last)s") % {
            "day": date_format(until - ONE_DAY),
            "last": date_format(announcement.until_by_law - ONE_DAY),
        }
    return Verdict(words, "warning" if until <= on + SOON else "ok")
