"""The page about open data: for people, without an account."""

import re

import pytest
from django.test import Client
from playwright.sync_api import Page

from tests import axe
from tests.reporting.api.conftest import MUNICIPAL, NATIONAL

pytestmark = pytest.mark.django_db


def test_everybody_sees_what_is_public_and_until_when(client):
    page = client.get("/open-data/").content.decode()

    assert "juli 2024" in page
    assert "maart 2025" in page
    assert "geen getal onder de 5" in page


def test_it_leads_to_the_files_of_every_figure(client):
    page = client.get("/open-data/").content.decode()

    for name in NATIONAL:
        assert f'href="/api/v1/cijfers/{name}?format=csv"' in page
    for name in MUNICIPAL:
        assert f'href="/api/v1/cijfers/{name}/gemeenten?format=csv"' in page


def test_every_file_that_it_leads_to_is_there(client):
    page = client.get("/open-data/").content.decode()
    links = set(re.findall(r'href="(/api/v1/[^"]+)"', page))

    assert len(links) == 2 * (len(NATIONAL) + len(MUNICIPAL)) + 5
    assert {link for link in links if Client().get(link).status_code not in (200, 429)} == set()


def test_it_reads_in_english_too(db):
    page = Client(headers={"Accept-Language": "en"}).get("/open-data/").content.decode()

    assert "What we do not show" in page


def test_it_can_only_be_read(client):
    assert client.post("/open-data/").status_code == 405


@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_accessible_and_fits(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/open-data/")

    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
