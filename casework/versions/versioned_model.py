"""What has versions: a model, what its versions share, and how one row is read and written."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

Values = dict[str, Any]
"""By the name of a field, as JSON holds it; the rows that belong to it as lists, by the name of their relation."""
FIRST_DAYS = ("valid_from", "day")
"""The field that says from when a row holds; a row without it holds at once."""


@dataclass(frozen=True)
class Part:
    """Rows that belong to a version and come with it, as the questions of a kind. `shared`: the name of each."""

    relation: str
    fields: tuple[str, ...]
    shared: str = "code"


@dataclass(frozen=True)
class Versioned:
    """A model whose rows change by proposal. `key`: what the versions of one thing share.

    `fields`: what a version says besides; what stands in neither is taken over from the version before. `keeper`: the
    model whose permissions count, if that is another one. `thing`: the field of the key that points at what the
    versions are of, where that has a row of its own, which comes with the first version.
    """

    model: type[models.Model]
    key: tuple[str, ...]
    fields: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    keeper: str = ""
    thing: str = ""

    @property
    def label(self) -> str:
        """Its name in addresses and in the log."""
        return self.model._meta.label_lower

    @property
    def first_day(self) -> str:
        """The field of the first day; empty if a change holds at once."""
        names = {field.name for field in self.model._meta.concrete_fields}
        return next((name for name in FIRST_DAYS if name in names), "")

    @property
    def has_versions(self) -> bool:
        """Whether one row follows another; a day that is in a list only comes or goes."""
        return self.first_day not in self.key

    @property
    def can_end(self) -> bool:
        """Whether a row has a last day of its own."""
        return any(field.name == "valid_until" for field in self.model._meta.concrete_fields)

    def permission(self, verb: str) -> str:
        """Who may add or change it."""
        return f"{self.model._meta.app_label}.{verb}_{self.keeper or self.model._meta.model_name}"

    def part_model(self, part: Part) -> type[models.Model]:
        """The table of what belongs to a version."""
        found: type[models.Model] = self.model._meta.get_field(part.relation).related_model  # type: ignore[assignment]
        return found

    def key_of(self, row: models.Model) -> str:
        """What it shares with its other versions, as the log keeps it."""
        said = (getattr(row, self.attname(name)) for name in self.key)
        return " / ".join("" if value is None else str(value) for value in said)

    def attname(self, name: str) -> str:
        """How a row holds a field: the key of a row that it points at."""
        return str(self.model._meta.get_field(name).attname)  # type: ignore[union-attr]  # concrete fields only

    def versions_of(self, row: models.Model) -> "models.QuerySet[Any]":
        """Every version of the same thing, the newest first; without a first day, the row itself."""
        same = {name: getattr(row, name) for name in map(self.attname, self.key)}
        found = self.model._default_manager.filter(**same)
        return found.order_by(f"-{self.first_day}") if self.first_day else found

    def newest(self, row: models.Model) -> Any:
        """The version that a new one follows; None if there is none left."""
        return self.versions_of(row).first()

    def begins(self, row: models.Model) -> date | None:
        """Its first day; None if it holds at once."""
        return getattr(row, self.first_day) if self.first_day else None

    def has_begun(self, row: models.Model, *, today: date) -> bool:
        """Whether it counts, or has counted."""
        begins = self.begins(row)
        return begins is None or begins <= today

    def make_thing(self, row: models.Model) -> None:
        """Make sure that what a row is a version of is there."""
        if self.thing:
            things: type[models.Model] = self.model._meta.get_field(self.thing).related_model  # type: ignore[assignment]
            things._default_manager.get_or_create(pk=getattr(row, self.attname(self.thing)))

    def values_of(self, row: models.Model) -> Values:
        """What a row says, with the rows that belong to it."""
        parts = {part.relation: part_values(part, rows_of(row, part)) for part in self.parts}
        return as_json({**values_in(row, (*self.key, *self.fields)), **parts})

    def state_of(self, row: models.Model) -> Values:
        """What it says, and until when: what somebody saw who proposes a change."""
        return {**self.values_of(row), **as_json(values_in(row, ["valid_until"] if self.can_end else []))}

    def seen(self, row: models.Model | None) -> str:
        """A row in short: a page that was made before a change is recognised by it."""
        held = [row.pk, self.state_of(row)] if row else []
        return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:16]

    def row_of(self, said: Values) -> Any:
        """An unsaved row with these values, to name it or to show it; what belongs to it stays behind."""
        row = self.model()
        write_values(row, said)
        return row


def values_in(row: models.Model, names: Iterable[str]) -> Values:
    """The fields of a row as they are."""
    return {name: row._meta.get_field(name).value_from_object(row) for name in names}  # type: ignore[union-attr]


def rows_of(row: models.Model, part: Part) -> list[models.Model]:
    """The rows that belong to a row; none to one that is not saved."""
    return list(getattr(row, part.relation).all()) if row.pk else []


def part_values(part: Part, rows: Iterable[models.Model]) -> list[Values]:
    """What each of the rows says."""
    return [values_in(row, part.fields) for row in rows]


def as_json(said: Values) -> Values:
    """Values as the database returns them: days and amounts as text."""
    plain: Values = json.loads(json.dumps(said, cls=DjangoJSONEncoder))
    return plain


def write_values(row: models.Model, said: Values) -> None:
    """Write values into a row; names without a field are left out."""
    fields = {field.name: field for field in row._meta.concrete_fields}
    for name in fields.keys() & said.keys():
        setattr(row, fields[name].attname, fields[name].to_python(said[name]))
