"""No figure moves because rows of a case are changed afterwards: it reads events, or the database refuses."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from reporting.period import Period
from reporting.report import compute_report
from reporting.report_files import as_json

pytestmark = pytest.mark.django_db
PERIOD = Period(date(2024, 7, 1), date(2026, 10, 31), date(2026, 10, 31))
APPS = ("casework", "complaints", "correspondence", "exemptions", "objections", "renewals")
REFERENCE = {
    *("casework_policy", "casework_equatedday", "casework_lettertext", "casework_referencechange"),
    "casework_otherbody",
    *("exemptions_kindquestion", "exemptions_evidencerequirement", "exemptions_thresholdversion"),
    "exemptions_textblock",
}
"""Rows of no case. They change by two people, and what has begun is followed by a new version."""
SOME = 300
"""Rows of a table that are changed: all of the small ones."""


def figures() -> dict[str, Any]:
    """The numbers of every row of every figure."""
    data = json.loads(as_json(compute_report(PERIOD)))["figures"]
    return {
        f"{name} {row['key']}": (row["count"], row["of"], row["percent"])
        for name, figure in data.items()
        for row in figure["rows"]
    }


def columns() -> Iterator[tuple[str, models.Field[Any, Any]]]:
    """Every column of the tables of cases, the status first; of kinds and grounds those by which figures count."""
    every = [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    for model in every:
        name = model._meta.db_table
        fields = [field for field in model._meta.concrete_fields if not field.primary_key and name not in REFERENCE]
        if name in ("exemptions_kindversion", "exemptions_ground"):
            fields = [field for field in fields if field.name in ("kind", "scope", "category")]
        yield from ((name, field) for field in sorted(fields, key=lambda field: field.name != "status"))


def another(field: models.Field[Any, Any]) -> str:
    """SQL for another value of a column."""
    name = connection.ops.quote_name(str(field.column))
    if isinstance(field, models.ForeignKey):
        to = field.related_model._meta
        return f"(SELECT max({to.pk.column}) FROM {to.db_table} AS other WHERE other.{to.pk.column} <> row.{name})"
    if field.choices:
        first, last = field.choices[0][0], field.choices[-1][0]
        return f"CASE {name} WHEN '{first}' THEN '{last}' ELSE '{first}' END"
    return {
        "DateField": f"{name} + 40",
        "DateTimeField": f"{name} + interval '40 days'",
        "BooleanField": f"NOT {name}",
        "JSONField": "'{}'",
        "UUIDField": "gen_random_uuid()",
        "ArrayField": "'{}'",
        "CharField": f"left({name} || 'X', {field.max_length})",
        "TextField": f"{name} || 'X'",
    }.get(field.get_internal_type(), f"{name} + 1")


def change(table: str, field: models.Field[Any, Any]) -> bool:
    """Change a column of many rows, or of one where many cannot; tells whether the database let it happen."""
    column, key = connection.ops.quote_name(str(field.column)), field.model._meta.pk.column
    for most in (SOME, 1):
        some = f"{key} IN (SELECT {key} FROM {table} ORDER BY md5({key}::text) LIMIT {most})"
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE {table} AS row SET {column} = {another(field)} WHERE {some}")
                return bool(cursor.rowcount)
        except DatabaseError:
            continue
    return False


def test_whatever_is_changed_the_figures_stay():
    before = figures()

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        changed = [f"{table}.{field.column}" for table, field in columns() if change(table, field)]
        after = figures()
        transaction.set_rollback(True)

    assert len(changed) > 100, changed
    moved = {name for name in before | after if before.get(name) != after.get(name)}
    assert {name: (before.get(name), after.get(name)) for name in moved} == {}
