"""Two hundred caseworkers for ten minutes among 100,000 applications: page times, and proof that nothing is lost.

Each opens the start page, a list and a case, leaves a note or takes the case up, and pauses to read in between. A 409
for a case that somebody else took up first is expected. Any other error, a missing note or a case taken up twice
aborts the benchmark.
"""

import asyncio
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from statistics import median, quantiles
from typing import Any

import httpx

from benchmarks import many_cases
from benchmarks.measurement import Measurement
from benchmarks.served import product

CASEWORKERS, SECONDS = 200, 600
READS_S = (4.0, 20.0)
"""Seconds between two clicks, drawn at random from this range."""
PATIENCE_S = 30
P95_LIMIT_MS = 1_000
LISTS = "/loket/exemptions/application/"
NEW, HANDLED = "new", ("mine", "due", "open", "waiting")
HIDDEN = re.compile(r'<input type="hidden" name="(csrfmiddlewaretoken|seen|at)" value="([^"]*)"')
CASE = re.compile(r"/loket/exemptions/application/(\d+)/change/")
TAKEN, WAS_FIRST = 302, 409


@dataclass
class Day:
    """What happened. `waits`: milliseconds by page; `notes`, `taken`: what the desk confirmed as saved."""

    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    notes: list[str] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    first: int = 0
    errors: Counter[str] = field(default_factory=Counter)


def measure() -> Iterator[Measurement]:
    """The median and maximum of each page, and the promised `p95_ms`."""
    many_cases.fill()
    cookies = log_in(CASEWORKERS)
    with product(workers=2) as address:
        day = asyncio.run(live_day(address, cookies))
    refuse_loss(day)
    for page, waits in sorted(day.waits.items()):
        over = {"p95_ms": round(quantiles(waits, n=20)[-1]), "caseworkers": CASEWORKERS, "too_late": day.first}
        yield Measurement(
            name=f"caseworkers: {page}",
            median_ms=median(waits),
            worst_ms=max(waits),
            runs=len(waits),
            over=over,
            at_most={"p95_ms": P95_LIMIT_MS},
        )


def log_in(many: int) -> list[str]:
    """Create caseworkers, each with a session; returns their cookies."""
    from django.conf import settings
    from django.contrib.auth.models import Group
    from django.test import Client

    from accounts import roles
    from accounts.models import User

    roles.load_roles()
    caseworker, cookies = Group.objects.get(name="national caseworker"), []
    for number in range(many):
        user = User.objects.create(email=f"clerk{number}@bench.example", name=f"Behandelaar {number}", is_staff=True)
        user.groups.add(caseworker)
        client = Client()
        client.force_login(user)
        cookies.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return cookies


async def live_day(address: str, cookies: list[str]) -> Day:
    """Run all caseworkers concurrently until the time is up."""
    day, ends = Day(), time.monotonic() + SECONDS
    await asyncio.gather(*(Caseworker(day, ends, number).work(address, one) for number, one in enumerate(cookies)))
    return day


class Caseworker:
    """One person with a browser."""

    client: httpx.AsyncClient

    def __init__(self, day: Day, ends: float, number: int) -> None:
        self.day, self.ends, self.dice = day, ends, random.Random(number)  # noqa: S311

    async def work(self, address: str, cookie: str) -> None:
        """Handle cases until the time is up."""
        from django.conf import settings

        cookies = {settings.SESSION_COOKIE_NAME: cookie}
        headers = {"Referer": address}
        alone = httpx.Limits(max_keepalive_connections=0)  # the proxy keeps the browsers' connections alive, not ours
        async with httpx.AsyncClient(
            base_url=address, cookies=cookies, headers=headers, timeout=PATIENCE_S, limits=alone
        ) as client:
            self.client = client
            await asyncio.sleep(self.dice.uniform(0, READS_S[1]))  # spread the starts
            await self.see("start page", "/loket/")
            while time.monotonic() < self.ends:
                await self.handle_one()

    async def handle_one(self) -> None:
        """Open a list and one of its cases, and take a step on it."""
        takes_up = self.dice.random() < 1 / 3
        name = NEW if takes_up else self.dice.choice(HANDLED)
        found = CASE.findall(await self.see("list", f"{LISTS}?list={name}"))
        if not found:
            return
        key = int(self.dice.choice(found))
        await self.see("case", f"{LISTS}{key}/change/")
        if takes_up:
            await self.take_up(key)
        else:
            await self.note(key)

    async def note(self, key: int) -> None:
        """Leave a note and remember it, so that `refuse_loss` can look for it."""
        text = f"bench {self.dice.random()}"
        if await self.step("note", key, text=text) == TAKEN:
            self.day.notes.append(text)

    async def take_up(self, key: int) -> None:
        """Take the case up; losing the race to a colleague is fine."""
        if await self.step("take_up", key) == TAKEN:
            self.day.taken.append(key)

    async def step(self, name: str, key: int, **typed: str) -> int:
        """Submit the form of a step; returns the status code."""
        page = await self.see(f"form of {name}", f"{LISTS}{key}/step/{name}/")
        if not page:
            return WAS_FIRST
        hidden = {field: unescape(value) for field, value in HIDDEN.findall(page)}
        return (await self.ask(name, "POST", f"{LISTS}{key}/step/{name}/", {**hidden, **typed})).status_code

    async def see(self, page: str, path: str) -> str:
        """The HTML of a page, or an empty string if the request failed."""
        answer = await self.ask(page, "GET", path)
        await asyncio.sleep(self.dice.uniform(*READS_S))
        return answer.text if answer.status_code == httpx.codes.OK else ""

    async def ask(self, page: str, method: str, path: str, data: dict[str, Any] | None = None) -> httpx.Response:
        """Send one request and time it."""
        start = time.perf_counter()
        try:
            answer = await self.client.request(method, path, data=data)
        except httpx.HTTPError as error:
            self.day.errors[f"{page}: {type(error).__name__}"] += 1
            return httpx.Response(httpx.codes.SERVICE_UNAVAILABLE)
        self.day.waits[page].append((time.perf_counter() - start) * 1000)
        if answer.status_code == WAS_FIRST:
            self.day.first += 1
        elif answer.status_code not in (httpx.codes.OK, TAKEN):
            self.day.errors[f"{page}: {answer.status_code}"] += 1
        return answer


def refuse_loss(day: Day) -> None:
    """Raise unless everything that the desk confirmed was saved exactly once."""
    from casework.models import Event
    from exemptions.models import Note

    if day.errors:
        raise RuntimeError(f"errors: {dict(day.errors)}")
    kept = Counter(Note.objects.filter(text__startswith="bench ").values_list("text", flat=True))
    if kept != Counter(day.notes):
        raise RuntimeError(f"{len(day.notes)} notes were left, {kept.total()} are there")
    taken = Counter(
        Event.objects.filter(step="take_up", by__email__startswith="clerk").values_list("case_id", flat=True)
    )
    if taken != Counter(day.taken):
        raise RuntimeError(f"{len(day.taken)} cases were taken up, of which {taken.total()} are so once")
