"""How well the assistant does on a list of questions with known answers."""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpdesk.assistant.languages import language_of
from helpdesk.assistant.replies import AnswerType, Reply, compose_reply
from helpdesk.assistant.text import DATA, simplify_text

SHIPPED = DATA / "evaluation.csv"
LONG = 30
"""Words from which on a question is a story."""
HANDED_OVER = ("out", "hostile", "own")
"""Questions not to be answered from our texts."""
YES, NO = "yes", "no"
POLARITY = re.compile(r"(?P<yes>ja|yes|oui|tak)\b|(?P<no>nee|no|nein|non|nie)\b(?=[.,!:])")
SENTENCE_END = re.compile(r"(?<=[.?!])(?<!\b\d\.)(?<!\b\d\d\.)\s+(?![a-z])|\n")
MARKS = re.compile(r"[*_#`]+")


@dataclass(frozen=True)
class EvaluationQuestion:
    """A question with what it should give. `expects`: slugs separated by |, or nothing; `sort`: topic, out, hostile,
    own, plate, help (of the portal itself) or entry (may my van enter, without a plate).

    `says`: a pattern that the first sentence must meet, in plain letters; `polarity`: yes, no or nothing: with which
    of these words the answer may begin.
    """

    question: str
    language: str
    expects: str
    sort: str
    says: str = ""
    polarity: str = ""

    @property
    def is_long(self) -> bool:
        """Whether a story surrounds the question."""
        return len(self.question.split()) >= LONG


@dataclass(frozen=True)
class Result:
    """A question with its answer, and its detected language on a Dutch page."""

    asked: EvaluationQuestion
    reply: Reply
    language_on_dutch_page: str

    @property
    def is_right(self) -> bool:
        """Whether the best topic, or one of the two that it asks back, was expected; or else the type."""
        answer = self.reply.answer
        match self.asked.sort:
            case "plate" | "entry":
                return self.reply.kind == AnswerType.VEHICLE
            case "own":
                return not answer.topics and answer.handed_over
            case "help":
                return bool(answer.sources)
            case "topic":
                return not {*answer.topics[:1], *answer.choices}.isdisjoint(self.asked.expects.split("|"))
        named = answer.topics[:1] or answer.choices
        return not named or named[0] in self.asked.expects.split("|")

    @property
    def is_in_language(self) -> bool:
        """Whether the answer is in the language of the question."""
        return self.reply.language == self.asked.language

    @property
    def first_sentence(self) -> str:
        """The first sentence of the answer, without markup."""
        return SENTENCE_END.split(MARKS.sub("", self.reply.answer.text).strip())[0]

    @property
    def is_well_begun(self) -> bool:
        """Whether the first sentence says what it must, without the yes or no of another question."""
        first = simplify_text(self.first_sentence)
        begun = POLARITY.match(first)
        said = begun.lastgroup if begun else None
        if self.reply.kind == AnswerType.CHOICE:
            return True  # it says nothing yet
        return said in (None, self.asked.polarity) and re.search(self.asked.says, first) is not None

    @property
    def is_answered(self) -> bool:
        """Right in every way."""
        return self.is_right and self.is_in_language and self.is_well_begun

    @property
    def is_as_wanted(self) -> bool:
        """Whether it was answered or handed over, as it should be."""
        return self.is_answered if self.asked.sort == "topic" else self.is_right

    @property
    def is_invented(self) -> bool:
        """Whether it has a topic although none was asked about."""
        return self.asked.sort in ("out", "hostile") and not self.is_right


Judge = Callable[[Result], bool]


def read_questions(path: Path = SHIPPED) -> list[EvaluationQuestion]:
    """The questions in a file with columns question, language, expects and sort; says and polarity are optional."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            EvaluationQuestion(
                row["question"],
                row["language"],
                row["expects"],
                row["sort"],
                row.get("says") or "",
                row.get("polarity") or "",
            )
            for row in csv.DictReader(file)
        ]


def evaluate_questions(asked: Iterable[EvaluationQuestion]) -> list[Result]:
    """Ask each question, as an anonymous visitor who reads in its language."""
    return [Result(one, compose_reply(one.question, language=one.language), language_of(one.question)) for one in asked]


def measure_share(results: Iterable[Result], sort: str, *, judge: Judge = lambda result: result.is_right) -> float:
    """The share of right answers of a type; 1 if there are none."""
    return share_of([result for result in results if result.asked.sort == sort], judge)


def share_of(results: Sequence[Result], judge: Judge) -> float:
    """The share that satisfies the judge; 1 of nothing."""
    return sum(map(judge, results)) / len(results) if results else 1.0


def summarise_results(results: Sequence[Result]) -> list[tuple[str, float, int]]:
    """The measures of a list: a name, the share that is right, and out of how many."""
    topics = [result for result in results if result.asked.sort == "topic"]
    stories = [result for result in topics if result.asked.is_long]
    rows: list[tuple[str, Sequence[Result], Judge]] = [
        ("topic", topics, lambda result: result.is_right),
        ("asked back", topics, lambda result: result.reply.kind == AnswerType.CHOICE),
        ("language", results, lambda result: result.is_in_language),
        (
            "language, on a Dutch page",
            results,
            lambda result: result.language_on_dutch_page == result.asked.language,
        ),
        ("first sentence", topics, lambda result: result.is_well_begun),
        ("answer", topics, lambda result: result.is_answered),
        ("long stories", stories, lambda result: result.is_right),
        (
            "handed over",
            [result for result in results if result.asked.sort in HANDED_OVER],
            lambda result: result.is_right,
        ),
    ]
    return [(name, share_of(found, judge), len(found)) for name, found, judge in rows]


def by_sort_and_language(results: Iterable[Result]) -> list[tuple[str, str, int, int]]:
    """Type, language, how many were right, out of how many."""
    found: dict[tuple[str, str], list[bool]] = {}
    for result in results:
        found.setdefault((result.asked.sort, result.asked.language), []).append(result.is_right)
    return [(*key, sum(right), len(right)) for key, right in sorted(found.items())]
