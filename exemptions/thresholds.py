"""Whether an emission-free vehicle can do the same, judged by the thresholds (drempelwaarden). Pure calculations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from exemptions.models.threshold import Threshold, ThresholdVersion

if TYPE_CHECKING:
    from exemptions.models.application import Application
    from exemptions.models.facts import FactsRecord

Metric = Threshold.Metric
Limits = Mapping[tuple[str, str], int]
"""Limits by class of vehicle and metric."""


@dataclass(frozen=True)
class MeasuredMetric:
    """One metric of a vehicle with its limit; `value` is None if unknown."""

    metric: Metric
    value: int | None
    limit: int

    @property
    def is_beyond(self) -> bool:
        """Whether it is above the limit, so that no emission-free vehicle can do this."""
        return self.value is not None and self.value > self.limit


@dataclass(frozen=True)
class Availability:
    """`available` is None if an unknown metric could decide it, or if there is no limit at all for this class."""

    measured: tuple[MeasuredMetric, ...]

    @property
    def beyond(self) -> tuple[MeasuredMetric, ...]:
        """The metrics above their limit."""
        return tuple(one for one in self.measured if one.is_beyond)

    @property
    def available(self) -> bool | None:
        """Whether an emission-free vehicle that can do the same is for sale."""
        if self.beyond:
            return False
        if not self.measured or any(one.value is None for one in self.measured):
            return None
        return True


def judge_availability(vehicle_class: str, values: Mapping[str, int | None], *, limits: Limits) -> Availability:
    """Judge every metric for which the class has a limit."""
    return Availability(
        tuple(
            MeasuredMetric(Metric(metric), values.get(metric), limit)
            for (of_class, metric), limit in sorted(limits.items())
            if of_class == vehicle_class
        )
    )


def limits_of(version: ThresholdVersion) -> dict[tuple[str, str], int]:
    """The limits of a version."""
    return {(row.vehicle_class, row.metric): row.limit for row in version.limits.all()}


def values_of(application: "Application", facts: "FactsRecord | None") -> dict[str, int | None]:
    """The vehicle's values from the register; for those it lacks, what the applicant needs."""
    vehicle = facts.vehicle if facts else None
    needed = {name: parse_whole(application.answers.get(name)) for name in Metric.values}
    known = {
        Metric.PAYLOAD.value: vehicle.payload_kg if vehicle else None,
        Metric.TOWING.value: vehicle.towing_kg if vehicle else None,
        Metric.MASS.value: vehicle.max_mass_kg if vehicle else None,
    }
    return {name: known.get(name) if known.get(name) is not None else needed[name] for name in Metric.values}


def parse_whole(answer: Any) -> int | None:
    """The number in an answer; None if there is none."""
    text = str(answer or "").strip()
    return int(text) if text.isdecimal() and text.isascii() else None


def judge_application(
    application: "Application", *, version: ThresholdVersion, facts: "FactsRecord | None"
) -> Availability:
    """Judge an application by a version of the thresholds."""
    return judge_availability(application.vehicle_class, values_of(application, facts), limits=limits_of(version))
