"""An objection in the demo, and the steps that several courses take."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from accounts.models import User
from casework import clock, deadlines
from casework.models import Document
from demo.case import Case
from demo.courses import Part, choose_grant_days
from exemptions.doubts import find_shortfall
from exemptions.models import Ground
from exemptions.terms import AMSTERDAM
from objections.models import Appeal, Hearing, Objection, ObjectionDecision

COURT = "Rechtbank Midden-Nederland"
GROUNDS = "Ik ben het niet eens met uw besluit: u hebt niet goed naar mijn situatie gekeken."
PLACE = "Verzonnen stadskantoor, kamer 3, of via een videogesprek"
STAYS = "Wij hebben alles opnieuw bekeken. Wat u schrijft, verandert de reden van ons besluit niet."
RIGHT = (
    "U hebt met de gegevens van uw voertuig laten zien dat u een zwaardere lading nodig hebt dan de uitstootvrije "
    "voertuigen die nu te koop zijn, kunnen dragen. U krijgt de ontheffing alsnog."
)
REPORT = "Aanwezig waren de bezwaarmaker en de bezwaarbehandelaar. De bezwaarmaker lichtte het bezwaar toe."
DEFENCE = "Verweerschrift en de stukken van het geding"
FOUR_WEEKS = timedelta(weeks=4)
Inadmissible = ObjectionDecision.Inadmissible


class Contest:
    """An objection to the standing decision on a case."""

    def __init__(self, case: Case, *, by: User | None = None, **about: Any):
        self.case, self.world, self.officer = case, case.world, case.world.officer
        self.objection: Objection = Objection.objects.create(
            key=case.world.key(),
            dossier=case.application.dossier,
            decision=case.application.decisions.standing().get(),
            filled_in_by=by or case.wish.owner,
            **{"grounds": GROUNDS, **about},
        )

    # --- Coming in ---------------------------------------------------------------------------------------

    def file(self, *documents: Document) -> None:
        """Filed in the portal."""
        self.objection.documents.add(*documents)
        self.objection.file(by=self.case.wish.owner, received_on=clock.today())

    def admit(self) -> None:
        """Found admissible."""
        self.objection.admit(by=self.officer)

    def ask_repair(self, *items: str) -> None:
        """Ask for what is missing, for the usual term."""
        ends_on = self.world.term("repair_days", sent_on=clock.today())
        self.objection.ask_repair(by=self.officer, items=items, ends_on=ends_on)

    # --- Hearing -----------------------------------------------------------------------------------------

    def offer_hearing(self) -> None:
        """Ask whether the objector wants to be heard."""
        reply_until = self.world.term("hearing_reply_days", sent_on=clock.today())
        self.objection.offer_hearing(by=self.officer, reply_until=reply_until)

    @property
    def hearing(self) -> Hearing:
        """The hearing that was offered or planned last."""
        return self.objection.hearings.latest("pk")

    def answer_hearing(self, *, wants: bool) -> None:
        """The objector wants to be heard, or does not."""
        self.objection.answer_hearing(by=self.case.wish.owner, wants=wants)

    def waive_hearing(self, ground: Hearing.Skipped) -> None:
        """No hearing, on a legal ground."""
        self.objection.waive_hearing(by=self.officer, ground=ground.value)

    def plan_hearing(self, day: date) -> None:
        """Invite the objector for ten o'clock on a day."""
        held_at = datetime.combine(day, time(10), AMSTERDAM)
        self.objection.plan_hearing(by=self.officer, held_at=held_at, place=PLACE, heard_by=self.officer)

    def hold_hearing(self) -> Part:
        """Hold the planned hearing, and write its report two hours later."""
        held_at = self.hearing.held_at
        if held_at is None:
            raise ValueError("no hearing was planned")
        yield held_at + timedelta(hours=2)
        self.objection.hold_hearing(by=self.officer, attended=True, report=REPORT)

    # --- Deciding ----------------------------------------------------------------------------------------

    def uphold(self, *, explanation: str = RIGHT) -> None:
        """Upheld in full, so that no hearing is needed."""
        term = choose_grant_days(self.case)
        missing = find_shortfall(self.case.application, starts_on=term["starts_on"], ends_on=term["ends_on"])
        whole = {"ends_on": missing.asked_until or term["ends_on"], "explanation": explanation}
        self.objection.uphold(by=self.officer, skip_hearing=True, **{**term, **whole})

    def declare_unfounded(self) -> None:
        """The decision stands."""
        self.objection.declare_unfounded(by=self.officer, explanation=STAYS)

    def declare_inadmissible(self, because: Inadmissible, *, explanation: str) -> None:
        """Manifestly inadmissible, so that no hearing is needed."""
        self.objection.declare_inadmissible(
            by=self.officer, because=because.value, explanation=explanation, skip_hearing=True
        )

    # --- Days --------------------------------------------------------------------------------------------

    @property
    def due(self) -> date:
        """The last day to decide."""
        self.objection.refresh_from_db(fields=["decide_by"])
        if self.objection.decide_by is None:
            raise ValueError("it has not come in")
        return self.objection.decide_by

    def day(self, *, after: int) -> date:
        """A working day, a number of working days after today."""
        return self.world.working_day(clock.today() + timedelta(days=1), after=after - 1)

    # --- The court ---------------------------------------------------------------------------------------

    def lodge(self, *, filed_on: date, number: str) -> Appeal:
        """The court reports an appeal, and requests the papers within four weeks."""
        appeal: Appeal = Appeal.objects.create(
            dossier=self.objection.dossier, objection=self.objection, court=COURT, case_number=number
        )
        papers_due = self.world.working_day(clock.today() + FOUR_WEEKS)
        appeal.lodge(by=self.officer, filed_on=filed_on, papers_due=papers_due)
        return appeal


def object_until(case: Case) -> date:
    """The last day to object to the standing decision on a case."""
    decided = case.application.decisions.standing().get()
    return deadlines.objection_due(decided.announced_on, calendar=case.world.calendar)


def thresholds_ground(case: Case) -> Ground:
    """The ground that an emission-free vehicle is for sale."""
    return next(ground for ground in find_rejecting_grounds(case) if ground.rests_on_thresholds)


def find_rejecting_grounds(case: Case) -> Sequence[Ground]:
    """The grounds on which it can be rejected, the kind's own first."""
    return case.world.grounds_for(case.wish.kind, Ground.Outcome.REJECT)
