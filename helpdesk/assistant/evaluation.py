"""How well the assistant does on a list of questions of which the right answer is known."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpdesk.assistant.answering import Kind, Reply, reply
from helpdesk.assistant.text import DATA

SHIPPED = DATA / "evaluation.csv"


@dataclass(frozen=True)
class Asked:
    """A question with what it should give. `expects`: slugs parted by |, or nothing; `sort`: topic, out, hostile,
    own or plate."""

    question: str
    language: str
    expects: str
    sort: str


@dataclass(frozen=True)
class Result:
    """A question with what it gave."""

    asked: Asked
    reply: Reply

    @property
    def is_right(self) -> bool:
        """The best topic is one that was expected; or the answer is of the sort that was asked for."""
        topics = self.reply.answer.topics
        match self.asked.sort:
            case "plate":
                return self.reply.kind == Kind.VEHICLE
            case "own":
                return not topics and self.reply.answer.handed_over
            case "topic":
                return bool(topics) and topics[0] in self.asked.expects.split("|")
        return not topics or topics[0] in self.asked.expects.split("|")

    @property
    def is_invented(self) -> bool:
        """A topic where none was asked for."""
        return self.asked.sort in ("out", "hostile") and not self.is_right


def read(path: Path = SHIPPED) -> list[Asked]:
    """The questions of a file with the columns question, language, expects and sort."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Asked(row["question"], row["language"], row["expects"], row["sort"]) for row in csv.DictReader(file)]


def evaluate(asked: Iterable[Asked]) -> list[Result]:
    """Ask each of them, as somebody who reads in its language and is not logged in."""
    return [Result(one, reply(one.question, language=one.language)) for one in asked]


def share(results: Sequence[Result], sort: str) -> float:
    """Which part of a sort is right; 1 where there is none of it."""
    found = [result.is_right for result in results if result.asked.sort == sort]
    return sum(found) / len(found) if found else 1.0


def by_sort_and_language(results: Iterable[Result]) -> list[tuple[str, str, int, int]]:
    """Sort, language, how many were right, of how many."""
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for result in results:
        key = (result.asked.sort, result.asked.language)
        total[key] += 1
        right[key] += result.is_right
    return [(*key, right[key], total[key]) for key in sorted(total)]
