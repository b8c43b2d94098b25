"""Day exemptions: R06, R07, R08."""

from collections import Counter
from typing import Any

from tests.project.demo.recount.known import Known
from tests.project.demo.recount.numbers import Numbers, bare, split
from tests.project.demo.recount.world import Line

CLASSES = ("van", "truck")


def months(known: Known) -> Numbers:
    """R06: from the month in which there were day exemptions at all."""
    found = Counter(f"{event['day']:%Y-%m}:{vehicle(known, one)}" for event, one in known.taken("grant_at_once"))
    begun = min(kind["valid_from"] for kind in known.world.kinds.values() if kind["scope"] == "day")
    keys = [f"{month}:{name}" for month in known.asked.months(begun) for name in CLASSES]
    return bare({key: found[key] for key in keys})


def classes(known: Known) -> Numbers:
    """R07."""
    found = Counter(vehicle(known, one) for _event, one in known.taken("grant_at_once"))
    return split({name: found[name] for name in CLASSES})


def vehicle(known: Known, application: Line) -> str:
    """Its class by the facts on which it was granted, whatever was found out later."""
    return str(known.world.classes[known.world.decisions[application["id"]][0]["facts_id"]])


def uses(known: Known) -> Numbers:
    """R08: vehicles by how often they came to one municipality in a calendar year."""
    times = Counter(user(known, one) for _event, one in known.taken("grant_at_once"))
    vehicles = Counter(times.values())
    allowed = [value for begins, value in known.world.maxima if begins <= known.asked.last]
    most = max([*vehicles, *allowed[-1:]], default=0)
    return split({str(number): vehicles[number] for number in range(1, most + 1)})


def user(known: Known, application: Line) -> tuple[Any, ...]:
    """A vehicle, where, and in which year."""
    use = known.world.day_uses[application["id"]]
    return application["plate"], application["country"], application["municipality_id"], use.day.year
