"""The information site in a real browser: for everybody, on a telephone, and without scripts."""

from io import BytesIO
from statistics import fmean

import pytest
from django.core.management import call_command
from django.urls import reverse
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import expect

from demo.information import SHAPES
from tests import axe

pytestmark = pytest.mark.django_db(transaction=True)
SHIFTED = """new Promise((done) => new PerformanceObserver((list, watch) => {
  done(list.getEntries().reduce((sum, one) => sum + one.value, 0));
}).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done(0), 300))"""
PAGES = (
    "/",
    "/zones/",
    "/zones/utrecht/",
    "/zones/utrecht/advies/",
    "/zones/adres/",
    "/zones/route/",
    "/ontheffingen/",
    "/ontheffingen/lev/",
    "/kosten/",
    "/overgangsregels/",
    "/vragen/",
    "/vragen/vrachtauto-toegang/",
    "/zoeken/",
    "/storingen/",
    "/cookies/",
    "/privacy/",
    "/toegankelijkheid/",
)


@pytest.fixture
def boundaries():
    call_command("load_zone_boundaries", str(SHAPES), source="demo", invented=True)


@pytest.mark.usefixtures("boundaries")
def test_every_page_is_for_everybody_also_at_320_pixels(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 320, "height": 700})
    for path in PAGES:
        page.goto(path)
        assert axe.violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    host = page.url.split("/")[2]
    assert [url for url in asked if url.split("/")[2] != host and not url.startswith("data:")] == []


def test_searching_without_scripts(browser, browser_context_args, base_url):
    options = {**browser_context_args, "base_url": base_url, "java_script_enabled": False}
    with browser.new_context(**options) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_label("Wat zoekt u?").fill("hoogte boete")
        page.get_by_role("main").get_by_role("button", name="Zoeken").click()

        page.get_by_role("link", name="Hoe hoog is de boete?").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Hoe hoog is de boete?")


def test_the_preview_follows_what_an_editor_types(page, sign_in, editor):
    sign_in(page.context, editor)
    page.goto(reverse("admin:helpdesk_topic_changelist"))
    page.get_by_role("link", name="Mag mijn vrachtauto erin?").click()
    page.get_by_role("link", name="Nieuwe versie schrijven: Nederlands").click()
    page.wait_for_load_state()  # the script that listens has come

    page.get_by_label("Antwoord").fill("Tot {rule:T4:until}, **altijd**.")

    expect(page.locator("#preview")).to_have_text("Tot 1 januari 2030, altijd.")
    assert axe.violations(page) == []


def test_the_button_of_the_map_has_its_place_at_once_and_needs_a_script(page, browser, base_url):
    page.goto("/zones/")
    page.wait_for_load_state()
    bare = browser.new_page(java_script_enabled=False, base_url=base_url)
    bare.goto("/zones/")

    expect(page.get_by_role("button", name="Open de kaart")).to_be_visible()
    expect(bare.get_by_role("button", name="Open de kaart")).to_be_hidden()
    assert page.evaluate(SHIFTED) == 0
    bare.close()


@pytest.mark.usefixtures("boundaries")
def test_the_map_opens_on_demand_and_asks_nobody_else(page):
    asked, refused = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text) if "Security Policy" in message.text else None)
    page.goto("/zones/utrecht/")
    assert not [url for url in asked if "maplibre" in url]

    page.get_by_role("button", name="Open de kaart").click()

    expect(page.get_by_role("region", name="Kaart van de zero-emissiezones")).to_be_visible()
    expect(page.get_by_role("button", name="Inzoomen")).to_be_visible()
    expect(page.get_by_text("geen straten")).to_be_visible()
    assert refused == []
    host = page.url.split("/")[2]
    assert [url for url in asked if url.split("/")[2] != host and not url.startswith(("data:", "blob:"))] == []


# --- An open map ---------------------------------------------------------------------------------------

LYING, UPRIGHT = {"width": 740, "height": 360}, {"width": 360, "height": 740}


def open_map(page):
    page.goto("/zones/")
    page.get_by_role("button", name="Open de kaart").click()
    expect(page.locator("[data-map-canvas]:not([aria-busy])")).to_be_visible()


def draw(page):
    """The map as it is seen, once it moves no more."""
    page.wait_for_timeout(1500)
    return Image.open(BytesIO(page.locator("[data-map-canvas] canvas").screenshot())).convert("RGB")


def brightness(image):
    return fmean(ImageStat.Stat(image).mean)


@pytest.mark.usefixtures("boundaries")
def test_an_open_map_follows_the_colours_of_the_system(page):
    page.emulate_media(color_scheme="light")
    open_map(page)
    day = brightness(draw(page))

    page.emulate_media(color_scheme="dark")

    assert (day > 200, brightness(draw(page)) < 80) == (True, True)


@pytest.mark.usefixtures("boundaries")
def test_an_open_map_fits_again_when_the_telephone_is_turned(page):
    page.set_viewport_size(LYING)
    open_map(page)
    draw(page)
    page.set_viewport_size(UPRIGHT)
    turned = draw(page)

    open_map(page)

    afresh = draw(page)
    assert turned.size == afresh.size
    assert brightness(ImageChops.difference(turned, afresh)) < 1
