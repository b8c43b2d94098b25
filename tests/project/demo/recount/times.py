"""How long it took, and what being late cost: R22."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import floor

from tests.project.demo.recount.known import Known
from tests.project.demo.recount.numbers import Number, Numbers, part
from tests.project.demo.recount.world import Line, day_of

DECIDED = {
    "application": ("granted", "rejected", "set_aside"),
    "objection": ("upheld", "upheld_in_part", "unfounded", "inadmissible"),
}
LETTERS = (
    *("granted", "rejected", "set_aside"),
    *("objection_upheld", "objection_upheld_in_part", "objection_reopened"),
    *("objection_unfounded", "objection_inadmissible"),
)
TERM = {"application": "decide", "objection": "decide_objection"}


@dataclass
class Times:
    """Of a kind, or of all objections."""

    days: list[int] = field(default_factory=list)
    in_time: int = 0
    overdue: int = 0
    suspended: int = 0
    notices: int = 0
    penalty: int = 0

    def rows(self, key: str) -> Iterator[tuple[str, Number]]:
        yield f"{key}:decided", (len(self.days), None, None)
        if self.days:
            yield f"{key}:median", (at(self.days, Fraction(1, 2)), None, None)
            yield f"{key}:p90", (at(self.days, Fraction(9, 10)), None, None)
        yield f"{key}:in_time", part(self.in_time, len(self.days) + self.overdue)
        yield f"{key}:overdue", (self.overdue, None, None)
        yield f"{key}:suspended_days", (self.suspended, None, None)
        yield f"{key}:notices", (self.notices, None, None)
        yield f"{key}:penalty_eur", (self.penalty, None, None)


def lead_times(known: Known) -> Numbers:
    """R22."""
    found: dict[str, Times] = defaultdict(Times)
    for event, application in decisions(known):
        add(found[key_of(known, event, application)], known, event)
    for case_type in DECIDED:
        for event, application in known.dated(case_type, "receive_default_notice", by="received_on"):
            found[key_of(known, event, application)].notices += 1
    for case, application in late_cases(known):
        found[key_of(known, case, application)].overdue += 1
    for notice in known.world.notices:
        application = known.world.of_dossier[notice["dossier_id"]]
        if notice["set_on"] and known.asked.covers(notice["set_on"]) and known.is_asked(application):
            found[key_of(known, notice, application)].penalty += notice["amount_eur"]
    return {name: number for key, times in found.items() for name, number in times.rows(key)}


def decisions(known: Known) -> Iterator[tuple[Line, Line]]:
    """The first decisions: whatever came to an end by a decision and was not decided before. No day exemptions."""
    for (case_type, _case_id), story in known.stories.items():
        for event in story:
            ends = DECIDED.get(case_type, ())
            application = known.world.of_dossier[event["dossier_id"]]
            decided = event["to_status"] in ends and event["from_status"] not in ends
            told = made_known(event, story) if decided and known.scope(application) != "day" else None
            if told and known.asked.covers(told["day"]):
                yield told, application


def late_cases(known: Known) -> Iterator[tuple[Line, Line]]:
    """The terms that had ended on the last day, or on the last that is known, while nothing had been made known."""
    until = min(known.asked.last, known.asked.as_of)
    for (case_type, case_id), terms in known.world.terms.items():
        application = known.world.of_dossier.get(terms[0]["dossier_id"])
        if case_type not in TERM or application is None or not known.is_asked(application):
            continue
        story = known.stories[case_type, case_id]
        for term in terms:
            ran = day_of(term["opened_at"]) <= until and not (term["closed_at"] and day_of(term["closed_at"]) <= until)
            if term["kind"] == TERM[case_type] and ran and term["due"] <= until and not was_posted(story, term, until):
                yield term, application


def was_posted(story: list[Line], term: Line, until: date) -> bool:
    """Whether a letter that ended the term was posted by then, though it was noted later."""
    return any(
        event["step"] == "post_letters"
        and event["at"] >= term["opened_at"]
        and (event["detail"].get("decision_term") or {}).get("due")
        and date.fromisoformat(event["detail"]["posted_on"]) <= until
        for event in story
    )


def made_known(decision: Line, story: list[Line]) -> Line | None:
    """The event with which a decision was made known, and the day: its own, or posting its letter; None if not yet."""
    if "made_known_on" not in decision["detail"]:
        return decision
    if day := decision["detail"]["made_known_on"]:
        return {**decision, "day": date.fromisoformat(day)}
    for later in story[story.index(decision) :]:
        if later["step"] == "post_letters" and any(kind in LETTERS for kind in later["detail"]["made_known"]):
            return {**later, "day": date.fromisoformat(later["detail"]["posted_on"])}
    return None


def add(times: Times, known: Known, event: Line) -> None:
    """One decision: the days since the case came in or was taken up again, and the term as it stood."""
    opened = [one for one in known.world.terms[event["case_type"], event["case_id"]] if one["opened_at"] <= event["at"]]
    term = [one for one in opened if one["kind"] == TERM[event["case_type"]]][-1]
    times.days.append((event["day"] - begun(known, event)).days)
    times.in_time += event["day"] <= term["due"]
    times.suspended += term["basis"]["suspended_days"]


def begun(known: Known, event: Line) -> date:
    """The day on which the case came in, or was taken up again after it had ended."""
    before = [one for one in known.stories[event["case_type"], event["case_id"]] if one["at"] <= event["at"]]
    again: list[date] = [one["day"] for one in before if one["step"] == "reopen"]
    if again:
        return again[-1]
    if event["case_type"] == "application":
        return day_of(known.world.applications[event["case_id"]]["received_at"])
    came_in = next(one for one in before if one["step"] in ("file", "register"))
    return date.fromisoformat(came_in["detail"]["received_on"])


def key_of(known: Known, about: Line, application: Line) -> str:
    """The kind, or all objections together."""
    return "objection" if about["case_type"] == "objection" else known.code(application)


def at(days: list[int], share: Fraction) -> int:
    """The number within which this share lies: between two cases in proportion, halves rounded up."""
    ordered, place = sorted(days), share * (len(days) - 1)
    below, above = ordered[floor(place)], ordered[min(floor(place) + 1, len(days) - 1)]
    return floor(below + (above - below) * (place - floor(place)) + Fraction(1, 2))
