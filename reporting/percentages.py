"""Whole percentages that add up to exactly 100."""

from collections.abc import Sequence


def divide_whole(counts: Sequence[int]) -> list[int | None]:
    """Largest remainder method: round shares down, then add one to those that lost most. All None if the total is 0."""
    total = sum(counts)
    if total == 0:
        return [None] * len(counts)
    shares = [100 * count // total for count in counts]
    lost_most = sorted(range(len(counts)), key=lambda place: -(100 * counts[place] % total))
    for place in lost_most[: 100 - sum(shares)]:
        shares[place] += 1
    return [*shares]
