"""What a vehicle of the demo can do, beside the demo's thresholds: invented, as those are."""

from dataclasses import replace

from demo.plan import BETWEEN_THRESHOLDS, WITHIN_THRESHOLDS, Measures
from demo.story import Story
from exemptions.models.facts import as_json


def of_a_rejection(story: Story) -> None:
    """Within every version of the limits, unless the story was given measures of its own before."""
    if not story.is_measured:
        give(story, WITHIN_THRESHOLDS)


def beyond_next(story: Story, version: str) -> None:
    """Within the limits before a version, and beyond those of that version."""
    give(story, BETWEEN_THRESHOLDS[version])


def give(story: Story, measures: dict[str, Measures]) -> None:
    """Payload and towing weight stand in the register, the distance in the answers of the applicant."""
    of_class = measures[story.application.vehicle_class]
    facts = replace(story.wish.facts, payload_kg=of_class.payload_kg, towing_kg=of_class.towing_kg)
    story.facts.facts = as_json(facts)
    story.application.answers |= {
        "payload_kg": str(of_class.payload_kg),
        "towing_kg": str(of_class.towing_kg),
        "range_km": str(of_class.range_km),
    }
    story.is_measured = True
