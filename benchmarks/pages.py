"""What a visitor's browser gets: time to first byte relative to a bare view, weight, largest paint and layout shift.

The first byte is measured for a page from the cache, as strangers get it for a minute (`times_bare`), and for a page
that is rendered (`made_times_bare`). Weight is what a first visit transfers, without images and with everything that
can be seen: images, and the map where the page has one.
"""

import os
import re
from collections.abc import Iterator
from functools import partial
from statistics import median
from urllib.parse import urljoin

import httpx
from django.core.management import call_command
from playwright.sync_api import Browser, Page, Request, ViewportSize, expect, sync_playwright

from benchmarks.measurement import Measurement, milliseconds
from benchmarks.served import product
from demo.information import SHAPES

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = ["background-networking", "sync", "gpu"]
FLAGS = ["--no-sandbox", "--no-first-run", "--enable-unsafe-swiftshader", *(f"--disable-{part}" for part in QUIET)]
TELEPHONE: ViewportSize = {"width": 360, "height": 740}
READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
"""A browser's user agent, because visits by programs are not counted."""
KNOWN = {"messages": "none"}
"""Cookies that keep a page from being served from the cache."""
RUNS = 20
PATIENCE_S = 60
PROMISED = {"times_bare": 2, "weight_kb": 150, "weight_of_all_kb": 400, "third_party_requests": 0, "layout_shift": 0}
PAGES = (
    "/",
    "/mag-ik-erin/",
    "/zones/",
    "/zones/utrecht/",
    "/zones/adres/",
    "/zones/route/",
    "/ontheffingen/",
    "/ontheffingen/lev/",
    "/kosten/",
    "/wat-kost-niets-doen/",
    "/overgangsregels/",
    "/vragen/",
    "/vragen/hoogte-boete/",
    "/zoeken/",
    "/assistent/",
    "/contact/",
    "/advies/",
    "/controle/",
    "/aanvragen/nieuw/",
    "/storingen/",
    "/toegankelijkheid/",
    "/privacy/",
    "/cookies/",
    "/open-data/",
    "/account/login/",
    "/account/signup/",
)
"""Pages that need no login."""
AFTER_A_CHECK = ("/mag-ik-erin/antwoord/", "/kenteken-volgen/", "/aanvragen/nieuw/")
"""Pages about the plate that was checked."""
PLATE = "TRU-01-E"
TILES = ".pmtiles"

WATCH = """() => {
  const seen = window.seen = {shift: 0, moved: '', lcp: 0, element: ''};
  const watch = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({type, buffered: true});
  const name = (node) => !node ? 'gone' : node.id ? `#${node.id}` :
    `${node.localName ?? node.nodeName} "${node.textContent.trim().replace(/\\s+/g, ' ').slice(0, 40)}"`;
  watch('layout-shift', (entry) => {
    if (entry.hadRecentInput) return;
    seen.shift += entry.value;
    seen.moved = entry.sources.map((one) => name(one.node)).join(', ');
  });
  watch('largest-contentful-paint', (entry) => {
    seen.lcp = entry.startTime;
    seen.element = name(entry.element);
  });
}"""
SEEN = "new Promise((done) => setTimeout(() => done(window.seen), 300))"


def measure() -> Iterator[Measurement]:
    """Measure the bare view and then each page; `times_bare` is its time to first byte divided by the bare view's."""
    call_command("load_zone_boundaries", str(SHAPES), source="demo", invented=True, verbosity=0)
    with product() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        bare = time_first_bytes(f"{address}/bare/")["bare"]
        yield Measurement(name="first byte: bare view", median_ms=median(bare), worst_ms=max(bare), runs=RUNS)
        for path in PAGES:
            yield measure_page(browser, address, path)
        for path in AFTER_A_CHECK:
            yield measure_answer(browser, address, path)
        browser.close()


def measure_page(browser: Browser, address: str, path: str) -> Measurement:
    """One page, for a first-time visitor with a phone."""
    times = time_first_bytes(address + path)
    bare, kept, made = (median(times[name]) for name in ("bare", "kept", "made"))
    ratios = {"times_bare": round(kept / bare, 1), "made_times_bare": round(made / bare, 1)}
    over, notes = measure_visit(browser, address, path, cookies={})
    return Measurement(
        name=f"page {path}",
        median_ms=kept,
        worst_ms=max(times["kept"]),
        runs=RUNS,
        over={**ratios, **over},
        at_most=PROMISED,
        notes=notes,
    )


def measure_answer(browser: Browser, address: str, path: str) -> Measurement:
    """A page about the plate that was checked, until its largest paint."""
    over, notes = measure_visit(browser, address, path, cookies=type_plate(address))
    took = over["lcp_ms"]
    at_most = {name: limit for name, limit in PROMISED.items() if name in over}
    name = f"page {path} after a check"
    return Measurement(name=name, median_ms=took, worst_ms=took, runs=1, over=over, at_most=at_most, notes=notes)


def time_first_bytes(url: str) -> dict[str, list[float]]:
    """Milliseconds of the server: for the bare view, for the page from the cache, and for the page rendered anew.

    Measured in turn, so that all three get the same share of the machine; the network costs next to nothing.
    """
    bare = urljoin(url, "/bare/")
    times: dict[str, list[float]] = {"bare": [], "kept": [], "made": []}
    with httpx.Client(headers=READER, timeout=PATIENCE_S) as client:
        for _run in range(RUNS + 1):
            for name, asked, cookies in (("bare", bare, {}), ("kept", url, {}), ("made", url, KNOWN)):
                client.cookies = httpx.Cookies(cookies)
                times[name].append(milliseconds(partial(ask, client, asked)))
    return {name: found[1:] for name, found in times.items()}


def ask(client: httpx.Client, url: str) -> None:
    """Milliseconds until the first byte of the response."""
    with client.stream("GET", url) as answer:
        answer.raise_for_status()


def type_plate(address: str) -> dict[str, str]:
    """The cookies of a visitor who checked a plate."""
    headers = {"Referer": address}
    with httpx.Client(base_url=address, headers=headers, follow_redirects=True, timeout=PATIENCE_S) as client:
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', client.get("/mag-ik-erin/").text)[0]
        sent = {"csrfmiddlewaretoken": token, "plate": PLATE, "country": "NL", "on": ""}
        client.post("/mag-ik-erin/", data=sent).raise_for_status()
        return dict(client.cookies)


def measure_visit(
    browser: Browser, address: str, path: str, *, cookies: dict[str, str]
) -> tuple[dict[str, float], dict[str, str]]:
    """What a first visit transfers, its largest paint, and how much the layout shifts, also while the map opens."""
    context = browser.new_context(viewport=TELEPHONE, locale="nl-NL")
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    page, fetched = context.new_page(), list[Request]()
    context.on("requestfinished", lambda request: fetched.append(request))
    page.goto(address + path, wait_until="networkidle")
    page.evaluate(WATCH)
    seen, weight = page.evaluate(SEEN), sum_weight(fetched, pictures=False)
    open_map(page)
    moved = page.evaluate(SEEN)
    over = {
        "weight_kb": weight,
        "weight_of_all_kb": sum_weight(fetched, pictures=True),
        "requests": len(fetched),
        "third_party_requests": sum(not one.url.startswith((address, "data:", "blob:")) for one in fetched),
        "lcp_ms": round(seen["lcp"], 1),
        "layout_shift": round(moved["shift"], 2),
    }
    context.close()
    return over, {"lcp_element": seen["element"], "moved": moved["moved"]}


def sum_weight(fetched: list[Request], *, pictures: bool) -> float:
    """Kilobytes transferred including headers, without map tiles, and with or without images."""
    counted = [one for one in fetched if TILES not in one.url and (pictures or one.resource_type != "image")]
    return round(sum(measure_bytes(one) for one in counted) / 1000, 1)


def measure_bytes(request: Request) -> int:
    """The size of a response as transferred."""
    sizes = request.sizes()
    return sizes["responseHeadersSize"] + sizes["responseBodySize"]


def open_map(page: Page) -> None:
    """Open the map, if the page has one, and wait until it is drawn."""
    button = page.locator("[data-map-open]")
    if button.count():
        button.click()
        expect(page.locator("[data-map-canvas]:not([aria-busy])")).to_be_visible(timeout=1000 * PATIENCE_S)
        page.wait_for_load_state("networkidle")
