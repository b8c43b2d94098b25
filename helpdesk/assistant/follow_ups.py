"""Completes 'And with a lorry?', 'en in Utrecht?': questions that continue the one before."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from itertools import takewhile

from helpdesk.assistant.dates import AFTER_IT, MONTH_NUMBER, NEXT_MONTH, NEXT_WEEK, NEXT_YEAR, SOON
from helpdesk.assistant.redaction import PLATE
from helpdesk.assistant.text import EMISSION, WORD, find_concepts, runs_of, simplify_text, split_words

LONGEST = 9
"""Words: a longer question stands by itself."""
GONE_PLATE = re.compile(re.escape(PLATE))
"""What stands in a question for a number plate, which is not kept."""
LOOKED_BACK = 5
"""How many questions back a follow-up can refer to."""
VEHICLES = ("=bestelauto", "=vrachtauto", "=personenauto", "=camper")
_MONTHS = "|".join(sorted(MONTH_NUMBER, key=len, reverse=True))
_SOON = "|".join(sorted((re.escape(word) for word in SOON), key=len, reverse=True))
DAY = re.compile(
    rf"\b(?:\d{{1,2}}[-/.]\d{{1,2}}[-/.]20\d\d|20\d\d-\d\d?-\d\d?"
    rf"|(?:\d{{1,2}}(?:e|st|nd|rd|th|er|\.)? |{AFTER_IT} )(?:{_MONTHS})(?: 20\d\d)?"
    rf"|(?:{_MONTHS}) (?:\d{{1,2}}(?:st|nd|rd|th)?\b(?:,? 20\d\d)?|20\d\d)"
    rf"|20[2-4]\d|{NEXT_YEAR}|{NEXT_MONTH}|{NEXT_WEEK}|{_SOON})\b"
)
_JOINING = "en and und et i a of or oder ou lub maar but aber mais ale dan then dann alors wtedy ook also auch "
_JOINING += "aussi tez hoe zit het dat is what how about if it was ist wie qu est il co jesli gdy als wat wenn si "
JOINING_WORDS = frozenset(_JOINING.split())
"""Words between two questions that are no part of what is asked."""
_SMALL = "met with mit pour z een de the a an ein eine einem einen einer der die das dem un une le la les des du w "
_SMALL += "we do na dla przy in op at on im am ab bei dans avec au aux per vanaf from sinds voor for fur mijn my mein "
_SMALL += "meine meinem mon ma moj moim moja ons onze our unser unserem notre graag please bitte nu now er mag may "
_SMALL += "geldt hetzelfde gilt moge "
PREPOSITIONS = frozenset(_SMALL.split())
SMALL_WORDS = JOINING_WORDS | PREPOSITIONS

Finder = Callable[[str], Iterable[tuple[int, int]]]


def complete_question(asked: str, earlier: Iterable[str]) -> str:
    """What was meant, given the earlier questions, oldest first; the question itself if it stands alone."""
    before = reduce(go_on_with, list(earlier)[-LOOKED_BACK:], "")
    return go_on_with(before, asked)


def go_on_with(before: str, asked: str) -> str:
    """The earlier question with what the later one names, if that one says no more than that."""
    if not before or not is_follow_up(asked):
        return asked
    whole = before.strip().rstrip("?!. ")
    for find in FINDERS.values():
        whole = _put_in(whole, asked, find)
    return f"{whole}?"


def is_follow_up(asked: str) -> bool:
    """Whether it names something and asks nothing about it: all its other words are function words."""
    text = simplify_text(asked)
    if len(split_words(text)) > LONGEST:
        return False
    spans = [span for find in FINDERS.values() for span in find(text)]
    bare = list(text)
    for start, end in spans:
        bare[start:end] = " " * (end - start)
    return bool(spans) and SMALL_WORDS.issuperset(split_words("".join(bare)))


def names_place_or_day(asked: str) -> bool:
    """Whether it is such a question and names no vehicle or emission class."""
    text = simplify_text(asked)
    return is_follow_up(asked) and not any(list(FINDERS[name](text)) for name in ("class", "plate", "vehicle"))


def _put_in(before: str, asked: str, find: Finder) -> str:
    """The earlier question with one type of what the later one names."""
    text, plain = simplify_text(asked), simplify_text(before)
    named = list(find(text))
    if not named:
        return before
    words = " ".join(text[start:end] for start, end in named)
    spans = list(find(plain))
    if find is FINDERS["vehicle"]:
        spans = spans or [found.span() for found in GONE_PLATE.finditer(plain)]
    if not spans:
        return f"{plain} {_read_preposition(text[: named[0][0]])}{words}"
    for start, end in reversed(spans[1:]):
        plain = plain[:start] + plain[end:]
    (start, end), *_others = spans
    return " ".join(f"{plain[:start]}{words}{plain[end:]}".split())


def _read_preposition(text: str) -> str:
    """The function words at the end of a text: 'en met een' gives 'met een '."""
    said = takewhile(lambda word: word in PREPOSITIONS, reversed(split_words(text)))
    words = list(reversed(list(said)))
    is_polish_and = len(words) > 1 and words[0] == "a"
    return "".join(f"{word} " for word in words[is_polish_and:])


def _find_concept(*wanted: str) -> Finder:
    def find(text: str) -> Iterable[tuple[int, int]]:
        words = list(WORD.finditer(text))
        at = 0
        for run in runs_of([word[0] for word in words]):
            if find_concepts(run) and find_concepts(run)[0] in wanted:
                yield words[at].start(), words[at + len(run) - 1].end()
            at += len(run)

    return find


def _find_pattern(pattern: re.Pattern[str]) -> Finder:
    return lambda text: (found.span() for found in pattern.finditer(text))


FINDERS: Mapping[str, Finder] = {
    "class": _find_pattern(EMISSION),
    "day": _find_pattern(DAY),
    "plate": _find_pattern(GONE_PLATE),
    "vehicle": _find_concept(*VEHICLES),
    "place": _find_concept("=plaats"),
}
"""How each type of what a question can name is found in plain text."""
