"""An objection as it is told: each method is the step of the same name in `objections.steps`, at a past moment."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework import deadlines
from casework.deadlines import ObjectionSum
from casework.models import Deadline
from demo import lateness, objection_writing
from demo.hearing import Heard
from demo.story import Story
from demo.world import ONE_DAY
from exemptions.models import Decision
from exemptions.terms import midnight
from objections.models import (
    Objection,
    ObjectionDecision,
    ObjectionNote,
    ObjectionStatus,
    PreliminaryRelief,
    RepairRequest,
)
from objections.steps.clock import as_basis

Status = ObjectionStatus
Outcome = ObjectionDecision.Outcome
COURT = "Rechtbank Midden-Nederland"
GROUNDS = "Ik ben het niet eens met uw besluit: u hebt niet goed naar mijn situatie gekeken."


def object_until(story: Story) -> date:
    """The last day to object to the decision that was just taken on a story."""
    return deadlines.objection_due(story.decided_on, calendar=story.world.calendar)


class Contest(Heard):
    """One objection to the decision on a story."""

    def __init__(self, story: Story, *, begun_at: datetime, by: User | None = None, **about: Any):
        self.story, self.until = story, object_until(story)
        self.requests: list[RepairRequest] = []
        self.outcome: ObjectionDecision | None = None
        self.objection: Objection = story.rows.add(
            Objection(
                key=story.world.key(),
                dossier=story.dossier,
                decision=story.decision,
                filled_in_by=by or story.wish.owner,
                created_at=begun_at,
                **{"grounds": GROUNDS, **about},
            )
        )
        super().__init__(story.world, story.rows, dossier=story.dossier, subject=self.objection)
        self.language = story.language

    def write(self, kind: str, at: datetime, **about: Any) -> None:
        """Place a letter; its words are composed once numbers are known."""
        self.rows.written.append(objection_writing.letter(self, kind, at, about))

    # --- Coming in ---------------------------------------------------------------------------------------

    def file(self, at: datetime) -> None:
        """Sent in the portal: received now, confirmed at once."""
        received_on = timezone.localdate(at)
        self.objection.received_on, self.objection.signed = received_on, True
        self.come_in("file", at, by=self.story.wish.owner, detail={"received_on": received_on.isoformat()})

    def register(self, at: datetime, *, received_on: date, posted_on: date, by: User) -> None:
        """Written down at the desk: it came by post."""
        self.objection.received_on, self.objection.posted_on = received_on, posted_on
        self.objection.assigned_to = by
        detail = {"received_on": received_on.isoformat(), "posted_on": posted_on.isoformat()}
        self.come_in("register", at, by=by, detail=detail)

    def come_in(self, step: str, at: datetime, *, by: User, detail: dict[str, Any]) -> None:
        """The clock starts, and receipt is confirmed."""
        self.start_clock(at)
        self.record(step, Status.REGISTERED, at=at, by=by, detail=detail)
        self.write("objection_receipt", at)

    # --- Admissible? -------------------------------------------------------------------------------------

    def admit(self, at: datetime, *, by: User, because: str = "") -> None:
        """Complete, and in time; or late with a good reason."""
        if because:
            self.objection.excused, self.objection.excused_because = True, because
        self.objection.assigned_to = by
        self.record("admit", Status.HANDLING, at=at, by=by, detail={"excused": True} if because else {})

    def ask_repair(self, at: datetime, *, by: User, items: Sequence[str]) -> None:
        """Ask for what is missing, for the usual term."""
        sent_on = timezone.localdate(at)
        request = self.rows.add(
            RepairRequest(
                objection=self.objection,
                items=[*items],
                sent_on=sent_on,
                ends_on=self.term(sent_on, policy="repair_days"),
                asked_by=by,
                created_at=at,
            )
        )
        self.requests.append(request)
        self.open(Deadline.Kind.REPAIR, request.ends_on, {"sent": sent_on.isoformat()}, at=at)
        self.start_clock(at)
        detail = {"items": [*items], "ends_on": request.ends_on.isoformat()}
        self.record("ask_repair", Status.REPAIR, at=at, by=by, detail=detail)
        self.write("objection_repair", at, request=request)

    def remind_repair(self, at: datetime) -> None:
        """The daily job reminds of the open request."""
        self.requests[-1].reminded_at = at
        self.record("remind_repair", at=at, by=None)
        self.write("objection_repair_reminder", at, request=self.requests[-1])

    def repair(self, at: datetime, *, answer: str) -> None:
        """The objector adds the grounds."""
        request = self.requests[-1]
        request.answered_on, request.answer = timezone.localdate(at), answer
        self.objection.grounds = answer
        self.close(at, Deadline.Kind.REPAIR)
        self.start_clock(at)
        self.record("repair", Status.REGISTERED, at=at, by=self.story.wish.owner)

    def let_repair_lapse(self, at: datetime) -> None:
        """The daily job sees that the term has passed in silence."""
        self.requests[-1].closed_on = self.requests[-1].ends_on
        self.close(at, Deadline.Kind.REPAIR)
        self.start_clock(at)
        self.record("let_repair_lapse", Status.REGISTERED, at=at, by=None)

    # --- The end -----------------------------------------------------------------------------------------

    def withdraw(self, at: datetime) -> None:
        """The objector takes it back, in the portal."""
        self.close_all(at)
        lateness.stop(self, at)
        self.record("withdraw", Status.WITHDRAWN, at=at, by=self.story.wish.owner)
        self.write("objection_withdrawn", at)

    def decide(
        self,
        step: str,
        outcome: ObjectionDecision.Outcome,
        at: datetime,
        *,
        by: User,
        explanation: str,
        new_decision: Decision | None = None,
        detail: dict[str, Any] | None = None,
        **more: Any,
    ) -> None:
        """The decision with its reasons; from now on the objector can go to the court."""
        self.outcome = self.rows.add(
            ObjectionDecision(
                objection=self.objection,
                outcome=outcome,
                explanation=explanation,
                reference=self.world.reference(),
                taken_at=at,
                taken_by=by,
                new_decision=new_decision,
                **more,
            )
        )
        self.close_all(at)
        lateness.stop(self, at)
        self.open_appeal_term(at)
        self.record(step, Status(outcome.value), at=at, by=by, detail=detail)
        kind = "objection_reopened" if step == "uphold_and_reopen" else f"objection_{outcome.value}"
        self.write(kind, at, decision=self.outcome)

    def open_appeal_term(self, at: datetime) -> None:
        """The objector can go to the court; the term is over by now for whatever is old."""
        announced = timezone.localdate(at)
        due = deadlines.appeal_due(announced, calendar=self.world.calendar)
        self.open(Deadline.Kind.APPEAL, due, {"announced": announced.isoformat(), "weeks": 6}, at=at)
        if due < self.world.today:
            self.lapse(midnight(due + ONE_DAY), Deadline.Kind.APPEAL)

    @property
    def decided_on(self) -> date:
        """The day of the decision on it."""
        if self.outcome is None:
            raise ValueError("it was not decided")
        return self.outcome.announced_on

    def ask_relief(self, at: datetime, *, by: User, asked_on: date, number: str) -> None:
        """The court tells that preliminary relief was asked."""
        self.rows.add(PreliminaryRelief(objection=self.objection, court=COURT, asked_on=asked_on, case_number=number))
        self.record("ask_relief", at=at, by=by, detail={"asked_on": asked_on.isoformat()})

    def note(self, at: datetime, *, by: User, text: str) -> None:
        """A remark for colleagues."""
        self.rows.add(ObjectionNote(objection=self.objection, text=text, by=by, at=at))
        self.record("note", at=at, by=by)

    # --- The clock ---------------------------------------------------------------------------------------

    def start_clock(self, at: datetime) -> None:
        """Open the deadline to decide, or set it again."""
        total = self.decision_sum()
        self.objection.decide_by = total.due
        self.open(Deadline.Kind.DECIDE_OBJECTION, total.due, as_basis(total, self.objection), at=at)

    def decision_sum(self) -> ObjectionSum:
        """How the last day to decide comes about (Awb 7:10)."""
        begins = deadlines.objection_term_start(
            self.until, received=self.objection.came_in_on, in_time=self.objection.is_in_time
        )
        return deadlines.explain_objection_decision_due(
            begins,
            committee=self.objection.committee,
            adjourned=self.objection.adjourned_on is not None,
            suspensions=[request.suspension(unused_lapse_counts_last_day=False) for request in self.requests],
            calendar=self.world.calendar,
        )

    def adjourn(self, at: datetime, *, by: User, reason: str) -> None:
        """Six weeks more, told before the term lapses."""
        self.objection.adjourned_on = timezone.localdate(at)
        self.start_clock(at)
        self.record("adjourn", at=at, by=by)
        self.write("objection_adjourned", at, more={"explanation": reason})

    @property
    def due(self) -> date:
        """The last day to decide."""
        if self.objection.decide_by is None:
            raise ValueError("it has not come in")
        return self.objection.decide_by

    def day(self, moment: datetime, *, after: int) -> date:
        """A working day, so many working days after a moment."""
        return self.world.working_day(timezone.localdate(moment) + timedelta(days=1), after=after - 1)
