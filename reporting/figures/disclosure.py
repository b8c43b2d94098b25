"""What of a table by municipality may be public: pure functions over numbers.

A reader knows these rules, every number that we publish, the national totals, and perhaps the number of the own
municipality. Even so no hidden number can be computed. Why it is so: docs/decisions/0022-open-data.md.
"""

from collections.abc import Iterable, Mapping

SMALLEST = 5
"""The smallest count shown for a municipality, besides zero. Not a setting: a lower one would uncover old months."""
STEPS = (SMALLEST, 10, 20, 50, 100, 200, 500, 1000)
"""Below which number is hidden: the first step at which what is hidden hides each other."""
FEWEST_PLACES = 3
"""With fewer municipalities, each knows the other's number from the national total and its own."""

Column = Mapping[str, int]
"""One count of each municipality, by its CBS code: all that together make up a national number."""


def is_small(number: int | None) -> bool:
    """Too few to show. Zero is shown: nobody is in it. None was not handed in, which is not a number at all."""
    return number is not None and 0 < number < SMALLEST


def are_lost(count: int, together: int, *, below: int) -> bool:
    """Whether `count` numbers from 1 up to `below` with this sum hide each other, even if one of them is known.

    Without the largest that one could be, the others are still more than all ones and less than all the largest.
    """
    most = below - 1
    return count == 0 or count + most <= together <= most * (count - 1)


def find_hidden(column: Column) -> frozenset[str]:
    """The municipalities whose number is hidden in a column with a public total.

    The small ones, plus larger ones, step by step, until they hide each other; failing that all, zeros included. It
    does not depend on who has which number, so hidden numbers could always be swapped: none can be computed.
    """
    for below in STEPS if len(column) >= FEWEST_PLACES else ():
        chosen = frozenset(place for place, number in column.items() if 0 < number < below)
        if are_lost(len(chosen), sum(column[place] for place in chosen), below=below):
            return chosen
    return frozenset(column)


def hidden_sum(number: int, shown: Iterable[int], hides: bool) -> bool:
    """Whether a sum is hidden: it reveals no more than the parts shown, or nothing.

    `hides`: whether other parts are hidden. A sum that differs from the shown parts would reveal what is missing.
    """
    return hides or number != sum(shown)


def hidden_part(number: int, shown: Iterable[int], hides: bool) -> bool:
    """Whether a count is hidden that these numbers, and perhaps hidden ones, add up to.

    It is if it is small, if the remainder of a known whole is, and if it is so large that it would reveal a lower bound
    for the hidden ones.
    """
    known = sum(shown)
    return is_small(number) or number > known or (not hides and is_small(known - number))


def hidden_share(count: int | None, of: int | None) -> bool:
    """Whether a part of a public whole is hidden: it, the whole or the rest is small."""
    rest = None if count is None or of is None else of - count
    return any(map(is_small, (count, of, rest)))
