"""The names that a text of the letter may use. A name that is not here is refused when the text is kept."""

import re
from typing import Any

from reporting.figures import FIGURES

LEAF = None
KIND, DAY = r"[A-Z]{3}", r"\d+"
PLACE_KEY = r"GM\d{4}"
FIXED = {
    "R01": ("national", "local", "day"),
    "R02": ("granted", "set_aside", "rejected", "pending"),
    "R03": ("withdrawn_before_taking_up", "no_response", "converted", "wrong_data", "other"),
    "R04": ("conditions_not_met", "withdrawn_in_review", "other"),
    "R07": ("van", "truck"),
    "R11": ("upheld", "open_or_decided", "withdrawn", "appealed"),
    "R12": ("inadmissible", "withdrawn", "unfounded", "upheld", "settled", "pending"),
    "R16": ("delivered", "lowest", "highest"),
    "R17": ("zones", "fining"),
    "R18": ("visitors", "pages"),
    "R22": ("in_time", "suspended_days", "notices", "penalty_eur"),
}
PATTERNS = {
    "R08": DAY,
    "R09": KIND,
    "R10": KIND,
    "R14": PLACE_KEY,
    "R15": PLACE_KEY,
    "R16": PLACE_KEY,
    "R24": PLACE_KEY,
}
LISTS: dict[str, dict[str, list[dict[str, None]]]] = {
    "R18": {"months": [{"month": LEAF, "visitors": LEAF, "pages": LEAF}]},
    "R19": {"months": [{"month": LEAF, "value": LEAF}]},
    "R20": {"months": [{"month": LEAF, "value": LEAF}]},
}


class FigureNames(dict[str, Any]):
    """The rows of a figure by name, those of municipalities and kinds by pattern; `all` only where they add up."""

    def __init__(self, figure: str) -> None:
        super().__init__(
            {
                **dict.fromkeys(FIXED.get(figure, ())),
                **dict.fromkeys(("all",) if FIGURES[figure].has_sum else ()),
                "rows": [{"label": LEAF, "value": LEAF}],
                **LISTS.get(figure, {}),
            }
        )
        self.pattern = re.compile(PATTERNS.get(figure, r"(?!)"))

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or bool(self.pattern.fullmatch(str(name)))

    def __missing__(self, name: str) -> None:
        return LEAF


BY_ID = {name: FigureNames(name) for name in FIGURES}
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
