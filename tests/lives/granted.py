"""What an application gave, and when each of it holds, played from its events alone.

What gives works with its step; what takes away works when its letter is made known: see `lose`. Which vehicle it is
for, no event tells.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from casework.models import Event
from exemptions.terms import AMSTERDAM
from tests.lives.finger import DAY, day_of, maybe, told
from tests.lives.played import PlayedApplication, Standing

SIX = time(6, 0)
"""When a day exemption ends, the morning after."""
ALONE = ("exemption_suspended", "suspension_lifted", "temporary_vehicle", "temporary_vehicle_ended", "change_refused")
"""Letters about what is decided beside the decision that stands: no term of ours moves."""


@dataclass
class Pause:
    """While it does not hold; without an end until it is lifted. `by_loan`: for another vehicle held it."""

    start: datetime
    end: datetime | None
    by_loan: bool = False


@dataclass
class PlayedExemption:
    """From when until when it holds, but for the `pauses`; one without an end lasts."""

    starts: datetime
    ends: datetime
    is_loan: bool = False
    revoked: datetime | None = None
    pauses: list[Pause] = field(default_factory=list)

    def holds(self, at: datetime) -> bool:
        """At a moment."""
        paused = any(one.start <= at and (one.end is None or at < one.end) for one in self.pauses)
        return self.starts <= at < min(self.ends, self.revoked or self.ends) and not paused

    def bounds(self) -> list[datetime]:
        """The moments at which something begins or ends."""
        pauses = [moment for pause in self.pauses for moment in (pause.start, pause.end)]
        return list(filter(None, (self.starts, self.ends, self.revoked, *pauses)))


def begin_of(day: date) -> datetime:
    """Midnight in Amsterdam."""
    return datetime.combine(day, time.min, AMSTERDAM)


@dataclass
class PlayedWish:
    """What the holder asked, until when we had to answer, and what came of it; empty while it waits."""

    what: str
    answer_by: date
    result: str = ""


class GrantedApplication(PlayedApplication):
    """An application with what came after the grant. `gave`: its exemptions, in the order in which they were made.

    `wishes`: what the holder asked; `looked_at`: what somebody dealt with that the register says otherwise.
    """

    day: date | None = None
    """Of a day exemption."""
    asked_about: Standing | None = None
    """The decision about the change of which a view is asked."""
    to_lose: Standing | None = None
    """What takes something away once its letter is made known."""
    moment: datetime
    """Of the event by which a letter is made known."""

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        self.gave: list[PlayedExemption] = []
        self.wishes: list[PlayedWish] = []
        self.looked_at: list[str] = []

    def receive(self, day: date) -> None:
        super().receive(day)
        if self.day:
            self.close("decide")  # it is given at once

    # --- What stands ----------------------------------------------------------------------------------------

    @property
    def own(self) -> PlayedExemption:
        """What stands, for the holder's own vehicle."""
        return next(one for one in reversed(self.gave) if one.revoked is None and not one.is_loan)

    def find_own_pauses(self) -> list[Pause]:
        """Of what stands, if anything does."""
        standing = [one for one in self.gave if one.revoked is None and not one.is_loan]
        return standing[-1].pauses if standing else []

    @property
    def loan(self) -> PlayedExemption:
        """What stands for a temporary vehicle."""
        return next(one for one in reversed(self.gave) if one.revoked is None and one.is_loan)

    def end_all(self, at: datetime) -> None:
        """Nothing that was given holds any more."""
        for one in self.gave:
            one.revoked = one.revoked or at

    # --- Made known -----------------------------------------------------------------------------------------

    def send(self, event: Event, kind: str, about: Any = None) -> None:
        self.moment = event.at
        super().send(event, kind, about)

    def post_letters(self, event: Event) -> None:
        self.moment = event.at
        super().post_letters(event)

    def take_effect(self, kind: str, about: Any, day: date) -> bool:
        if kind == "exemption_suspended" and about.revoked is None:
            about.pauses.append(Pause(self.effect(day), None))
        if kind in ALONE:
            return True
        if self.to_lose and about is self.to_lose and about is self.standing:
            self.lose(*self.to_lose, day=day)
        return super().take_effect(kind, about, day)

    def effect(self, day: date) -> datetime:
        """When that works which is made known on a day: at once, or where it is noted later at the end of the day."""
        return min(self.moment, begin_of(day + DAY))

    def lose(self, outcome: str, first: date | None, last: date | None, *, day: date) -> None:
        """What stood ends; an earlier last day leaves the rest, until the day of posting at least."""
        at, self.to_lose = self.effect(day), None
        self.end_all(at)
        if outcome == "granted" and first and last:
            rest = PlayedExemption(max(begin_of(first), at), begin_of(max(last, day) + DAY))
            self.gave += [rest] if rest.starts < rest.ends else []

    # --- Granted, and decided again -------------------------------------------------------------------------

    def decide(self, event: Event, outcome: Standing) -> None:
        super().decide(event, outcome)
        self.give()

    def grant_at_once(self, event: Event) -> None:
        assert self.day
        self.gave.append(PlayedExemption(begin_of(self.day), datetime.combine(self.day + DAY, SIX, AMSTERDAM)))
        self.standing = ("granted", self.day, self.day)
        self.send(event, "day_granted", self.standing)

    def revise(self, event: Event) -> None:
        pauses = [one for one in self.find_own_pauses() if not one.by_loan]
        if "lifted_from" in event.detail:
            since = event.detail["lifted_from"]
            pauses = [one for one in pauses if since is None or one.start != datetime.fromisoformat(since)]
        self.close("view")
        super().revise(event)
        over = [one for one in self.gave if one.starts < event.at and (one.is_loan or one.revoked)]
        after = max((min(one.revoked or one.ends, event.at) for one in over), default=None)
        assert self.standing
        assert self.standing[1]
        self.end_all(min(event.at, max(filter(None, (begin_of(self.standing[1]), after)))))
        self.give(after=after)
        pauses = [Pause(max(one.start, self.own.starts), one.end) for one in pauses]
        self.own.pauses += [one for one in pauses if one.end is None or one.end > one.start]

    def convert_back(self, event: Event) -> None:
        super().convert_back(event)
        self.end_all(event.at)

    def give(self, *, after: datetime | None = None) -> None:
        """What the standing decision gives, but nothing before a moment."""
        assert self.standing
        outcome, first, last = self.standing
        if outcome == "granted" and first and last:
            begins = max(filter(None, (begin_of(first), after)))
            self.gave.append(PlayedExemption(begins, begin_of(last + DAY)))

    def conclude(self, day: date) -> None:
        """But a view on what stands can still be given."""
        view = self.open.get("view") if self.asked_about is self.standing else None
        super().conclude(day)
        self.open.update({"view": view} if view else {})

    # --- Changed --------------------------------------------------------------------------------------------

    def amend(self, event: Event, kind: str, first: date, last: date, *, loses: bool = False) -> None:
        """In place of what stood, from now on; a view on that is asked no more."""
        self.close("view")
        self.standing = ("granted", first, last)
        if loses:
            self.to_lose = self.standing
        else:
            self.end_all(event.at)
            self.give(after=event.at)
        self.send(event, kind, self.standing)

    def end(self, event: Event, kind: str, outcome: str = "ended", *, loses: bool = False) -> None:
        """Nothing in its place; what was asked of it is needless."""
        self.close("view")
        self.answer("needless")
        self.standing = (outcome, None, None)
        if loses:
            self.to_lose = self.standing
        else:
            self.end_all(event.at)
        self.send(event, kind, self.standing)

    @property
    def first(self) -> date:
        """The first day of what stands."""
        assert self.standing
        assert self.standing[1]
        return self.standing[1]

    def replace_vehicle(self, event: Event) -> None:
        self.answer("carried_out", "vehicle")
        self.amend(event, "vehicle_replaced", told(event, "starts_on"), told(event, "ends_on"))

    def lengthen(self, event: Event) -> None:
        self.answer("carried_out", "longer")
        self.amend(event, "term_changed", told(event, "starts_on"), told(event, "ends_on"))

    def correct_decision(self, event: Event) -> None:
        first, last = told(event, "starts_on"), told(event, "ends_on")
        was_last = self.own.ends.astimezone(AMSTERDAM).date() - DAY
        loses = last < was_last or first > max(self.first, day_of(event))
        self.amend(event, "decision_corrected", first, last, loses=loses)

    def end_on_request(self, event: Event) -> None:
        day = told(event, "from_day")
        if day <= max(day_of(event), self.first):
            self.end(event, "exemption_ended")
        else:
            self.amend(event, "exemption_ended", self.first, day - DAY)

    def cancel_day(self, event: Event) -> None:
        self.end(event, "day_cancelled")

    def annul(self, event: Event) -> None:
        self.end(event, "day_annulled", "rejected", loses=True)

    # --- Asked by the holder --------------------------------------------------------------------------------

    def answer(self, result: str, *whats: str) -> int:
        """What waits is settled: of these sorts, or all of it; returns how much."""
        waiting = [one for one in self.wishes if not one.result and (not whats or one.what in whats)]
        for one in waiting:
            one.result = result
        return len(waiting)

    def ask_change(self, event: Event) -> None:
        """At most one of a sort waits; the answer is due within the eight weeks of the kind."""
        what, day = event.detail["what"], told(event, "answer_by")
        assert not any(one.what == what and not one.result for one in self.wishes), f"{what} waits already"
        assert day == self.finger.weeks_after(maybe(event, "came_in_on") or day_of(event), 8)
        self.wishes.append(PlayedWish(what, day))

    def take_back_change(self, event: Event) -> None:
        assert self.answer("taken_back", event.detail["what"]) == 1

    def refuse_change(self, event: Event) -> None:
        assert self.answer("refused", event.detail["what"]) == 1
        self.send(event, "change_refused")

    def rename_holder(self, event: Event) -> None:
        """In every case of the holder."""
        for other in self.others.values():
            if isinstance(other, GrantedApplication):
                other.answer("carried_out", "name")

    def settle_register_finding(self, event: Event) -> None:
        self.looked_at += event.detail["dealt_with"]

    # --- Against the wish of the holder ---------------------------------------------------------------------

    def ask_view_on_change(self, event: Event) -> None:
        self.asked_about, self.open["view"] = self.standing, told(event, "ends_on")

    def give_view_on_change(self, event: Event) -> None:
        self.close("view")

    leave_exemption = give_view_on_change

    def revoke(self, event: Event) -> None:
        self.end(event, "exemption_revoked", loses=True)

    def shorten(self, event: Event) -> None:
        self.amend(event, "term_changed", self.first, told(event, "ends_on"), loses=True)

    def suspend_exemption(self, event: Event) -> None:
        self.close("view")
        self.send(event, "exemption_suspended", self.own)

    def approve_change(self, event: Event) -> None:
        ways = {"revocation": self.revoke, "shorter": self.shorten, "suspension": self.suspend_exemption}
        ways[event.detail["change"]](event)

    def lift_suspension(self, event: Event) -> None:
        self.end_pause(event.at)
        self.send(event, "suspension_lifted")

    def end_pause(self, at: datetime) -> None:
        """The last one; one that has not begun is no pause."""
        last = self.own.pauses[-1]
        last.end = max(last.start, at)

    # --- A temporary vehicle --------------------------------------------------------------------------------

    def allow_temporary_vehicle(self, event: Event) -> None:
        self.answer("carried_out", "loan")
        first, last = told(event, "starts_on"), told(event, "ends_on")
        loan = PlayedExemption(max(begin_of(first), event.at), begin_of(last + DAY), is_loan=True)
        self.own.pauses.append(Pause(loan.starts, loan.ends, by_loan=True))
        self.gave.append(loan)
        self.send(event, "temporary_vehicle")

    def end_temporary_vehicle(self, event: Event) -> None:
        self.loan.revoked = event.at
        self.end_pause(event.at)
        self.send(event, "temporary_vehicle_ended")
