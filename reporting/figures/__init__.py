"""The statistics by id: one definition each, from which pages, files and charts all read."""

from reporting.figures import days, decided, lead_times, moved, municipal, objected, received, renewed, site
from reporting.figures.base import Figure, Row

__all__ = ["FIGURES", "Figure", "Row"]

FIGURES: dict[str, Figure] = {
    figure.id: figure
    for figure in sorted(
        (
            *received.FIGURES,
            *decided.FIGURES,
            *days.FIGURES,
            *objected.FIGURES,
            *renewed.FIGURES,
            *lead_times.FIGURES,
            *municipal.FIGURES,
            *site.FIGURES,
            *moved.FIGURES,
        ),
        key=lambda figure: figure.id,
    )
}
