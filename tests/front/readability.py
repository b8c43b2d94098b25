"""How hard Dutch text is to read: the Flesch-Douma reading ease, and the length of sentences.

`206.84 - 0.93 * words a sentence - 77 * syllables a word` (W. H. Douma, 'De leesbaarheid van landbouwbladen', 1960).
100 is very easy, 60 is plain (about level B1), below 45 is hard. Every word counts, also the long ones of the law. Only
the title of a source is left out, for that is not ours to reword.
"""

import re
from dataclasses import dataclass
from functools import cache

import pyphen
from selectolax.lexbor import LexborHTMLParser

SOURCE = re.compile(r"\bBron: .*")
SENTENCE_END = re.compile(r"[.!?:;]+(?=\s|$)|\n+")
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
BLOCKS = "p, li, dd, h1, h2, h3, summary, caption"


@dataclass(frozen=True)
class Reading:
    """What was measured of one text."""

    ease: float
    longest: str
    """The sentence with most words."""
    words: int

    @property
    def longest_words(self) -> int:
        """How many words that sentence has."""
        return len(WORD.findall(self.longest))


def measured(text: str) -> Reading:
    """Of a text whose lines are its blocks."""
    parts = SENTENCE_END.split(SOURCE.sub("", text))
    sentences = [part.strip() for part in parts if len(WORD.findall(part)) > 1]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    if not words:
        return Reading(100.0, "", 0)
    spoken = sum(syllables(word) for word in words) / len(words)
    ease = 206.84 - 0.93 * len(words) / len(sentences) - 77 * spoken
    return Reading(ease, max(sentences, key=lambda sentence: len(WORD.findall(sentence))), len(words))


@cache
def syllables(word: str) -> int:
    """As the Dutch hyphenation patterns part it."""
    return len(pyphen.Pyphen(lang="nl_NL", left=1, right=1).positions(word)) + 1


def words_of(html: str) -> str:
    """What one reads in the main part of a page, a line a block; tables and forms' choices left out."""
    main = LexborHTMLParser(html).css_first("main")
    if main is None:
        return ""
    for unread in main.css("table, nav, select, script, style, .loket-hidden"):
        unread.decompose()
    innermost = (block for block in main.css(BLOCKS) if all(inner == block for inner in block.css(BLOCKS)))
    lines = [" ".join(block.text(separator=" ").split()) for block in innermost]
    return "\n".join(line for line in lines if line)
