"""'Mag AB-12-CD volgend jaar Utrecht in?': answered by the same rules and register as the check on the site."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.deadline_words import format_day
from exemptions.intake import access
from exemptions.intake.prefill import AccessQuestion
from helpdesk.assistant import places
from helpdesk.assistant.dates import day_meant
from helpdesk.assistant.plates import Plate
from zones.access import NOT_STARTED, OUT
from zones.models import Zone
from zones.plates import normalise, spell_plate

ENDING = 2
"""Characters of a plate in a stored answer: enough to recognise it, too few to identify it."""


def answer_about(
    plate: Plate, question: str, *, known: AccessQuestion | None = None, today: date | None = None
) -> tuple[str, bool]:
    """Whether this vehicle may enter the zones that the question names, on the day that it means.

    `known`: the vehicle of the session; if it is this one, what was typed about it counts.
    """
    on = day_meant(question.replace(plate.text, " "), today=today or timezone.localdate())
    if not plate.is_whole:
        return not_whole(), False
    asked = replace(known, on=on) if known and is_same(plate, known) else AccessQuestion(plate.text, plate.country, on)
    if asked.country != "NL" and not asked.typed:
        return not_dutch(plate), False
    found = access.answer_check(asked)
    now = timezone.localdate()
    zones, others = places.zones_named(question, on=now), places.without_zone(question, on=now)
    nowhere = places.in_words([], others, on=now)
    if nowhere and not zones:
        return nowhere, True
    told = _in_words(found, zones, plate)
    return "\n\n".join(filter(None, [told, nowhere])), found.state == "found" or found.is_complete


def is_same(plate: Plate, known: AccessQuestion) -> bool:
    """Whether a plate is that of the vehicle of the session."""
    return normalise(plate.text) == normalise(known.plate)


def get_plate(known: AccessQuestion) -> Plate:
    """The plate of the vehicle of the session, as if it stood in the question."""
    return Plate(spell_plate(known.plate, country=known.country), known.country, is_whole=True)


def on_another() -> str:
    """How to ask about another vehicle than the one of the session."""
    return _("Do you mean another vehicle? Then put its number plate in your question.")


def not_whole() -> str:
    """That part of the plate is missing."""
    return _("We do not recognise a complete number plate in your question. Check what you typed, or look it up here.")


def not_dutch(plate: Plate) -> str:
    """That the register only knows Dutch vehicles."""
    text = _(
        "We cannot look up %(plate)s, because it is not a Dutch number plate. The rules are the same for every country."
    )
    more = _("You can fill in the data of the vehicle yourself on the page where you check it.")
    return f"{text % {'plate': plate}} {more}"


def shorten_plates(text: str, plates: Sequence[Plate]) -> str:
    """An answer for storage: only the last two characters of each plate."""
    for plate in plates:
        text = text.replace(str(plate), f"…{str(plate)[-ENDING:]}")
    return text


def on_entry() -> str:
    """For those who ask whether 'my van' may enter without naming a plate."""
    text = _("That depends on your vehicle: van or truck, the emission class, and the day on which you drive.")
    more = _("Put the number plate in your question, or check it here. Passenger cars and bicycles may always enter.")
    return f"{text} {more}"


def too_often() -> str:
    """The message of the page that checks a vehicle: the rate limit is shared."""
    return _("You have looked up many vehicles in a short time. Wait a minute and try again.")


def get_access_check_url() -> str:
    """The URL where the same can be checked, and data can be filled in."""
    return reverse("access_check")


def _in_words(found: access.AccessAnswer, named: Iterable[Zone], plate: Plate) -> str:
    if found.state == "register_down" and not found.is_complete:
        text = _(
            "The vehicle register is not responding at the moment, so we cannot look up %(plate)s. Try again later."
        )
        return text % {"plate": plate}
    if found.state == "unknown_plate" and not found.is_complete:
        return _("The vehicle register does not know %(plate)s. Check what you typed.") % {"plate": plate}
    wanted = {zone.pk for zone in named}
    groups = [group for group in found.groups if not wanted or any(zone.pk in wanted for zone in group.zones)]
    parts = [f"{plate}:", *(_of_group(group, wanted, on=found.asked.on) for group in groups)]
    if found.lookup and found.lookup.stale:
        parts.append(
            _("The vehicle register is not responding at the moment. These are the details that we had before.")
        )
    return "\n\n".join(parts)


def _of_group(group: access.ZoneGroup, wanted: set[int], *, on: date) -> str:
    """The verdict for zones with the same answer."""
    if group.decision.rule == OUT:
        return f"{group.verdict}. {group.decision.reason}"
    zones = [zone for zone in group.zones if not wanted or zone.pk in wanted]
    where = _("every zero-emission zone") if not wanted and group.is_everywhere else ", ".join(map(str, zones))
    heading = _("%(where)s, on %(day)s: %(verdict)s.") % {
        "where": where,
        "day": format_day(on),
        "verdict": group.verdict,
    }
    heading = f"{heading[:1].upper()}{heading[1:]}"
    return " ".join(
        [f"**{heading}**", group.decision.reason, *_describe_warnings(group, zones if wanted else [], on=on)]
    )


def _describe_warnings(group: access.ZoneGroup, zones: Iterable[Zone], *, on: date) -> list[str]:
    """Where entering without access does not lead to a fine yet."""
    if group.decision.allowed is not False or group.decision.rule == NOT_STARTED:
        return []
    later = [zone for zone in zones if zone.municipality.fines_from and zone.municipality.fines_from > on]
    return [
        _("In %(zone)s you get a warning by letter until %(day)s, and after that a fine.")
        % {"zone": zone, "day": format_day(zone.municipality.fines_from)}
        for zone in later
        if zone.municipality.fines_from
    ]
