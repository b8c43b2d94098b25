"""Normalises a question for comparison: no capitals or accents, and one word for synonyms."""

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

DATA = Path(__file__).resolve().parent.parent / "data"
WORD = re.compile(r"[a-z0-9']+")
SHORTEST_TO_MEND = 5
"""A shorter word is too similar to too many others."""
CLOSE_ENOUGH = 84
"""How similar (of 100) a word must be to a known one to be taken for a misspelling of it."""
LONGEST_CONCEPT = 4

NUMBERS = {"nul": 0, "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6}
NUMBERS |= {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "i": 1, "ii": 2, "iii": 3, "iv": 4}
NUMBERS |= {"v": 5, "vi": 6, "funf": 5, "sechs": 6, "cinq": 5}
BELOW = r"(?P<below>(?:onder|lager dan|minder dan|slechter dan|below|under|lower than|unter) (?:de )?)?"
EMISSION = re.compile(
    rf"\b{BELOW}"
    r"(?:eur+o|norm|ero|(?:emis+ie)?klas+e|emission class|(?:emissions|schadstoff)?klasse|classe|klasa|norma|e)"
    r"(?:\s*-?\s*(?:norm|klas+e|euro))?\s*-?\s*"
    rf"(?P<number>[0-6]|{'|'.join(sorted(NUMBERS.keys() - {'een', 'one'}, key=len, reverse=True))})\b"
)
YEAR = re.compile(r"\b(19[3-9]\d|20[0-4]\d)\b")
PLURAL = re.compile(r"(?<=[a-z])'s\b")
"""As in vrachtauto's, which becomes the same word as vrachtautos."""
APOSTROPHE = re.compile(r"[\u2018\u2019`´]")
CLASSES = frozenset({"klassetot4", "emissieklassevan5", "emissieklassevan6", "jaarnieuw", "jaaroud", "jaartussen"})
NEW_FROM, OLD_UNTIL = 2025, 1988


def simplify_text(text: str) -> str:
    """Lower case, without accents, with straight apostrophes (none in a plural) and single spaces."""
    folded = unicodedata.normalize("NFKD", APOSTROPHE.sub("'", text).lower().replace("ł", "l").replace("ß", "ss"))
    bare = folded if folded.isascii() else "".join(sign for sign in folded if not unicodedata.combining(sign))
    return " ".join(PLURAL.sub("s", bare).split())


def split_words(text: str) -> list[str]:
    """The words of a text, plain."""
    return WORD.findall(simplify_text(text))


@cache
def read_data_rows(name: str) -> list[dict[str, str]]:
    """The rows of a file in `data`; none if it does not exist."""
    path = DATA / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def load_synonyms() -> Mapping[tuple[str, ...], str]:
    """Synonyms by the words themselves, as shipped."""
    known = {tuple(split_words(row["name"])): "=plaats" for row in read_data_rows("places")}
    for row in read_data_rows("synonyms"):
        for said in [row["concept"], *row["words"].split(";")]:
            known.setdefault(tuple(split_words(said)), f"={row['concept']}")
    return known


def with_classes(text: str) -> str:
    """Emission classes and relevant years as words of their own: 'euro vijf' and 'klasse 5' become the same."""
    marked = EMISSION.sub(
        lambda found: f"{found[0]} {_name_emission(found['number'], below=bool(found['below']))}", text
    )
    return YEAR.sub(lambda found: f"{found[0]} {_name_year(int(found[1]))}".strip(), marked)


def _name_emission(said: str, *, below: bool) -> str:
    number = (NUMBERS[said] if said in NUMBERS else int(said)) - below
    return "klassetot4" if number <= 4 else f"emissieklassevan{number}"


def _name_year(year: int) -> str:
    if year >= NEW_FROM:
        return "jaarnieuw"
    return "jaaroud" if year <= OLD_UNTIL else "jaartussen"


def runs_of(said: Sequence[str]) -> list[Sequence[str]]:
    """The words in groups: the longest run that stands for a concept together, any other word alone."""
    known, found, at = load_synonyms(), [], 0
    while at < len(said):
        sizes = range(min(LONGEST_CONCEPT, len(said) - at), 0, -1)
        size = next((size for size in sizes if tuple(said[at : at + size]) in known), 1)
        found.append(said[at : at + size])
        at += size
    return found


def find_concepts(said: Sequence[str]) -> list[str]:
    """The concepts that the words stand for, in order."""
    known = load_synonyms()
    named = (known.get(tuple(run), run[0] if run[0] in CLASSES else "") for run in runs_of(said))
    return [one for one in named if one]


def names_of_concepts() -> list[str]:
    """The words of the table, which are known even if no phrase has them yet."""
    return sorted({word for said in load_synonyms() for word in said})


class Speller:
    """Corrects unknown words that are similar to one that stands for a concept."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._known = frozenset(vocabulary)
        self._choices = [word for word in names_of_concepts() if len(word) >= SHORTEST_TO_MEND]
        self._mended: dict[str, str] = {}

    def mend(self, word: str) -> str:
        """The word that was meant; the word itself if there is none."""
        if word in self._known or len(word) < SHORTEST_TO_MEND or word.isdigit():
            return word
        if word not in self._mended:
            if len(self._mended) > 20_000:
                self._mended.clear()  # strangers type what they like: this must not grow for ever
            near = process.extractOne(word, self._choices, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
            self._mended[word] = near[0] if near else word
        return self._mended[word]
