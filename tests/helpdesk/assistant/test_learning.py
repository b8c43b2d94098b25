"""What is learnt once is there for every process, and is learnt again where something changed."""

import pytest
from django.core.cache import cache

from helpdesk.assistant.knowledge import OUT, learn
from helpdesk.assistant.matching import Example

KNOWN = [
    Example("wat kost een ontheffing", "kosten"),
    Example("hoe hoog is de boete", "hoogte-boete"),
    Example("wat voor weer wordt het", OUT),
]


def best(examples: list[Example], question: str) -> str:
    return learn(examples).rank(question)[0].label


def kept() -> int:
    return len(list(cache.keys("assistant-*")))  # type: ignore[attr-defined]  # Redis


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    cache.clear()


def test_what_one_process_learnt_the_next_takes_from_the_cache():
    assert best(KNOWN, "kost het wat?") == "kosten"
    assert kept() == 1

    assert best(KNOWN, "kost het wat?") == "kosten"
    assert kept() == 1


def test_a_new_way_to_ask_is_learnt_at_once():
    best(KNOWN, "leges")

    assert best([*KNOWN, Example("leges", "kosten")], "leges") == "kosten"
    assert kept() == 2


def test_without_redis_it_learns_for_itself(redis_away: None):
    assert best(KNOWN, "hoe hoog is die boete") == "hoogte-boete"
