"""A case before the court as it is told: each method is the step of the same name in `objections.steps.court`."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from casework.models import Deadline, Document
from demo.objection import COURT, Contest
from demo.told import Told
from objections.models import Appeal, AppealStatus, CourtPaper

Status = AppealStatus
ENDS_AS = {"find_inadmissible": Status.INADMISSIBLE, "withdraw": Status.WITHDRAWN}
FOUR_WEEKS = timedelta(weeks=4)


class Lawsuit(Told):
    """An appeal to the district court against the decision on an objection. Its number is invented."""

    def __init__(self, contest: Contest, *, begun_at: datetime, number: str):
        self.contest = contest
        self.appeal: Appeal = contest.rows.add(
            Appeal(
                dossier=contest.dossier,
                objection=contest.objection,
                court=COURT,
                case_number=number,
                created_at=begun_at,
            )
        )
        super().__init__(contest.world, contest.rows, dossier=contest.dossier, subject=self.appeal)

    @classmethod
    def about(cls, contest: Contest, *, days: int) -> "Lawsuit":
        """So many days after the decision on the objection: lodged, and our papers sent within the court's term."""
        world, decided_on = contest.world, contest.decided_on
        filed_on = decided_on + timedelta(days=days)
        at = world.office(world.working_day(filed_on + timedelta(days=3)))
        lawsuit = cls(contest, begun_at=at, number=f"UTR {filed_on:%y} / {world.rng.randint(100, 999)} VERZONNEN")
        lawsuit.lodge(at, by=world.officer, filed_on=filed_on)
        sent_on = world.working_day(timezone.localdate(at) + timedelta(days=14))
        lawsuit.send_papers(world.office(sent_on), by=world.officer)
        return lawsuit

    def lodge(self, at: datetime, *, by: User, filed_on: date) -> None:
        """The court tells of an appeal, and asks the papers."""
        self.appeal.filed_on, self.appeal.assigned_to = filed_on, by
        today = timezone.localdate(at)
        due = self.world.working_day(today + FOUR_WEEKS)
        self.open(Deadline.Kind.COURT_PAPERS, due, {"sent": today.isoformat()}, at=at)
        self.contest.close(at, Deadline.Kind.APPEAL)
        self.record("lodge", Status.FILED, at=at, by=by, detail={"filed_on": filed_on.isoformat()})

    def send_papers(self, at: datetime, *, by: User, document: Document | None = None) -> None:
        """Our defence went to the court: it is before the court now."""
        self._paper(CourtPaper.Direction.TO_COURT, "Verweerschrift en de stukken van het geding", at, document)
        self.close(at, Deadline.Kind.COURT_PAPERS)
        self.record("send_papers", Status.PENDING, at=at, by=by)

    def receive_paper(self, at: datetime, *, by: User, title: str, document: Document | None = None) -> None:
        """A paper came from the court."""
        self._paper(CourtPaper.Direction.FROM_COURT, title, at, document)
        self.record("receive_paper", at=at, by=by)

    def _paper(self, direction: CourtPaper.Direction, title: str, at: datetime, document: Document | None) -> None:
        self.rows.add(
            CourtPaper(
                appeal=self.appeal,
                direction=direction,
                title=title,
                dated_on=timezone.localdate(at),
                document=document,
            )
        )

    def end(self, step: str, *, weeks: int, judgment: str) -> None:
        """The court is done with it, so many weeks after our papers."""
        world, filed_on = self.world, self.appeal.filed_on
        if filed_on is None:
            raise ValueError("it was not lodged")
        judged_on = world.working_day(filed_on + FOUR_WEEKS + timedelta(weeks=weeks))
        at = world.office(world.working_day(judged_on + timedelta(days=2)))
        self.appeal.judged_on, self.appeal.judgment = judged_on, judgment
        self.close_all(at)
        self.record(step, ENDS_AS[step], at=at, by=world.officer, detail={"judged_on": judged_on.isoformat()})
