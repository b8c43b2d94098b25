"""A visitor without an account follows a plate to the mail that says that its access ends, and stops with one link."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from casework.models import Message
from tests.browser.journeys import reads, sound
from watches import mailing
from watches.models import Watch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def in_the_last_month() -> Iterator[None]:
    """Thirty days before vans of class 5 lose their access."""
    with time_machine.travel("2026-12-01T10:00+01:00", tick=True):
        yield


def link_in(mail: Message) -> str:
    """The page to which a mail leads."""
    found = re.search(r"/kenteken-volgen/\S+", mail.body)
    assert found
    return found[0]


def test_a_visitor_follows_a_plate_to_the_mail_and_stops(page: Page):
    page.goto("/mag-ik-erin/")
    page.get_by_label("Kenteken", exact=True).fill("VAN-02-E")
    page.get_by_role("main").get_by_role("button").click()
    reads(page, "nog 30 dagen")
    page.get_by_role("link", name="Mail mij op tijd").click()
    sound(page, "Krijg een e-mail")
    page.get_by_label("Uw mailadres").fill("piet@example.nl")
    page.get_by_role("button", name="Stuur mij de link").click()
    sound(page, "Kijk in uw mailbox")
    assert "VAN" not in page.url

    page.goto(link_in(Message.objects.get()))
    sound(page, "Bevestig dat u deze e-mails wilt")
    page.get_by_role("button", name="Ja, mail mij").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("U volgt dit kenteken")
    sound(page, "U volgt dit kenteken")

    assert mailing.announce_ends(today=timezone.localdate()) == 1
    mail = Message.objects.latest("pk")
    assert "31 december 2026 (nog 30 dagen)" in mail.body
    page.goto(link_in(mail))
    page.get_by_role("button", name="Stop deze e-mails").click()
    sound(page, "U krijgt geen e-mails over dit kenteken")
    assert not Watch.objects.exists()
    assert not Message.objects.exists()
