"""Finds number plates in a text, as opposed to amounts, postcodes, account numbers and car models."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from helpdesk.assistant.text import read_data_rows
from zones.plates import SIDECODES, find_sidecode, spell_plate

MOST = 3
"""The most plates of one question that are looked up."""
DASH = r"[.\-–—_·]"
CONSONANTS = "BDFGHJKLNPRSTVXZ"
"""The letters on Dutch plates issued since 1978: no vowels, and none that can be mistaken for another character."""
EDGE, END = r"(?<![A-Za-z0-9])(?<![A-Za-z0-9][\-–])", r"(?![A-Za-z0-9])(?![\-–][A-Za-z0-9])"


def _build_dutch_pattern(gap: str, letters: str) -> str:
    """A pattern of every form of a Dutch plate, with the same gap between all groups."""
    patterns = {"X": f"[{letters}]", "9": r"\d"}
    forms = (gap.join("".join(patterns[place] for place in group) for group in form.split("-")) for form in SIDECODES)
    return rf"{EDGE}(?:{'|'.join(forms)}){END}"


WITH_DASHES = re.compile(_build_dutch_pattern(rf"\s?{DASH}\s?", "A-Za-z"))
IN_ONE_WORD = re.compile(_build_dutch_pattern("", "A-Za-z"))
WITH_ONE_DASH = re.compile(_build_dutch_pattern(rf"(?:{DASH}|\s)?", CONSONANTS + CONSONANTS.lower()))
DUTCH = re.compile(f"{WITH_DASHES.pattern}|{IN_ONE_WORD.pattern}")
WITH_SPACES = re.compile(_build_dutch_pattern(r"\s", CONSONANTS))
WITH_SPACES_SMALL = re.compile(_build_dutch_pattern(r"\s", CONSONANTS + CONSONANTS.lower()))
POSTCODE = re.compile(r"(?<![A-Za-z0-9])[1-9]\d{3}\s?[A-Za-z]{2}(?![A-Za-z0-9])")

ABOUT_PLATES = re.compile(
    r"(?i)\b(?:kenteken\w*|nummerplaat\w*|nummerplaten|nummerbord\w*|(?:number |licen[cs]e )?plates?|registration"
    r"|(?:kfz-?)?kennzeichen|nummernschild\w*|plaques?|immatricul\w+|tablic\w*|rejestrac\w*)\b"
)
FOREIGN = re.compile(
    EDGE + r"(?:"
    r"[A-Z]{1,3}[\-–—][A-Z]{1,2}[\s\-–—]?\d{1,4}[EH]?"  # Germany: B-MW 4711
    r"|[A-Z]{1,3}\s[A-Z]{1,2}\s\d{2,4}[EH]?"  # the same with spaces: KLE AB 1234
    r"|[1-9][\s\-–—][A-Z]{3}[\s\-–—]\d{3}"  # Belgium: 1-ABC-234
    r"|[A-Z]{2}[\s\-–—]\d{3}[\s\-–—][A-Z]{2}"  # France, Italy: AB-123-CD
    r"|(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{6,8}"  # Poland and the rest: letters and digits in one word
    r"|[A-Z]{2,3}[\s\-–—](?=[A-Z0-9]*\d)[A-Z0-9]{4,5}"  # Poland with a space: WX 12345
    r"|[A-Z]{2}\d{2}\s[A-Z]{3}"  # United Kingdom: AB12 CDE
    r"|[A-Z]{1,2}[\s\-–—]\d{2,3}[\s\-–—][A-Z]{3}"  # Romania: B-123-ABC
    r"|[A-Z]{3}[\s\-–—]\d{3}"  # Lithuania, Hungary: ABC-123
    r")" + END
)
FOREIGN_SMALL = re.compile(
    EDGE + r"(?:"
    r"(?!zo-)[a-z]{1,3}[\-–—][a-z]{1,2}[\s\-–—]?\d{2,4}[eh]?"
    r"|[1-9][\-–—][a-z]{3}[\-–—]\d{3}"
    r"|[a-z]{2}[\-–—]\d{3}[\-–—][a-z]{2}"
    r"|[a-z]{1,2}[\-–—]\d{2,3}[\-–—][a-z]{3}"
    r")" + END
)
"""The plates of Germany, Belgium, France and Romania in small letters: clear by their dashes alone."""
BRITISH = re.compile(r"[A-Z]{2}\d{2}\s[A-Z]{3}")
LIKE_ONE = re.compile(
    r"(?i)(?<![a-z0-9\-])(?=[a-z0-9\-]*\d)(?=[a-z0-9\-]*[a-z])[a-z0-9]{1,3}(?:-[a-z0-9]{1,4}){1,2}(?![a-z0-9\-])"
)
_COUNTED = "bus|bak|van|vans|auto|euro|ton|tons|tonner|wiel|deur|assig|jaar|uur|dag|plus|year|day|hour|axle|persoons"
NONE = re.compile(
    r"(?i)^(?:euro\s?-?[0-6][a-d]?|klasse[0-6]|hvo\d*|xtl\d*|b\d{2}|n[1-3]|m1|co2|adblue\d*"
    r"|\d{1,3}[a-z]{1,2}|\d{1,3}(?=[a-z]*[aeiouy])[a-z]+|[a-z]{1,3}-?\d{1,2}"
    rf"|(?=[a-z]*[aeiouy])[a-z]{{2,}}-?\d+|\d{{1,2}}-(?:{_COUNTED})|q[1-4]-20\d\d)$"
)
"""Text that looks like a plate and never is one: 'een Euro 4-bus', HVO100."""
MAKES = frozenset(word for row in read_data_rows("no_plates") for word in row["words"].split())
"""Words that precede a number without being part of a plate: 'BMW 118', 'EUR 1200', 'IN 2027'."""
YEAR = re.compile(r"(?:19|20)\d\d$")


@dataclass(frozen=True)
class Plate:
    """A plate as typed, at an offset. `country`: NL, or empty for any other; `is_whole`: it can be looked up."""

    text: str
    country: str
    is_whole: bool
    at: int = 0

    @property
    def is_in_register(self) -> bool:
        """Whether the Dutch register can know this plate."""
        return self.is_whole and self.country == "NL"

    def __str__(self) -> str:
        """As on the vehicle, if it is a complete Dutch plate."""
        return spell_plate(self.text, country=self.country or "-") if self.is_in_register else self.text.upper()


def plates_in(text: str) -> list[Plate]:
    """The plates of a text in order, each once. A Dutch reading wins over a foreign one, a whole plate over a part."""
    found = list(_dutch_in(text))
    rest = blank_out(text, found)
    foreign = chain(FOREIGN.finditer(rest), FOREIGN_SMALL.finditer(rest))
    found += [Plate(one[0], "", True, one.start()) for one in foreign if is_foreign(one[0], rest)]
    if not found:
        like = (one for one in LIKE_ONE.finditer(text) if any(sign.isdigit() for sign in one[0]) and is_like(one[0]))
        found = [Plate(one[0], "NL", False, one.start()) for one in like][:1]
    once = {str(plate): plate for plate in sorted(found, key=lambda plate: plate.at)}
    return list(once.values())[:MOST]


def without_plates(text: str, word: str) -> str:
    """The text with a word in place of each plate."""
    for plate in plates_in(text):
        text = text.replace(plate.text, word)
    return text


def is_foreign(found: str, text: str) -> bool:
    """Whether text in the form of a foreign plate can be one; a make with its model, or an amount, cannot.

    Groups separated by spaces with few digits count only if the text is about plates.
    """
    if is_word(found) or is_make(found):
        return False
    if ABOUT_PLATES.search(text):
        return True
    if found.isalnum():
        return found[0].isupper()
    return " " not in found or BRITISH.fullmatch(found) is not None or sum(map(str.isdigit, found)) >= 3


def is_word(found: str) -> bool:
    """Whether it is a postcode, or a word with a digit in it: '3511AB', 'EURO6'."""
    return bool(POSTCODE.fullmatch(found) or NONE.match(found))


def is_make(found: str) -> bool:
    """Whether it is a word followed by a number, such as a make with its model: 'BMW 118', 'EUR 1200', 'IN 2027'."""
    first, *others = found.split()
    return bool(others) and (first in MAKES or YEAR.match(others[-1]) is not None)


def is_like(found: str) -> bool:
    """Whether it may be part of a plate, or a mistyped one."""
    return NONE.match(found) is None and len(found) >= 5 and found.count("-") == 2


def _dutch_in(text: str) -> Iterator[Plate]:
    taken: set[int] = set()
    for found in _find_candidates(text):
        if taken.isdisjoint(range(*found.span())):
            taken.update(range(*found.span()))
            yield Plate(found[0], "NL", True, found.start())


def _find_candidates(text: str) -> Iterator[re.Match[str]]:
    """Text in the form of a Dutch plate, least ambiguous notations first."""
    speaks = ABOUT_PLATES.search(text) is not None
    yield from WITH_DASHES.finditer(text)
    yield from (one for one in IN_ONE_WORD.finditer(text) if speaks or not is_word(one[0]))
    yield from (one for one in WITH_ONE_DASH.finditer(text) if re.search(DASH, one[0]))
    if speaks:
        yield from WITH_SPACES_SMALL.finditer(text)
    else:
        yield from (one for one in WITH_SPACES.finditer(text) if _is_clear(one[0]))


def _is_clear(found: str) -> bool:
    """Whether groups separated by spaces are not quantities: 'VX 882 K', but not '35 18 KG' or '12 KG 30'."""
    first = re.split(r"\s", found)[0]
    return first not in MAKES and (first.isalpha() or find_sidecode(found) not in (2, 3))


def blank_out(text: str, plates: list[Plate]) -> str:
    """Overwrite plates with spaces, which keeps offsets, so that no part of one is found again."""
    for plate in plates:
        text = text[: plate.at] + " " * len(plate.text) + text[plate.at + len(plate.text) :]
    return text
