"""Bar charts as plain numbers, which a template draws as SVG. Every number is also in the table next to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django_stubs_ext import StrOrPromise

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 72, 24, 14, 40
FILLED = 0.78  # the share of a group's width that its bar fills
LINES = 4
NAMED_GROUPS = 5
ROUND = (4, 8, 12, 16, 20, 24, 32)


@dataclass(frozen=True)
class Bar:
    """A rectangle. Lengths are text with a decimal point, as SVG requires, whatever the active language."""

    x: str
    y: str
    width: str
    height: str
    series: int
    words: str


@dataclass(frozen=True)
class Tick:
    """A mark next to an axis."""

    at: str
    label: str


@dataclass(frozen=True)
class Chart:
    """A chart with its description for those who cannot see it, and the names of its series if there are several."""

    name: str
    title: StrOrPromise
    description: str
    legend: Sequence[StrOrPromise]
    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    lines: Sequence[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    floor: int = HEIGHT - BOTTOM


@dataclass(frozen=True)
class BarGroup:
    """One position on the axis: its name, and for each series the count and a description."""

    name: str
    counts: Sequence[tuple[int, str]]

    @property
    def total(self) -> int:
        """The height of the whole stack."""
        return sum(count for count, _words in self.counts)


def draw_stacked_bars(
    name: str, title: StrOrPromise, groups: Sequence[BarGroup], *, description: str, legend: Sequence[StrOrPromise] = ()
) -> Chart:
    """A bar chart with one stack per group."""
    top = find_axis_end(max((group.total for group in groups), default=0))
    return Chart(
        name=name,
        title=title,
        description=description,
        legend=legend,
        bars=[bar for place, group in enumerate(groups) for bar in _stack_bars(group, place, len(groups), top)],
        ticks=_draw_ticks(groups),
        lines=[_draw_grid_line(top * number // LINES, top) for number in range(LINES + 1)],
    )


def find_axis_end(highest: int) -> int:
    """The upper end of the axis: the smallest of 4, 8 … 32, 40, 80 … that is high enough; its quarters are whole."""
    power = 1
    while True:
        for step in ROUND:
            if step * power >= highest:
                return step * power
        power *= 10


def _stack_bars(group: BarGroup, place: int, places: int, top: int) -> list[Bar]:
    room = (WIDTH - LEFT - RIGHT) / places
    stack, below = [], 0
    for series, (count, words) in enumerate(group.counts, start=1):
        height = _scale_height(count, top)
        x = LEFT + room * (place + (1 - FILLED) / 2)
        y = HEIGHT - BOTTOM - _scale_height(below, top) - height
        stack.append(Bar(f"{x:.1f}", f"{y:.1f}", f"{room * FILLED:.1f}", f"{height:.1f}", series, words))
        below += count
    return stack


def _scale_height(count: int, top: int) -> float:
    return count / top * (HEIGHT - TOP - BOTTOM)


def _draw_grid_line(count: int, top: int) -> Tick:
    return Tick(f"{HEIGHT - BOTTOM - _scale_height(count, top):.1f}", number_format(count, force_grouping=True))


def _draw_ticks(groups: Sequence[BarGroup]) -> list[Tick]:
    """Labels below some of the groups: no more than are legible on a phone."""
    every = max(1, -(-len(groups) // NAMED_GROUPS))
    room = (WIDTH - LEFT - RIGHT) / max(1, len(groups))
    return [
        Tick(f"{LEFT + room * (place + 0.5):.1f}", groups[place].name)
        for place in range(every // 2, len(groups), every)
    ]
