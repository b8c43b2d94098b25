"""Search: PostgreSQL's own full text, in the reader's language, over some eighty documents that are made from rows.

So few documents need no index: PostgreSQL reads them all in some milliseconds, and nothing can be out of date. What is
not a word of ours is first taken for a slip of one that is.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from helpdesk.information.documents import Document, documents
from helpdesk.stamp import stamp

CONFIGURATIONS = {"nl": "dutch", "en": "english", "de": "german", "fr": "french"}
"""How PostgreSQL knows the words of a language; of Polish it knows none, so its words stay as they are."""
LONGEST = 200
MOST = 20
SHORTEST_TO_MEND = 4
LIKE_ENOUGH = 0.72
TOLD_OFTEN = 0.0003
"""Which part of all words that people ask with a word must be, to be no slip."""
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
START, STOP = "\ue000", "\ue001"
"""Around what was found: signs that nobody can type, so that what is marked is ours."""

VECTORS = """
SELECT (setweight(to_tsvector(%(config)s::regconfig, title), 'A')
        || setweight(to_tsvector(%(config)s::regconfig, ways), 'B')
        || setweight(to_tsvector(%(config)s::regconfig, body), 'C'))::text
FROM jsonb_to_recordset(%(documents)s::jsonb) AS given(key int, title text, ways text, body text)
ORDER BY key
"""
SQL = """
WITH question AS (
    SELECT query AS every, replace(query::text, '&', '|')::tsquery AS either
    FROM plainto_tsquery(%(config)s::regconfig, %(typed)s) AS query
), found AS (
    SELECT key, title, body, either, words @@ every AS has_every, ts_rank_cd(words, either) AS rank,
           to_tsvector(%(config)s::regconfig, title) @@ every AS is_title  -- 'Utrecht': the page of that name first
    FROM jsonb_to_recordset(%(documents)s::jsonb) AS given(key int, title text, body text, words tsvector)
    CROSS JOIN question
    WHERE numnode(either) > 0 AND words @@ either
    ORDER BY is_title DESC, has_every DESC, rank DESC, key LIMIT %(most)s
)
SELECT key, has_every,
       ts_headline(%(config)s::regconfig, title, either, %(whole)s),
       ts_headline(%(config)s::regconfig, body, either, %(part)s)
FROM found ORDER BY is_title DESC, has_every DESC, rank DESC, key
"""
MARKS = f"StartSel={START}, StopSel={STOP}"
WHOLE, PART = f"{MARKS}, HighlightAll=true", f"{MARKS}, MaxWords=32, MinWords=14, MaxFragments=1"


@dataclass(frozen=True)
class Hit:
    """Something that was found, with the words that match marked."""

    document: Document
    title: SafeString
    part: SafeString


@dataclass(frozen=True)
class Found:
    """The answer to a search. `mended`: for what was searched in place of what was typed, empty where it was that."""

    typed: str
    mended: str
    hits: Sequence[Hit]


def search(typed: str, *, language: str) -> Found:
    """Look for what was typed: two queries where nothing changed since the last search, whatever was typed."""
    typed = " ".join(typed.replace("\0", " ").split())[:LONGEST]
    all_documents = documents(language=language, at=stamp())
    mended = mend(typed, vocabulary(all_documents))
    hits = _look(mended or typed, all_documents, CONFIGURATIONS.get(language, "simple"))
    return Found(typed, mended, hits)


def mend(typed: str, words: frozenset[str]) -> str:
    """What was typed with its slips mended; empty where there are none."""
    mended = WORD.sub(lambda found: _mended(found[0], words), typed)
    return mended if mended.casefold() != typed.casefold() else ""


@lru_cache(maxsize=5)
def searchable(all_documents: tuple[Document, ...], config: str) -> str:
    """The documents as the search reads them, with the vectors of their words, which PostgreSQL makes once."""
    given = [
        {"key": key, "title": one.title, "ways": one.ways, "body": one.body} for key, one in enumerate(all_documents)
    ]
    with connection.cursor() as cursor:
        cursor.execute(VECTORS, {"config": config, "documents": json.dumps(given)})
        vectors = [vector for (vector,) in cursor.fetchall()]
    return json.dumps(
        [
            {"key": one["key"], "title": one["title"], "body": one["body"], "words": vector}
            for one, vector in zip(given, vectors, strict=True)
        ]
    )


@lru_cache(maxsize=5)
def vocabulary(all_documents: tuple[Document, ...]) -> frozenset[str]:
    """Every word of ours, and those that people often ask with: a slip is rarer."""
    ours = (word for one in all_documents for word in _words(f"{one.title} {one.body}"))
    asked = Counter(word for one in all_documents for word in _words(one.ways))
    often = asked.total() * TOLD_OFTEN
    return frozenset(ours) | {word for word, times in asked.items() if times >= often}


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]


def _mended(word: str, words: frozenset[str]) -> str:
    plain = word.casefold()
    if len(plain) < SHORTEST_TO_MEND or plain in words or any(sign.isdigit() for sign in plain):
        return word
    near = process.extractOne(plain, words, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=LIKE_ENOUGH)
    if near is None or near[0].startswith(plain) or plain.startswith(near[0]):
        return word  # an ending, which PostgreSQL takes off itself
    return str(near[0])


def _look(words: str, all_documents: tuple[Document, ...], config: str) -> list[Hit]:
    values: dict[str, str | int] = {"typed": words, "config": config, "most": MOST}
    values |= {"documents": searchable(all_documents, config), "whole": WHOLE, "part": PART}
    with connection.cursor() as cursor:
        cursor.execute(SQL, values)
        rows = cursor.fetchall()
    exact = any(has_every for _key, has_every, _title, _body in rows)
    return [
        Hit(all_documents[key], _marked(title), _marked(body))
        for key, has_every, title, body in rows
        if has_every or not exact
    ]


def _marked(text: str) -> SafeString:
    """The text with its marks as HTML, and everything else escaped."""
    return mark_safe(escape(text).replace(START, "<mark>").replace(STOP, "</mark>"))  # noqa: S308 -- escaped
