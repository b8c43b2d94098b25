"""A case, and an application, played again from its events alone: what each step opened, closed and decided."""

from copy import copy
from datetime import date, datetime
from typing import Any, ClassVar

from django.utils import timezone

from casework.models import Event
from tests.lives.finger import DAY, Finger, Notice, Term, Wait, day_of, made_known, told

Standing = tuple[str, date | None, date | None]
CaseKey = tuple[str, int]


class Played:
    """One case: `open` its terms by kind, `status`, and what stands.

    `DECIDES`: its term to decide; `ended`: the last day of that term, if it ended by a decision in the present event.
    """

    DECIDES: ClassVar[str]
    ended: date | None = None
    dossier: int

    def __init__(self, key: CaseKey, finger: Finger, others: "dict[CaseKey, Played]") -> None:
        self.key, self.finger, self.others = key, finger, others
        self.status = "draft"
        self.open: dict[str, date] = {}
        self.term = Term(date.min, 0)
        self.notices: list[Notice] = []
        self.received: date | None = None
        self.standing: Standing | None = None
        self.to_post: list[tuple[str, Any]] = []
        self.halts: dict[str, Wait] = {}

    def play(self, event: Event) -> None:
        """One event more."""
        assert event.from_status == self.status, f"{event.step} left {event.from_status}, not {self.status}"
        self.ended = None
        getattr(self, event.step, lambda _event: None)(event)
        term = event.detail.get("decision_term")
        assert (date.fromisoformat(term["due"]) if term else None) == self.ended, f"{event.step} tells another term"
        self.status = event.to_status

    def close(self, *kinds: str) -> None:
        """These are met or have lapsed."""
        for kind in kinds:
            self.open.pop(kind, None)

    def close_all(self) -> None:
        """But a penalty is still to be set."""
        self.open = {kind: due for kind, due in self.open.items() if kind == "set_penalty"}

    def count(self, kind: str) -> None:
        """The term to decide, anew."""
        self.open[kind] = self.term.due(self.finger)

    def conclude(self, day: date) -> None:
        """By a decision, made known on a day."""
        self.ended = self.open.get(self.DECIDES)
        self.close_all()
        self.term.ordered = None
        self.decided_on(day)

    # --- Made known -----------------------------------------------------------------------------------------

    def send(self, event: Event, kind: str, about: Any = None) -> None:
        """A letter: made known at once, or to be posted. A request on the last day of the term suspends nothing."""
        if day := made_known(event):
            self.arrive(kind, about, day)
        else:
            self.to_post.append((kind, about))

    def post_letters(self, event: Event) -> None:
        """Each in its order; whether it came too late is found out here a second time."""
        posted, too_late = told(event, "posted_on"), []
        wanted = [*event.detail["made_known"], *event.detail["too_late"]]
        for one in list(self.to_post):
            if one[0] in wanted:
                wanted.remove(one[0])
                self.to_post.remove(one)
                too_late += [] if self.arrive(*one, posted) else [one[0]]
        assert sorted(too_late) == sorted(event.detail["too_late"])

    def arrive(self, kind: str, about: Any, day: date) -> bool:
        """What a letter brings about on the day on which it is made known; whether it had effect."""
        raise NotImplementedError

    def suspend(self, wait: Wait, day: date, kind: str) -> bool:
        """The term stands still from the day after, if it still ran."""
        in_time = day < self.term.due(self.finger) and day < wait.until
        wait.sent = min(day, wait.until - DAY)
        if kind in self.open:
            self.count(kind)
        return in_time

    # --- The other grounds of Awb 4:15 ----------------------------------------------------------------------

    def halt(self, event: Event, ground: str, sent: date | None) -> Wait:
        """From the day after one, until the day that is expected."""
        self.halts[ground] = Wait(sent, told(event, "expected_on"), by_fact=True)
        self.term.standstills.append(self.halts[ground])
        self.count(self.DECIDES)
        return self.halts[ground]

    def inquire_abroad(self, event: Event) -> None:
        self.send(event, "foreign_inquiry", self.halt(event, "foreign", None))

    def suspend_decision_term(self, event: Event) -> None:
        self.halt(event, event.detail["suspended_by"], told(event, "first_day") - DAY)

    def agree_to_delay(self, event: Event) -> None:
        self.halt(event, "agreed", told(event, "agreed_on"))

    def prolong_suspension(self, event: Event) -> None:
        self.halts[event.detail["suspended_by"]].until = told(event, "expected_on")
        self.count(self.DECIDES)

    def resume_decision_term(self, event: Event) -> None:
        self.halts[event.detail["suspended_by"]].until = told(event, "runs_again_on")
        self.count(self.DECIDES)

    def begin_inquiry(self, halt: Wait, day: date) -> bool:
        """Told on a day: in time while the term runs, and before the answer."""
        in_time = self.DECIDES in self.open and day < self.term.due(self.finger) and day + DAY < halt.until
        halt.sent = day
        if self.DECIDES in self.open:
            self.count(self.DECIDES)
        return in_time

    # --- Being late ---------------------------------------------------------------------------------------

    def running(self) -> Notice | None:
        """The notice on which nothing was decided yet."""
        return next((notice for notice in self.notices if notice.decided is None), None)

    def receive_default_notice(self, event: Event) -> None:
        received, due = told(event, "received_on"), self.term.due(self.finger)
        if received <= due:
            return  # too early
        assert self.running() is None, "a second notice changes nothing"
        begins = self.finger.weeks_after(max(received, due), 2)
        self.notices.append(Notice(received, begins + DAY))
        self.count_penalty()

    def decided_on(self, day: date) -> None:
        """The penalty stops."""
        notice = self.running()
        if notice is None:
            return
        notice.decided = day
        if notice.euros is None and notice.count(day) == 0:
            notice.euros = 0
        self.count_penalty()

    def set_penalty(self, event: Event) -> None:
        notice = next(one for one in self.notices if one.euros is None)
        notice.euros = 0 if event.detail.get("without") else notice.count(notice.decided or day_of(event) + DAY)
        assert event.detail["amount_eur"] == notice.euros
        self.count_penalty()

    def count_penalty(self) -> None:
        """For the first notice without an amount: within two weeks after its last day."""
        self.close("set_penalty")
        if notice := next((one for one in self.notices if one.euros is None), None):
            last = min(notice.last, notice.decided - DAY) if notice.decided else notice.last
            self.open["set_penalty"] = self.finger.weeks_after(last, 2)


class PlayedApplication(Played):
    """Awb chapter 4."""

    DECIDES = "decide"
    extended: date | None = None
    proposed: Standing | None = None
    last_day_to_set_aside: date | None = None
    origin: "PlayedApplication | None" = None
    successor: "PlayedApplication | None" = None
    was_converted = False
    conversion_known: date | None = None
    decided_after_all = False
    """In place of the conversion, in the present step: a penalty grows until that is made known."""

    def file(self, event: Event) -> None:
        self.receive(day_of(event))

    def register(self, event: Event) -> None:
        self.receive(told(event, "received_on"))

    def repair_channel(self, event: Event) -> None:
        """It was first sent by mail."""
        self.received = self.term.start = told(event, "received_on")
        self.count("decide")

    def receive(self, day: date) -> None:
        """It came in on a day."""
        self.received = day
        self.term = Term(day, 8, only_later=True)
        self.count("decide")

    def ask_completion(self, event: Event) -> None:
        self.wait(event, until=told(event, "ends_on"))

    def ask_again(self, event: Event) -> None:
        self.end_wait()
        self.wait(event, until=self.finger.on_or_after(day_of(event) + self.finger.days_to_complete * DAY))

    def wait(self, event: Event, *, until: date) -> None:
        self.term.waits.append(Wait(None, until))
        self.open["supply"] = until
        self.send(event, "completion_request", self.term.waits[-1])

    def end_wait(self, on: date | None = None) -> bool:
        """Answered on a day, or lapsed; returns whether it was still open."""
        if "supply" not in self.open:
            return False
        wait = self.term.waits[-1]
        wait.ended = on or wait.until
        self.close("supply")
        self.count("decide")
        return True

    def supply(self, event: Event) -> None:
        self.end_wait(day_of(event))
        self.may_set_aside()

    def let_lapse(self, event: Event) -> None:
        self.end_wait()
        self.may_set_aside()

    def go_on_unanswered(self, event: Event) -> None:
        if self.end_wait() and self.term.waits[-1].sent:
            self.may_set_aside()

    def may_set_aside(self) -> None:
        """Four weeks after the term ended, or after it was completed within it."""
        wait = self.term.waits[-1]
        self.open["set_aside"] = self.finger.weeks_after(min(wait.ended or wait.until, wait.until), 4)

    def offer_hearing(self, event: Event) -> None:
        self.open["view"] = told(event, "ends_on")

    def give_view(self, event: Event) -> None:
        self.close("view")

    close_hearing = give_view

    def keep_to_order(self, event: Event) -> None:
        """The day of a court, which nothing moves."""
        self.term.ordered = told(event, "until")
        self.count("decide")

    def extend(self, event: Event) -> None:
        self.extended = told(event, "until")
        self.send(event, "extension_notice")

    def receive_conversion(self, event: Event) -> None:
        """It goes on as the other one stood: a request that was open ended today."""
        assert self.origin
        self.origin.successor = self
        self.origin.end_wait(min(day_of(event), self.origin.open.get("supply", day_of(event))))
        self.received, self.extended = self.origin.received, self.origin.extended
        assert self.received == timezone.localdate(datetime.fromisoformat(event.detail["received_at"]))
        self.term, self.halts = copy(self.origin.term), dict(self.origin.halts)
        self.term.waits, self.term.standstills = list(self.term.waits), list(self.term.standstills)
        self.count("decide")

    def convert(self, event: Event) -> None:
        assert self.successor
        self.close_all()
        self.was_converted, self.conversion_known = True, None
        self.give_notice(self.successor)
        self.send(event, "converted")

    def convert_back(self, event: Event) -> None:
        """What was asked first is decided after all, in the same step."""
        self.close_all()
        self.standing = None

    def give_notice(self, other: "PlayedApplication") -> None:
        """That on which nothing was decided; also one of which all days have passed: no second one begins."""
        moved = [one for one in self.notices if one.decided is None]
        self.notices = [one for one in self.notices if one not in moved]
        other.notices += moved
        self.count_penalty()
        other.count_penalty()

    def take_notices_back(self) -> None:
        """Of each that came of it and ended."""
        follower = self.successor
        while follower:
            if follower.status == "converted":
                follower.give_notice(self)
            follower = follower.successor

    def heir(self) -> "PlayedApplication":
        """Which has its terms now."""
        return self.successor.heir() if self.successor and self.status == "converted" else self

    def arrive(self, kind: str, about: Any, day: date) -> bool:
        if kind == "converted":
            self.conversion_known = day
            return True
        return self.heir().take_effect(kind, about, day)

    def take_effect(self, kind: str, about: Any, day: date) -> bool:
        """On the case that has the term."""
        match kind:
            case "foreign_inquiry":
                return self.begin_inquiry(about, day)
            case "completion_request":
                return self.suspend(about, day, "decide")
            case "extension_notice":
                if day > self.open.get("decide", date.min) or self.extended is None:
                    self.extended = None
                    return False
                self.term.named, self.term.named_on = self.extended, day
                self.count("decide")
            case _:
                return self.announce(about, day)
        return True

    def announce(self, decided: Standing, day: date) -> bool:
        """The decision works, if it still stands; setting aside only within four weeks."""
        if decided[0] == "set_aside" and day > self.open.get("set_aside", self.last_day_to_set_aside or day):
            return False
        if decided is self.standing:
            self.conclude(day)
            self.open["object"] = self.finger.weeks_after(day, 6)
        return True

    def propose_grant(self, event: Event) -> None:
        self.proposed = granted(event)

    def grant(self, event: Event) -> None:
        self.decide(event, granted(event))

    def approve_grant(self, event: Event) -> None:
        assert self.proposed is not None
        self.decide(event, self.proposed)

    def reject(self, event: Event) -> None:
        self.decide(event, ("rejected", None, None))

    approve_rejection = reject

    def set_aside(self, event: Event) -> None:
        self.decide(event, ("set_aside", None, None))

    def decide(self, event: Event, outcome: Standing) -> None:
        self.standing = outcome
        self.close("supply", "view", *([] if outcome[0] == "set_aside" else ["set_aside"]))
        self.send(event, outcome[0], outcome)

    def take_up_again(self, event: Event) -> None:
        """Its letter was posted too late."""
        self.standing, self.last_day_to_set_aside = None, self.open.pop("set_aside")
        self.count("decide")

    def withdraw(self, event: Event) -> None:
        self.close_all()
        self.decided_on(day_of(event))

    forward = withdraw

    def revise(self, event: Event) -> None:
        self.standing = granted(event)
        if event.detail["cause"] == "renewal":
            self.take_notices_back()
            self.status = event.to_status  # what it sends is its own again
            self.close("object", "set_aside")
            self.send(event, "renewed", self.standing)
        else:
            self.replace(event)

    def reject_instead(self, event: Event) -> None:
        self.standing = ("rejected", None, None)
        self.replace(event)

    def replace(self, event: Event) -> None:
        """Upon an objection or a judgment; the penalty for what we converted grows until this is made known."""
        if self.status == "converted":
            self.decided_after_all = True
            self.close_all()
            self.take_notices_back()
        else:
            self.conclude(day_of(event))


def granted(event: Event) -> Standing:
    """With its first and last day."""
    return "granted", told(event, "starts_on"), told(event, "ends_on")
