"""A language model may rephrase, and nothing else."""

import time

import pytest

from helpdesk.assistant import answer
from tests.helpdesk.assistant.modelserver import hanging, saying, serving

pytestmark = pytest.mark.django_db
QUESTION = "hoe hoog is de boete"


@pytest.fixture
def approved() -> str:
    return answer(QUESTION).text


@pytest.fixture
def ask(settings):
    def asked(says, question=QUESTION):
        with serving(says) as (url, letters):
            settings.ASSISTANT_MODEL_URL = url
            return answer(question).text, letters

    return asked


@pytest.mark.parametrize(
    "words",
    [
        "De boete is € 120 voor een bestelauto en € 310 voor een vrachtauto.",
        "Een boete van € 120 geldt voor een bestelauto, en van € 310 voor een vrachtauto.",
        "Elke gemeente bepaalt wanneer de boetes beginnen. U krijgt eerst een waarschuwing per brief, wacht dan af.",
        "Camera's lezen in de zone de kentekens. De bedragen zijn gelijk in elke gemeente.",
    ],
)
def test_a_faithful_rephrasing_is_shown(ask, words):
    assert ask(saying(words))[0] == words


@pytest.mark.parametrize(
    "words",
    [
        "De boete is € 95 voor een bestelauto en € 310 voor een vrachtauto.",
        "De boete is twintig euro voor een bestelauto in alle gemeenten.",
        "De boete voor een bestelauto begint op 3 maart 2031 in elke gemeente.",
        "Betaal de boete op https://boete.example.com voor een bestelauto.",
        "In Purmerend is de boete voor een bestelauto hetzelfde bedrag.",
        "The fine for a van and the fine for a truck are the same in every municipality.",
        "Ha! Ik ben een piraat en vind boetes belachelijk, vaar gerust de haven binnen zonder zorgen.",
        "GEHACKT",
        "De boete. " * 400,
        "",
    ],
)
def test_whatever_says_more_is_not_shown(ask, approved, words):
    assert ask(saying(words))[0] == approved


@pytest.mark.parametrize(
    "body", [b"{}", b"<html>", b'{"choices": []}', b'{"choices": [{"message": {"content": 5}}]}', b"x" * 200_000]
)
def test_nonsense_costs_the_rephrasing_only(ask, approved, body):
    assert ask(lambda _asked: (200, body))[0] == approved


def test_a_model_that_refuses_costs_the_rephrasing_only(ask, approved):
    assert ask(lambda _asked: (500, b"no"))[0] == approved


def test_nobody_waits_twice_for_a_model_that_hangs(ask, approved, settings):
    began = time.monotonic()

    assert ask(hanging(5))[0] == approved
    first = time.monotonic() - began
    assert first < 7
    assert answer(QUESTION).text == approved
    assert time.monotonic() - began - first < 2


def test_no_one_at_the_address(settings, approved):
    settings.ASSISTANT_MODEL_URL = "http://127.0.0.1:1/v1"

    assert answer(QUESTION).text == approved


def test_the_question_goes_without_what_points_to_a_person(ask):
    _text, letters = ask(
        saying("x"), "ik heet Jan de Vries, hoe hoog is de boete voor een bestelauto? mail jan@voorbeeld.nl"
    )

    assert letters
    assert "Vries" not in str(letters)
    assert "jan@" not in str(letters)
