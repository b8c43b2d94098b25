"""Which topic a question is about: learnt from the ways in which people ask, by characters, words and concepts.

Kernel ridge regression over TF-IDF: it has one solution, so the same phrases always give the same assistant. It is
found by conjugate gradients, which need neither the kernel in memory nor the time to factor it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack

from helpdesk.assistant.text import Speller, concepts, names_of_concepts, plain, rows, with_classes, words
from helpdesk.assistant.vectors import Weights, characters, with_couples, with_pairs

RIDGE = 0.15
NEAR_ENOUGH = 0.01
"""How much of what was wanted may be missed when learning ends; less changes no answer."""
NEAREST = 0.15
"""How much the nearest phrase counts beside what was learnt from all."""


ELSEWHERE = "=out"
STRANGE = 0.1
"""How much a word that people only use for other subjects, such as 'paspoort', counts."""
SHORTEST_STRANGE = 5
MOST_ROUNDS = 500
"""Some eighty are needed; whatever editors type, learning ends."""
TINY = np.float32(1e-30)
"""Nothing is divided by nothing."""


@dataclass(frozen=True)
class Example:
    """A way in which people ask, what it asks (a slug, or a sort of what is no topic), and how much it counts."""

    text: str
    label: str
    weight: float = 1.0


@dataclass(frozen=True)
class Match:
    """A label with its score: about 1 where a phrase is the question itself, about 0 where nothing is alike."""

    label: str
    score: float


class Matcher:
    """Learnt once from examples; asked for every question."""

    def __init__(self, examples: Sequence[Example]) -> None:
        texts = [words(prepared(example.text)) for example in examples]
        self._speller = Speller([word for text in texts for word in text] + names_of_concepts())
        self._labels = sorted({example.label for example in examples})
        self._of = np.array([self._labels.index(example.label) for example in examples])
        self._weights = [Weights([list(cut(text)) for text in texts]) for cut, _part in CUTS]
        self._known = joined([weights.learnt for weights in self._weights])
        self._strange = strange_words(examples, texts)
        self._learnt = self._solve(examples)

    def rank(self, question: str) -> list[Match]:
        """Every label, the best first."""
        said = [self._speller.mend(word) for word in words(prepared(question))]
        said = words(with_classes(" ".join(said)))
        asked = joined([weights.of(cut(said)) for weights, (cut, _part) in zip(self._weights, CUTS, strict=True)])
        alike = (self._known @ asked.T).toarray().ravel()
        nearest = np.zeros(len(self._labels), dtype=np.float32)
        np.maximum.at(nearest, self._of, alike)
        scores = (1 - NEAREST) * (alike @ self._learnt) + NEAREST * nearest
        for at, weight in self._signs(concepts(said)):
            scores[at] += weight
        if ELSEWHERE in self._labels and self._strange.intersection(said):
            scores[self._labels.index(ELSEWHERE)] += STRANGE
        order = np.argsort(-scores, kind="stable")
        return [Match(self._labels[at], float(scores[at])) for at in order]

    def _signs(self, found: Iterable[str]) -> Iterator[tuple[int, float]]:
        """What certain concepts add to a topic, whatever else is said."""
        there = {concept.removeprefix("=") for concept in found}
        for row in rows("signs"):
            if there.issuperset(row["needs"].split()) and row["topic"] in self._labels:
                yield self._labels.index(row["topic"]), float(row["weight"])

    def _solve(self, examples: Sequence[Example]) -> Any:
        wanted = np.zeros((len(examples), len(self._labels)), dtype=np.float32)
        wanted[np.arange(len(examples)), self._of] = 1
        ridge = np.array([[RIDGE / one.weight] for one in examples], dtype=np.float32)
        return solved(self._known, ridge=ridge, wanted=wanted)


def solved(known: csr_matrix, *, ridge: Any, wanted: Any) -> Any:
    """The x of `(known @ known.T + ridge) @ x = wanted`, for all columns at once (conjugate gradients)."""
    across = known.T.tocsr()
    found, missed, way = np.zeros_like(wanted), wanted.copy(), wanted.copy()
    size = (missed**2).sum(axis=0)
    enough = NEAR_ENOUGH**2 * size
    for _round in range(MOST_ROUNDS):
        if not (size > enough).any():
            break
        step = known @ (across @ way) + ridge * way
        far = size / np.maximum((way * step).sum(axis=0), TINY)
        found += far * way
        missed -= far * step
        size, before = (missed**2).sum(axis=0), size
        way = missed + size / np.maximum(before, TINY) * way
    return found


def strange_words(examples: Sequence[Example], texts: Sequence[list[str]]) -> frozenset[str]:
    """Words of what is not ours that nobody uses in a question to us."""
    ours = {word for example, text in zip(examples, texts, strict=True) if example.label[:1] != "=" for word in text}
    others = {
        word for example, text in zip(examples, texts, strict=True) if example.label == ELSEWHERE for word in text
    }
    return frozenset(word for word in others - ours - set(names_of_concepts()) if len(word) >= SHORTEST_STRANGE)


def prepared(text: str) -> str:
    """Plain, with emission classes and years as words."""
    return with_classes(plain(text))


def concept_parts(said: Sequence[str]) -> Iterator[str]:
    """What the words stand for, and what stands together."""
    return with_couples(concepts(said))


CUTS: tuple[tuple[Callable[[Sequence[str]], Iterable[str]], float], ...] = (
    (characters, 0.4),
    (with_pairs, 0.35),
    (concept_parts, 0.25),
)
"""In which parts a text is cut, and how much each way counts."""


def joined(parts: Sequence[Any]) -> Any:
    """All ways to cut beside each other."""
    return hstack([part * np.float32(much**0.5) for part, (_cut, much) in zip(parts, CUTS, strict=True)]).tocsr()
