"""Differences between the known facts and what the applicant filled in, about which we ask a view (Awb 4:7)."""

from typing import TYPE_CHECKING

from exemptions.intake import summary
from exemptions.models.completion import Difference
from exemptions.models.facts import FactsRecord
from zones.vehicles import VehicleFacts

if TYPE_CHECKING:
    from exemptions.models.application import Application


def of_vehicle(application: "Application") -> list[Difference]:
    """What the applicant filled in against what the register now says or the desk found; in the active language."""
    versions = list(application.facts_records.order_by("-as_of", "-pk"))
    typed = next((one for one in versions if one.source == FactsRecord.Source.APPLICANT), None)
    if typed is None or typed == versions[0]:
        return []
    return differences_between(typed.vehicle, versions[0].vehicle, where=versions[0].get_source_display())


def differences_between(given: VehicleFacts, found: VehicleFacts, *, where: str) -> list[Difference]:
    """What two descriptions both state, but differently. `where`: the source of the second."""
    known = zip(summary.facts_rows(given), summary.facts_rows(found), strict=True)
    told = zip(summary.facts_rows(VehicleFacts()), known, strict=True)
    return [
        Difference(name, old, f"{new} ({where})")
        for (name, nothing), ((_name, old), (_same, new)) in told
        if old != new and nothing not in (old, new)
    ]
