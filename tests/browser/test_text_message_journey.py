"""An applicant asks for text messages, confirms the number with the code, and stops again; on every screen."""

import re

import pytest
from django.urls import reverse

from accounts.models import MobileNumber, User
from connections.text_messages import list_demo_texts
from tests.browser.journeys import reads, sound

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_sent(settings, tmp_path):
    settings.SMS_FILE_PATH = tmp_path / "sms"


def last_code() -> str:
    [code] = re.findall(r"^\d{6}", list_demo_texts()[-1][1])
    return str(code)


def test_an_applicant_gets_text_messages_and_stops(browser_for_me, applicant: User, tmp_path):
    with browser_for_me(applicant) as page:
        page.goto(reverse("my_choices"))
        page.get_by_role("link", name="Ook een sms-bericht krijgen").click()
        sound(page, "Sms-berichten")
        page.get_by_label("Mobiel nummer").fill("030 2345678")
        page.get_by_role("button", name="Stuur een code").click()
        reads(page, "Dit is geen mobiel nummer")
        page.get_by_label("Mobiel nummer").fill("06-12345678")
        page.get_by_role("button", name="Stuur een code").click()
        sound(page, "Sms-berichten")

        page.get_by_label("Code", exact=True).fill("12")
        page.get_by_role("button", name="Bevestigen").click()
        reads(page, "zes cijfers")
        page.get_by_label("Code", exact=True).fill(last_code())
        page.get_by_role("button", name="Bevestigen").click()
        reads(page, "Sms-berichten gaan naar +31612345678")
        sound(page, "Sms-berichten")
        page.screenshot(path=tmp_path / "confirmed.png", full_page=True)

        page.get_by_role("button", name="Stop sms-berichten").click()
        reads(page, "Wij hebben uw mobiele nummer verwijderd")
        assert not MobileNumber.objects.exists()
