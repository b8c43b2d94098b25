"""Search: PostgreSQL's full-text search, in the reader's language, over some eighty documents made from rows.

So few documents need no index: PostgreSQL reads them all in a few milliseconds, and nothing can be out of date.
Synonyms find the same pages (by the assistant's concepts). If nothing is found, unknown words are taken for
misspellings of known ones.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from helpdesk.assistant.follow_ups import SMALL_WORDS, VEHICLES
from helpdesk.assistant.places import get_zone_url, list_place_words, list_places_without, list_zones_in
from helpdesk.assistant.text import find_concepts, runs_of, split_words
from helpdesk.content_version import compute_stamp
from helpdesk.facts import read_known_rows
from helpdesk.information.documents import Document, build_documents
from zones.models import Zone

CONFIGURATIONS = {"nl": "dutch", "en": "english", "de": "german", "fr": "french"}
"""PostgreSQL's text search configuration by language. It has none for Polish, whose words are not stemmed."""
LONGEST = 200
MOST = 20
SHORTEST_TO_MEND = 4
LIKE_ENOUGH = 0.8
TOLD_OFTEN = 0.0003
"""The share of all words in questions from which a word no longer counts as a misspelling."""
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
TOO_WIDE = frozenset({"=plaats", "=gemeente", "=nieuw", "=vaak", "=duur", "=betrapt"})
"""Concepts that cover very different words, which would find too much."""
START, STOP = "\ue000", "\ue001"
"""Surround a match: private-use characters that nobody types, so that every mark is ours."""

VECTORS = """
SELECT to_tsvector(%(config)s::regconfig, title)::text,
       (setweight(to_tsvector(%(config)s::regconfig, title), 'A')
        || setweight(to_tsvector(%(config)s::regconfig, ways), 'B')
        || setweight(to_tsvector(%(config)s::regconfig, body), 'C'))::text
FROM jsonb_to_recordset(%(documents)s::jsonb) AS given(key int, title text, ways text, body text)
ORDER BY key
"""
SQL = """
WITH question AS (
    SELECT every, meant,
           replace(every::text, '&', '|')::tsquery || replace(meant::text, '&', '|')::tsquery AS either
    FROM plainto_tsquery(%(config)s::regconfig, %(typed)s) AS every,
         plainto_tsquery(%(config)s::regconfig, %(meant)s) AS meant
), found AS (
    SELECT key, title, body, either, words @@ every OR words @@ meant AS has_every, ts_rank_cd(words, either) AS rank,
           titled @@ every OR titled @@ meant AS is_title,  -- 'Utrecht': the page of that name first
           CASE WHEN %(only_vehicle)s AND (titled @@ every OR titled @@ meant) THEN key END AS place
    FROM jsonb_to_recordset(%(documents)s::jsonb)
        AS given(key int, title text, body text, titled tsvector, words tsvector)
    CROSS JOIN question
    WHERE numnode(either) > 0 AND words @@ either
    ORDER BY is_title DESC, has_every DESC, place, rank DESC, key LIMIT %(most)s
)
SELECT key, has_every,
       ts_headline(%(config)s::regconfig, title, either, %(marks)s),
       ts_headline(%(config)s::regconfig, body, either, %(marks)s)
FROM found ORDER BY is_title DESC, has_every DESC, place, rank DESC, key
"""
MARKS = f"StartSel={START}, StopSel={STOP}, HighlightAll=true"
SENTENCE = re.compile(r"(?<=[.?!])(?<!\b\d\.)(?<!\b\d\d\.)\s+|\n+")
PART = 200
"""The number of characters below a title from which no further sentence is added."""


@dataclass(frozen=True)
class Hit:
    """A document that was found, with the matching words marked."""

    document: Document
    title: SafeString
    part: SafeString


@dataclass(frozen=True)
class SearchResult:
    """The answer to a search. `mended`: what was searched for instead of what was typed; empty if that is the same.

    `zones`: those named among other words, whose pages are not the first hit.
    `without_zone`: the places named that have no zone, and so no page.
    """

    typed: str
    mended: str
    hits: Sequence[Hit]
    zones: Sequence[Zone] = ()
    without_zone: Sequence[str] = ()


def search_site(typed: str, *, language: str) -> SearchResult:
    """Search for what was typed or, if that finds nothing, for what was probably meant.

    Two queries if nothing changed since the last search, and a third if a misspelling is corrected.
    """
    typed = " ".join(typed.replace("\0", " ").split())[:LONGEST]
    stamp = compute_stamp()
    all_documents = build_documents(language=language, at=stamp)
    known = read_known_rows(timezone.localdate(), at=stamp).zones
    config = CONFIGURATIONS.get(language, "simple")
    hits, mended = _look_up(typed, all_documents, config), ""
    if not hits and (mended := correct_spelling(typed, collect_vocabulary(all_documents))):
        hits = _look_up(mended, all_documents, config)
    first = hits[0].document.url if hits else ""
    zones = [zone for zone in list_zones_in(known, typed) if get_zone_url(zone) != first]
    return SearchResult(typed, mended, hits, zones, list_places_without(known, typed))


def correct_spelling(typed: str, known: frozenset[str]) -> str:
    """What was typed with misspellings corrected; empty if there are none."""
    mended = WORD.sub(lambda found: _correct_word(found[0], known), typed)
    return mended if mended.casefold() != typed.casefold() else ""


@lru_cache(maxsize=5)
def dump_documents(all_documents: tuple[Document, ...], config: str) -> str:
    """The documents as JSON for the search, with their text vectors, which PostgreSQL computes once."""
    given = [
        {
            "key": key,
            "title": _with_concepts(f"{one.title} {one.names}"),
            "ways": one.ways,
            "body": _with_concepts(one.body),
        }
        for key, one in enumerate(all_documents)
    ]
    with connection.cursor() as cursor:
        cursor.execute(VECTORS, {"config": config, "documents": json.dumps(given)})
        vectors = cursor.fetchall()
    return json.dumps(
        [
            {"key": key, "title": one.title, "body": one.body, "titled": titled, "words": words}
            for (key, one), (titled, words) in zip(enumerate(all_documents), vectors, strict=True)
        ]
    )


def _with_concepts(text: str) -> str:
    """A text followed by a word per concept in it, so that 'dagkaart' is found like 'dagontheffing'."""
    found = sorted(set(find_concepts(split_words(text))) - set(TOO_WIDE))
    return f"{text} {' '.join(_encode_concept(one) for one in found)}"


def _replace_concepts(typed: str) -> str:
    """What was typed, with concepts instead of the words that stand for them."""
    found: list[str] = []
    for run in runs_of(split_words(typed)):
        concept = find_concepts(run)
        found += [_encode_concept(concept[0])] if concept and concept[0] not in TOO_WIDE else run
    return " ".join(found)


def names_only_vehicle(typed: str) -> bool:
    """Whether a search is a type of vehicle and no more: 'bus', 'mijn bestelbus'.

    Many titles name it, and how often a text does says little: the editors' order has the most asked ones first.
    """
    said = split_words(typed)
    concepts = find_concepts(said)
    others = [run[0] for run in runs_of(said) if not find_concepts(run)]
    return len(concepts) == 1 and concepts[0] in VEHICLES and SMALL_WORDS.issuperset(others)


def _encode_concept(name: str) -> str:
    """A concept encoded as a word that nobody types."""
    return f"begrip{name.removeprefix('=')}"


@lru_cache(maxsize=5)
def collect_vocabulary(all_documents: tuple[Document, ...]) -> frozenset[str]:
    """All words of the documents, of place names, and those that people use more often than a misspelling."""
    ours = (word for one in all_documents for word in _split_words(f"{one.title} {one.body}"))
    asked = Counter(word for one in all_documents for word in _split_words(one.ways))
    often = asked.total() * TOLD_OFTEN
    return frozenset(ours) | list_place_words() | {word for word, times in asked.items() if times >= often}


def _split_words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def _correct_word(word: str, known: frozenset[str]) -> str:
    plain = word.casefold()
    if len(plain) < SHORTEST_TO_MEND or plain in known or any(sign.isdigit() for sign in plain):
        return word
    near = process.extractOne(plain, known, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=LIKE_ENOUGH)
    if near is None or near[0].startswith(plain) or plain.startswith(near[0]):
        return word  # differs only in its ending, which PostgreSQL's stemming handles
    return str(near[0]).capitalize() if word[0].isupper() else str(near[0])


def _look_up(typed: str, all_documents: tuple[Document, ...], config: str) -> list[Hit]:
    values: dict[str, str | int] = {"typed": typed, "meant": _replace_concepts(typed), "config": config, "most": MOST}
    values["only_vehicle"] = names_only_vehicle(typed)
    values |= {"documents": dump_documents(all_documents, config), "marks": MARKS}
    with connection.cursor() as cursor:
        cursor.execute(SQL, values)
        rows = cursor.fetchall()
    exact = any(has_every for _key, has_every, _title, _body in rows)
    return [
        Hit(all_documents[key], _mark_hits(title), _mark_hits(part_of(body)))
        for key, has_every, title, body in rows
        if has_every or not exact
    ]


def part_of(marked: str) -> str:
    """The sentences of a text to show, starting with the one that has most matches."""
    sentences = [one for one in SENTENCE.split(marked) if one.strip()]
    if not sentences:
        return ""
    first = max(range(len(sentences)), key=lambda at: (sentences[at].count(START), -at))
    part = sentences[first]
    for one in sentences[first + 1 :]:
        if len(part) + len(one) > PART:
            break
        part = f"{part} {one}"
    return f"{part[:-1]} …" if part.endswith((":", ";", ",")) else part  # the text goes on


def _mark_hits(text: str) -> SafeString:
    """The text with its marks as HTML, and everything else escaped."""
    return mark_safe(escape(text).replace(START, "<mark>").replace(STOP, "</mark>"))  # noqa: S308 -- escaped
