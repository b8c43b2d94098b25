"""Loads the shipped tables into the database. Idempotent; values that people filled in stay."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import models, transaction

from zones.models import AccessRule, AutomaticExemption, MunicipalAuthority, Municipality, Zone
from zones.models.dated_row import Dated
from zones.rules import parse_day, parse_list, parse_number, read_reference_rows

NOTHING_TOLD: tuple[object, ...] = (None, "", [], Municipality.FinesFromIs.UNKNOWN)


class ShippedRow(NamedTuple):
    """A row of a table, with the fields that identify it."""

    model: type[models.Model]
    key: dict[str, Any]
    values: dict[str, Any]


@transaction.atomic
def load(*, overwrite: bool = False) -> None:
    """Add missing rows, and fill empty fields in existing ones.

    Rows that an administrator added or changed stay as they are, unless `overwrite=True` restores the shipped values.
    Filling matters when a new version of the software ends a rule: its row then gets a `valid_until`.
    """
    tables: dict[str, Callable[[dict[str, str]], ShippedRow]] = {
        "municipalities": _read_municipality,
        "municipal_authorities": _read_authority,
        "zones": _read_zone,
        "access_rules": _access_rule,
        "automatic_exemptions": _automatic_exemption,
    }
    for table, read in tables.items():
        for row in read_reference_rows(table):
            _store_row(read(row), overwrite=overwrite)


def _store_row(shipped: ShippedRow, *, overwrite: bool) -> None:
    row = shipped.model._default_manager.filter(**shipped.key).first()
    if row is None:
        add_row(shipped.model(**shipped.key, **shipped.values), key=shipped.key.keys() - {"valid_from"})
        return
    for name, value in shipped.values.items():
        if overwrite or getattr(row, name) in NOTHING_TOLD:
            setattr(row, name, value)
    row.save()


def add_row(row: models.Model, *, key: Iterable[str]) -> None:
    """Insert a missing row; a version goes in its place among those of an administrator."""
    versions = type(row)._default_manager
    if isinstance(row, Dated):
        versions.get_queryset().add_version(row, key=key)  # type: ignore[attr-defined]  # every dated model has it
    else:
        row.save()


def _read_municipality(row: dict[str, str]) -> ShippedRow:
    values: dict[str, Any] = {name: row[name] for name in ("name", "fines_from_is", "source")}
    values |= {"fines_from": parse_day(row["fines_from"])}
    return ShippedRow(Municipality, {"cbs_code": row["cbs_code"]}, values)


def _read_authority(row: dict[str, str]) -> ShippedRow:
    municipality = Municipality.objects.get(cbs_code=row["municipality"])
    key = {"municipality": municipality, "valid_from": date.fromisoformat(row["valid_from"])}
    names = ("authority_nl", "authority_en", "court", "policy_rules", "source")
    values = {name: row[name] for name in names} | {"valid_until": parse_day(row["valid_until"])}
    return ShippedRow(MunicipalAuthority, key, values)


def _read_zone(row: dict[str, str]) -> ShippedRow:
    municipality = Municipality.objects.get(cbs_code=row["municipality"])
    key = {"municipality": municipality, "name": row["name"], "valid_from": date.fromisoformat(row["valid_from"])}
    values = {
        "starts_on": parse_day(row["starts_on"]),
        "valid_until": parse_day(row["valid_until"]),
        "source": row["source"],
    }
    return ShippedRow(Zone, key, values)


def _access_rule(row: dict[str, str]) -> ShippedRow:
    values = {
        "category": row["category"],
        "subtype": row["subtype"],
        "emission_classes": parse_list(row["emission_classes"]),
        "admitted_from": parse_day(row["admitted_from"]),
        "admitted_before": parse_day(row["admitted_before"]),
        "allowed": row["access"] == "allowed",
        "status": row["status"],
        "announced_on": parse_day(row["announced_on"]),
        "until_by_law": parse_day(row["until_by_law"]),
    }
    return ShippedRow(AccessRule, _read_version(row), values | _read_values(row))


def _automatic_exemption(row: dict[str, str]) -> ShippedRow:
    values = {
        "categories": parse_list(row["categories"]),
        "minimum_age_years": parse_number(row["minimum_age_years"]),
        "below_age_years": parse_number(row["below_age_years"]),
        "body_codes": parse_list(row["body_codes"]),
        "remark_codes": parse_list(row["remark_codes"]),
    }
    return ShippedRow(AutomaticExemption, _read_version(row), values | _read_values(row))


def _read_version(row: dict[str, str]) -> dict[str, Any]:
    return {"code": row["code"], "valid_from": date.fromisoformat(row["valid_from"])}


def _read_values(row: dict[str, str]) -> dict[str, Any]:
    return {
        "until": parse_day(row["until"]),
        "valid_until": parse_day(row["valid_until"]),
        "source": row["source"],
        "explanation_nl": row["explanation_nl"],
        "explanation_en": row["explanation_en"],
    }
