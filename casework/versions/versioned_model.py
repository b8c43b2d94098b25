"""Models with versions: what the versions of one thing share, and how to read and write a row."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

Values = dict[str, Any]
"""JSON values by field name; related rows as lists, by the name of their relation."""
FIRST_DAYS = ("valid_from", "day")
"""Names of the field with the first day; a model without one changes at once."""


@dataclass(frozen=True)
class Part:
    """Related rows of a version, such as the questions of a kind. `shared`: the field that identifies each."""

    relation: str
    fields: tuple[str, ...]
    shared: str = "code"


@dataclass(frozen=True)
class Versioned:
    """A model whose rows change by proposal. `key`: the fields that identify the thing that a row is a version of.

    `fields`: the other fields that can change; the rest is copied from the version before. `keeper`: the model whose
    permissions apply, if not this one. `thing`: the field of the key that is a foreign key to the thing, if that has a
    row of its own, which is created with the first version.
    """

    model: type[models.Model]
    key: tuple[str, ...]
    fields: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    keeper: str = ""
    thing: str = ""

    @property
    def label(self) -> str:
        """The model's name in URLs and in the log."""
        return self.model._meta.label_lower

    @property
    def first_day(self) -> str:
        """The name of the field with the first day; empty if changes take effect at once."""
        names = {field.name for field in self.model._meta.concrete_fields}
        return next((name for name in FIRST_DAYS if name in names), "")

    @property
    def has_versions(self) -> bool:
        """Whether one row succeeds another; days in a list are only added and removed."""
        return self.first_day not in self.key

    @property
    def can_end(self) -> bool:
        """Whether a row has a last day of its own."""
        return any(field.name == "valid_until" for field in self.model._meta.concrete_fields)

    def permission(self, verb: str) -> str:
        """The permission to add or change rows."""
        return f"{self.model._meta.app_label}.{verb}_{self.keeper or self.model._meta.model_name}"

    def part_model(self, part: Part) -> type[models.Model]:
        """The model of the related rows."""
        found: type[models.Model] = self.model._meta.get_field(part.relation).related_model  # type: ignore[assignment]
        return found

    def key_of(self, row: models.Model) -> str:
        """What identifies the thing that a row is a version of, as stored in the log."""
        said = (getattr(row, self.attname(name)) for name in self.key)
        return " / ".join("" if value is None else str(value) for value in said)

    def attname(self, name: str) -> str:
        """The attribute in which a row stores a field; for a foreign key, the one with the primary key."""
        return str(self.model._meta.get_field(name).attname)  # type: ignore[union-attr]  # concrete fields only

    def versions_of(self, row: models.Model) -> "models.QuerySet[Any]":
        """All versions of the same thing, newest first; without a first day, the row itself."""
        same = {name: getattr(row, name) for name in map(self.attname, self.key)}
        found = self.model._default_manager.filter(**same)
        return found.order_by(f"-{self.first_day}") if self.first_day else found

    def newest(self, row: models.Model) -> Any:
        """The version that a new one succeeds; None if there is none left."""
        return self.versions_of(row).first()

    def begins(self, row: models.Model) -> date | None:
        """The first day of a row; None if it took effect at once."""
        return getattr(row, self.first_day) if self.first_day else None

    def has_begun(self, row: models.Model, *, today: date) -> bool:
        """Whether a row is or has been in force."""
        begins = self.begins(row)
        return begins is None or begins <= today

    def make_thing(self, row: models.Model) -> None:
        """Create the thing that a row is a version of, unless it exists."""
        if self.thing:
            things: type[models.Model] = self.model._meta.get_field(self.thing).related_model  # type: ignore[assignment]
            things._default_manager.get_or_create(pk=getattr(row, self.attname(self.thing)))

    def values_of(self, row: models.Model) -> Values:
        """The values of a row and its related rows."""
        parts = {part.relation: part_values(part, rows_of(row, part)) for part in self.parts}
        return as_json({**values_in(row, (*self.key, *self.fields)), **parts})

    def state_of(self, row: models.Model) -> Values:
        """The values of a row and its last day, as seen by the person who proposes a change."""
        return {**self.values_of(row), **as_json(values_in(row, ["valid_until"] if self.can_end else []))}

    def seen(self, row: models.Model | None) -> str:
        """A hash of the state of a row, by which an outdated page is recognised."""
        held = [row.pk, self.state_of(row)] if row else []
        return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:16]

    def row_of(self, said: Values) -> Any:
        """An unsaved row with these values, for naming or showing it, without its related rows."""
        row = self.model()
        write_values(row, said)
        return row


def values_in(row: models.Model, names: Iterable[str]) -> Values:
    """The field values of a row."""
    return {name: row._meta.get_field(name).value_from_object(row) for name in names}  # type: ignore[union-attr]


def rows_of(row: models.Model, part: Part) -> list[models.Model]:
    """The related rows of a row; none if it is unsaved."""
    return list(getattr(row, part.relation).all()) if row.pk else []


def part_values(part: Part, rows: Iterable[models.Model]) -> list[Values]:
    """The values of each of these rows."""
    return [values_in(row, part.fields) for row in rows]


def as_json(said: Values) -> Values:
    """Values as the database returns them: days and amounts as text."""
    plain: Values = json.loads(json.dumps(said, cls=DjangoJSONEncoder))
    return plain


def write_values(row: models.Model, said: Values) -> None:
    """Set values on a row, ignoring names without a field."""
    fields = {field.name: field for field in row._meta.concrete_fields}
    for name in fields.keys() & said.keys():
        setattr(row, fields[name].attname, fields[name].to_python(said[name]))
