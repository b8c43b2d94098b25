"""The rows of a figure by municipality, in one calendar month."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from reporting.api import handed_in, municipal_counts
from reporting.api.municipal_counts import Places
from reporting.api.suppression import Cell
from reporting.period import Period
from reporting.returns.whose import with_zone

TABLES: dict[str, Callable[[Places, Period], list[Cell]]] = {
    "R01": municipal_counts.received,
    "R06": municipal_counts.days,
    "R07": municipal_counts.days,
    "R09": municipal_counts.kinds,
    "R14": handed_in.warnings,
    "R15": handed_in.fines,
    "R16": handed_in.passages,
    "R24": municipal_counts.abroad,
}


def lines(name: str, period: Period) -> list[dict[str, Any]]:
    """What is public of a figure in a month, for every municipality with a zone, in the active language."""
    places = {place.cbs_code: place.name for place in with_zone()}
    return [asdict(cell) for cell in TABLES[name](places, period)]
