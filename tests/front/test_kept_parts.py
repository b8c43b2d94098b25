"""The parts of the frame that are the same for everybody are rendered once, until a setting changes."""

from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from casework.models import Policy
from casework.reference_cache import reading_once
from tests.looping import each

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings: Any) -> None:
    """As it is outside the tests."""
    settings.REFERENCE_ANSWERS_KEPT = 500
    settings.PAGES_KEPT_S = 0


def render(word: str, *, about: str = "same", language: str = "nl") -> str:
    with reading_once(), override(language):
        words = Context({"word": word, "about": about})
        return Template('{% load loket %}{% once "test" about %}{{ word }}{% endonce %}').render(words)


def test_a_part_is_rendered_once_for_each_value_and_language():
    assert render("first") == "first"

    assert render("second") == "first"
    assert render("second", about="other") == "second"
    assert render("second", language="de") == "second"


def test_where_a_form_is_sent_it_is_rendered_anew():
    render("first")

    template = Template('{% load loket %}{% once "test" about %}{{ word }}{% endonce %}')

    assert template.render(Context({"word": "second", "about": "same"})) == "second"


@each("change", [{"contact_phone": "088 000 11 22"}, {"contact_email": "nieuw@loket.example"}])
def test_a_change_of_a_setting_shows_on_the_next_page(client: Client, change: dict[str, str]):
    page = reverse("privacy")
    client.get(page)
    [(name, value)] = change.items()

    Policy.objects.filter(name=name).update(value=value)

    assert client.get(page).text.count(value) >= 2


def test_each_reader_gets_their_own_menu(client: Client, as_applicant: Client):
    page = reverse("faq")
    for _time in range(2):
        stranger, applicant = client.get(page).text, as_applicant.get(page).text

        assert ("Uitloggen" in stranger, "Uitloggen" in applicant) == (False, True)
        assert ("data-logged-in" in stranger, "data-logged-in" in applicant) == (False, True)


def test_the_menu_tells_where_one_is(client: Client):
    for name in ("faq", "zones", "faq"):
        assert f'<a href="{reverse(name)}" aria-current="page">' in client.get(reverse(name)).text


def test_inside_a_form_nothing_leads_away(client: Client):
    client.get(reverse("faq"))

    assert reverse("open_data") not in client.get(reverse("day_exemption")).text


def test_each_language_has_its_own(client: Client):
    client.get(reverse("access_check"))

    page = client.get(reverse("access_check"), {"taal": "de"}).text

    assert ("Brauchen Sie Hilfe?" in page, "Hulp nodig?" in page) == (True, False)
