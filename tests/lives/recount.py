"""A dossier played again from its events alone: what each step opened, closed and decided.

It reads events, the calendar and the policy, and no row of a case. What the law says stands here a second time.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from casework.models import Event
from tests.lives.finger import DAY, Finger, Notice, Term, Wait, day_of, maybe, told

Standing = tuple[str, date | None, date | None]
CaseKey = tuple[str, int]


class Played:
    """One case: `open` its terms by kind, `status`, and what stands."""

    def __init__(self, key: CaseKey, finger: Finger, others: "dict[CaseKey, Played]") -> None:
        self.key, self.finger, self.others = key, finger, others
        self.status = "draft"
        self.open: dict[str, date] = {}
        self.term = Term(date.min, 0)
        self.notices: list[Notice] = []
        self.received: date | None = None
        self.standing: Standing | None = None

    def play(self, event: Event) -> None:
        """One event more."""
        assert event.from_status == self.status, f"{event.step} left {event.from_status}, not {self.status}"
        getattr(self, event.step, lambda _event: None)(event)
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
        self.count_penalty()

    def count_penalty(self) -> None:
        """Of the first of which the amount is to be set: within two weeks after its last day."""
        self.close("set_penalty")
        if notice := next((one for one in self.notices if one.euros is None), None):
            self.open["set_penalty"] = self.finger.weeks_after(min(notice.last, notice.decided or notice.last), 2)


class PlayedApplication(Played):
    """Awb chapter 4."""

    reopened: date | None = None
    extended: date | None = None
    proposed: Standing | None = None

    def file(self, event: Event) -> None:
        self.received = day_of(event)
        self.term = Term(self.received, 8)
        self.count("decide")

    def ask_completion(self, event: Event) -> None:
        self.wait(day_of(event), until=told(event, "ends_on"))

    def ask_again(self, event: Event) -> None:
        self.end_wait()
        day = day_of(event)
        self.wait(day, until=self.finger.on_or_after(day + self.finger.days_to_complete * DAY))

    def wait(self, day: date, *, until: date) -> None:
        self.term.waits.append(Wait(day, until))
        self.open["supply"] = until
        self.count("decide")

    def end_wait(self, on: date | None = None) -> bool:
        """Answered on a day, or lapsed; tells whether it was still open."""
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
        if self.end_wait():
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

    def extend(self, event: Event) -> None:
        self.extended = self.term.named = told(event, "until")
        self.term.named_on = day_of(event)
        self.count("decide")

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
        self.close_all()
        self.decided_on(day_of(event))
        self.open["object"] = self.finger.weeks_after(day_of(event), 6)

    def withdraw(self, event: Event) -> None:
        self.close_all()
        self.decided_on(day_of(event))

    def revise(self, event: Event) -> None:
        self.decide(event, granted(event))
        if event.detail["cause"] != "renewal":
            self.close("object")

    def reopen(self, event: Event) -> None:
        self.standing, self.extended = None, None
        self.close_all()
        self.reopened = day_of(event)
        self.term = Term(self.reopened, 8)
        self.count("decide")


class PlayedObjection(Played):
    """Awb chapters 6 and 7."""

    committee = False
    adjourned: date | None = None
    extended: date | None = None
    excused: bool | None = None
    in_time = True

    def file(self, event: Event) -> None:
        self.received, posted = told(event, "received_on"), maybe(event, "posted_on")
        until = self.finger.weeks_after(told(event, "announced_on"), 6)
        by_post = posted is not None and posted <= until and self.received <= self.finger.weeks_after(until, 1)
        self.in_time = self.received <= until or by_post
        self.term = Term(until if self.in_time else max(until, self.received), 6)
        self.count("decide_objection")

    register = file

    def admit(self, event: Event) -> None:
        if not self.in_time:
            self.excused = True

    def ask_repair(self, event: Event) -> None:
        self.term.waits.append(Wait(day_of(event), told(event, "ends_on")))
        self.open["repair"] = told(event, "ends_on")
        self.count("decide_objection")

    def repair(self, event: Event) -> None:
        self.end_wait(day_of(event))

    def let_repair_lapse(self, event: Event) -> None:
        self.end_wait(told_last(self.term))

    def end_wait(self, on: date) -> None:
        self.term.waits[-1].ended = on
        self.close("repair")
        self.count("decide_objection")

    def offer_hearing(self, event: Event) -> None:
        self.open["hearing_reply"] = told(event, "reply_until")

    def plan_hearing(self, event: Event) -> None:
        self.close("hearing_reply")
        day = hearing_day(event)
        self.open["papers"] = day - 10 * DAY
        self.open["file_open"] = day - 7 * DAY

    def answer_hearing(self, event: Event) -> None:
        self.close("hearing_reply", "papers", "file_open")

    waive_hearing = hold_hearing = answer_hearing

    def refer_to_committee(self, event: Event) -> None:
        self.committee = True
        self.lengthen()

    def adjourn(self, event: Event) -> None:
        self.adjourned = day_of(event)
        self.lengthen()

    def lengthen(self) -> None:
        """Six weeks more for each."""
        self.term.weeks += 6
        self.count("decide_objection")

    def delay_further(self, event: Event) -> None:
        self.extended = self.term.named = told(event, "until")
        self.term.named_on = day_of(event)
        self.count("decide_objection")

    keep_to_order = delay_further

    def decide_again(self, event: Event) -> None:
        self.standing = None
        self.close_all()
        self.delay_further(event)

    def end(self, event: Event) -> None:
        self.close_all()
        self.decided_on(day_of(event))

    withdraw = agree_direct_appeal = end

    def decide(self, event: Event) -> None:
        self.end(event)
        self.standing = (event.to_status, None, None)
        self.open["appeal"] = self.finger.weeks_after(day_of(event), 6)

    uphold = uphold_in_part = uphold_and_reopen = declare_unfounded = settle_by_renewal = decide

    def declare_inadmissible(self, event: Event) -> None:
        if event.detail["because"] == "late":
            self.excused = False
        self.decide(event)


class PlayedAppeal(Played):
    """Before a court."""

    objection: PlayedObjection

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        self.status = "announced"

    def lodge(self, event: Event) -> None:
        self.received = told(event, "filed_on")
        found = self.others["objection", event.detail["objection_id"]]
        assert isinstance(found, PlayedObjection)
        self.objection = found
        self.objection.close("appeal")
        if due := maybe(event, "papers_due"):
            self.open["court_papers"] = due

    def send_papers(self, event: Event) -> None:
        self.close("court_papers")

    def withdraw(self, event: Event) -> None:
        self.close_all()

    settle = find_inadmissible = find_unfounded = win_with_order = withdraw

    def win_with_grant(self, event: Event) -> None:
        self.close_all()
        self.objection.standing = None


KINDS: dict[str, type[Played]] = {
    "application": PlayedApplication,
    "objection": PlayedObjection,
    "appeal": PlayedAppeal,
}


def granted(event: Event) -> Standing:
    """With its first and last day."""
    return "granted", told(event, "starts_on"), told(event, "ends_on")


def told_last(term: Term) -> date:
    """The last day of the open request."""
    return term.waits[-1].until


def hearing_day(event: Event) -> date:
    """In Amsterdam."""
    return timezone.localdate(datetime.fromisoformat(event.detail["held_at"]))


def replay(events: Iterable[Event]) -> dict[CaseKey, Played]:
    """All cases of the dossier."""
    finger, cases = Finger(), dict[CaseKey, Played]()
    for event in events:
        key = event.case_type, event.case_id
        if key not in cases:
            cases[key] = KINDS[event.case_type](key, finger, cases)
        cases[key].play(event)
    return cases


def deadlines(cases: dict[CaseKey, Played]) -> dict[tuple[str, int, str], date]:
    """The open ones, by case and kind."""
    return {(*key, kind): due for key, case in cases.items() for kind, due in case.open.items()}
