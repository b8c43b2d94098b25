"""A dossier played again from its events alone: what each step opened, closed and decided.

It reads events, the calendar and the policy, and no row of a case. The law is written down here a second time, on
purpose.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from casework.models import Event
from tests.lives.finger import DAY, Finger, Term, Wait, day_of, maybe, told
from tests.lives.granted import GrantedApplication
from tests.lives.played import CaseKey, Played, PlayedApplication

LETTERS = {"uphold_and_reject": "reopened", "uphold_penalty": "penalty"}
"""The kind of letter of a step, where it is not called by the outcome."""


class PlayedObjection(Played):
    """Awb chapters 6 and 7."""

    DECIDES = "decide_objection"
    asked = False
    committee = False
    adjourned: date | None = None
    extended: date | None = None
    excused: bool | None = None
    in_time = True
    posted: date | None = None
    to_tell: date | None = None
    at_court = False
    about_conversion = False

    def file(self, event: Event) -> None:
        self.received, self.posted = told(event, "received_on"), maybe(event, "posted_on")
        self.begin(event)

    register = file

    def learn_announcement(self, event: Event) -> None:
        """The decision under attack was posted after it came in."""
        self.begin(event)

    def begin(self, event: Event) -> None:
        """The term to decide runs from the end of the term to object."""
        assert self.received is not None
        posted, weeks = self.posted, self.term.weeks or 6
        until = self.finger.weeks_after(told(event, "announced_on"), 6)
        by_post = posted is not None and posted <= until and self.received <= self.finger.weeks_after(until, 1)
        self.in_time = self.received <= until or by_post
        self.term.start, self.term.weeks = until if self.in_time else max(until, self.received), weeks
        self.count("decide_objection")

    def admit(self, event: Event) -> None:
        if not self.in_time:
            self.excused = True

    def ask_repair(self, event: Event) -> None:
        self.term.waits.append(Wait(None, told(event, "ends_on")))
        self.open["repair"] = told(event, "ends_on")
        self.send(event, "objection_repair", self.term.waits[-1])

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
        self.open["papers"] = day - 11 * DAY
        self.open["file_open"] = day - 7 * DAY

    def answer_hearing(self, event: Event) -> None:
        self.close("hearing_reply", "papers", "file_open")

    waive_hearing = hold_hearing = cancel_hearing = answer_hearing

    def refer_to_committee(self, event: Event) -> None:
        self.asked = True
        self.send(event, "objection_committee")

    def end_referral(self, event: Event) -> None:
        self.asked = False
        if self.committee:
            self.committee = False
            self.term.weeks -= 6
        self.count("decide_objection")

    def adjourn(self, event: Event) -> None:
        self.send(event, "objection_adjourned")

    def lengthen(self) -> None:
        """Six weeks more for each."""
        self.term.weeks += 6
        self.count("decide_objection")

    def delay_further(self, event: Event) -> None:
        self.to_tell = told(event, "until")
        self.send(event, "objection_delayed")

    def keep_to_order(self, event: Event) -> None:
        self.to_tell = None
        self.delay(told(event, "until"), day_of(event))

    def delay(self, until: date, day: date) -> None:
        """A day in place of the weeks."""
        self.extended = self.term.named = until
        self.term.named_on = day
        self.count("decide_objection")

    def decide_again(self, event: Event) -> None:
        self.standing = None
        self.close_all()
        self.keep_to_order(event)

    def end(self, event: Event) -> None:
        self.close_all()
        self.decided_on(day_of(event))

    withdraw = agree_direct_appeal = forward = end

    def decide(self, event: Event) -> None:
        self.close("repair", "hearing_reply", "papers", "file_open")
        self.standing, self.at_court = (event.to_status, None, None), False
        self.note_conversion()
        self.send(event, f"objection_{LETTERS.get(event.step, event.to_status)}", self.standing)

    def arrive(self, kind: str, about: Any, day: date) -> bool:
        in_time = "decide_objection" in self.open and day <= self.term.due(self.finger)
        match kind:
            case "foreign_inquiry":
                return self.begin_inquiry(about, day)
            case "objection_repair":
                return self.suspend(about, day, "decide_objection")
            case "objection_committee":
                return self.set_up_committee(in_time=in_time)
            case "objection_adjourned":
                return self.adjourn_once(day, in_time=in_time)
            case "objection_delayed":
                return self.follow_delay(day, in_time=in_time)
            case "judgment_granted" | "judgment_granted_object":
                return self.follow_judgment(kind, about, day)
        if about is self.standing:
            self.conclude(day)
            self.end_first_penalty(day)
            self.open.update({} if self.at_court else {"appeal": self.finger.weeks_after(day, 6)})
        return True

    def set_up_committee(self, *, in_time: bool) -> bool:
        """Twelve weeks, once, while it is still asked."""
        if in_time and self.asked and not self.committee:
            self.committee = True
            self.lengthen()
        return in_time and self.asked

    def adjourn_once(self, day: date, *, in_time: bool) -> bool:
        """Six weeks more."""
        if in_time:
            self.adjourned = day
            self.lengthen()
        return in_time

    def follow_delay(self, day: date, *, in_time: bool) -> bool:
        """To the day that was told."""
        until, self.to_tell = self.to_tell, None
        if until and in_time:
            self.delay(until, day)
        return bool(until and in_time)

    def follow_judgment(self, kind: str, about: Any, day: date) -> bool:
        """Our own decision after it: one can object to it, or go to the court."""
        application = self.application()
        if kind == "judgment_granted_object":
            return application.announce(about, day)
        if about is application.standing:
            self.end_first_penalty(day)
        if about is application.standing and not self.at_court:
            self.open["appeal"] = self.finger.weeks_after(day, 6)
        return True

    def application(self) -> PlayedApplication:
        """The case of the dossier on which the objection is."""
        of_dossier = (one for one in self.others.values() if one.dossier == self.dossier)
        return next(one for one in of_dossier if isinstance(one, PlayedApplication))

    def note_conversion(self) -> None:
        """Whether it made an end to a conversion, in the present step."""
        application = self.application()
        self.about_conversion |= application.decided_after_all
        application.decided_after_all = False

    def end_first_penalty(self, day: date) -> None:
        """What was converted was decided at last, and that was made known."""
        if self.about_conversion:
            self.application().decided_on(day)

    uphold = uphold_in_part = uphold_and_reject = uphold_penalty = declare_unfounded = settle_by_renewal = decide

    def declare_inadmissible(self, event: Event) -> None:
        if event.detail["because"] == "late":
            self.excused = False
        self.decide(event)


class PlayedAppeal(Played):
    """Before a court."""

    objection: PlayedObjection | None = None
    is_higher = False

    def __init__(self, *about: Any) -> None:
        super().__init__(*about)
        self.status = "announced"

    def lodge(self, event: Event) -> None:
        self.received = told(event, "filed_on")
        self.is_higher = event.detail["instance"] == "higher"
        if event.detail["objection_id"]:
            found = self.others["objection", event.detail["objection_id"]]
            assert isinstance(found, PlayedObjection)
            self.objection = found
            self.objection.close("appeal")
            self.objection.at_court = True
        if due := maybe(event, "papers_due"):
            self.open["court_papers"] = due

    def send_papers(self, event: Event) -> None:
        self.close("court_papers")

    def withdraw(self, event: Event) -> None:
        self.close_all()

    settle = withdraw

    def find_inadmissible(self, event: Event) -> None:
        """We have six weeks too, against the judgment of a district court."""
        self.close_all()
        if not self.is_higher:
            self.open["court_remedy"] = self.finger.weeks_after(told(event, "judgment_sent_on"), 6)

    find_unfounded = win_with_order = win_without_change = find_inadmissible

    def receive_interim_judgment(self, event: Event) -> None:
        self.open["court_repair"] = told(event, "until")

    def answer_interim_judgment(self, event: Event) -> None:
        if not event.detail["uses"]:
            self.close("court_repair")

    def report_repair(self, event: Event) -> None:
        self.close("court_repair")

    def accept_judgment(self, event: Event) -> None:
        self.close("court_remedy")

    oppose_judgment = accept_judgment

    def win_with_grant(self, event: Event) -> None:
        self.win_with_court_grant(event)
        sent_back = event.detail["remedy"] == "objection"
        kind = "judgment_granted_object" if sent_back else "judgment_granted"
        assert self.objection
        self.objection.at_court = False
        self.objection.note_conversion()
        self.objection.send(event, kind, self.objection.application().standing)

    def win_with_court_grant(self, event: Event) -> None:
        self.find_inadmissible(event)
        assert self.objection
        self.objection.standing = None
        if event.step == "win_with_court_grant":
            self.objection.note_conversion()
            self.objection.end_first_penalty(told(event, "judged_on"))


KINDS: dict[str, type[Played]] = {
    "application": GrantedApplication,
    "objection": PlayedObjection,
    "appeal": PlayedAppeal,
}


def told_last(term: Term) -> date:
    """The last day of the open request."""
    return term.waits[-1].until


def hearing_day(event: Event) -> date:
    """In Amsterdam."""
    return timezone.localdate(datetime.fromisoformat(event.detail["held_at"]))


def replay(
    events: Iterable[Event], *, origins: Mapping[int, int], days: Mapping[int, date] | None = None
) -> dict[CaseKey, Played]:
    """All cases of the dossiers.

    `origins`: of which application another one came by conversion; `days`: for which day those of a day were asked.
    """
    finger, cases = Finger(), dict[CaseKey, Played]()
    for event in events:
        key = event.case_type, event.case_id
        if key not in cases:
            cases[key] = KINDS[event.case_type](key, finger, cases)
            cases[key].dossier = event.dossier_id
            if isinstance(new := cases[key], GrantedApplication):
                new.day = (days or {}).get(event.case_id)
                origin = cases.get(("application", origins.get(event.case_id, 0)))
                assert origin is None or isinstance(origin, PlayedApplication)
                new.origin = origin
        cases[key].play(event)
    return cases


def deadlines(cases: dict[CaseKey, Played]) -> dict[tuple[str, int, str], date]:
    """The open ones, by case and kind."""
    return {(*key, kind): due for key, case in cases.items() for kind, due in case.open.items()}
