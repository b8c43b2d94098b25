"""A change in words: what was and what will be, line by line, and as one sentence of the log."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.formats import number_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from casework.deadline_words import format_day
from casework.formats import format_boolean
from casework.models import ReferenceChange
from casework.versions.versioned_model import Part, Values
from zesportal.versions.forms import LISTS
from zesportal.versions.subjects import Subject

Action, Outcome = ReferenceChange.Action, ReferenceChange.Outcome
NOTHING = "–"
SHORT = 80
"""Characters of a long text quoted in the log; the page of the change has all of it."""

PUBLISHED: dict[str, StrOrPromise] = {
    Action.ADD: gettext_lazy("%(who)s added: %(what)s"),
    Action.VERSION: gettext_lazy("%(who)s changed “%(what)s”: %(changes)s"),
    Action.END: gettext_lazy("%(who)s ended “%(what)s”"),
    Action.CANCEL: gettext_lazy("%(who)s took back a version of “%(what)s” before it began"),
}
PROPOSED: dict[str, StrOrPromise] = {
    Action.ADD: gettext_lazy("%(who)s proposed to add: %(what)s"),
    Action.VERSION: gettext_lazy("%(who)s proposed to change “%(what)s”: %(changes)s"),
    Action.END: gettext_lazy("%(who)s proposed to end “%(what)s”"),
    Action.CANCEL: gettext_lazy("%(who)s proposed to take back a version of “%(what)s” before it begins"),
}
SETTLED: dict[str, StrOrPromise] = {
    Outcome.OPEN: gettext_lazy("waits for a second person"),
    Outcome.PUBLISHED: gettext_lazy("published by %(second)s"),
    Outcome.DECLINED: gettext_lazy("declined by %(second)s: %(remark)s"),
    Outcome.WITHDRAWN: gettext_lazy("withdrawn by its maker"),
}


@dataclass(frozen=True)
class ChangedField:
    """One value of a row, before and after the change."""

    label: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        """Whether the value changes."""
        return self.before != self.after


def changed_lines(subject: Subject, before: Values | None, after: Values) -> list[ChangedField]:
    """Everything that changes; for a new row, every value."""
    old = before or {}
    own = [
        ChangedField(
            label_of(subject.versioned.model, name),
            cell_in_words(subject, name, old),
            cell_in_words(subject, name, after),
        )
        for name in (*subject.versioned.key, *subject.versioned.fields, "valid_until")
        if name in after
    ]
    belonging = [part for part in subject.versioned.parts if part.relation in after]
    parts = [line for part in belonging for line in part_lines(subject, part, old, after)]
    return [line for line in (*own, *parts, *moved_lines(subject, old, after)) if line.is_changed]


def moved_lines(subject: Subject, before: Values, after: Values) -> Iterator[ChangedField]:
    """What an earlier change says about columns that have since moved to another table."""
    if model := subject.moved_to:
        has = {field.name for field in model._meta.concrete_fields}
        gone = has - {*subject.versioned.key, *subject.versioned.fields}
        for name in (name for name in after if name in gone):
            was, becomes = (value_in_words(model, name, said.get(name)) for said in (before, after))
            yield ChangedField(label_of(model, name), was, becomes)


def part_lines(subject: Subject, part: Part, before: Values, after: Values) -> Iterator[ChangedField]:
    """Changes in the rows that belong to a version, each by its code."""
    model = subject.versioned.part_model(part)
    old, new = ({row[part.shared]: row for row in said.get(part.relation, [])} for said in (before, after))
    for code in dict.fromkeys((*old, *new)):
        for name in part.fields:
            was, becomes = (value_in_words(model, name, rows.get(code, {}).get(name)) for rows in (old, new))
            label = f"{model._meta.verbose_name} {code}: {column_name(model, name)}"
            yield ChangedField(capfirst(label), was, becomes)


def label_of(model: type[models.Model], name: str) -> str:
    """The name of a column, as the beginning of a line."""
    return capfirst(column_name(model, name))


def column_name(model: type[models.Model], name: str) -> str:
    """The verbose name of a column."""
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # concrete fields only


def cell_in_words(subject: Subject, name: str, said: Values) -> str:
    """One value in words."""
    if subject.versioned.key[0] not in said or name not in said:
        return NOTHING
    own = subject.shown(said, name)
    return own if own is not None else value_in_words(subject.versioned.model, name, said[name])


def value_in_words(model: type[models.Model], name: str, value: Any) -> str:
    """A value of a column as people read it."""
    field = model._meta.get_field(name)
    choices = dict(getattr(field, "flatchoices", ()))
    if value in (None, "", []) and (value == [] or value not in choices):
        return NOTHING
    if isinstance(value, list):
        words = dict(LISTS.get(name, ()))
        return ", ".join(str(words.get(one, one)) for one in value)
    if isinstance(field, models.ForeignKey):
        return str(field.remote_field.model._base_manager.filter(pk=value).first() or value)
    return single_in_words(choices, field.to_python(value))  # type: ignore[union-attr]


def single_in_words(choices: dict[Any, Any], value: Any) -> str:
    """A single value: a date, an amount, a choice, yes or no, or a text."""
    match value:
        case _ if value in choices:
            return str(choices[value])
        case bool():
            return format_boolean(value)
        case date():
            return format_day(value)
        case int() | Decimal():
            return number_format(value, force_grouping=False)
    return str(value)


def name_of(subject: Subject, change: ReferenceChange) -> str:
    """What a change is about, in words."""
    row = subject.versioned.row_of({**(change.before or {}), **change.after})
    return f"{subject.title} {subject.named(row)}"


def describe_change(subject: Subject, change: ReferenceChange) -> str:
    """Who changed what, from when, and who published it."""
    acts = PUBLISHED if change.outcome == Outcome.PUBLISHED else PROPOSED
    said = {
        "who": change.proposed_by,
        "what": name_of(subject, change),
        "changes": "; ".join(map(in_short, changed_lines(subject, change.before, change.after)))
        or _("only the source"),
        "second": change.settled_by,
        "remark": change.remark,
    }
    parts = [str(acts[change.action]) % said, str(SETTLED[change.outcome]) % said]
    if change.valid_from:
        parts.insert(1, _("from %(day)s") % {"day": format_day(change.valid_from)})
    return "; ".join(parts) + "."


def in_short(line: ChangedField) -> str:
    """One line, within a sentence."""
    said = {name: Truncator(getattr(line, name)).chars(SHORT) for name in ("label", "before", "after")}
    label = said["label"][:1].lower() + said["label"][1:]
    return _("%(label)s from %(before)s to %(after)s") % {**said, "label": label}
