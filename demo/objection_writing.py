"""The letters about an objection in the demo: the product's own texts, with what was so at the moment of the letter."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import override

from casework.deadline_words import in_words
from demo.writing import Papers, about_case, nothing_yet, placed
from objections import letters
from objections.models import ObjectionDecision

if TYPE_CHECKING:
    from demo.objection import Contest


def letter(contest: "Contest", kind: str, at: datetime, about: dict[str, Any]) -> Papers:
    """Remember what the objection says now; the words are made when the rows have their numbers and keys."""
    story, objection = contest.story, contest.objection
    clock = contest.open_deadlines.get("decide_objection")
    decide_by, in_time = objection.decide_by, in_time_in_words(contest)
    decision: ObjectionDecision | None = about.get("decision")

    def compose() -> Any:
        with override(contest.language):
            context = {
                **nothing_yet(story, kind),
                **about_case(story, on=timezone.localdate(at)),
                **story.world.desk(story.application),
                **letters.about_objection(objection),
                **letters.about_repair(about.get("request")),
                **letters.about_hearing(about.get("hearing")),
                **letters.about_outcome(decision),
                "decide_by": decide_by or "",
                "in_time": in_time,
                "explanation_of_deadline": in_words(clock, to_applicant=True) if clock else "",
                **(about.get("more") or {}),
            }
        return placed(story, objection, kind, at, context, reference=decision.reference if decision else "")

    return compose


def in_time_in_words(contest: "Contest") -> str:
    """Whether it came in time, as the letter of this moment says it."""
    with override(contest.language):
        return letters.in_time_in_words(contest.objection)
