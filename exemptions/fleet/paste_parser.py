"""Reads plates as people paste them: one or several on a line, with or without dashes, followed by a remark. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from casework.uploads.refusals import FileRefused
from exemptions.models.vehicle import LONGEST_REMARK
from zones.plates import find_plate_problem, find_sidecode, normalise

LONGEST_TYPED = 60
SEPARATOR = re.compile(r"[,;\t]")
WORDS_IN_A_PLATE = 3
"""As in AB 12 CD."""


@dataclass(frozen=True)
class Entry:
    """A vehicle as read from a list; `problem` is a sentence if it is unusable."""

    number: int
    cell: str
    typed: str
    plate: str = ""
    remark: str = ""
    problem: str = ""


def make_entry(typed: str, *, number: int, cell: str, remark: str = "") -> Entry:
    """One plate, judged as in the form for a single vehicle."""
    shown, words = typed.strip()[:LONGEST_TYPED], " ".join(remark.split())
    if wrong := find_plate_problem(typed, dutch_only=True):
        return Entry(number, cell, shown, remark=words[:LONGEST_REMARK], problem=wrong)
    if len(words) > LONGEST_REMARK:
        wrong = _("The remark is too long: at most %(most)s characters.") % {"most": LONGEST_REMARK}
        return Entry(number, cell, shown, normalise(typed), words[:LONGEST_REMARK], wrong)
    return Entry(number, cell, shown, normalise(typed), words)


def read_paste(text: str, *, most: int) -> list[Entry]:
    """Every plate of a pasted list. Raises FileRefused if there are none, or too many."""
    found: list[Entry] = []
    for number, line in enumerate(text.replace("\0", "").splitlines(), start=1):
        found += read_line_entries(line, number=number)
        if len(found) > most:
            raise FileRefused(too_many(most))
    if not found:
        raise FileRefused(_("There is no number plate in your list. Type or paste one plate on each line."))
    return found


def too_many(most: int) -> str:
    """The message for a list that is too long."""
    return _("Your list has more than %(most)s vehicles. Split it into several lists.") % {"most": most}


def read_line_entries(line: str, *, number: int) -> Iterator[Entry]:
    """The plates on one line: a part that does not begin with a plate is a remark to the plate before it."""
    waiting: tuple[str, str] | None = None
    for part in filter(str.strip, SEPARATOR.split(line)):
        *before, (plate, remark) = split_plates(part)
        if waiting and not before and not plate:
            waiting = (waiting[0], f"{waiting[1]} {remark}")
            continue
        for typed, words in filter(None, [waiting, *before]):
            yield make_entry(typed, number=number, cell="", remark=words)
        waiting = (plate, remark) if plate else (remark, "")
    if waiting:
        yield make_entry(waiting[0], number=number, cell="", remark=waiting[1])


def split_plates(part: str) -> list[tuple[str, str]]:
    """The plates in a part, or its only plate with what follows it; ("", words) if it has none."""
    words = part.split()
    first, rest = take_plate(words)
    if not first:
        return [("", " ".join(words))]
    found, left = [(first, "")], rest
    while left:
        following, left = take_plate(left)
        if not following:
            return [(first, " ".join(rest))]
        found.append((following, ""))
    return found


def take_plate(words: list[str]) -> tuple[str, list[str]]:
    """The plate at the beginning of the words, and the remaining words; an empty plate if there is none."""
    for count in range(1, min(WORDS_IN_A_PLATE, len(words)) + 1):
        typed = " ".join(words[:count])
        if find_sidecode(typed):
            return typed, words[count:]
    return "", words
