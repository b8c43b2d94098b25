"""What the assistant knows: ways to ask, questions and answers as they stand now, and what is learnt from them.

Nothing is learnt from what visitors type. The examples of what is no topic are ours (`data/out_of_scope.csv`).

What was learnt is a file named after what it was learnt from, which all processes of a machine share. `load_reference`
makes it. Where something changed since, visitors are answered with what was learnt last until the worker has learnt
again; what stands in the table of ways to ask, word by word, is known at once. Where nothing was learnt at all, as when
the files were thrown away, a process learns beside its work. So no visitor ever waits for learning.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache as once
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock, Thread
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from django.conf import settings
from django.core.files import locks

from helpdesk.assistant.text import DATA, names_of_concepts, rows, words
from helpdesk.content_version import stamp
from helpdesk.models import Phrase, TopicText

if TYPE_CHECKING:
    from helpdesk.assistant.matching import Matcher

OUT, HOSTILE, OWN = "=out", "=hostile", "=own"
"""What is no topic: not ours to answer, meant ill, about the asker's own case."""
SHAPE = 2
"""To be raised where what a matcher keeps or how it learns changes: a file of an older release would not do."""
KEPT = 8
"""Files at most: those of the last changes."""
Asked = tuple[str, str, str]
"""A way to ask: its words, its label, its language."""


@dataclass(frozen=True)
class Shipped:
    """A frequent question in one language, as it comes with the product."""

    slug: str
    language: str
    question: str
    answer: str


@dataclass(frozen=True)
class Knowledge:
    """What a question is read with. `phrases`: what each way to ask means, by its plain words.

    `digest`: of what is known; `learnt_from`: of what the matcher was learnt from, which may be a little older.
    `matcher`: None for the half minute in which nothing was learnt yet.
    """

    matcher: "Matcher | None"
    phrases: Mapping[str, str]
    digest: str
    learnt_from: str


@once
def shipped_texts() -> tuple[Shipped, ...]:
    """The texts of `data/faq`, each a heading with an answer below it."""
    return tuple(_texts())


def _texts() -> Iterator[Shipped]:
    for path in sorted((DATA / "faq").glob("*.*.md")):
        slug, language = path.name.split(".")[:2]
        question, _end, answer = path.read_text(encoding="utf-8").partition("\n")
        yield Shipped(slug, language, question.removeprefix("# ").strip(), answer.strip())


def ways_to_ask() -> list[Asked]:
    """Everything to learn from, of the database; of the shipped files where that has no topics yet."""
    known = _from_database() or _from_files()
    return [*known, *((row["phrase"], f"={row['sort']}", row["language"]) for row in rows("out_of_scope"))]


def _from_database() -> list[Asked]:
    texts = TopicText.objects.order_by("topic_id", "language", "-version").distinct("topic_id", "language")
    phrases = Phrase.objects.order_by("pk")
    return [
        *texts.values_list("question", "topic__slug", "language"),
        *phrases.values_list("phrase", "topic__slug", "language"),
    ]


def _from_files() -> list[Asked]:
    return [
        *((text.question, text.slug, text.language) for text in shipped_texts()),
        *((row["phrase"], row["topic"], row["language"]) for row in rows("phrases")),
    ]


def digest_of(known: Sequence[Asked]) -> str:
    """The name of what is learnt from this, with what else it is learnt from."""
    beside = [rows(name) for name in ("synonyms", "places", "told")]
    return f"{SHAPE}-{sha256(repr((sorted(known), beside, shipped_texts())).encode()).hexdigest()[:32]}"


class _Known:
    """The knowledge of this process, with the stamp of the rows that it was read from."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stamp = ""
        self._now: Knowledge | None = None
        self._learner: Thread | None = None

    def get(self) -> Knowledge:
        """Up to date, but for what is learnt: nobody waits for that."""
        at = stamp()
        with self._lock:
            if self._now is None or at != self._stamp:
                self._now, self._stamp = read(self._now), at
            if self._now.learnt_from != self._now.digest and (found := load(self._now.digest)):
                self._now = replace(self._now, matcher=found, learnt_from=self._now.digest)
            if self._now.matcher is None:
                self._begin()
            return self._now

    def _begin(self) -> None:
        """Learn in a thread, which needs no database, unless one is at it."""
        if self._learner is None or not self._learner.is_alive():
            self._learner = Thread(target=self._learn, args=(ways_to_ask(),), daemon=True)
            self._learner.start()

    def _learn(self, known: Sequence[Asked]) -> None:
        digest = digest_of(known)
        found = learnt(known, digest)
        with self._lock:
            if self._now and self._now.matcher is None:
                self._now = replace(self._now, matcher=found, learnt_from=digest)


def read(before: Knowledge | None) -> Knowledge:
    """What is known now, with the matcher that was learnt last, if there is one."""
    known = ways_to_ask()
    digest = digest_of(known)
    if before and before.digest == digest:
        return before  # a price that changed is nothing to learn
    phrases = {bare(text): label for text, label, _language in known}
    if before:
        return Knowledge(before.matcher, phrases, digest, before.learnt_from)
    learnt_from = digest if _path(digest).exists() else last_learnt()
    return Knowledge(load(learnt_from), phrases, digest, learnt_from)


def bare(text: str) -> str:
    """The words alone, as two ways to ask are compared."""
    return " ".join(words(text))


def learn() -> bool:
    """Learn what was changed, for all processes of this machine; tells whether there was anything to learn."""
    known = ways_to_ask()
    digest = digest_of(known)
    if _path(digest).exists():
        return False
    learnt(known, digest)
    return True


def learnt(known: Sequence[Asked], digest: str) -> "Matcher":
    """From its file; else learnt, by one process at a time, and kept for the others. A full disk costs only time."""
    try:
        folder = _folder()
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as turn:
            locks.lock(turn, locks.LOCK_EX)
            return load(digest) or keep(_learn(known), digest)
    except OSError:
        return _learn(known)


def load(digest: str) -> "Matcher | None":
    """What was learnt and kept before, if it was."""
    from helpdesk.assistant.matching import Matcher

    try:
        return Matcher.load(_path(digest))
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):
        return None  # not there, or not whole


def keep(matcher: "Matcher", digest: str) -> "Matcher":
    """Write it down, whole or not at all, and drop the oldest files."""
    with NamedTemporaryFile(dir=_folder(), suffix=".new", delete=False) as file:
        matcher.save(file)
    os.replace(file.name, _path(digest))
    for path in newest("*")[KEPT:]:
        path.unlink(missing_ok=True)
    return matcher


def last_learnt() -> str:
    """From what the newest file was learnt that this release can read; empty where there is none."""
    try:
        return next((path.stem for path in newest(f"{SHAPE}-*")), "")
    except OSError:
        return ""  # another process dropped an old file while we looked


def newest(name: str) -> list[Path]:
    """The files that are kept, the newest first."""
    return sorted(_folder().glob(f"{name}.npz"), key=lambda path: path.stat().st_mtime, reverse=True)


def _learn(known: Sequence[Asked]) -> "Matcher":
    from helpdesk.assistant.matching import Example, Matcher

    texts = shipped_texts()
    spoken = [(one, text.language) for text in texts for one in re.split(r"(?<=[.?!])\s+|\n+", text.answer) if one]
    ours = {word for text in texts for word in words(f"{text.question} {text.answer}")}
    examples: list[Example] = [Example(*one) for one in known]
    return Matcher.learn(examples, spoken=spoken, ours=ours | set(names_of_concepts()))


def _folder() -> Path:
    return Path(settings.LEARNT_DIR)


def _path(digest: str) -> Path:
    return _folder() / f"{digest}.npz"


_known = _Known()


def knowledge() -> Knowledge:
    """What is known, up to date."""
    return _known.get()
