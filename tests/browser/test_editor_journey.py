"""An editor answers a mail, makes a text better and teaches the assistant: telephone, desk, and without scripts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from casework.current_policy import CurrentPolicy
from casework.models import Message
from helpdesk.mailbox.questions import open_question
from helpdesk.models import Conversation, Phrase, Question, Turn
from tests.browser.filing import is_fine

pytestmark = pytest.mark.django_db(transaction=True)
FINE = "Hoe hoog is de boete?"


@pytest.fixture
def desk(browser_for_me: Callable[[User], Any], editor: User) -> Iterator[Page]:
    with browser_for_me(editor) as page:
        yield page


def form_with(page: Page, button: str) -> Locator:
    return page.locator("form").filter(has=page.get_by_role("button", name=button, exact=True))


def test_a_mail_is_sorted_and_answered(desk: Page) -> None:
    question = open_question(
        channel="mail", email="anna@example.org", subject="Boete", text="Wat kost het als ik rijd?"
    )
    desk.goto("/loket/vragen/")
    desk.get_by_role("link", name=question.number).click()
    is_fine(desk, question.number)

    form_with(desk, "Bewaar onderwerp en toon").get_by_label("Onderwerp").select_option(label=FINE)
    desk.get_by_role("button", name="Bewaar onderwerp en toon").click()
    desk.get_by_role("textbox", name="Antwoord").fill("Een bestelauto: 120 euro.")
    desk.get_by_role("button", name="Bekijk eerst het antwoord").click()
    is_fine(desk, "Bekijk het antwoord")
    desk.get_by_role("button", name="Verstuur het antwoord").click()

    expect(desk.get_by_text(f"Het antwoord op {question.number} is onderweg.")).to_be_visible()
    assert Question.objects.get().status == Question.Status.ANSWERED
    assert "120 euro" in Message.objects.latest("pk").body


def test_a_text_is_made_better_and_stands_on_the_site(desk: Page) -> None:
    desk.goto("/loket/helpdesk/topic/")
    desk.get_by_role("link", name=FINE).click()
    desk.get_by_role("link", name="Nieuwe versie schrijven: Nederlands").click()
    is_fine(desk, "Nieuwe versie schrijven")

    desk.get_by_role("textbox", name="Antwoord").fill("De boete is {fine:van} voor een bestelauto. **Let op.**")
    desk.get_by_role("button", name="Deze versie bewaren").click()
    is_fine(desk, FINE)
    desk.goto("/vragen/hoogte-boete/")

    fine = CurrentPolicy.on(timezone.localdate()).number("fine_van_eur")
    expect(desk.get_by_role("main")).to_contain_text(f"{fine} voor een bestelauto. Let op.")


def test_a_question_that_was_not_known_is_taught(desk: Page) -> None:
    talk = Conversation.objects.create(language="nl")
    Turn.objects.create(conversation=talk, number=1, question="wat schuift dat", kind=Turn.Kind.UNKNOWN)
    desk.goto("/loket/")
    desk.get_by_role("link", name="Niet bekend bij de assistent").click()
    is_fine(desk, "Assistent")

    desk.get_by_role("row", name="wat schuift dat").get_by_label("Onderwerp").select_option(label=FINE)
    desk.get_by_role("button", name="Aanleren").click()

    expect(desk.get_by_text("wat schuift dat")).to_have_count(0)
    assert Phrase.objects.get(phrase="wat schuift dat").topic.slug == "hoogte-boete"
