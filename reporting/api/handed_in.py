"""What municipalities hand in themselves: R14, R15 and R16. No total of it over the municipalities is public."""

from reporting.api.disclosure import hidden_share, hidden_sum, is_small
from reporting.api.municipal_counts import Places
from reporting.api.suppression import Cell, from_row, hide
from reporting.figures import FIGURES, Row
from reporting.figures.day_exemptions import CLASSES
from reporting.period import Period

ALL = "all"


def rows_of(name: str, period: Period) -> dict[str, Row]:
    """The rows of a figure by their key: the CBS code, or the code with a class of vehicle."""
    return {row.key: row for row in FIGURES[name].compute(period)}


def warnings(places: Places, period: Period) -> list[Cell]:
    """R14."""
    rows, label = rows_of("R14", period), str(FIGURES["R14"].title)
    return [
        hide(from_row(place, name, ALL, label, rows[place]), is_small(rows[place].count))
        for place, name in places.items()
        if place in rows
    ]


def fines(places: Places, period: Period) -> list[Cell]:
    """R15: vans and trucks, after their sum where both are shown."""
    rows, found = rows_of("R15", period), []
    for place, name in places.items():
        if place in rows:
            parts = {key: rows[f"{place}:{key}"] for key in CLASSES}
            found.append(total(place, name, rows[place], [part.count for part in parts.values()]))
            found += [
                hide(from_row(place, name, key, str(CLASSES[key]), part), is_small(part.count))
                for key, part in parts.items()
            ]
    return found


def total(place: str, name: str, row: Row, parts: list[int | None]) -> Cell:
    """All finable offences of a municipality."""
    shown = [part or 0 for part in parts if not is_small(part)]
    hides = row.count is not None and hidden_sum(row.count, shown, len(shown) < len(parts))
    return hide(from_row(place, name, ALL, str(FIGURES["R15"].title), row), hides)


def passages(places: Places, period: Period) -> list[Cell]:
    """R16: what complies of what passed."""
    rows, label = rows_of("R16", period), str(FIGURES["R16"].title)
    return [
        hide(from_row(place, name, "compliant", label, rows[place]), hidden_share(rows[place].count, rows[place].of))
        for place, name in places.items()
        if place in rows
    ]
