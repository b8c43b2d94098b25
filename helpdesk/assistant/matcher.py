"""Which topic a question is about, and in which language it is: learnt from phrases."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from helpdesk.assistant.text import Speller, find_concepts, read_data_rows, simplify_text, split_words, with_classes

ASKED = 0.5
"""The weight of the sentence that asks, relative to the whole text."""
SHORTEST_SENTENCE = 8
SENTENCE = re.compile(r"(?<=[.?!:])\s+|\n+")
ONE_IN = 3
"""One in this many phrases is learnt a second time with a story around it."""
ELSEWHERE, MANY = "=out", 0.5
"""Questions that are not ours have many examples, worded like ours ('what does … cost?'), so each counts half."""
MOST = 8.0
"""The most that an example of a small topic counts."""
OFTEN = 5
"""A word used this often in questions is not a typing error."""
Arrays = Mapping[str, Any]


@dataclass(frozen=True)
class Example:
    """A phrase, its label (a slug, or a type of non-topic), and its language."""

    text: str
    label: str
    language: str


@dataclass(frozen=True)
class Match:
    """A label with its score: above 0 if it is this rather than anything else, about -1 if nothing is similar."""

    label: str
    score: float


def words_of(text: str) -> list[str]:
    """The words of a prepared text."""
    return split_words(text)


def concept_pairs(text: str) -> list[str]:
    """The concepts of a prepared text, and each two that occur together, in any order."""
    found = sorted(set(find_concepts(split_words(text))))
    return found + [f"{one}+{other}" for at, one in enumerate(found) for other in found[at + 1 :]]


def vectorizer_of(way: str, **more: Any) -> TfidfVectorizer:
    """One way to split a text into parts; those that occur only once say nothing."""
    common = {"sublinear_tf": True, "lowercase": False, "dtype": np.float32} | more
    match way:
        case "words":
            return TfidfVectorizer(tokenizer=words_of, token_pattern=None, ngram_range=(1, 2), **common)
        case "concepts":
            return TfidfVectorizer(analyzer=concept_pairs, **common)
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5) if way == "signs" else (1, 4), **common)


TOPIC = {"words": 0.35, "signs": 0.4, "concepts": 0.25}
LANGUAGE = {"short-signs": 1.0}
"""How a text is split for each model, and the weight of each way."""


class Linear:
    """A linear model over parts of text."""

    def __init__(self, ways: Mapping[str, float], cuts: Sequence[Any], labels: Sequence[str], weights: Any) -> None:
        self._ways, self._cuts, self.labels, self._weights = ways, cuts, list(labels), weights

    @classmethod
    def learn(cls, ways: Mapping[str, float], model: Any, texts: Sequence[str], labels: Sequence[str]) -> Self:
        """Learn from texts with known labels."""
        cuts = [vectorizer_of(way, min_df=2 if len(texts) > 1000 else 1) for way in ways]
        vectors = _join_features(ways, [one.fit_transform(texts) for one in cuts])
        with threadpool_limits(limits=1):  # for so little work threads only wait for each other: six times the work
            model.fit(vectors, labels)
        return cls(ways, cuts, model.classes_.tolist(), np.vstack([model.coef_.T, model.intercept_]).astype(np.float32))

    def scores(self, texts: Sequence[str]) -> Any:
        """A row for each text, a column for each label."""
        return _join_vectors(self._ways, self._cuts, texts) @ self._weights[:-1] + self._weights[-1]

    def arrays(self, name: str) -> dict[str, Any]:
        """The model as arrays, for storage."""
        found = {f"{name}-labels": _pack_names(self.labels), f"{name}-weights": self._weights}
        for way, one in zip(self._ways, self._cuts, strict=True):
            found |= {f"{name}-{way}": _pack_names(one.get_feature_names_out()), f"{name}-{way}-rare": one.idf_}
        return found

    @classmethod
    def of(cls, arrays: Arrays, name: str, ways: Mapping[str, float]) -> Self:
        """The model from stored arrays."""
        cuts = []
        for way in ways:
            one = vectorizer_of(way, vocabulary=_unpack_names(arrays[f"{name}-{way}"]))
            one.idf_ = arrays[f"{name}-{way}-rare"]
            cuts.append(one)
        return cls(ways, cuts, _unpack_names(arrays[f"{name}-labels"]), arrays[f"{name}-weights"])


class Matcher:
    """Trained once on examples; applied to every question."""

    def __init__(self, topics: Linear, languages: Linear, vocabulary: Iterable[str]) -> None:
        self._topics, self._languages = topics, languages
        self._vocabulary = sorted(vocabulary)
        self._speller = Speller(self._vocabulary)

    @classmethod
    def learn(cls, examples: Sequence[Example], *, spoken: Sequence[tuple[str, str]], ours: Iterable[str]) -> Self:
        """Learn from phrases. `spoken`: sentences with their language; `ours`: correctly spelt words."""
        asked = [*examples, *make_stories(examples)]
        texts = [prepare_text(one.text) for one in asked]
        labels = [one.label for one in asked]
        model = LinearSVC(random_state=0, class_weight=weights_of(labels))
        topics = Linear.learn(TOPIC, model, texts, labels)
        sentences = [(one.text, one.language) for one in examples] + list(spoken)
        languages = Linear.learn(
            LANGUAGE,
            LogisticRegression(C=10, class_weight="balanced", max_iter=300),
            [simplify_text(text) for text, _language in sentences],
            [language for _text, language in sentences],
        )
        return cls(topics, languages, {*ours, *frequent_words(examples)})

    def rank(self, question: str) -> list[Match]:
        """Every label, best first: by the whole text, and by the sentence in it that asks."""
        asking = asking_sentences(question)
        scores = self._topics.scores([self._mended(text) for text in [question, *asking]])
        total = (scores[0] + ASKED * scores[1:].max(axis=0)) / (1 + ASKED)
        order = np.argsort(-total, kind="stable")
        return [Match(self._topics.labels[at], float(total[at])) for at in order]

    def languages(self, text: str) -> dict[str, float]:
        """How likely each language is."""
        scores = self._languages.scores([simplify_text(text)])[0]
        likely = np.exp(scores - scores.max())
        return dict(zip(self._languages.labels, (likely / likely.sum()).tolist(), strict=True))

    def save(self, file: Any) -> None:
        """Write what was learnt."""
        arrays = {**self._topics.arrays("topics"), **self._languages.arrays("languages")}
        np.savez_compressed(file, vocabulary=_pack_names(self._vocabulary), **arrays)

    @classmethod
    def load(cls, file: Any) -> Self:
        """Read a stored matcher. Raises OSError, ValueError, KeyError or BadZipFile if the file is not one."""
        with np.load(file, allow_pickle=False) as found:
            arrays = dict(found)
        topics, languages = Linear.of(arrays, "topics", TOPIC), Linear.of(arrays, "languages", LANGUAGE)
        return cls(topics, languages, _unpack_names(arrays["vocabulary"]))

    def _mended(self, text: str) -> str:
        return with_classes(" ".join(self._speller.mend(word) for word in split_words(prepare_text(text))))


def weights_of(labels: Sequence[str]) -> dict[str, float]:
    """The weight of each example by label: the few of a new topic together count as much as the many of an old one."""
    counts = Counter(labels)
    most = max((count for label, count in counts.items() if not label.startswith("=")), default=1)
    weights = {label: min(MOST, most / count) for label, count in counts.items() if not label.startswith("=")}
    return weights | ({ELSEWHERE: MANY} if ELSEWHERE in counts else {})


def asking_sentences(text: str) -> list[str]:
    """The questions in a text; its last sentence if there are none."""
    sentences = [one for one in SENTENCE.split(text.strip()) if len(one) > SHORTEST_SENTENCE]
    return [one for one in sentences if one.endswith("?")] or sentences[-1:] or [text]


def make_stories(examples: Sequence[Example]) -> list[Example]:
    """Some of the phrases with sentences around them, as asked by people who first introduce themselves."""
    told: dict[str, list[str]] = {}
    for row in read_data_rows("told"):
        told.setdefault(row["language"], []).append(row["sentence"])
    chosen = [(one, crc32(one.text.encode())) for one in examples if one.language in told]
    return [_add_context(one, told[one.language], mark) for one, mark in chosen if mark % _one_in(one) == 0]


def _one_in(example: Example) -> int:
    """Non-topics already have many examples."""
    return ONE_IN * 3 if example.label.startswith("=") else ONE_IN


def _add_context(example: Example, told: Sequence[str], mark: int) -> Example:
    around = [told[(mark // (at + 3) + at * 7) % len(told)] for at in range(2 + mark % 5 % 3)]
    text = example.text[:1].upper() + example.text[1:] + ("" if example.text[-1:] in ".?!" else "?")
    around.insert(len(around) - (mark % 7 == 0), text)
    return Example(" ".join(around), example.label, example.language)


def frequent_words(examples: Iterable[Example]) -> set[str]:
    """Words used so often in questions that they are not typing errors."""
    every = [word for example in examples for word in split_words(prepare_text(example.text))]
    kinds, counts = np.unique(np.array(every or [""]), return_counts=True)
    return {str(word) for word, count in zip(kinds, counts, strict=True) if count >= OFTEN}


def prepare_text(text: str) -> str:
    """Plain text, with emission classes and years as words."""
    return with_classes(simplify_text(text))


def _join_vectors(ways: Mapping[str, float], cuts: Sequence[Any], texts: Sequence[str]) -> csr_matrix:
    return _join_features(ways, [one.transform(texts) for one in cuts])


def _join_features(ways: Mapping[str, float], parts: Sequence[Any]) -> csr_matrix:
    return hstack([part * np.float32(much**0.5) for part, much in zip(parts, ways.values(), strict=True)]).tocsr()


def _pack_names(names: Iterable[str]) -> Any:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _unpack_names(packed: Any) -> list[str]:
    return str(packed.tobytes().decode()).split("\n")
