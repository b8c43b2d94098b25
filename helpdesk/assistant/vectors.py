"""Texts as weighted parts (TF-IDF): what is rare among the ways to ask tells more than what everybody says."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix

SHORTEST, LONGEST = 2, 5


def characters(words: Iterable[str]) -> Iterator[str]:
    """Runs of two to five signs within a word and its edges: they stay where a word is misspelt."""
    for word in words:
        padded = f" {word} "
        for size in range(SHORTEST, LONGEST + 1):
            for at in range(max(len(padded) - size, 0) + 1):
                yield padded[at : at + size]


def with_pairs(words: Sequence[str]) -> Iterator[str]:
    """Words, and each two that follow each other."""
    yield from words
    yield from (f"{one} {other}" for one, other in pairwise(words))


def with_couples(concepts: Iterable[str]) -> Iterator[str]:
    """Concepts, and each two that occur together, in whatever order."""
    found = sorted(set(concepts))
    yield from found
    yield from (f"{one}+{other}" for at, one in enumerate(found) for other in found[at + 1 :])


class Weights:
    """How much each part tells, learnt from texts that are cut into parts."""

    def __init__(self, texts: Sequence[Iterable[str]]) -> None:
        counted = [Counter(parts) for parts in texts]
        occurs = Counter(part for counts in counted for part in counts)
        self._column = {part: at for at, part in enumerate(occurs)}
        often = np.fromiter(occurs.values(), dtype=np.float32, count=len(occurs))
        self._rare = np.log((1 + len(texts)) / (1 + often)).astype(np.float32) + 1
        self.learnt = self._matrix(counted)

    def of(self, text: Iterable[str]) -> csr_matrix:
        """A text as one row of length 1; parts that were never seen do not count."""
        return self._matrix([Counter(text)])

    def _matrix(self, counted: Sequence[Counter[str]]) -> csr_matrix:
        known = [
            [(self._column[part], count) for part, count in counts.items() if part in self._column]
            for counts in counted
        ]
        sizes = np.fromiter((len(row) for row in known), dtype=np.int32, count=len(known))
        columns = np.fromiter((column for row in known for column, _count in row), dtype=np.int32)
        counts = np.fromiter((count for row in known for _column, count in row), dtype=np.float32)
        values = (1 + np.log(counts)) * self._rare[columns]
        starts = np.concatenate(([0], np.cumsum(sizes)))
        length = np.sqrt(np.add.reduceat(np.append(values**2, 0), starts[:-1])) if len(known) else values
        length[sizes == 0] = 1
        return csr_matrix((values / np.repeat(length, sizes), columns, starts), shape=(len(known), len(self._column)))
