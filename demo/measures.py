"""What a vehicle in the demo can do, compared with the demo's thresholds: both are invented."""

from dataclasses import replace

from demo.plan import BETWEEN_THRESHOLDS, WITHIN_THRESHOLDS, Measures
from demo.wish import Wish

BY_COURSE = {
    "objection_upheld": BETWEEN_THRESHOLDS["2025"],
    "renewed": BETWEEN_THRESHOLDS["2025"],
    "renewable": BETWEEN_THRESHOLDS["next"],
    "renewable_with_objection": BETWEEN_THRESHOLDS["next"],
}
"""Within the limits before a version, and beyond those of that version."""
REJECTED = ("rejected", "objection", "appeal")
"""Prefixes of courses that end in a rejection by the thresholds: within every version of the limits."""


def measure_vehicle(wish: Wish, course: str) -> Wish:
    """Payload and towing weight are in the register, the distance in the applicant's answers."""
    of_course = BY_COURSE.get(course) or (WITHIN_THRESHOLDS if course.startswith(REJECTED) else None)
    if of_course is None or not wish.kind.by_thresholds:
        return wish
    measures: Measures = of_course[wish.facts.category or ""]
    facts = replace(wish.facts, payload_kg=measures.payload_kg, towing_kg=measures.towing_kg)
    return replace(wish, facts=facts, needs={name: str(value) for name, value in vars(measures).items()})
