"""A photo that looks blurred: the browser says so before it is sent, and one may send it all the same."""

import io
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from playwright.sync_api import Page, expect

from accounts.models import User
from tests import given
from tests.browser.journeys import fine

pytestmark = pytest.mark.django_db(transaction=True)


def photo(name: str, *, blur: int) -> Any:
    """A page of text as a telephone takes it."""
    page = Image.new("RGB", (1200, 1600), (225, 222, 215))
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(32)
    for line in range(25):
        pen.text(
            (80, 100 + 56 * line), "Koopovereenkomst voor een elektrische vrachtauto", fill=(40, 40, 45), font=font
        )
    taken = io.BytesIO()
    page.filter(ImageFilter.GaussianBlur(blur)).save(taken, "JPEG", quality=85)
    return {"name": name, "mimeType": "image/jpeg", "buffer": taken.getvalue()}


def test_a_blurred_photo_waits_for_a_second_thought_and_a_sharp_one_goes_at_once(
    page: Page, sign_in: Any, applicant: User
) -> None:
    sign_in(page.context, applicant)
    draft = given.draft(by=applicant)
    page.goto(f"/aanvragen/{draft.key}/invullen/evidence/")
    expect(page.get_by_role("button", name="Toevoegen", exact=True)).to_be_hidden()

    page.get_by_label("Kies uw bestanden").set_input_files(photo("wazig.jpg", blur=10))
    expect(page.get_by_role("status")).to_contain_text("Deze foto lijkt onscherp.")
    fine(page, "Voeg uw bewijs toe")
    assert not draft.dossier.documents.filter(name="wazig.jpg").exists()

    page.get_by_label("Kies uw bestanden").set_input_files(photo("scherp.jpg", blur=0))
    expect(page.get_by_role("link", name="scherp.jpg")).to_be_visible()

    page.get_by_label("Kies uw bestanden").set_input_files(photo("wazig.jpg", blur=10))
    page.get_by_role("button", name="Toevoegen", exact=True).click()
    expect(page.get_by_role("link", name="wazig.jpg")).to_be_visible()
