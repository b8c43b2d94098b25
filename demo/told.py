"""A case of any sort as it is told: its status, events and deadlines, at moments that the teller gives."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from casework.models import Deadline, DefaultNotice, Dossier, Event
from demo.rows import Rows
from demo.world import World
from exemptions.models import Application
from objections.models import Appeal, Objection
from renewals.models import Renewal

Subject = Application | Objection | Appeal | Renewal


class Told:
    """An application, an objection, an appeal or a run, not yet stored."""

    language = "nl"

    def __init__(self, world: World, rows: Rows, *, dossier: Dossier, subject: Subject):
        self.world, self.rows, self.dossier, self.subject = world, rows, dossier, subject
        self.open_deadlines: dict[str, Deadline] = {}
        self.notice: DefaultNotice | None = None

    @property
    def case_type(self) -> str:
        """How events and deadlines name this sort of case."""
        return str(self.subject.CASE_TYPE)

    def record(
        self,
        step: str,
        to: str | None = None,
        *,
        at: datetime,
        by: User | None,
        detail: Mapping[str, Any] | None = None,
    ) -> None:
        """The event, and the status after it; without one the status stays."""
        before = str(self.subject.status)
        after = str(to or before)
        event = Event(
            dossier=self.dossier,
            case_type=self.case_type,
            at=at,
            step=step,
            from_status=before,
            to_status=after,
            by=by,
            detail=dict(detail or {}),
        )
        self.rows.add_to_case(self.subject, event)
        status: Any = self.subject._meta.get_field("status")
        status.set_state(self.subject, after)

    def open(self, kind: Deadline.Kind, due: date, basis: Mapping[str, Any], *, at: datetime) -> Deadline:
        """Open a deadline in place of an open one of the same kind."""
        self.close(at, kind)
        deadline = Deadline(
            dossier=self.dossier, case_type=self.case_type, kind=kind, due=due, basis=dict(basis), opened_at=at
        )
        self.open_deadlines[kind] = deadline
        self.rows.add_to_case(self.subject, deadline)
        return deadline

    def close(self, at: datetime, *kinds: Deadline.Kind) -> None:
        """Close the open deadlines of these kinds."""
        for kind in kinds:
            deadline = self.open_deadlines.pop(kind, None)
            if deadline and (deadline.closed_at is None or at < deadline.closed_at):
                deadline.closed_at = at

    def lapse(self, at: datetime, kind: Deadline.Kind) -> None:
        """It closes by itself at that moment, unless something closes it before."""
        self.open_deadlines[kind].closed_at = at

    def close_all(self, at: datetime) -> None:
        """Nothing is due any more, but for a penalty that is still to be set."""
        self.close(at, *(kind for kind in Deadline.Kind if kind != Deadline.Kind.SET_PENALTY))

    def write(self, kind: str, at: datetime, **about: Any) -> None:
        """Place a letter; its words are composed once numbers are known."""
        raise NotImplementedError

    def term(self, sent_on: date, *, policy: str) -> date:
        """The usual last day of a term that we set: so many days as the policy says, on a working day."""
        return self.world.working_day(sent_on + timedelta(days=self.world.policy.number(policy)))
