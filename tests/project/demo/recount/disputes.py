"""Objections (R10, R11), appeals (R12), and decisions taken again (R13)."""

from collections import Counter

from tests.project.demo.recount.known import Known
from tests.project.demo.recount.numbers import Numbers, bare, split
from tests.project.demo.recount.world import Line

RESULTS = ("inadmissible", "withdrawn", "unfounded", "upheld", "settled", "pending")


def by_kind(known: Known) -> Numbers:
    """R10."""
    came_in = known.dated("objection", "file", "register", by="received_on")
    found = Counter(known.code(application) for _event, application in came_in)
    return split({code: found[code] for code in known.codes() if code in found})


def by_state(known: Known) -> Numbers:
    """R11: whatever went to a court is counted as that."""
    lodged = known.steps["appeal", "lodge"]
    at_court = {known.world.appeals[event["case_id"]]["objection_id"] for event in lodged}
    found = Counter(
        "appealed" if event["case_id"] in at_court else state(known.status("objection", event["case_id"]))
        for event, _application in known.dated("objection", "file", "register", by="received_on")
    )
    return split({name: found[name] for name in ("upheld", "open_or_decided", "withdrawn", "appealed")})


def state(status: str) -> str:
    """As the letter counts it."""
    if status in ("upheld", "upheld_in_part"):
        return "upheld"
    return "withdrawn" if status == "withdrawn" else "open_or_decided"


def appeals(known: Known) -> Numbers:
    """R12: the district court; a higher appeal only where there was one."""
    found: Counter[tuple[str, str]] = Counter()
    for event, _application in known.dated("appeal", "lodge", by="filed_on"):
        status = known.status("appeal", event["case_id"])
        court = known.world.appeals[event["case_id"]]["instance"]
        found[court, status if status in RESULTS else "pending"] += 1
    district = split({result: found["district", result] for result in RESULTS})
    higher = {f"higher:{result}": found["higher", result] for result in RESULTS if found["higher", result]}
    return {**district, **bare(higher)}


def decided_again(known: Known) -> Numbers:
    """R13: of our own accord, by what had changed."""
    again = [event for event, _application in known.taken("revise") if event["detail"]["cause"] == "renewal"]
    return bare(Counter(because_of(known, event) for event in again))


def because_of(known: Known, event: Line) -> str:
    """The run of the decision that was taken then."""
    decided = [one for one in known.world.decisions[event["case_id"]] if one["taken_at"] <= event["at"]]
    run = known.world.run_of.get(decided[-1]["id"])
    return known.world.changes[run] if run else "by_hand"
