"""Many vehicles at once from the register: each dataset is asked for hundreds of plates in one call."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

import httpx
from django.conf import settings

from zones.demo_register import DEMO_URL, DemoRegister
from zones.register import DATASETS, Register, UnusableError, logger
from zones.register_facts import facts_from_rows
from zones.vehicles import VehicleFacts

IN_ONE_CALL = 400  # plates: an address of four thousand characters
ROWS_OF_ONE = 50  # at most, in a dataset with several rows a vehicle
AT_ONCE = 4
TIMEOUT = httpx.Timeout(30.0, connect=2.0)  # seconds; nobody waits at a page
DECIDING = ("fuel", "body", "body_spec", "remarks")
"""The datasets besides the main one that the access rules read."""

Found = dict[str, VehicleFacts | None]


class BatchRegister(Register):
    """The register, asked about many plates; `datasets`: those besides the main one."""

    def __init__(self, url: str, *, transport: httpx.BaseTransport | None, datasets: Collection[str]) -> None:
        super().__init__(url, transport=transport)
        self._datasets = datasets

    def look_up_batch(self, plates: Sequence[str]) -> Found:
        """The facts of each, None where it knows no such plate; nothing at all if it is down."""
        try:
            with httpx.Client(transport=self._transport, timeout=TIMEOUT, headers=self._headers()) as client:
                return self._join(client, plates)
        except UnusableError as error:
            logger.warning("The vehicle register gave no usable answer: %s", error)
            return {}

    def _join(self, client: httpx.Client, plates: Sequence[str]) -> Found:
        main = self._by_plate(client, "main", plates)
        others = {name: self._by_plate(client, name, list(main)) for name in self._datasets} if main else {}
        known = {
            plate: facts_from_rows(rows[0], **{name: found.get(plate, []) for name, found in others.items()})
            for plate, rows in main.items()
        }
        return {plate: known.get(plate) for plate in plates}

    def _by_plate(self, client: httpx.Client, name: str, plates: Sequence[str]) -> dict[str, list[Any]]:
        listed = ",".join(f"'{plate}'" for plate in plates)  # bare: letters and digits alone
        asked = {"$where": f"kenteken in({listed})", "$limit": str(len(plates) * ROWS_OF_ONE)}
        found: dict[str, list[Any]] = defaultdict(list)
        for row in self._rows(client, DATASETS[name], asked):
            found[str(row.get("kenteken"))].append(row)
        return found


def look_up_many(plates: Iterable[str], *, datasets: Collection[str] = DECIDING) -> Iterator[Found]:
    """What the register of this installation says of bare plates, batch by batch; what it gave no answer to is left
    out."""
    is_demo = settings.REGISTER_URL == "demo:"
    url, transport = (DEMO_URL, DemoRegister()) if is_demo else (settings.REGISTER_URL, None)
    register = BatchRegister(url, transport=transport, datasets=datasets)
    wanted = iter(plates)
    batches = list(iter(lambda: list(islice(wanted, IN_ONE_CALL)), []))
    if len(batches) == 1:
        yield register.look_up_batch(batches[0])
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(register.look_up_batch, batches)
