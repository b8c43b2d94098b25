"""What the objector's side is told about an objection rests on these facts, read from its prefetched rows."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from casework import deadlines
from casework.calendar import Calendar
from objections.models import Hearing, Objection, ObjectionDecision, RepairRequest
from objections.models import ObjectionStatus as Status

WITH_ALL = ("hearings", "repair_requests", "decisions__new_decision", "decisions__new_penalty")
"""The related rows to prefetch."""


@dataclass(frozen=True)
class CaseFacts:
    """An objection with what its status texts rest on; its related rows must be prefetched, as by `WITH_ALL`."""

    objection: Objection
    today: date
    calendar: Calendar

    @property
    def until(self) -> date:
        """The last day to object."""
        return deadlines.objection_due(self.objection.decision.announced_on, calendar=self.calendar)

    @property
    def needs_excuse(self) -> bool:
        """Whether it came late, and nobody has judged yet if there was a good reason."""
        objection = self.objection
        in_time = deadlines.objection_in_time(
            self.until, received=objection.came_in_on, posted=objection.posted_on, calendar=self.calendar
        )
        return not in_time and objection.excused is None

    @property
    def hearing(self) -> Hearing | None:
        """The latest hearing that was offered, planned, held or skipped."""
        return max(self.objection.hearings.all(), key=lambda one: one.pk, default=None)

    @property
    def may_decline_hearing(self) -> bool:
        """Whether a hearing is planned whose hour is still to come."""
        moment = self.hearing.held_at if self.hearing else None
        return self.objection.status == Status.HEARING_PLANNED and moment is not None and moment > timezone.now()

    @property
    def request(self) -> RepairRequest | None:
        """The repair request that we wait for; None if there is none."""
        asked = (one for one in self.objection.repair_requests.all() if not (one.answered_on or one.closed_on))
        return next(asked, None)

    @property
    def decision(self) -> ObjectionDecision | None:
        """The standing decision on the objection; None if there is none."""
        return next((one for one in self.objection.decisions.all() if one.annulled_on is None), None)

    @property
    def annulled(self) -> list[ObjectionDecision]:
        """Decisions on it that a court annulled."""
        return [one for one in self.objection.decisions.all() if one.annulled_on is not None]

    @property
    def was_annulled(self) -> bool:
        """Whether a court annulled the decision, without leaving us anything to decide again."""
        return self.objection.is_decided and self.decision is None
