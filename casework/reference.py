"""Reference data that ships with the product: CSV files, loaded into rows.

Loading adds what is missing and leaves the rest alone: a value that an administrator filled in or corrected must
survive every new release. A new fact ships as a row with a new `valid_from`. `overwrite=True` restores the shipped
values.
"""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction

from casework.models import EquatedDay, LetterText, OtherBody, Policy

DATA = Path(__file__).parent / "data"
CHANNEL_OF_MAIL = "mail_"

Row = TypeVar("Row", bound=models.Model)


def load(*, overwrite: bool = False) -> None:
    """Add missing equated days, policy settings, other bodies and texts; idempotent."""
    with transaction.atomic():
        store_rows(EquatedDay, read_file(EquatedDay, DATA / "equated_days.csv"), key=["day"], overwrite=overwrite)
        store_rows(Policy, read_file(Policy, DATA / "policies.csv"), key=["name", "valid_from"], overwrite=overwrite)
        bodies = read_file(OtherBody, DATA / "other_bodies.csv")
        store_rows(OtherBody, bodies, key=["code", "valid_from"], overwrite=overwrite)
        load_texts(DATA / "letter_texts")


def store_rows(model: type[Row], shipped: Iterable[Row], *, key: Sequence[str], overwrite: bool) -> None:
    """Insert rows with a new natural key; with `overwrite`, also reset the others to the shipped values."""
    others = [field.name for field in model._meta.concrete_fields if not field.primary_key and field.name not in key]
    if overwrite and others:
        model._default_manager.bulk_create(shipped, update_conflicts=True, unique_fields=key, update_fields=others)
    else:
        model._default_manager.bulk_create(shipped, ignore_conflicts=True)


def read_file(model: type[Row], path: Path, **renamed: str) -> list[Row]:
    """The rows of a file as unsaved objects; columns are named after the model's fields.

    `renamed`: maps other column names to fields.
    """
    rows = ({renamed.get(name, name): cell for name, cell in row.items()} for row in read_rows(path))
    return [model(**parse_cells(model, row)) for row in rows]


def read_rows(path: Path) -> list[dict[str, str]]:
    """The lines of a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parse_cells(model: type[models.Model], row: dict[str, str]) -> dict[str, Any]:
    """Convert cells to field values, by attribute name; columns without a field are skipped."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    return {fields[name].attname: value_of(fields[name], cell) for name, cell in row.items() if name in fields}


def value_of(field: "models.Field[Any, Any]", cell: str) -> Any:
    """Convert a cell: empty means None or the default, lists are separated by `;`, JSON and booleans are JSON."""
    if not cell:
        return None if field.null else field.get_default()
    if isinstance(field, models.JSONField | models.BooleanField):
        return json.loads(cell)
    if isinstance(field, ArrayField):
        return cell.split(";")
    return field.to_python(cell)


def load_texts(folder: Path) -> None:
    """Add the letter texts `<kind>.<language>.md` of a folder: the first line is the subject, the rest the body.

    If nobody at the desk has edited a text yet, our new wording becomes a new version of it; otherwise theirs stays the
    newest.
    """
    newest = {
        (text.kind, text.language): text
        for text in LetterText.objects.order_by("kind", "language", "-version").distinct("kind", "language")
    }
    shipped = [read_text(path) for path in sorted(folder.glob("*.md"))]
    new = [text for text in shipped if _says_something_new(text, newest.get((text.kind, text.language)))]
    LetterText.objects.bulk_create(new, ignore_conflicts=True)


def read_text(path: Path) -> LetterText:
    """Read one file as version 1 of a text; a kind that begins with `mail_` is a mail, any other a letter."""
    kind, language, _suffix = path.name.split(".")
    subject, _line_end, body = path.read_text(encoding="utf-8").partition("\n")
    mail = kind.startswith(CHANNEL_OF_MAIL)
    return LetterText(
        kind=kind,
        language=language,
        channel=LetterText.Channel.MAIL if mail else LetterText.Channel.LETTER,
        version=1,
        subject=subject.strip(),
        body=body.strip() + "\n",
    )


def _says_something_new(text: LetterText, newest: LetterText | None) -> bool:
    """Whether to add the text; sets the next version number if there is an earlier one."""
    if newest is None:
        return True
    text.version = newest.version + 1
    return newest.created_by_id is None and (text.subject, text.body) != (newest.subject, newest.body)
