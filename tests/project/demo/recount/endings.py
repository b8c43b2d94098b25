"""How the national applications ended (R02), and why (R03, R04), as the letter counts it."""

from collections import Counter
from collections.abc import Iterator

from tests.project.demo.recount.known import Known
from tests.project.demo.recount.numbers import Numbers, split
from tests.project.demo.recount.world import Line, day_of


def outcomes(known: Known) -> Numbers:
    """R02."""
    found = Counter(outcome for outcome, _reason in endings(known))
    return split({outcome: found[outcome] for outcome in ("granted", "set_aside", "rejected", "pending")})


def set_aside(known: Known) -> Numbers:
    """R03."""
    found = Counter(reason for outcome, reason in endings(known) if outcome == "set_aside")
    usual = ("withdrawn_before_taking_up", "no_response", "converted", "wrong_data")
    return split({reason: found[reason] for reason in (*usual, *({"other"} & found.keys()))})


def rejected(known: Known) -> Numbers:
    """R04."""
    found = Counter(reason for outcome, reason in endings(known) if outcome == "rejected")
    return split({reason: found[reason] for reason in ("conditions_not_met", "withdrawn_in_review", "other")})


def endings(known: Known) -> Iterator[tuple[str, str]]:
    """Of every national application that came in: how it stood, and why."""
    for _event, application in known.came_in():
        if known.scope(application) == "national":
            yield ending(known, application)


def ending(known: Known, application: Line) -> tuple[str, str]:
    """A withdrawal counts by whether anybody had begun to handle the case."""
    status = known.status("application", application["id"])
    if status == "granted":
        return "granted", ""
    if status == "converted":
        return "set_aside", "converted"
    if status == "forwarded":
        return "set_aside", "other"
    if status == "withdrawn":
        moves = [event for event in known.stories["application", application["id"]] if event["moved"]]
        was_handled = any(event["to_status"] not in ("submitted", "withdrawn") for event in moves)
        return ("rejected", "withdrawn_in_review") if was_handled else ("set_aside", "withdrawn_before_taking_up")
    if status in ("rejected", "set_aside"):
        return status, category(known, application) or "other"
    return "pending", ""


def category(known: Known, application: Line) -> str:
    """How the ground of the last decision counts."""
    decided = known.world.decisions[application["id"]]
    last = [one for one in decided if day_of(one["taken_at"]) <= known.asked.as_of][-1]
    return str(known.world.grounds[last["ground_id"]]["category"])
