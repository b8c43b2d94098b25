"""The names that a text of the letter may use. A name that is not here is refused when the text is kept."""

import re
from typing import Any

from reporting.figures import FIGURES, Figure

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
