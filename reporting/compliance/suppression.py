"""Which counts of a result are shown, so that no hidden one can be computed: pure functions over numbers.

A reader knows these rules, every number that is shown, the total of all passages, and the numbers of the return that
come from the same file: all passages and the allowed ones, of vans and of trucks. Small counts are hidden, with enough
others that they conceal each other (`reporting.figures.disclosure`); a number of the return that would reveal one is
left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from reporting.compliance.ground import PARTS_OF_DAY
from reporting.compliance.judgement import ALLOWED, CLASSES, Cell, Why
from reporting.figures.disclosure import SMALLEST, STEPS, conceal_each_other

RETURN_CLASSES = ("van", "truck")
COMPLIANT = frozenset(why.name.lower() for why in ALLOWED)
Numbers = Mapping[Cell, int]
Group = frozenset[Cell]


@dataclass(frozen=True)
class Shown:
    """What may be shown. `counts`: every cell with a row, None where hidden; `totals`: None where left out."""

    passages: int | None
    counts: dict[Cell, int | None]
    totals: dict[str, int | None]


def suppress_counts(numbers: Numbers) -> Shown:
    """Hide small counts, and as little else as keeps them hidden."""
    sums = [(name, _find_modes(name)) for name in RETURN_CLASSES]
    for depth in product(*(range(len(modes)) for _name, modes in sums)):
        chosen = [(name, modes[step]) for (name, modes), step in zip(sums, depth, strict=True)]
        hidden = _hide_groups(numbers, [group for _name, groups in chosen for group in groups])
        if hidden is not None:
            return _show_numbers(numbers, hidden, {name: len(groups) for name, groups in chosen})
    return _show_nothing(numbers)


def _find_modes(name: str) -> list[list[Group]]:
    """For a class, the groups whose sums the return could show: allowed and not allowed; all together; none."""
    cells = {cell for cell in _iterate_cells() if cell[1] == name}
    allowed = frozenset(cell for cell in cells if cell[2] in COMPLIANT)
    return [[allowed, frozenset(cells - allowed)], [frozenset(cells)], []]


def _hide_groups(numbers: Numbers, groups: list[Group]) -> frozenset[Cell] | None:
    """The cells to hide when the sum of each group and that of the rest are known; None if that is impossible."""
    rest = frozenset(_iterate_cells()).difference(*groups)
    found: set[Cell] = set()
    for group in (*groups, rest):
        hidden = _hide_in(numbers, group)
        if hidden is None:
            return None
        found |= hidden
    return frozenset(found)


def _hide_in(numbers: Numbers, group: Group) -> frozenset[Cell] | None:
    """The small cells of a group, plus larger ones until they conceal each other; None if they never do."""
    for below in STEPS:
        chosen = frozenset(cell for cell in group if 0 < numbers.get(cell, 0) < below)
        if conceal_each_other(len(chosen), sum(numbers[cell] for cell in chosen), below=below):
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
    """Hide every count, zeros included: otherwise a row would reveal that there is at least one."""
    total = sum(numbers.values())
    counts: dict[Cell, int | None] = dict.fromkeys(_iterate_cells())
    return Shown(
        total if total >= SMALLEST else None,
        counts,
        {f"{sort}_{name}": None for name in RETURN_CLASSES for sort in ("passages", "compliant")},
    )


def _iterate_cells() -> Iterator[Cell]:
    return product(PARTS_OF_DAY, CLASSES, (why.name.lower() for why in Why))
