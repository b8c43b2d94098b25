"""The file format of a result. Reading distrusts the file, because it comes from another machine.

Only known fields are taken from it, so that nothing else, such as a plate, gets into the database.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from casework.uploads.refusals import FileRefused
from reporting.compliance.ground import PARTS_OF_DAY
from reporting.compliance.judgement import CLASSES, Why
from reporting.deliveries import readers
from reporting.figures.disclosure import SMALLEST

FORMAT = 1
"""The version of the format; bump it when the fields change."""
TOTALS = ("passages_van", "compliant_van", "passages_truck", "compliant_truck")
"""The fields of a return that a count fills in."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "part_of_day": PARTS_OF_DAY,
    "vehicle_class": CLASSES,
    "why": tuple(why.name.lower() for why in Why),
}
MOST_ROWS, MOST_VERSIONS, LONGEST_CODE = 200, 500, 10
HEX = set("0123456789abcdef")


class _NoResult(ValueError):
    """The file is not as `manage.py compliance` writes it."""


def find_month(first: date, last: date) -> str | None:
    """The month of all passages; None if they span several, because a return is about one."""
    return f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else None


def read_result(content: bytes) -> dict[str, Any]:
    """The known fields of a result; raises FileRefused if the file is not a result."""
    try:
        return _clean_result(json.loads(content))
    except (_NoResult, ValueError, RecursionError):
        raise FileRefused(
            _(
                "This is no result of a count of passages, or somebody changed it. Run manage.py compliance again, and "
                "send the file that it writes as it is."
            )
        ) from None


def _clean_result(told: Any) -> dict[str, Any]:
    _refuse_unless(isinstance(told, dict) and told.get("format") == FORMAT)
    rows, totals, ground = told.get("rows"), told.get("return"), told.get("rests_on")
    if not (isinstance(rows, list) and isinstance(totals, dict) and isinstance(ground, dict)):
        raise _NoResult
    _refuse_unless(len(rows) <= MOST_ROWS)
    first, last = date.fromisoformat(_read_text(told, "from")), date.fromisoformat(_read_text(told, "to"))
    _refuse_unless(first <= last and totals.get("month") == find_month(first, last))
    counted, passages = [_clean_row(row) for row in rows], _read_number(told, "passages")
    found = {
        "format": FORMAT,
        "zone": _read_text(told, "zone"),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "passages": passages,
        "rows": counted,
        "return": {"month": totals["month"], **{name: _read_number(totals, name, least=0) for name in TOTALS}},
        "rests_on": _clean_ground(ground),
    }
    _refuse_unless(sum(row["count"] or 0 for row in counted) <= (passages or 0))
    return found


def _clean_row(row: Any) -> dict[str, Any]:
    _refuse_unless(isinstance(row, dict))
    words = {name: _read_text(row, name) for name in CHOICES}
    _refuse_unless(all(words[name] in choices for name, choices in CHOICES.items()))
    return {**words, "count": _read_number(row, "count")}


def _clean_ground(ground: Mapping[str, Any]) -> dict[str, Any]:
    versions = ground.get("rules")
    if not isinstance(versions, list):
        raise _NoResult
    _refuse_unless(len(versions) <= MOST_VERSIONS)
    digests = {name: _read_text(ground, name) for name in ("rules_sha256", "exemptions_sha256")}
    _refuse_unless(all(len(digest) == 64 and set(digest) <= HEX for digest in digests.values()))
    moment, source = parse_datetime(_read_text(ground, "counted_at")), ground.get("facts_from")
    _refuse_unless(moment is not None and timezone.is_aware(moment) and source in {"register", "file"})
    return {
        "counted_at": moment and moment.isoformat(),
        "rules": [_clean_version(version) for version in versions],
        **digests,
        "facts_from": source,
    }


def _clean_version(version: Any) -> dict[str, str]:
    _refuse_unless(isinstance(version, dict))
    code = _read_text(version, "code")
    _refuse_unless(len(code) <= LONGEST_CODE and code.isalnum())
    return {"code": code, "valid_from": date.fromisoformat(_read_text(version, "valid_from")).isoformat()}


def _read_text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    _refuse_unless(isinstance(value, str))
    return str(value)


def _read_number(told: Mapping[str, Any], name: str, *, least: int = SMALLEST) -> int | None:
    """A number, None if hidden. A result never has small numbers, except a zero in the numbers for a return."""
    value = told.get(name)
    if value is None:
        return None
    _refuse_unless(isinstance(value, int) and not isinstance(value, bool) and least <= value <= readers.MOST)
    return int(value)


def _refuse_unless(holds: bool) -> None:
    if not holds:
        raise _NoResult
