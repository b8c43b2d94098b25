"""Hearing the objector as it is told: each method is the step of the same name in `objections.steps.hearing`."""

from datetime import datetime

from django.utils import timezone

from accounts.models import User
from casework.models import Deadline
from demo.told import Told
from objections.models import Hearing, Objection, ObjectionStatus

Status = ObjectionStatus
PLACE = "Verzonnen stadskantoor, kamer 3, of via een videogesprek"


class Heard(Told):
    """An objection, as far as hearing goes."""

    objection: Objection
    hearing: Hearing | None = None

    def offer_hearing(self, at: datetime, *, by: User) -> None:
        """Ask whether the objector wants to be heard."""
        sent_on = timezone.localdate(at)
        until = self.term(sent_on, policy="hearing_reply_days")
        self.hearing = self.rows.add(
            Hearing(objection=self.objection, offered_on=sent_on, reply_until=until, created_at=at)
        )
        self.open(Deadline.Kind.HEARING_REPLY, until, {"sent": sent_on.isoformat()}, at=at)
        self.record("offer_hearing", Status.HEARING_OFFERED, at=at, by=by, detail={"reply_until": until.isoformat()})
        self.write("objection_hearing_offer", at, hearing=self.hearing)

    def answer_hearing(self, at: datetime, *, wants: bool) -> None:
        """The objector wants to be heard, or does not."""
        hearing = self.offered
        hearing.wanted, hearing.replied_at = wants, at
        self.close(at, Deadline.Kind.HEARING_REPLY)
        self.record("answer_hearing", Status.HANDLING, at=at, by=self.objection.filled_in_by, detail={"wants": wants})

    def plan_hearing(self, at: datetime, *, held_at: datetime, by: User) -> None:
        """Invite the objector, far enough ahead for papers."""
        hearing = self.offered
        hearing.held_at, hearing.place, hearing.heard_by = held_at, PLACE, by
        self.close(at, Deadline.Kind.HEARING_REPLY)
        basis = {"hearing": timezone.localdate(held_at).isoformat()}
        if hearing.papers_until and hearing.file_open_from:
            self.open(Deadline.Kind.PAPERS, hearing.papers_until, basis, at=at)
            self.open(Deadline.Kind.FILE_OPEN, hearing.file_open_from, basis, at=at)
        self.record("plan_hearing", Status.HEARING_PLANNED, at=at, by=by, detail={"held_at": held_at.isoformat()})
        self.write("objection_hearing_invitation", at, hearing=hearing)

    def hold_hearing(self, at: datetime, *, by: User, report: str) -> None:
        """The hearing was held."""
        self.offered.attended, self.offered.report = True, report
        self.close_hearing_terms(at)
        self.record("hold_hearing", Status.HANDLING, at=at, by=by, detail={"attended": True})

    def waive_hearing(self, at: datetime, *, by: User, ground: Hearing.Skipped) -> None:
        """There will be no hearing, on a ground of the law."""
        self.skip(at, ground)
        self.record("waive_hearing", Status.HANDLING, at=at, by=by, detail={"ground": ground.value})

    def skip(self, at: datetime, ground: Hearing.Skipped) -> None:
        """The row that says why the objector was not heard."""
        if self.hearing is None:
            self.hearing = self.rows.add(Hearing(objection=self.objection, created_at=at))
        self.hearing.skipped = ground.value
        self.close_hearing_terms(at)

    def close_hearing_terms(self, at: datetime) -> None:
        """The hearing was held, or does not take place."""
        self.close(at, Deadline.Kind.PAPERS, Deadline.Kind.FILE_OPEN, Deadline.Kind.HEARING_REPLY)

    @property
    def offered(self) -> Hearing:
        """The hearing that was offered."""
        if self.hearing is None:
            raise ValueError("no hearing was offered")
        return self.hearing
