"""Everything that a text of the letter may use: `if`, `for`, these names and these filters.

A text with any other name is refused on saving.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from reporting.figures import FIGURES, Figure
from reporting.letter import wording
from reporting.letter.chapters import OWN_TEXTS
from reporting.letter.compared_number import Value
from reporting.presentation import round_percent

LEAF = None
SHARES = ("delivered", "lowest", "highest")
PLACES = ("places", "unknown")
TREND = ("first_month", "first", "last_month", "last", "verb", "how")


class FigureNames(dict[str, Any]):
    """The names within a figure: its rows by key or pattern, and what it offers in addition."""

    def __init__(self, figure: Figure) -> None:
        known = figure.letter
        of_month = ("month", *(known.sums or ("value",)), *(("tone",) if known.has_topics else ()))
        months = {"months": [dict.fromkeys(of_month)], "trend": dict.fromkeys(TREND)}
        super().__init__(
            {
                **dict.fromkeys((*known.rows, *known.sums)),
                **dict.fromkeys(SHARES if known.has_shares else ()),
                **dict.fromkeys(PLACES if known.counts_places else ()),
                **({"topics": [{"label": LEAF, "value": LEAF}]} if known.has_topics else {}),
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


class KindNames(dict[str, Any]):
    """The kinds of exemption that one can apply for, by code."""

    def __contains__(self, name: object) -> bool:
        return bool(re.fullmatch(r"[A-Z]{3}", str(name)))

    def __missing__(self, name: str) -> dict[str, None]:
        return dict.fromkeys(("name", "scope", "since"))


BY_ID = {name: FigureNames(figure) for name, figure in FIGURES.items()}
NAMES: dict[str, Any] = {
    **BY_ID,
    "total": BY_ID,
    "previous": BY_ID,
    **dict.fromkeys(
        (
            *("period", "first", "last", "as_of", "opened", "since_opening", "previous_period", "previous_as_of"),
            *("letter_on", "signed_by", "ordinal"),
        )
    ),
    "own": dict.fromkeys(one.name for one in OWN_TEXTS),
    "kinds": KindNames(),
    "now_national": [{"name": LEAF, "day": LEAF}],
    "zones": {
        **dict.fromkeys(("count", "fining", "unknown", "ended_count", "ended_local", "of_year", "year")),
        "new": [{"name": LEAF, "day": LEAF}],
        "begun": [{"day": LEAF, "names": LEAF, "count": LEAF}],
        "later": [{"day": LEAF, "names": LEAF, "count": LEAF}],
        "ended": [LEAF],
    },
    "returns": {
        **dict.fromkeys(("expected", "some", "complete", "missed_by_all"), LEAF),
        "missing": [{"name": LEAF, "months": LEAF}],
    },
    "upheld": {"count": LEAF, "led": LEAF, "days": [LEAF]},
    "appeals": [{"name": LEAF, "count": LEAF}],
    "signals": [{"organisation": LEAF, "topic": LEAF, "text": LEAF}],
    "corrections": [{"sentence": LEAF}],
    "day_exemption_max": LEAF,
}
LOOP = {"index": LEAF, "first": LEAF, "last": LEAF}


FILTERS: dict[str, Callable[..., Any]] = {}
"""The filters by name: the words that can follow |."""
WITH_WORDS = ("plural", "counted")
"""Filters with an argument: the word for one, and the word for any other number."""

NO_EARLIER = "een eerdere periode om mee te vergelijken is er niet"
UNKNOWN_BEFORE = "maar vergelijken kan niet: de gegevens zijn niet over beide perioden volledig aangeleverd"
FEW = 50
"""A change from fewer than this is written as a number: a percentage of a few would suggest too much."""


def letter_filter(write: Callable[..., Any]) -> Callable[..., Any]:
    """Register a filter for numbers, which treats anything else as not handed in."""

    def filtered(thing: Any, *args: Any) -> Any:
        return write(thing if isinstance(thing, Value) else Value(None), *args)

    FILTERS[write.__name__] = filtered
    return write


@letter_filter
def number(value: Value) -> str:
    """The count: 4.102."""
    return str(value)


@letter_filter
def percent(value: Value) -> str:
    """The share: 87%."""
    if value.count is None:
        return wording.MISSING
    if value.percent is None:
        return wording.NONE
    limits = ("minder dan 1%", "meer dan 99%")
    return round_percent(value.percent, count=value.count, whole=value.of, limits=limits)


@letter_filter
def whole(value: Value) -> str:
    """The whole of which the count is a part: 4.102; 0 if a known count has no whole."""
    return wording.format_number(value.of if value.count is None else value.of or 0)


@letter_filter
def share(value: Value) -> str:
    """Share and count: 87% (3.577); geen enkele."""
    if not value.count:
        return wording.MISSING if value.count is None else f"{wording.NONE} enkele"
    return f"{percent(value)} ({value})"


@letter_filter
def part(value: Value) -> str:
    """Share and count for use between brackets: 47%, 130; geen."""
    if not value.count:
        return wording.MISSING if value.count is None else wording.NONE
    return f"{percent(value)}, {value}"


@letter_filter
def counted(value: Value, forms: str) -> str:
    """`{{ R10.all|counted("bezwaar,bezwaren") }}`: 1 bezwaar, 24 bezwaren, geen bezwaren."""
    words = plural(value, forms)
    if value.count is None:
        return f"een onbekend aantal {words}"
    return f"{value if value.count else wording.NONE} {words}"


@letter_filter
def compared(value: Value) -> str:
    """The change, to follow a comma: 12% meer dan in april en mei 2025 (toen 2.754); tegen 14 in april en mei 2025."""
    if value.change is None:
        return UNKNOWN_BEFORE if value.since else NO_EARLIER
    if not value.change:
        return f"{'evenveel als' if value.count else 'net als'} in {value.since}"
    if not value.before or not value.count:
        return f"tegen {value.before or wording.NONE} in {value.since}"
    word, before = "meer" if value.change > 0 else "minder", value.before
    return (
        f"{round_change(abs(value.change), before)} {word} dan in {value.since} (toen {wording.format_number(before)})"
    )


def round_change(change: int, before: int) -> str:
    """A change as a percentage; as a number if it is from a few, or rounds to 0%."""
    part = round(change * 100 / before) if before >= FEW else 0
    return f"{part}%" if part else wording.format_number(change)


@letter_filter
def compared_percent(value: Value) -> str:
    """The change in share: 3 procentpunt meer dan in april en mei 2025 (toen 84%)."""
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
    """Whether the count is higher than in the period before."""
    return value.change is not None and value.change > 0


@letter_filter
def falls(value: Value) -> bool:
    """Whether the count is lower than in the period before."""
    return value.change is not None and value.change < 0


@letter_filter
def equal(value: Value) -> bool:
    """Whether the count is the same as in the period before."""
    return value.change == 0


@letter_filter
def comparable(value: Value) -> bool:
    """Whether the counts of this period and the one before are both known."""
    return value.change is not None


@letter_filter
def missing(value: Value) -> bool:
    """Whether the count was not handed in."""
    return value.count is None


@letter_filter
def plural(value: Value, forms: str) -> str:
    """The word for one, or for any other number: `{{ R12.all|plural("beroep,beroepen") }}`."""
    one, _comma, many = str(forms).partition(",")
    return one if value.count == 1 else many


def listed(words: Any) -> str:
    """The words as an enumeration: Delft, Utrecht en Zwolle."""
    return wording.join_words([str(word) for word in words]) if isinstance(words, Sequence | tuple) else str(words)


FILTERS["listed"] = listed
