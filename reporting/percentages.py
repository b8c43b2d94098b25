"""Whole percentages that together are exactly a hundred."""

from collections.abc import Sequence


def divide_whole(counts: Sequence[int]) -> list[int | None]:
    """Largest remainder: each share is rounded down, and those that lost most get one more. Of nothing: None."""
    total = sum(counts)
    if total == 0:
        return [None] * len(counts)
    shares = [100 * count // total for count in counts]
    lost_most = sorted(range(len(counts)), key=lambda place: -(100 * counts[place] % total))
    for place in lost_most[: 100 - sum(shares)]:
        shares[place] += 1
    return [*shares]
