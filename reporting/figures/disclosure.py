"""Which numbers of a table by municipality may be public: pure functions over numbers.

Even a reader who knows these rules, every number that we publish, the national totals and the number of their own
municipality cannot compute a hidden number. Why that is so: docs/decisions/0022-open-data.md.
"""

from collections.abc import Iterable, Mapping

SMALLEST = 5
"""The smallest count shown for a municipality, besides zero. Not a setting: a lower one would expose past months."""
STEPS = (SMALLEST, 10, 20, 50, 100, 200, 500, 1000)
"""The thresholds below which numbers are hidden: the first at which the hidden numbers conceal each other applies."""
FEWEST_PLACES = 3
"""With fewer municipalities, each knows the other's number from the national total and its own."""

Column = Mapping[str, int]
"""One count per municipality, by CBS code, which together add up to a national number."""


def is_small(number: int | None) -> bool:
    """Whether a count is too low to show. Zero may be shown, as it is about nobody; None was not handed in."""
    return number is not None and 0 < number < SMALLEST


def conceal_each_other(count: int, together: int, *, below: int) -> bool:
    """Whether `count` numbers, each from 1 to `below` - 1, with this sum conceal each other, even if one is known.

    Whichever value one of them has, the others are not forced to be all 1, nor all the maximum.
    """
    most = below - 1
    return count == 0 or count + most <= together <= most * (count - 1)


def find_hidden(column: Column) -> frozenset[str]:
    """The municipalities whose number is hidden in a column with a public total.

    The small ones, plus larger ones step by step until they conceal each other; failing that all, zeros included. The
    choice does not depend on who has which number, so hidden numbers could always be swapped and none can be computed.
    """
    for below in STEPS if len(column) >= FEWEST_PLACES else ():
        chosen = frozenset(place for place, number in column.items() if 0 < number < below)
        if conceal_each_other(len(chosen), sum(column[place] for place in chosen), below=below):
            return chosen
    return frozenset(column)


def hidden_sum(number: int, shown: Iterable[int], hides: bool) -> bool:
    """Whether a sum must be hidden: it may reveal no more than the parts shown do.

    `hides`: whether other parts are hidden. A sum that differs from the shown parts would reveal what is missing.
    """
    return hides or number != sum(shown)


def hidden_part(number: int, shown: Iterable[int], hides: bool) -> bool:
    """Whether a count must be hidden that is part of the sum of the shown numbers and perhaps hidden ones.

    It must be if it is small, if the remainder of a known whole is small, or if it is so large that it would reveal a
    lower bound for the hidden numbers.
    """
    known = sum(shown)
    return is_small(number) or number > known or (not hides and is_small(known - number))


def hidden_share(count: int | None, of: int | None) -> bool:
    """Whether a part of a public whole must be hidden, because the part, the whole or the rest is small."""
    rest = None if count is None or of is None else of - count
    return any(map(is_small, (count, of, rest)))
