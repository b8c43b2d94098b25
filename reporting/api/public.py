"""Which figures are public, and how: every figure is decided on here, so that a new one is not public by accident."""

from reporting.figures import FIGURES, Figure

NOT_PUBLIC = frozenset({"R21"})
"""Signals of branch organisations: names and words that somebody typed."""
NATIONAL = (
    *("R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R09", "R10", "R11", "R12", "R13"),
    *("R17", "R18", "R19", "R20", "R22", "R23", "R24"),
)
"""For all zones together. Small counts are shown, as in the letters to parliament."""
PER_MUNICIPALITY = ("R01", "R06", "R07", "R09", "R14", "R15", "R16", "R24")
HANDED_IN = frozenset({"R14", "R15", "R16"})
"""What municipalities hand in afterwards."""
CUTS = frozenset({"scope", "kind"})
"""What one can choose of a national figure, where it can be counted so: never together with a municipality."""


def figures() -> dict[str, Figure]:
    """The public figures by id."""
    return {name: figure for name, figure in FIGURES.items() if name in NATIONAL or name in PER_MUNICIPALITY}


def cuts_of(figure: Figure) -> list[str]:
    """What can be chosen of a national figure. R24 has one national row, of all national kinds together."""
    return sorted(CUTS & figure.cuts) if figure.id in NATIONAL and figure.id != "R24" else []
