"""What a visitor's browser gets: weight, requests, layout shift, and the time to the first byte beside a bare view.

Weight is what goes over the line for a first visit, without pictures; `cold` requests are those of a first visit.
"""

import os
from collections.abc import Iterator
from functools import partial
from statistics import median
from typing import Any

import httpx
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from benchmarks.measurement import Measurement, milliseconds
from benchmarks.served import product

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
TELEPHONE: ViewportSize = {"width": 360, "height": 740}
RUNS = 20
PROMISED = {"weight_kb": 150, "third_party_requests": 0, "layout_shift": 0.1}
PAGES = (
    "/",
    "/mag-ik-erin/",
    "/zones/",
    "/zones/utrecht/",
    "/ontheffingen/",
    "/ontheffingen/lev/",
    "/kosten/",
    "/overgangsregels/",
    "/vragen/",
    "/zoeken/",
    "/assistent/",
    "/contact/",
    "/account/login/",
    "/open-data/",
)
"""The main pages that one sees without a login."""

SHIFTED = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.hadRecentInput ? 0 : entry.value))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 300);
})"""
FETCHED = """[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .map(entry => ({name: entry.name, bytes: entry.transferSize}))"""


def measure() -> Iterator[Measurement]:
    """The bare view, and then each page; `times_bare` is how many times longer its first byte takes."""
    with product() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        bare = first_byte(f"{address}/bare/")
        yield Measurement(name="first byte: bare view", median_ms=median(bare), worst_ms=max(bare), runs=RUNS)
        for path in PAGES:
            yield page_measured(browser, address, path, bare_ms=median(bare))
        browser.close()


def page_measured(browser: Browser, address: str, path: str, *, bare_ms: float) -> Measurement:
    """One page, for somebody who comes for the first time with a telephone."""
    times = first_byte(address + path)
    seen = visit(browser, address, path)
    return Measurement(
        name=f"page {path}",
        median_ms=median(times),
        worst_ms=max(times),
        runs=RUNS,
        over={**seen, "times_bare": round(median(times) / bare_ms, 1)},
        at_most=PROMISED,
    )


def first_byte(url: str) -> list[float]:
    """How long the server thinks, a number of times, in milliseconds; the line on one machine costs next to nothing."""
    with httpx.Client() as client:
        client.get(url).raise_for_status()
        return [milliseconds(partial(ask, client, url)) for _ in range(RUNS)]


def ask(client: httpx.Client, url: str) -> None:
    """Until the first byte of the answer."""
    with client.stream("GET", url):
        pass


def visit(browser: Browser, address: str, path: str) -> dict[str, float]:
    """What a first visit fetches, and how much moves while it comes in."""
    page: Page = browser.new_page(viewport=TELEPHONE)
    page.goto(address + path, wait_until="load")
    fetched: list[dict[str, Any]] = page.evaluate(FETCHED)
    moved = float(page.evaluate(SHIFTED))
    page.close()
    return {
        "weight_kb": round(sum(one["bytes"] for one in fetched) / 1000, 1),
        "requests": len(fetched),
        "third_party_requests": sum(not one["name"].startswith(address) for one in fetched),
        "layout_shift": round(moved, 4),
    }
