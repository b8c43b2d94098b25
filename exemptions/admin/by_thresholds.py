"""How an application measures up to the thresholds, for the caseworker who decides on it."""

from dataclasses import dataclass

from django.utils import timezone

from exemptions import thresholds
from exemptions.models import Application, FactsRecord, ThresholdVersion
from exemptions.thresholds import Availability


@dataclass(frozen=True)
class Standing:
    """The version it is, or was, judged by, and each metric of the vehicle with its limit."""

    version: ThresholdVersion
    availability: Availability


def find_standing(application: Application, *, facts: FactsRecord | None) -> Standing | None:
    """By the version of the decision that stands, else by the one in force; None for another kind, or without any."""
    if application.kind is None or not application.kind.by_thresholds:
        return None
    version = decided_by(application) or ThresholdVersion.objects.in_force(on=timezone.localdate())
    if version is None:
        return None
    return Standing(version, thresholds.judge_application(application, version=version, facts=facts))


def decided_by(application: Application) -> ThresholdVersion | None:
    """What the standing decision went by."""
    if not application.is_decided:
        return None
    decision = application.decisions.standing().select_related("thresholds").last()
    return decision.thresholds if decision else None
