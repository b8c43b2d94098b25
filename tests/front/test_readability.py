"""Dutch pages that everybody can read: plain words and short sentences (about level B1)."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from tests.crawler import Walk, sort_of
from tests.front.readability import Reading, measured, words_of

EASE = 65
"""Of the Flesch-Douma scale: plain Dutch."""
LONGEST_SENTENCE = 28
"""In words; a sentence with a list of names in it is counted whole."""
ENOUGH_WORDS = 30
"""Of a page with less one cannot say how hard it reads."""
PLATES = ("TRU00E", "TRU01E", "TRU06E", "TRU93E", "VAN02E", "VAN03E", "VAN45E", "VAN99E", "CAR01E", "XX99XX")
"""One of each answer to 'may I enter?'."""


def each_page(way: str) -> str:
    """All pages, also those of one sort; of a list that can be filtered only one."""
    return sort_of(way) if "?" in way else way


def answers() -> Iterator[tuple[str, str]]:
    """What the access check says of each of the plates."""
    for plate in PLATES:
        answer = Client().post(reverse("access_check"), {"plate": plate}, follow=True)
        yield plate, answer.content.decode()


def hard(pages: dict[str, str]) -> dict[str, Reading]:
    """The pages that are too hard to read, or have too long a sentence."""
    read = {way: measured(words_of(html)) for way, html in pages.items()}
    return {
        way: reading
        for way, reading in read.items()
        if reading.words >= ENOUGH_WORDS and (reading.ease < EASE or reading.longest_words > LONGEST_SENTENCE)
    }


@pytest.mark.django_db
def test_every_public_page_is_plain_dutch(client: Client):
    walk = Walk(client, sort=each_page)

    pages = {way: client.get(way).content.decode() for way in walk.pages(["/"])}

    assert len(pages) > 100
    assert hard(pages) == {}


@pytest.mark.django_db
def test_every_answer_to_may_i_enter_is_plain_dutch():
    assert hard(dict(answers())) == {}


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("U mag de zone in. U hoeft niets te doen. Wij sturen u een brief.", 95, 130),
        ("U vraagt een ontheffing aan. Bron: Regeling bedrijfseconomische omstandigheden.", 90, 100),
        (
            "De vreemdelingenrechtelijke vergunningverleningsprocedure impliceert noodzakelijkerwijs consultatie.",
            -300,
            0,
        ),
        ("", 100, 100),
    ],
)
def test_the_measure_knows_plain_from_hard(text: str, least: int, most: int):
    assert least <= measured(text).ease <= most
