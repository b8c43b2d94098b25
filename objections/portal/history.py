"""What happened in an objection and before the court, for the objector's side: without what the desk does inside."""

from typing import TYPE_CHECKING

from django.db.models import Q

from casework.models import Event
from casework.steps import words_told
from exemptions.portal import timeline
from objections.models import Appeal, Objection

if TYPE_CHECKING:
    from accounts.models import User


def build_history_lines(objection: Objection, *, reader: "User") -> list[timeline.TimelineLine]:
    """Everything that the objector's side may know, of the objection and of its appeals, the latest first."""
    words, at_court = words_told(Objection), words_told(Appeal)
    said = {f"{Appeal.CASE_TYPE}.{step}": text for step, text in at_court.items()}
    said |= {f"{Objection.CASE_TYPE}.{step}": text for step, text in words.items()}
    appeals = Appeal.objects.filter(objection=objection).values("pk")
    of_objection = Q(case_type=Objection.CASE_TYPE, case_id=objection.pk, step__in=words)
    before_court = Q(case_type=Appeal.CASE_TYPE, case_id__in=appeals, step__in=at_court)
    events = Event.objects.filter(of_objection | before_court)
    return timeline.describe_events(events, said, reader=reader, key=lambda event: f"{event.case_type}.{event.step}")


def find_latest_line(objection: Objection, *, reader: "User") -> timeline.TimelineLine | None:
    """The last thing that happened, to tell somebody whose page had become old."""
    return next(iter(build_history_lines(objection, reader=reader)), None)
