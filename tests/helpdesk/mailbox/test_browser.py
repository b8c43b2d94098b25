"""The mailbox in a real browser: axe on every page, a phone's width, and a question asked from top to bottom."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from helpdesk.mailbox import attachments
from helpdesk.mailbox.parts import File
from helpdesk.mailbox.questions import open_question
from helpdesk.models import Question
from tests import axe
from tests.portal.files import PDF

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (1280, 360, 320)


def looked_at(page: Page, address: str) -> list[str]:
    """Everything that is wrong with a page, wide and on a phone."""
    wrong = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrong.append(f"wider than {width}")
        wrong += axe.violations(page)
        if folder := os.environ.get("PICTURES"):
            name = f"{address.strip('/').replace('/', '-').split('?')[0]}-{width}.png"
            page.screenshot(path=Path(folder) / name, full_page=True)
    return wrong


def a_question() -> Question:
    """With a file that was kept, one that was refused, and a dossier that nobody knows."""
    looked = attachments.check_files([File("kentekenbewijs.pdf", PDF), File("fotos.zip", b"PK")])
    text = "Goedendag,\n\nWanneer mag ik met mijn bestelauto niet meer de zone in?\n\nAnna"
    about = {"name": "Anna de Bakker", "subject": "Bestelauto, zie ZES-2026-000999", "files": looked}
    return open_question(channel="mail", email="anna@example.org", text=text, **about)  # type: ignore[arg-type]


def test_the_form_is_for_everybody(page):
    assert looked_at(page, "/contact/") == []
    page.get_by_label("Uw vraag").fill("Mag ik erin?")
    page.get_by_role("button", name="Verstuur uw vraag").click()
    expect(page.locator("#error-summary")).to_be_visible()
    assert axe.violations(page) == []
    expect(page.get_by_label("Uw vraag")).to_have_value("Mag ik erin?")

    page.get_by_label("Uw mailadres").fill("anna@example.org")
    page.get_by_role("button", name="Verstuur uw vraag").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Wij hebben uw vraag ontvangen")
    assert axe.violations(page) == []


def test_the_editors_pages_are_for_every_editor(page, editor, sign_in):
    question = a_question()
    sign_in(page.context, editor)

    assert looked_at(page, "/loket/vragen/") == []
    assert looked_at(page, f"/loket/vragen/{question.number}/") == []
