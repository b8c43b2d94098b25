"""Dutch pages that everybody can read: plain words and short sentences (about level B1)."""

import pytest
from django.test import Client

from tests.crawler import Walk
from tests.front.readability import measured, words_of

EASE = 60
"""Of the Flesch-Douma scale: plain Dutch."""
LONGEST_SENTENCE = 28
"""In words; a sentence with a list of names in it is counted whole."""
ENOUGH_WORDS = 30
"""Of a page with less one cannot say how hard it reads."""


@pytest.mark.django_db
def test_every_public_page_is_plain_dutch(client: Client):
    pages = {way: measured(words_of(client.get(way).content.decode())) for way in Walk(client).pages(["/"])}

    read = {way: reading for way, reading in pages.items() if reading.words >= ENOUGH_WORDS}
    hard = {way: f"{reading.ease:.0f}" for way, reading in read.items() if reading.ease < EASE}
    long = {way: reading.longest for way, reading in read.items() if reading.longest_words > LONGEST_SENTENCE}

    assert (hard, long) == ({}, {})
    assert len(read) > 10


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("U mag de zone in. U hoeft niets te doen. Wij sturen u een brief.", 95, 130),
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
