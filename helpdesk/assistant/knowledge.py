"""What the assistant knows: current phrases, questions and answers, and what is learnt from them."""

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

from helpdesk.assistant.text import DATA, names_of_concepts, read_data_rows, split_words
from helpdesk.content_version import compute_stamp
from helpdesk.models import Phrase, TopicText

if TYPE_CHECKING:
    from helpdesk.assistant.matcher import Matcher

OUT, HOSTILE, OWN = "=out", "=hostile", "=own"
"""What is not a topic: not ours to answer, malicious, about the visitor's own case."""
SHAPE = 2
"""Increased whenever the format of a matcher or the way of learning changes: older files would not do."""
KEPT = 8
"""The number of files kept: those of the latest changes."""
Asked = tuple[str, str, str]
"""A phrase: its words, its label, its language."""


@dataclass(frozen=True)
class ShippedTopic:
    """A frequent question in one language, as shipped."""

    slug: str
    language: str
    question: str
    answer: str


@dataclass(frozen=True)
class Knowledge:
    """What a question is read with. `phrases`: what each phrase means, by its plain words."""

    matcher: "Matcher | None"
    phrases: Mapping[str, str]
    digest: str
    learnt_from: str


@once
def shipped_texts() -> tuple[ShippedTopic, ...]:
    """The texts in `data/faq`, each a heading followed by an answer."""
    return tuple(_read_shipped_texts())


def _read_shipped_texts() -> Iterator[ShippedTopic]:
    for path in sorted((DATA / "faq").glob("*.*.md")):
        slug, language = path.name.split(".")[:2]
        question, _end, answer = path.read_text(encoding="utf-8").partition("\n")
        yield ShippedTopic(slug, language, question.removeprefix("# ").strip(), answer.strip())


def ways_to_ask() -> list[Asked]:
    """Everything to learn from in the database, or in the shipped files if that has no topics yet."""
    known = _from_database() or _from_files()
    return [*known, *((row["phrase"], f"={row['sort']}", row["language"]) for row in read_data_rows("out_of_scope"))]


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
        *((row["phrase"], row["topic"], row["language"]) for row in read_data_rows("phrases")),
    ]


def digest_of(known: Sequence[Asked]) -> str:
    """The name of what is learnt from this, including whatever else it depends on."""
    beside = [read_data_rows(name) for name in ("synonyms", "places", "told")]
    return f"{SHAPE}-{sha256(repr((sorted(known), beside, shipped_texts())).encode()).hexdigest()[:32]}"


class _Known:
    """The knowledge of this process, with the stamp of the rows that it was read from."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stamp = ""
        self._now: Knowledge | None = None
        self._learner: Thread | None = None

    def get(self) -> Knowledge:
        """The current knowledge, except for what is learnt: nobody waits for that."""
        at = compute_stamp()
        with self._lock:
            if self._now is None or at != self._stamp:
                self._now, self._stamp = read_knowledge(self._now), at
            if self._now.learnt_from != self._now.digest and (found := load_matcher(self._now.digest)):
                self._now = replace(self._now, matcher=found, learnt_from=self._now.digest)
            if self._now.matcher is None:
                self._begin()
            return self._now

    def _begin(self) -> None:
        """Learn in a thread, which needs no database, unless one is running."""
        if self._learner is None or not self._learner.is_alive():
            self._learner = Thread(target=self._learn, args=(ways_to_ask(),), daemon=True)
            self._learner.start()

    def _learn(self, known: Sequence[Asked]) -> None:
        digest = digest_of(known)
        found = get_matcher(known, digest)
        with self._lock:
            if self._now and self._now.matcher is None:
                self._now = replace(self._now, matcher=found, learnt_from=digest)


def read_knowledge(before: Knowledge | None) -> Knowledge:
    """What is known now, with the matcher learnt last, if there is one."""
    known = ways_to_ask()
    digest = digest_of(known)
    if before and before.digest == digest:
        return before  # a changed price is nothing to learn
    phrases = {normalise_question(text): label for text, label, _language in known}
    if before:
        return Knowledge(before.matcher, phrases, digest, before.learnt_from)
    learnt_from = digest if _get_path(digest).exists() else last_learnt()
    return Knowledge(load_matcher(learnt_from), phrases, digest, learnt_from)


def normalise_question(text: str) -> str:
    """The words alone, for comparing phrases."""
    return " ".join(split_words(text))


def learn_changes() -> bool:
    """Learn what was changed, for all processes of this machine; returns whether there was anything to learn."""
    known = ways_to_ask()
    digest = digest_of(known)
    if _get_path(digest).exists():
        return False
    get_matcher(known, digest)
    return True


def get_matcher(known: Sequence[Asked], digest: str) -> "Matcher":
    """From its file; otherwise learnt, by one process at a time, and stored. A full disk only costs time."""
    try:
        folder = _get_folder()
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as turn:
            locks.lock(turn, locks.LOCK_EX)
            return load_matcher(digest) or keep_matcher(_learn_matcher(known), digest)
    except OSError:
        return _learn_matcher(known)


def load_matcher(digest: str) -> "Matcher | None":
    """The matcher stored under this digest, if any."""
    from helpdesk.assistant.matcher import Matcher

    try:
        return Matcher.load(_get_path(digest))
    except (OSError, EOFError, ValueError, KeyError, BadZipFile):
        return None  # absent or incomplete


def keep_matcher(matcher: "Matcher", digest: str) -> "Matcher":
    """Store a matcher, completely or not at all, and delete the oldest files."""
    with NamedTemporaryFile(dir=_get_folder(), suffix=".new", delete=False) as file:
        matcher.save(file)
    os.replace(file.name, _get_path(digest))
    for path in list_newest_files("*")[KEPT:]:
        path.unlink(missing_ok=True)
    return matcher


def last_learnt() -> str:
    """What the newest file that this release can read was learnt from; empty if there is none."""
    try:
        return next((path.stem for path in list_newest_files(f"{SHAPE}-*")), "")
    except OSError:
        return ""  # another process deleted an old file meanwhile


def list_newest_files(name: str) -> list[Path]:
    """The stored files, newest first."""
    return sorted(_get_folder().glob(f"{name}.npz"), key=lambda path: path.stat().st_mtime, reverse=True)


def _learn_matcher(known: Sequence[Asked]) -> "Matcher":
    from helpdesk.assistant.matcher import Example, Matcher

    texts = shipped_texts()
    spoken = [(one, text.language) for text in texts for one in re.split(r"(?<=[.?!])\s+|\n+", text.answer) if one]
    ours = {word for text in texts for word in split_words(f"{text.question} {text.answer}")}
    examples: list[Example] = [Example(*one) for one in known]
    return Matcher.learn(examples, spoken=spoken, ours=ours | set(names_of_concepts()))


def _get_folder() -> Path:
    return Path(settings.LEARNT_DIR)


def _get_path(digest: str) -> Path:
    return _get_folder() / f"{digest}.npz"


_known = _Known()


def get_knowledge() -> Knowledge:
    """The current knowledge."""
    return _known.get()
