"""Looks up many vehicles at once in the register: one call asks a dataset about hundreds of plates."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any

import httpx

from connections.remote_service import Connection, ServiceDownError
from zones.register import DATASETS, VEHICLE_REGISTER, ask_dataset
from zones.register_facts import facts_from_rows
from zones.vehicles import VehicleFacts

IN_ONE_CALL = 400  # plates; makes a URL of about four thousand characters
ROWS_OF_ONE = 50  # at most, in a dataset with several rows per vehicle
AT_ONCE = 4
BATCHES = replace(VEHICLE_REGISTER, timeout=httpx.Timeout(30.0, connect=2.0))  # seconds; no page is waiting for this
DECIDING = ("fuel", "body", "body_spec", "remarks")
"""The datasets, besides the main one, that the access rules read."""

Found = dict[str, VehicleFacts | None]


def look_up_batch(plates: Sequence[str], *, datasets: Collection[str]) -> Found:
    """The facts of each plate, None if the register does not know it; an empty dict if the register is down."""
    try:
        with BATCHES.connect() as connection:
            main = _ask_by_plate(connection, "main", plates)
            others = {name: _ask_by_plate(connection, name, list(main)) for name in datasets} if main else {}
    except ServiceDownError:
        return {}
    known = {
        plate: facts_from_rows(rows[0], **{name: found.get(plate, []) for name, found in others.items()})
        for plate, rows in main.items()
    }
    return {plate: known.get(plate) for plate in plates}


def _ask_by_plate(connection: Connection, name: str, plates: Sequence[str]) -> dict[str, list[Any]]:
    listed = ",".join(f"'{plate}'" for plate in plates)  # safe to quote: bare plates are letters and digits only
    asked = {"$where": f"kenteken in({listed})", "$limit": str(len(plates) * ROWS_OF_ONE)}
    found: dict[str, list[Any]] = defaultdict(list)
    for row in ask_dataset(connection, DATASETS[name], asked):
        found[str(row.get("kenteken"))].append(row)
    return found


def look_up_many(plates: Iterable[str], *, datasets: Collection[str] = DECIDING) -> Iterator[Found]:
    """Look up bare plates in this installation's register, batch by batch; plates without an answer are left out."""
    wanted = iter(plates)
    batches = list(iter(lambda: list(islice(wanted, IN_ONE_CALL)), []))
    look_up_one = partial(look_up_batch, datasets=datasets)
    if len(batches) == 1:
        yield look_up_one(batches[0])
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(look_up_one, batches)
