"""'Mag AB-12-CD volgend jaar Utrecht in?': answered by the same rules and register as the check on the site.

The plate lives as long as the answer takes to make. It stands in no log, address or row.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.deadline_words import day
from exemptions.filing import access
from exemptions.filing.carried import Asked
from helpdesk.assistant.days import day_meant
from helpdesk.assistant.places import zones_named
from helpdesk.assistant.scrubbing import DUTCH_PLATE, FOREIGN_PLATE, LIKE_A_PLATE, is_none
from zones.access import NOT_STARTED, OUT
from zones.models import Zone

SPACED_WORDS = re.compile(r"^(?=.*\s)[^A-Z]*$")
"""Small letters with spaces between them are words more often than a plate: '12 km de'."""


@dataclass(frozen=True)
class Plate:
    """A plate in a question. `country` NL, or empty where it is another; `is_whole` where it can be looked up."""

    text: str
    country: str
    is_whole: bool

    @property
    def is_in_register(self) -> bool:
        """Whether the Dutch register can know it."""
        return self.is_whole and self.country == "NL"


def plate_in(question: str) -> Plate | None:
    """The first plate of a question; a Dutch one before what only looks like one, but no part of a foreign one."""
    foreign = [found for found in FOREIGN_PLATE.finditer(question) if not is_none(found[0])]
    for found in DUTCH_PLATE.finditer(question):
        is_part = any(one.start() < found.start() and found.end() <= one.end() for one in foreign)
        if not (is_part or is_none(found[0]) or SPACED_WORDS.match(found[0])):
            return Plate(found[0], "NL", is_whole=True)
    if foreign:
        return Plate(foreign[0][0], "", is_whole=True)
    like = (found for found in LIKE_A_PLATE.finditer(question) if not is_none(found[0]))
    return next((Plate(found[0], "NL", is_whole=False) for found in like), None)


def answer_about(plate: Plate, question: str, *, today: date | None = None) -> str:
    """Whether this vehicle may enter the zones that the question names, on the day that it means."""
    on = day_meant(question.replace(plate.text, " "), today=today or timezone.localdate())
    if not plate.is_whole:
        return _("We do not recognise a whole number plate in your question. Check what you typed, or look it up here.")
    if plate.country != "NL":
        return _(
            "The rules are the same for every country, but we cannot look up a foreign vehicle. On the page to check "
            "your vehicle you can fill in its data yourself."
        )
    return _in_words(access.answer(Asked(plate.text, "NL", on)), zones_named(question, on=timezone.localdate()))


def too_often() -> str:
    """As the page to check a vehicle says it: both look-ups count together."""
    return _("You have looked up many vehicles in a short time. Wait a minute and try again.")


def source() -> str:
    """Where the same can be looked up, and where data can be filled in."""
    return reverse("access_check")


def _in_words(found: access.Answer, named: Iterable[Zone]) -> str:
    if found.state == "register_down":
        return _("The vehicle register does not answer now, so we cannot look up this vehicle. Try again later.")
    if found.state == "unknown_plate":
        return _("The vehicle register does not know this number plate. Check what you typed.")
    wanted = {zone.pk for zone in named}
    groups = [group for group in found.groups if not wanted or any(zone.pk in wanted for zone in group.zones)]
    parts = [_of_group(group, wanted, on=found.asked.on) for group in groups]
    if found.lookup and found.lookup.stale:
        parts.append(_("The vehicle register does not answer now. These are the data as we knew them before."))
    return "\n\n".join(parts)


def _of_group(group: access.Group, wanted: set[int], *, on: date) -> str:
    """The verdict for zones with the same answer."""
    if group.decision.rule == OUT:
        return f"{group.verdict}. {group.decision.reason}"
    zones = [zone for zone in group.zones if not wanted or zone.pk in wanted]
    where = _("every zero-emission zone") if not wanted and group.is_everywhere else ", ".join(map(str, zones))
    heading = _("%(where)s, on %(day)s: %(verdict)s.") % {"where": where, "day": day(on), "verdict": group.verdict}
    heading = f"{heading[:1].upper()}{heading[1:]}"
    return " ".join([f"**{heading}**", group.decision.reason, *_warnings(group, zones if wanted else [], on=on)])


def _warnings(group: access.Group, zones: Iterable[Zone], *, on: date) -> list[str]:
    """Where no access does not mean a fine yet."""
    if group.decision.allowed is not False or group.decision.rule == NOT_STARTED:
        return []
    later = [zone for zone in zones if zone.municipality.fines_from and zone.municipality.fines_from > on]
    return [
        _("In %(zone)s you get a warning by letter until %(day)s, and after that a fine.")
        % {"zone": zone, "day": day(zone.municipality.fines_from)}
        for zone in later
        if zone.municipality.fines_from
    ]
