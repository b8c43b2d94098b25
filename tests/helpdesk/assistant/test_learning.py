"""What is learnt once is there for every process, and is learnt again where something changed."""

from collections.abc import Callable

import pytest
from django.core.cache import cache

from helpdesk import tasks
from helpdesk.assistant import answer, knowledge
from helpdesk.assistant.knowledge import OUT, learn
from helpdesk.assistant.matching import Example
from helpdesk.models import Phrase, Topic

KNOWN = [
    Example("wat kost een ontheffing", "kosten"),
    Example("hoe hoog is de boete", "hoogte-boete"),
    Example("wat voor weer wordt het", OUT),
]


def best(examples: list[Example], question: str) -> str:
    return learn(examples).rank(question)[0].label


def kept() -> int:
    return len(list(cache.keys("assistant-*")))  # type: ignore[attr-defined]  # Redis


@pytest.fixture
def another_process(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """One that learnt nothing itself yet."""

    def begin() -> None:
        monkeypatch.setattr(knowledge, "_here", {})
        monkeypatch.setattr(knowledge, "_learnt", knowledge._Learnt())

    return begin


@pytest.fixture(autouse=True)
def _nothing_kept(another_process: Callable[[], None]) -> None:
    another_process()
    cache.clear()


def test_what_one_process_learnt_the_next_takes_from_the_cache(another_process: Callable[[], None]):
    assert best(KNOWN, "kost het wat?") == "kosten"
    assert kept() == 1

    another_process()

    assert best(KNOWN, "kost het wat?") == "kosten"
    assert kept() == 1


def test_a_new_way_to_ask_is_learnt_at_once():
    best(KNOWN, "leges")

    assert best([*KNOWN, Example("leges", "kosten")], "leges") == "kosten"
    assert kept() == 2


def test_without_redis_it_learns_for_itself(redis_away: None):
    assert best(KNOWN, "hoe hoog is die boete") == "hoogte-boete"


@pytest.mark.django_db
def test_what_the_worker_learnt_after_an_editor_no_visitor_waits_for(another_process: Callable[[], None]):
    Phrase.objects.create(topic=Topic.objects.get(slug="kosten"), language="nl", phrase="flapdrol wibra kwik")
    tasks.learn_ways_to_ask()
    [name] = cache.keys("assistant-[0-9]*")  # type: ignore[attr-defined]  # Redis
    cache.expire(name, 1000)  # type: ignore[attr-defined]  # who learns again keeps it for a month

    another_process()

    assert answer("flapdrol wibra kwik").topics == ["kosten"]
    assert cache.keys("assistant-[0-9]*") == [name]  # type: ignore[attr-defined]
    assert cache.ttl(name) <= 1000  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_learning_again_where_nothing_changed_learns_nothing():
    tasks.learn_ways_to_ask()
    learnt = knowledge.matcher()

    tasks.learn_ways_to_ask()

    assert knowledge.matcher() is learnt
