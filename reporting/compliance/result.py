"""Makes the result of a count: the counts, the numbers for a return, and what they rest on."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from casework import clock
from reporting.compliance.cluster import count_on_cluster
from reporting.compliance.counting import Counted, Counts
from reporting.compliance.files import count_file, list_files
from reporting.compliance.ground import Ground, load_ground
from reporting.compliance.judgement import DAY, as_moment
from reporting.compliance.result_format import FORMAT, find_month
from reporting.compliance.sources import describe_exemptions
from reporting.compliance.suppression import suppress_counts


def make_result(
    passages: Path, zone: str, *, facts: Path | None = None, scheduler: str | None = None
) -> dict[str, Any]:
    """Count a file, or the files of a folder, in the zones of a municipality (its CBS code). Raises PassagesRefused.

    With the address of a Dask scheduler, its workers count the files.
    """
    ground, files = load_ground(zone), list_files(passages)
    if scheduler:
        counted = count_on_cluster(files, zone, facts=facts, scheduler=scheduler)
    else:
        counted = [count_file(file, zone, facts=facts) for file in files]
    return describe_result(add_up(counted), ground, facts_from="file" if facts else "register")


def add_up(counted: Sequence[Counted]) -> Counted:
    """The counts of several files together: each passage is judged by itself, so they may be added."""
    counts: Counts = Counter()
    for one in counted:
        counts.update(one.counts)
    return Counted(counts, min(one.first for one in counted), max(one.last for one in counted))


def describe_result(counted: Counted, ground: Ground, *, facts_from: str) -> dict[str, Any]:
    """The result as data: no plate, no count under five, and nothing from which one could be computed."""
    shown = suppress_counts(counted.counts)
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
    """Checksums of the rules and exemptions used, and when they were read: equal checksums give equal counts."""
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
    """The result as a file."""
    return (json.dumps(result, indent=1, ensure_ascii=False) + "\n").encode()
