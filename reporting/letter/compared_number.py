"""A number in a text of the letter, with its whole and its value in the period before."""

from dataclasses import dataclass
from typing import Any

from reporting.letter import wording

Comparable = int | float


@dataclass(frozen=True)
class Value:
    """Prints as a number, and compares by its count in a condition. A count of None means not handed in."""

    count: int | None
    of: int | None = None
    percent: int | None = None
    before: int | None = None
    percent_before: int | None = None
    since: str = ""
    """The period before in words; empty if there is none to compare with."""

    def __str__(self) -> str:
        return wording.format_number(self.count)

    def __bool__(self) -> bool:
        return bool(self.count)

    def __eq__(self, other: object) -> bool:
        return self.count == number_of(other)

    def __hash__(self) -> int:
        return hash(self.count)

    def __lt__(self, other: object) -> bool:
        mine, theirs = self.count, number_of(other)
        return mine is not None and theirs is not None and mine < theirs

    def __gt__(self, other: object) -> bool:
        mine, theirs = self.count, number_of(other)
        return mine is not None and theirs is not None and mine > theirs

    def __le__(self, other: object) -> bool:
        return self < other or self == other

    def __ge__(self, other: object) -> bool:
        return self > other or self == other

    @property
    def change(self) -> int | None:
        """How many more than in the period before; None if either is unknown."""
        if not self.since or self.count is None or self.before is None:
            return None
        return self.count - self.before


def number_of(thing: Any) -> Comparable | None:
    """The count of a value, or a number written in a template; None for anything else."""
    if isinstance(thing, Value):
        return thing.count
    return thing if isinstance(thing, int | float) else None
