"""Complaints: R25, R26. They are about no part of the applications."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from tests.project.demo.recount.known import Known
from tests.project.demo.recount.numbers import Numbers, split
from tests.project.demo.recount.world import Line

JUDGMENTS = ("justified", "partly", "unjustified", "open")
OTHERS = ("settled", "declined", "withdrawn", "forwarded")


def seen(known: Known) -> Iterator[Line]:
    """The events of complaints up to and including the day of `as_of`."""
    for event in known.world.events:
        if event["case_type"] == "complaint" and event["day"] <= known.asked.as_of:
            yield event


def endings(known: Known) -> Numbers:
    """R25."""
    found = Counter[str]()
    for event in seen(known):
        if event["moved"] and known.asked.covers(event["day"]):
            found[event["detail"].get("outcome") or event["to_status"]] += 1
    return split({key: found[key] for key in (*JUDGMENTS, *OTHERS)})


def in_time(known: Known) -> Numbers:
    """R26."""
    found = Counter[bool]()
    for event in seen(known):
        told = event["detail"]
        letters = [*told.get("made_known", []), *told.get("too_late", [])]
        day = told.get("posted_on") if "complaint_outcome" in letters else told.get("made_known_on")
        if "complaint_outcome" not in letters and event["step"] != "conclude":
            continue
        if day and told.get("decision_term") and known.asked.covers(date.fromisoformat(day)):
            found[day <= told["decision_term"]["due"]] += 1
    return split({"in_time": found[True], "late": found[False]})
