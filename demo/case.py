"""A case that gathers its rows: events, deadlines and letters at moments that the teller gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework import deadlines
from casework.deadlines import DecisionSum, Suspension
from casework.models import Deadline, Document, Dossier
from demo import evidence, writing
from demo.rows import Rows
from demo.told import Told
from demo.world import World
from exemptions.models import (
    Applicant,
    Application,
    CompletionRequest,
    Decision,
    EvidenceItem,
    FactsRecord,
    Kind,
    Proposal,
)
from exemptions.models.facts import as_json
from exemptions.steps import clock
from zones.access import VehicleFacts
from zones.models import Municipality


@dataclass(frozen=True)
class Wish:
    """What somebody asks: for whom, which vehicle, which kind, where, from when until when."""

    applicant: Applicant
    owner: User
    kind: Kind
    plate: str
    facts: VehicleFacts
    municipality: Municipality | None = None
    wanted_from: date | None = None
    wanted_until: date | None = None
    country: str = "NL"
    language: str = "nl"
    verified: bool = True


class Case(Told):
    """One application and what hangs on it, not yet stored."""

    def __init__(self, world: World, rows: Rows, wish: Wish, *, begun_at: datetime, origin: "Case | None" = None):
        self.wish = wish
        self.items: list[EvidenceItem] = []
        self.papers: list[tuple[EvidenceItem, Document]] = []
        self.requests: list[CompletionRequest] = []
        self.proposal: Proposal | None = None
        self.decision: Decision | None = None
        self.is_measured = False
        dossier = rows.add(Dossier(opened_at=begun_at))
        self.application: Application = rows.add(
            Application(
                key=world.key(),
                dossier=dossier,
                kind=wish.kind,
                applicant=wish.applicant,
                owner=wish.owner,
                language=wish.language,
                plate=wish.plate,
                country=wish.country,
                vehicle_class=wish.facts.category or "",
                facts_verified=wish.verified,
                municipality=wish.municipality,
                wanted_from=wish.wanted_from,
                wanted_until=wish.wanted_until,
                answers=evidence.answers(wish.kind.questions.all(), on=timezone.localdate(begun_at)),
                created_at=begun_at,
                changed_at=begun_at,
                converted_from=origin.application if origin else None,
            )
        )
        super().__init__(world, rows, dossier=dossier, subject=self.application)
        self.language = wish.language
        source = FactsRecord.Source.REGISTER if wish.verified else FactsRecord.Source.APPLICANT
        self.facts = rows.add(
            FactsRecord(
                application=self.application, source=source, facts=as_json(wish.facts), as_of=begun_at, by=wish.owner
            )
        )

    @property
    def received_at(self) -> datetime:
        """When it counts as received."""
        if self.application.received_at is None:
            raise ValueError("a draft was not received")
        return self.application.received_at

    @property
    def clock_starts_on(self) -> date:
        """The day after which the term to decide runs: that of receipt, or of taking up again after an objection."""
        return self.application.reopened_on or timezone.localdate(self.received_at)

    @property
    def decided_on(self) -> date:
        """The day of the last decision."""
        if self.decision is None:
            raise ValueError("it was not decided")
        return self.decision.announced_on

    def record(
        self,
        step: str,
        to: str | None = None,
        *,
        at: datetime,
        by: User | None,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """The event, the status after it, and when the case changed last."""
        super().record(step, to, at=at, by=by, detail=detail)
        self.application.changed_at = at

    def write(self, kind: str, at: datetime, **about: Any) -> None:
        """Place a letter; its words are composed once numbers are known."""
        self.rows.written.append(writing.letter(self, kind, at, about))

    def start_clock(self, at: datetime) -> None:
        """Open the deadline to decide, or set it again."""
        total = self.decision_sum()
        self.application.decide_by = total.due
        self.open(Deadline.Kind.DECIDE, total.due, clock.as_basis(total), at=at)

    def decision_sum(self) -> DecisionSum:
        """How the last day to decide comes about."""
        total = self._sum(())
        counted: list[Suspension] = []
        for request in self.requests:
            if self.clock_starts_on <= request.sent_on <= total.due:
                counted.append(request.suspension(unused_lapse_counts_last_day=False))
                total = self._sum(counted)
        return total

    def _sum(self, suspensions: Iterable[Suspension]) -> DecisionSum:
        return deadlines.explain_decision_due(
            self.clock_starts_on,
            suspensions=suspensions,
            weeks=self.wish.kind.decision_weeks,
            calendar=self.world.calendar,
        )

    def open_set_aside_term(self, term_ended: date, *, at: datetime) -> None:
        """From now on it may be set aside."""
        due = deadlines.set_aside_due(term_ended, calendar=self.world.calendar)
        self.open(Deadline.Kind.SET_ASIDE, due, {"term_ended": term_ended.isoformat(), "weeks": 4}, at=at)

    def usual_term(self, sent_on: date) -> date:
        """The usual last day of a term for the applicant."""
        return self.term(sent_on, policy="completion_days")
