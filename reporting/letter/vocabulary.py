"""Everything that a text of the letter may use: `if`, `for`, these names and these filters.

A name that is not here is refused when the text is kept.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from reporting.figures import FIGURES, Figure
from reporting.letter import wording
from reporting.letter.value import Value

LEAF = None
SHARES = ("delivered", "lowest", "highest")


class FigureNames(dict[str, Any]):
    """What a figure can be asked: its rows by name or pattern, and what it offers beside them."""

    def __init__(self, figure: Figure) -> None:
        known = figure.letter
        months = {"months": [{"month": LEAF, **dict.fromkeys(known.sums or ("value",))}]}
        super().__init__(
            {
                **dict.fromkeys((*known.rows, *known.sums)),
                **dict.fromkeys(SHARES if known.has_shares else ()),
                **dict.fromkeys(("all",) if figure.has_sum else ()),
                "rows": [{"label": LEAF, "value": LEAF}],
                **(months if known.is_monthly else {}),
            }
        )
        self.pattern = re.compile(known.pattern)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or bool(self.pattern.fullmatch(str(name)))

    def __missing__(self, name: str) -> None:
        return LEAF


BY_ID = {name: FigureNames(figure) for name, figure in FIGURES.items()}
NAMES: dict[str, Any] = {
    **BY_ID,
    "total": BY_ID,
    "previous": BY_ID,
    **dict.fromkeys(
        ("period", "first", "last", "as_of", "opened", "since_opening", "previous_period", "letter_on", "signed_by")
    ),
    "zones": {
        **dict.fromkeys(("count", "fining", "unknown", "ended_count")),
        "new": [{"name": LEAF, "day": LEAF}],
        "begun": [{"day": LEAF, "names": LEAF, "count": LEAF}],
        "ended": [LEAF],
    },
    "returns": {"expected": LEAF, "some": LEAF, "complete": LEAF, "missing": [{"name": LEAF, "months": LEAF}]},
    "signals": [{"organisation": LEAF, "topic": LEAF, "text": LEAF}],
    "corrections": [{"sentence": LEAF}],
    "day_exemption_max": LEAF,
}
LOOP = {"index": LEAF, "first": LEAF, "last": LEAF}


FILTERS: dict[str, Callable[..., Any]] = {}
"""Each word that can follow |."""

NO_EARLIER = "er is geen eerdere periode om mee te vergelijken"
UNKNOWN_BEFORE = "vergelijken kan niet, omdat het cijfer niet over beide perioden volledig is aangeleverd"


def letter_filter(write: Callable[..., Any]) -> Callable[..., Any]:
    """A filter for numbers; of anything else it makes the word for what is missing."""

    def filtered(thing: Any, *args: Any) -> Any:
        return write(thing if isinstance(thing, Value) else Value(None), *args)

    FILTERS[write.__name__] = filtered
    return write


@letter_filter
def number(value: Value) -> str:
    """4.102."""
    return str(value)


@letter_filter
def percent(value: Value) -> str:
    """87%. A share that is not nothing is never written as 0%, nor one that is not all as 100%."""
    if value.percent is None:
        return wording.MISSING
    if value.percent == 0 and value.count:
        return "minder dan 1%"
    if value.percent == 100 and value.of and value.count != value.of:
        return "meer dan 99%"
    return f"{value.percent}%"


@letter_filter
def whole(value: Value) -> str:
    """What it is a part of: 4.102."""
    return wording.format_number(value.of)


@letter_filter
def compared(value: Value) -> str:
    """Een stijging van 12% ten opzichte van april en mei 2025 (toen 2.754)."""
    if value.change is None:
        return UNKNOWN_BEFORE if value.since else NO_EARLIER
    if not value.change:
        return f"evenveel als in {value.since}"
    if not value.before:
        return f"een stijging ten opzichte van {value.since}, toen het er geen waren"
    word = "stijging" if value.change > 0 else "daling"
    then = f"ten opzichte van {value.since} (toen {wording.format_number(value.before)})"
    return f"een {word} van {round_change(abs(value.change), value.before)} {then}"


def round_change(change: int, before: int) -> str:
    """As a percentage; a change too small to show as one is written as a number."""
    share = round(change * 100 / before)
    return f"{share}%" if share else wording.format_number(change)


@letter_filter
def compared_percent(value: Value) -> str:
    """3 procentpunt meer dan in april en mei 2025 (toen 84%)."""
    if not value.since:
        return NO_EARLIER
    if value.percent is None or value.percent_before is None:
        return UNKNOWN_BEFORE
    change = value.percent - value.percent_before
    if not change:
        return f"hetzelfde deel als in {value.since}"
    more = "meer" if change > 0 else "minder"
    return f"{abs(change)} procentpunt {more} dan in {value.since} (toen {value.percent_before}%)"


@letter_filter
def rises(value: Value) -> bool:
    """Whether there are more than in the period before."""
    return value.change is not None and value.change > 0


@letter_filter
def falls(value: Value) -> bool:
    """Whether there are fewer."""
    return value.change is not None and value.change < 0


@letter_filter
def equal(value: Value) -> bool:
    """Whether there are as many."""
    return value.change == 0


@letter_filter
def missing(value: Value) -> bool:
    """Whether it was not handed in."""
    return value.count is None


@letter_filter
def plural(value: Value, forms: str) -> str:
    """`{{ R12.all|plural("beroep,beroepen") }}`: the word for one, or for any other number."""
    one, _comma, many = str(forms).partition(",")
    return one if value.count == 1 else many


def listed(words: Any) -> str:
    """Delft, Utrecht en Zwolle."""
    return wording.join_words([str(word) for word in words]) if isinstance(words, Sequence | tuple) else str(words)


FILTERS["listed"] = listed
