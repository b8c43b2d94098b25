"""Reasons in words, in the reader's language. Outside Django (no settings) they are in English."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from django.apps import apps
from django.conf import settings
from django.core.exceptions import AppRegistryNotReady, ImproperlyConfigured
from django.utils import translation
from django.utils.formats import date_format

from accounts.sources import find_citable_source
from zones.rules import Announcement, Ground

PARAGRAPH = re.compile(r" lid (\d+)(?:, onder ([a-z])\b)?")


def _(text: str) -> str:
    """Translate, or return the English text if Django has not been set up."""
    if not settings.configured or not apps.ready:
        return text
    try:
        return translation.gettext(text)
    except (ImproperlyConfigured, AppRegistryNotReady):
        return text


def explain_rule(ground: Ground, *, allowed: bool, until: date | None) -> str:
    """What the rule says, until when, and where to find it in the law."""
    ends = until is not None and not allowed
    sentences = [] if ends else [get_explanation(ground)]
    if until:
        words = (
            _("Without an exemption it may enter until {day}, and not after that day.")
            if ends
            else _("Access until {day}.")
        )
        sentences.append(words.format(day=format_day(until - timedelta(days=1))))
    if ground.announcement:
        sentences.append(describe_announcement(ground.announcement))
    if source := find_citable_source(ground.source):
        sentences.append(_("Source: {source}.").format(source=cite_source(source).rstrip(".")))
    return " ".join(sentences)


def describe_announcement(announcement: Announcement) -> str:
    """State that the government announced the change, and what the law says until it is changed."""
    words = _("The government announced this on {day}, but the law has not been changed yet: it says until {last}.")
    last = announcement.until_by_law - timedelta(days=1)
    return words.format(day=format_day(announcement.on), last=format_day(last))


def cite_source(source: str) -> str:
    """A source as a page quotes it: 'art. 86e lid 5, onder c' becomes art. 86e(5)(c) for those who read no Dutch."""
    return source if _get_page_language() == "nl" else PARAGRAPH.sub(in_brackets, source)


def in_brackets(found: re.Match[str]) -> str:
    """A paragraph with its subdivision, such as '(5)(c)'."""
    return "".join(f"({part})" for part in found.groups() if part)


def describe_outside() -> str:
    """The reason for a vehicle that is neither a van nor a truck."""
    return _(
        "The zero-emission zone only concerns vans and trucks; this vehicle is neither. Source: RVV 1990 art. 86c."
    )


def explain_not_started(starts_on: date) -> str:
    """The reason for a zone that has not started yet."""
    return _("This zone starts on {day}; until then every vehicle may enter.").format(day=format_day(starts_on))


def explain_no_rule() -> str:
    """The reason if no rule covers the vehicle: a gap in the table, which an administrator must fill."""
    return _("No access rule covers this vehicle. Please contact the desk.")


def describe_unknown(missing: Sequence[str], *, always: bool | None) -> str:
    """Which facts are missing; `always`: whether the vehicle may enter in any case, None if that depends on them."""
    sentence = {
        None: _(
            "We cannot tell whether the vehicle may enter, because this is not known: {facts}. "
            "You find it on the registration certificate."
        ),
        True: _("The vehicle may enter on this day. For how long depends on what is not known: {facts}."),
        False: _("The vehicle may not enter on this day. Which rule applies depends on what is not known: {facts}."),
    }[always]
    return sentence.format(facts=", ".join(fact_name(name) for name in missing))


def fact_name(name: str) -> str:
    """The everyday name of a fact."""
    return {
        "category": _("the kind of vehicle"),
        "subtype": _("rigid truck or tractor unit"),
        "emission_class": _("the emission class"),
        "first_admission": _("the date of first registration"),
    }[name]


def get_explanation(ground: Ground) -> str:
    """The rule's own explanation, in the reader's language."""
    language = _get_page_language()
    words = ground.explanation_nl if language == "nl" else ground.explanation_en
    return (words if language in ("nl", "en") or not words else _(words)) or ground.code


def format_day(day: date) -> str:
    """A day such as 31 december 2026, in the reader's language; ISO outside Django."""
    try:
        return date_format(day, "DATE_FORMAT")
    except (ImproperlyConfigured, AppRegistryNotReady):
        return day.isoformat()


def _get_page_language() -> str:
    if not settings.configured or not apps.ready:
        return "en"
    try:
        return (translation.get_language() or "nl")[:2]
    except ImproperlyConfigured:
        return "en"
