"""Fills the placeholders of a letter text.

A text is light markup (`casework.markup`) with {placeholders}. Values are escaped as plain text unless they are
`Markup`, so that nobody's name or explanation can change the layout of a letter.
"""

import re
from collections.abc import Mapping
from datetime import date

from django.utils.translation import override

from casework.characters import LINES, drop_invisible
from casework.deadline_words import format_day
from casework.models.letter import IN_BRACKETS, OPEN_DAYS, LetterText, Words, fill_open_days

PLACEHOLDER = re.compile(r"\{(\w+)\}")
BEFORE_A_SPACE = re.compile(r"(?<=\s)\{(\w+)\} ")
IN_BRACES = re.compile(r"\{+[^{}\n]{0,40}\}*|\}+")
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+\-!|~=&])")
LINE_START = re.compile(r"^(\s*)(\d+)([.)])", re.MULTILINE)


class Markup(str):
    """Text that is already light markup, made by us."""

    __slots__ = ()


class UnknownPlaceholder(ValueError):
    """A text uses a placeholder for which the context has no value."""


def compose_text(kind: str, *, language: str, context: Mapping[str, object]) -> Words:
    """The newest version of a text, filled in; raises UnknownPlaceholder if the context lacks a name."""
    text = LetterText.objects.newest(kind=kind, language=language)
    return fill_text(text, context=context)


def fill_text(text: LetterText, *, context: Mapping[str, object]) -> Words:
    """One version of a text, filled in; raises UnknownPlaceholder."""
    named = find_placeholders(text.subject) | find_placeholders(text.body)
    with override(text.language):
        shown = {name: format_value(context[name]) for name in named if name in context}
    mail = text.channel == LetterText.Channel.MAIL
    return Words(
        kind=text.kind,
        language=text.language,
        subject=" ".join(
            substitute_placeholders(text.subject, {name: str(value) for name, value in shown.items()}).split()
        )[:200],
        body=substitute_placeholders(
            text.body,
            shown if mail else {name: escape_markup(value) for name, value in shown.items()},
        ),
        text_id=text.pk,
    )


def leave_open(context: Mapping[str, object]) -> dict[str, object]:
    """The context for a letter to be posted: days that depend on the day of posting remain placeholders."""
    return {**context, **{name: Markup(f"{{{name}}}") for name in OPEN_DAYS if name in context}}


def write_in_days(body: str, *, days: Mapping[str, object], language: str) -> str:
    """The words of a letter with the days filled in that were left open until posting."""
    with override(language):
        shown = {name: escape_markup(format_value(value)) for name, value in days.items()}
    return fill_open_days(body, shown)


def find_placeholders(template: str) -> set[str]:
    """The names that a text uses."""
    return set(PLACEHOLDER.findall(template))


def stray_braces(template: str, placeholder: re.Pattern[str] = PLACEHOLDER) -> list[str]:
    """What looks like a placeholder but is not, such as {{ name }}, and would be sent with its braces."""
    return [found for found in IN_BRACES.findall(template) if not placeholder.fullmatch(found)]


def substitute_placeholders(template: str, values: Mapping[str, str]) -> str:
    """Replace the placeholders with their values; an empty value also removes its brackets or the space after it."""
    missing = find_placeholders(template) - values.keys()
    if missing:
        raise UnknownPlaceholder(", ".join(sorted(missing)))
    whole = template
    for around in (IN_BRACKETS, BEFORE_A_SPACE):
        whole = around.sub(lambda match: match[0] if values[match[1]] else "", whole)
    return PLACEHOLDER.sub(lambda match: values[match[1]], whole)


def format_value(value: object) -> str:
    """A value as people write it: 7 mei 2026, 1.442, or its own words without invisible characters.

    A value that needs a lookup is passed as a function without arguments, called only for a text that uses it.
    """
    if callable(value):
        return format_value(value())
    if isinstance(value, date):
        return format_day(value)
    return value if isinstance(value, Markup) else drop_invisible(str(value), but=LINES)


def escape_markup(value: str) -> str:
    """Escape plain text; our own `Markup` is left as it is."""
    if isinstance(value, Markup):
        return value
    return LINE_START.sub(r"\1\2\\\3", SPECIAL.sub(r"\\\1", value))
