"""The house style: the plate that is typed in, the menu that steps aside, the drawings, the head of a letter."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from casework.letter_pdfs import read_mark
from exemptions.models import Kind
from tests import axe, given
from tests.looping import each
from tests.portal.wizard import started
from zesportal.templatetags.loket import list_icons

pytestmark = pytest.mark.django_db(transaction=True)

MENU, BAND = 'id="menu"', 'class="loket-number-plate__band" aria-hidden="true">'
ASKING = [("home", "NL"), ("access_check", "NL"), ("verify", ""), ("zone_route", "NL"), ("day_exemption", "NL")]


@each("name, sign", ASKING)
def test_a_plate_is_typed_in_a_plate(as_applicant, name, sign):
    page = as_applicant.get(reverse(name)).content.decode()

    assert page.count(BAND) == 1
    assert f"{BAND}{sign}<" in page
    assert 'for="id_plate"' in page


def test_the_band_keeps_the_country_that_was_sent(client):
    page = client.post(reverse("access_check"), {"plate": "", "country": "DE"}).content.decode()

    assert 'data-country="DE"' in page
    assert f"{BAND}D<" in page


def test_a_form_shows_no_menu(as_applicant, applicant, caseworker, other_caseworker):
    begun, rejected = started(as_applicant), given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    inside = [begun.look("vehicle")]
    inside += [
        as_applicant.get(address).content.decode()
        for address in (reverse("day_exemption"), reverse("object_to", args=[rejected.key]))
    ]

    assert [MENU in page for page in inside] == [False, False, False]
    assert BAND in inside[0]
    assert MENU in as_applicant.get(reverse("my_applications")).content.decode()


def test_every_kind_has_its_own_drawing(client):
    codes = {f"kind-{code}" for code in Kind.objects.values_list("code", flat=True)}

    assert codes <= list_icons()
    assert "#kind-LEV" in client.get(reverse("kinds")).content.decode()


def test_a_letter_on_the_screen_has_the_head_of_the_house(as_applicant, applicant, caseworker):
    case = given.waiting(by=applicant, desk=caseworker)

    page = as_applicant.get(reverse("letter", args=[case.key, case.dossier.letters.latest("pk").pk])).content.decode()

    assert "<strong>Centraal Loket ontheffingen zero-emissiezones</strong>" in page
    assert read_mark().startswith("<svg")


def test_the_start_page_is_two_screens_of_a_telephone(page, base_url):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 360, "height": 740})

    page.goto("/")

    assert page.locator("html").evaluate("html => html.scrollHeight") <= 2 * 740
    assert page.locator(".loket-header").bounding_box()["height"] <= 72
    assert [url for url in asked if not url.startswith((base_url, "data:"))] == []


def test_the_menu_opens_without_javascript_and_by_keyboard(browser, base_url, browser_context_args):
    with browser.new_context(**{**browser_context_args, "base_url": base_url, "java_script_enabled": False}) as context:
        page = context.new_page()
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto("/")
        expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_hidden()

        page.get_by_role("button", name="Menu").press("Enter")

        expect(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Zones")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("navigation", name="Hoofdmenu")).to_be_hidden()


def test_the_band_follows_the_country_that_is_chosen(page):
    page.goto(reverse("access_check"))

    page.get_by_label("Land van het kenteken").select_option("BE")

    expect(page.locator(".loket-number-plate__band")).to_have_text("B")
    assert axe.violations(page) == []
