"""What the assistant learns from: ways to ask, questions and answers as they stand now; learnt once a process.

Nothing is learnt from what visitors type. The examples of what is no topic are ours (`data/out_of_scope.csv`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache as once
from hashlib import sha256
from threading import Lock

from django.core.cache import cache

from helpdesk.assistant.matching import Example, Matcher
from helpdesk.assistant.text import DATA, rows
from helpdesk.models import Phrase, TopicText
from helpdesk.stamp import stamp

OUT, HOSTILE, OWN = "=out", "=hostile", "=own"
"""What is no topic: not ours to answer, meant ill, about the asker's own case."""
QUESTION_WEIGHT = 1.5
SHAPE = 2
"""To be raised where what a matcher keeps changes: a cached one of an older release would not do."""
MOST_HERE = 2
KEPT_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True)
class Shipped:
    """A frequent question in one language, as it comes with the product."""

    slug: str
    language: str
    question: str
    answer: str


@once
def shipped_texts() -> tuple[Shipped, ...]:
    """The texts of `data/faq`, each a heading with an answer below it."""
    return tuple(_texts())


def _texts() -> Iterator[Shipped]:
    for path in sorted((DATA / "faq").glob("*.*.md")):
        slug, language = path.name.split(".")[:2]
        question, _end, answer = path.read_text(encoding="utf-8").partition("\n")
        yield Shipped(slug, language, question.removeprefix("# ").strip(), answer.strip())


def examples() -> list[Example]:
    """Everything to learn from, of the database; of the shipped files where that has no topics yet."""
    known = _from_database() or _from_files()
    return [*known, *(Example(row["phrase"], f"={row['sort']}") for row in rows("out_of_scope"))]


def _from_database() -> list[Example]:
    texts = TopicText.objects.order_by("topic_id", "language", "-version").distinct("topic_id", "language")
    asked = texts.values_list("question", "topic__slug")
    phrases = Phrase.objects.order_by("pk").values_list("phrase", "topic__slug")
    return [
        *(Example(question, slug, QUESTION_WEIGHT) for question, slug in asked),
        *(Example(phrase, slug) for phrase, slug in phrases),
    ]


def _from_files() -> list[Example]:
    return [
        *(Example(text.question, text.slug, QUESTION_WEIGHT) for text in shipped_texts()),
        *(Example(row["phrase"], row["topic"]) for row in rows("phrases")),
    ]


class _Learnt:
    """The matcher of this process, with the stamp of the rows that it was learnt from."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stamp = ""
        self._examples: list[Example] = []
        self._matcher: Matcher | None = None

    def matcher(self) -> Matcher:
        """Learnt again where something changed; who asks meanwhile waits, so that it is done once."""
        now = stamp()
        with self._lock:
            if self._matcher is None or now != self._stamp:
                learnt = examples()
                if self._matcher is None or learnt != self._examples:  # a price that changed is nothing to learn
                    self._matcher, self._examples = learn(learnt), learnt
                self._stamp = now
            return self._matcher


def learn(known: list[Example]) -> Matcher:
    """Learnt by the first process that needs it; the others, and the next start, get it from the cache."""
    name = f"assistant-{SHAPE}-{sha256(repr(known).encode()).hexdigest()}"
    if name not in _here:
        found: Matcher | None = cache.get(name)
        if found is None:
            found = Matcher(known)
            cache.set(name, found, KEPT_SECONDS)
        while len(_here) >= MOST_HERE:
            _here.pop(next(iter(_here)))
        _here[name] = found
    return _here[name]


_here: dict[str, Matcher] = {}
"""What this process learnt lately, by what it was learnt from: a text that is put back needs no second learning."""


_learnt = _Learnt()


def matcher() -> Matcher:
    """What is learnt, up to date."""
    return _learnt.matcher()
