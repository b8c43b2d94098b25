"""The result of a count: counts, the numbers of a return, and what they rest on."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from casework import clock
from reporting.compliance.counting import Counted, count_passages
from reporting.compliance.ground import Ground, load_ground
from reporting.compliance.judgement import DAY, as_moment
from reporting.compliance.result_format import FORMAT, find_month
from reporting.compliance.sources import describe_exemptions, make_sources
from reporting.compliance.suppression import suppress


def make_result(file: Path, zone: str, *, facts: Path | None = None) -> dict[str, Any]:
    """Count the passages of a file in the zones of a municipality (its CBS code). Raises PassagesRefused."""
    ground = load_ground(zone)
    counted = count_passages(file, make_sources(ground, facts=facts), also=[facts] if facts else [])
    return describe_result(counted, ground, facts_from="file" if facts else "register")


def describe_result(counted: Counted, ground: Ground, *, facts_from: str) -> dict[str, Any]:
    """What the file says: no plate, no count under five, and nothing from which one could be computed."""
    shown = suppress(counted.counts)
    return {
        "format": FORMAT,
        "zone": ground.zone,
        "from": counted.first.isoformat(),
        "to": counted.last.isoformat(),
        "passages": shown.passages,
        "rows": [
            {"part_of_day": part, "vehicle_class": vehicle_class, "why": why, "count": number}
            for (part, vehicle_class, why), number in shown.counts.items()
        ],
        "return": {"month": find_month(counted.first, counted.last), **shown.totals},
        "rests_on": describe_ground(ground, first=counted.first, last=counted.last, facts_from=facts_from),
    }


def describe_ground(ground: Ground, *, first: date, last: date, facts_from: str) -> dict[str, Any]:
    """Which rules and exemptions were looked at, and when: the same again gives the same."""
    digest = hashlib.sha256()
    for row in describe_exemptions(ground, first=as_moment(first), last=as_moment(last + DAY)):
        digest.update(repr(row).encode())
    return {
        "counted_at": clock.now().isoformat(timespec="seconds"),
        "rules": ground.versions(first=first, last=last),
        "rules_sha256": ground.fingerprint(),
        "exemptions_sha256": digest.hexdigest(),
        "facts_from": facts_from,
    }


def write_json(result: Mapping[str, Any]) -> bytes:
    """As a file."""
    return (json.dumps(result, indent=1, ensure_ascii=False) + "\n").encode()
