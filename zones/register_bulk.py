"""Many plates at once from the vehicle register: some hundreds in one question, for each dataset.

For counting only: nothing is kept, and an answer is facts or None, without its rows and its time.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import httpx
from django.conf import settings
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from zones.demo_register import DEMO_URL, DemoRegister
from zones.register import ATTEMPTS, DATASETS
from zones.register_facts import facts_from_rows
from zones.vehicles import VehicleFacts

AT_ONCE = 400
"""Plates in one question: its address stays below 8 kB."""
MOST_ROWS = 50_000
TIMEOUT = httpx.Timeout(60.0, connect=2.0)
MOST_FAILURES = 30
"""After so many questions without an answer the register is down."""
logger = logging.getLogger("loket.register")
Rows = dict[str, dict[str, list[dict[str, Any]]]]


class _NoAnswer(Exception):
    """The register gave nothing that can be used."""


def look_up_facts(plates: Iterable[str]) -> Iterator[tuple[str, VehicleFacts | None]]:
    """The facts of bare Dutch plates that the register knows; None with one on which it gave no answer."""
    demo = settings.REGISTER_URL == "demo:"
    with httpx.Client(
        base_url=DEMO_URL if demo else settings.REGISTER_URL.rstrip("/"),
        transport=DemoRegister() if demo else None,
        timeout=TIMEOUT,
        headers={"X-App-Token": settings.REGISTER_TOKEN} if settings.REGISTER_TOKEN else {},
    ) as client:
        questions = BulkQuestions(client)
        iterator = iter(plates)
        while chunk := list(islice(iterator, AT_ONCE)):
            yield from questions.look_up(chunk)


class BulkQuestions:
    """Questions about lists of plates; a list that fails is halved, so that one bad plate does not cost the others."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._failures = 0

    def look_up(self, plates: Sequence[str]) -> Iterator[tuple[str, VehicleFacts | None]]:
        """The known ones with their facts, in no order; the unanswered ones with None."""
        try:
            rows = self._fetch(plates)
        except _NoAnswer:
            yield from self._halve(plates)
            return
        for plate, main in rows.pop("main").items():
            others = {name: found.get(plate, []) for name, found in rows.items()}
            yield plate, facts_from_rows(main[0], **others)

    def _halve(self, plates: Sequence[str]) -> Iterator[tuple[str, VehicleFacts | None]]:
        self._failures += 1
        if len(plates) == 1 or self._failures > MOST_FAILURES:
            yield from ((plate, None) for plate in plates)
            return
        middle = len(plates) // 2
        yield from self.look_up(plates[:middle])
        yield from self.look_up(plates[middle:])

    def _fetch(self, plates: Sequence[str]) -> Rows:
        if self._failures > MOST_FAILURES:
            raise _NoAnswer
        return {name: self._ask(dataset, plates) for name, dataset in DATASETS.items()}

    def _ask(self, dataset: str, plates: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        tries = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait_exponential(multiplier=0.2, max=1),
            retry=retry_if_exception_type(_NoAnswer),
            reraise=True,
        )
        return tries(self._ask_once, dataset, plates)

    def _ask_once(self, dataset: str, plates: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
        where = f"kenteken in ({','.join(repr(plate) for plate in plates)})"
        try:
            response = self._client.get(f"/{dataset}.json", params={"$where": where, "$limit": MOST_ROWS})
            rows = response.json() if response.status_code == httpx.codes.OK else None
        except (httpx.HTTPError, ValueError):
            raise _NoAnswer from None  # its message may hold the address, and that the plates
        if not isinstance(rows, list):
            raise _NoAnswer
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            if isinstance(row, dict):
                found[str(row.get("kenteken"))].append(row)
        return found
