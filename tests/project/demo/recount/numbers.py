"""Numbers, and what part of a whole they are."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor

Number = tuple[int | None, int | None, int | None]
"""Count, of how many, percent."""
Numbers = dict[str, Number]


def bare(counts: Mapping[str, int | None]) -> Numbers:
    """Numbers that are no part of anything."""
    return {key: (count, None, None) for key, count in counts.items()}


def split(counts: Mapping[str, int]) -> Numbers:
    """The parts of one whole."""
    whole = sum(counts.values())
    percents = shares([*counts.values()])
    return {key: (count, whole, percent) for (key, count), percent in zip(counts.items(), percents, strict=True)}


def part(count: int, whole: int) -> Number:
    """One part of its own whole."""
    return count, whole, shares([count, whole - count])[0]


def shares(counts: Sequence[int]) -> list[int | None]:
    """Whole percentages that make 100: the greatest remainder first; of equal ones the first in line."""
    if sum(counts) == 0:
        return [None for _count in counts]
    exact = [Fraction(100 * count, sum(counts)) for count in counts]
    percents = [floor(share) for share in exact]
    while sum(percents) < 100:
        most = max(share - percent for share, percent in zip(exact, percents, strict=True))
        place = next(n for n, share in enumerate(exact) if share - percents[n] == most)
        percents[place] += 1
    return [*percents]
