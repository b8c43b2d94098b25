"""The statistics by id, each defined once: pages, files and charts all read the same definition."""

from reporting.figures import (
    applications,
    complaints,
    conversions,
    day_exemptions,
    decisions,
    lead_times,
    municipal,
    objections,
    reassessments,
    satisfaction,
    site,
)
from reporting.figures.base import Figure, Row

__all__ = ["FIGURES", "PUBLIC", "Figure", "Row"]

FIGURES: dict[str, Figure] = {
    figure.id: figure
    for figure in sorted(
        (
            *applications.FIGURES,
            *decisions.FIGURES,
            *day_exemptions.FIGURES,
            *objections.FIGURES,
            *reassessments.FIGURES,
            *lead_times.FIGURES,
            *municipal.FIGURES,
            *site.FIGURES,
            *conversions.FIGURES,
            *complaints.FIGURES,
            *satisfaction.FIGURES,
        ),
        key=lambda figure: figure.id,
    )
}
PUBLIC = {name: figure for name, figure in FIGURES.items() if figure.public}
"""The statistics in the open data."""
