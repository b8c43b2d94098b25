"""Which counts of a result are shown, so that no hidden one can be computed: pure functions over numbers.

A reader knows these rules, every number that is shown, the total of all passages, and the numbers of the return that
come of the same file: of vans and of trucks all passages, and those that were allowed. What is small is hidden, with so
much besides that it hides each other (`reporting.figures.disclosure`); a number of the return that would reveal it is
left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from reporting.compliance.ground import PARTS_OF_DAY
from reporting.compliance.judgement import ALLOWED, CLASSES, Cell, Why
from reporting.figures.disclosure import SMALLEST, STEPS, are_lost

RETURN_CLASSES = ("van", "truck")
COMPLIANT = frozenset(why.name.lower() for why in ALLOWED)
Numbers = Mapping[Cell, int]
Group = frozenset[Cell]


@dataclass(frozen=True)
class Shown:
    """What may be seen. `counts`: every cell that has a row, None where hidden; `totals`: None where left out."""

    passages: int | None
    counts: dict[Cell, int | None]
    totals: dict[str, int | None]


def suppress_counts(numbers: Numbers) -> Shown:
    """Hide what is small, and as little else as keeps it hidden."""
    sums = [(name, _find_modes(name)) for name in RETURN_CLASSES]
    for depth in product(*(range(len(modes)) for _name, modes in sums)):
        chosen = [(name, modes[step]) for (name, modes), step in zip(sums, depth, strict=True)]
        hidden = _hide_groups(numbers, [group for _name, groups in chosen for group in groups])
        if hidden is not None:
            return _show_numbers(numbers, hidden, {name: len(groups) for name, groups in chosen})
    return _show_nothing(numbers)


def _find_modes(name: str) -> list[list[Group]]:
    """The groups whose sums the return shows of a class: allowed and not; all together; none."""
    cells = {cell for cell in _iterate_cells() if cell[1] == name}
    allowed = frozenset(cell for cell in cells if cell[2] in COMPLIANT)
    return [[allowed, frozenset(cells - allowed)], [frozenset(cells)], []]


def _hide_groups(numbers: Numbers, groups: list[Group]) -> frozenset[Cell] | None:
    """What is hidden where the sum of each group and that of the rest are known; None if something would show."""
    rest = frozenset(_iterate_cells()).difference(*groups)
    found: set[Cell] = set()
    for group in (*groups, rest):
        hidden = _hide_in(numbers, group)
        if hidden is None:
            return None
        found |= hidden
    return frozenset(found)


def _hide_in(numbers: Numbers, group: Group) -> frozenset[Cell] | None:
    """The small ones, with larger ones until they hide each other; None if even all of them do not."""
    for below in STEPS:
        chosen = frozenset(cell for cell in group if 0 < numbers.get(cell, 0) < below)
        if are_lost(len(chosen), sum(numbers[cell] for cell in chosen), below=below):
            return chosen
    return None


def _show_numbers(numbers: Numbers, hidden: frozenset[Cell], sums: Mapping[str, int]) -> Shown:
    counts = {cell: None if cell in hidden else number for cell, number in sorted(numbers.items()) if number}
    totals: dict[str, int | None] = {}
    for name, shown in sums.items():
        cells = [cell for cell in numbers if cell[1] == name]
        totals[f"passages_{name}"] = sum(numbers[cell] for cell in cells) if shown else None
        compliant = sum(numbers[cell] for cell in cells if cell[2] in COMPLIANT)
        totals[f"compliant_{name}"] = compliant if shown == 2 else None
    return Shown(sum(numbers.values()), counts, totals)


def _show_nothing(numbers: Numbers) -> Shown:
    """Every count hidden, of what did not happen too: else a row would say that there is at least one."""
    total = sum(numbers.values())
    counts: dict[Cell, int | None] = dict.fromkeys(_iterate_cells())
    return Shown(
        total if total >= SMALLEST else None,
        counts,
        {f"{sort}_{name}": None for name in RETURN_CLASSES for sort in ("passages", "compliant")},
    )


def _iterate_cells() -> Iterator[Cell]:
    return product(PARTS_OF_DAY, CLASSES, (why.name.lower() for why in Why))
