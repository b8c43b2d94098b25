"""A case that gathers its rows: events, deadlines and letters at moments that the teller gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework import deadlines
from casework.deadlines import DecisionSum, Suspension
from casework.models import Deadline, Document, Dossier, Event
from exemptions.models import (
    Applicant,
    Application,
    CompletionRequest,
    EvidenceItem,
    FactsRecord,
    Kind,
    Proposal,
    Status,
)
from exemptions.models.facts import as_json
from exemptions.steps import clock
from zesportal.demo import evidence, writing
from zesportal.demo.rows import Rows
from zesportal.demo.world import World
from zones.access import VehicleFacts
from zones.models import Municipality

STATUS = Application._meta.get_field("status")


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


class Case:
    """One application and what hangs on it, not yet stored."""

    def __init__(self, world: World, rows: Rows, wish: Wish, *, begun_at: datetime, origin: "Case | None" = None):
        self.world, self.rows, self.wish = world, rows, wish
        self.items: list[EvidenceItem] = []
        self.papers: list[tuple[EvidenceItem, Document]] = []
        self.requests: list[CompletionRequest] = []
        self.open_deadlines: dict[str, Deadline] = {}
        self.proposal: Proposal | None = None
        self.dossier = rows.add(Dossier(opened_at=begun_at))
        self.application: Application = rows.add(
            Application(
                key=world.key(),
                dossier=self.dossier,
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

    def record(
        self, step: str, to: Status, *, at: datetime, by: User | None, detail: Mapping[str, Any] | None = None
    ) -> None:
        """The event, and the status after it."""
        event = Event(
            dossier=self.dossier,
            case_type=Application.CASE_TYPE,
            at=at,
            step=step,
            from_status=self.application.status,
            to_status=to,
            by=by,
            detail=dict(detail or {}),
        )
        self.rows.add_to_case(self.application, event)
        STATUS.set_state(self.application, to.value)
        self.application.changed_at = at

    def write(self, kind: str, at: datetime, **about: Any) -> None:
        """Place a letter; its words are composed once numbers are known."""
        self.rows.written.append(writing.letter(self, kind, at, about))

    def open(self, kind: Deadline.Kind, due: date, basis: Mapping[str, Any], *, at: datetime) -> None:
        """Open a deadline in place of an open one of the same kind."""
        self.close(at, kind)
        deadline = Deadline(
            dossier=self.dossier,
            case_type=Application.CASE_TYPE,
            kind=kind,
            due=due,
            basis=dict(basis),
            opened_at=at,
        )
        self.open_deadlines[kind] = deadline
        self.rows.add_to_case(self.application, deadline)

    def close(self, at: datetime, *kinds: Deadline.Kind) -> None:
        """Close the open deadlines of these kinds."""
        for kind in kinds:
            if deadline := self.open_deadlines.pop(kind, None):
                deadline.closed_at = at

    def close_all(self, at: datetime) -> None:
        """Nothing is due any more."""
        self.close(at, *Deadline.Kind)

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
            if request.sent_on <= total.due:
                counted.append(request.suspension(unused_lapse_counts_last_day=False))
                total = self._sum(counted)
        return total

    def _sum(self, suspensions: Iterable[Suspension]) -> DecisionSum:
        return deadlines.explain_decision_due(
            timezone.localdate(self.received_at),
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
        return self.world.working_day(sent_on + timedelta(days=self.world.policy.number("completion_days")))
