"""What an answer says about the place, the vehicle and the day in a question, all of it read from rows."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helpdesk.assistant import places
from helpdesk.assistant.dates import day_meant
from helpdesk.assistant.text import find_concepts, split_words
from helpdesk.content_version import compute_stamp
from helpdesk.fact_words import format_day
from helpdesk.facts import Facts, read_known_rows
from zones.models import AccessRule, Zone

CATEGORIES = {"=vrachtauto": "truck", "=bestelauto": "van", "=personenauto": "other", "=camper": "other"}
RULES = {"bestelauto-emissieklasse-5": ("V2", "5"), "bestelauto-emissieklasse-6": ("V3b", "6")}
"""The rule and the emission class that a topic is about."""
NEEDS_A_ZONE = ("bestelauto-", "vrachtauto-", "nieuwe-diesel", "dagontheffing-", "waar-geldig", "hoogte-boete")
"""Topics that do not matter where there is no zone."""


def find_categories(asked: str) -> list[str]:
    """The types of vehicle that a question names: van, truck or other."""
    named = find_concepts(split_words(asked))
    return list(dict.fromkeys(CATEGORIES[one] for one in named if one in CATEGORIES))


def describe_fine(categories: Sequence[str], zones: Sequence[Zone], *, on: date) -> str:
    """The fine for the only type of vehicle named, and from when in the zones; empty if none was named."""
    if len(categories) != 1:
        return ""
    if categories[0] == "other":
        return _("There is no fine for a passenger car (M1): it may always enter the zone.")
    facts = Facts.on(on, language=(get_language() or "nl")[:2])
    about = {"amount": facts.word(f"fine:{categories[0]}"), "year": facts.word(f"fine:{categories[0]}_year")}
    if not about["amount"]:
        return ""
    if categories[0] == "truck":
        words = _("The fine for a truck is %(amount)s (amount of %(year)s), plus administration costs.")
    else:
        words = _("The fine for a van is %(amount)s (amount of %(year)s), plus administration costs.")
    return " ".join(filter(None, [words % about, places.fines_in_words(zones, on=on)]))


def describe_class_on_day(slug: str, asked: str, *, today: date) -> str:
    """Whether a van of the topic's emission class may enter on the later day that was named."""
    on = day_meant(asked, today=today)
    code, emission_class = RULES.get(slug, ("", ""))
    rule = read_known_rows(today, at=compute_stamp()).rules.get(code)
    if on <= today or not isinstance(rule, AccessRule) or rule.until is None or rule.announced_on:
        return ""
    about = {"day": format_day(on), "class": emission_class, "border": format_day(rule.admitted_before)}
    if on >= rule.until:
        return _("On %(day)s a van with emission class %(class)s may no longer enter without an exemption.") % about
    words = _("On %(day)s a van with emission class %(class)s may still enter, if first registered before %(border)s.")
    return words % about


def describe_no_zone(slug: str, zones: Sequence[Zone], others: Sequence[str], *, on: date) -> str:
    """That the only places named have no zone, if the topic depends on one."""
    if zones or not others or not slug.startswith(NEEDS_A_ZONE):
        return ""
    return places.in_words([], others, on=on)
