"""After the last day of a rule no page and no answer says that a vehicle may still enter, or will lose access."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from helpdesk.assistant import answer
from helpdesk.information import topics
from tests.front.readability import words_of
from tests.helpdesk.information.shipped import TEXTS

pytestmark = pytest.mark.django_db

LAST = "2026-12-31T22:00Z"
AFTER = "2027-01-15T12:00Z"
STALE = {
    "nl": r"\bmag\b[^.!?]*tot en met 31 december 2026|\bvanaf 1 januari 2027|klasse 5[^.!?]*nog een tijd|straks",
    "en": r"\bmay\b[^.!?]*until 31 December 2026|\bfrom 1 January 2027",
    "de": r"\bdarf\b[^!?]{0,60}bis einschließlich 31\. Dezember 2026|\bab dem 1\. Januar 2027",
    "fr": r"\bpeut\b[^.!?]*jusqu'au 31 décembre 2026|à partir du 1er janvier 2027",
    "pl": r"\bmoże\b[^.!?]*do 31 grudnia 2026",
}
OTHER_PAGES = ("home", "zones", "kinds", "prices", "timeline", "faq", "access_check")


def stale(language: str, text: str) -> list[str]:
    return [found[0] for found in re.finditer(STALE[language], text, re.IGNORECASE)]


def pages(client: Client, language: str) -> Iterator[tuple[str, str]]:
    """The words of every page about the rules in a language, by address."""
    ways = [reverse(name) for name in OTHER_PAGES if language in ("nl", "en") or name != "timeline"]
    ways += [reverse("topic", args=[slug]) for slug, written in TEXTS if written == language]
    ways += [reverse("zone", args=["utrecht"]), reverse("kind", args=["dag"])]
    for way in ways:
        yield way, words_of(client.get(way, {"taal": language}).content.decode())


@pytest.mark.parametrize("language", sorted(STALE))
def test_every_page_turns_over_by_itself(client, time_machine, language):
    time_machine.move_to(LAST)
    before = {way: stale(language, text) for way, text in pages(client, language)}
    time_machine.move_to(AFTER)
    after = {way: stale(language, text) for way, text in pages(client, language)}

    assert before[reverse("topic", args=["bestelauto-emissieklasse-5"])]
    assert {way: found for way, found in after.items() if found} == {}


@pytest.mark.parametrize(
    ("language", "question", "before", "after"),
    [
        ("nl", "Mag mijn bestelauto met emissieklasse 5 erin?", "tot en met 31 december 2026", "sinds 1 januari 2027"),
        ("en", "Can my van with emission class 5 enter?", "may enter until 31 December 2026", "since 1 January 2027"),
        ("nl", "Wat verandert er op 1 januari?", "Vanaf 1 januari 2027", "Sinds 1 januari 2027"),
    ],
)  # fmt: skip
def test_the_assistant_turns_over_too(time_machine, language, question, before, after):
    time_machine.move_to(LAST)
    assert before in answer(question, language=language).text

    time_machine.move_to(AFTER)
    assert after in answer(question, language=language).text


@pytest.mark.parametrize("day", ["2028-01-01", "2029-01-01", "2030-01-01"])
def test_no_lead_speaks_of_a_last_day_that_is_past(time_machine, day):
    time_machine.move_to(f"{day}T12:00Z")
    year = int(day[:4]) - 1

    leads = [one.lead for one in topics.list_published(language="nl") if one.slug != "welke-gemeenten"]
    assert [lead for lead in leads if f"mag erin tot en met 31 december {year}" in lead] == []
