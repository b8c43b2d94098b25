"""The conditions of a kind for an undecided case, with what the register and the answers already prove.

Conditions that follow from facts have a state; a person judges the rest. Pure; `conditions_of` reads the case.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import clock
from casework.deadline_words import format_day
from exemptions import doubts
from exemptions.intake.completeness import find_relevant_questions
from exemptions.intake.eligibility import Condition, State, list_conditions, read_situation, state_of
from exemptions.models.kind import Ground, KindQuestion

if TYPE_CHECKING:
    from exemptions.models.application import Application

BEFORE: Mapping[str, str | Promise] = {
    doubts.ORDER: gettext_lazy("Ordered before the application came in"),
    "requested_on": gettext_lazy("Connection asked before the application came in"),
    "since": gettext_lazy("Work in the zone began before the application came in"),
}
"""The questions of `doubts.DONE_BEFORE`, each as a condition."""
STILL_TO_COME: Mapping[str, str | Promise] = {
    doubts.DELIVERY: gettext_lazy("Delivery is still to come"),
    doubts.PERMIT: gettext_lazy("The permit still runs"),
}
"""The questions for a day until which the exemption is needed."""


def list_answered(known: doubts.CaseFacts) -> Iterator[Condition]:
    """What the dates among the answers prove; a date that is missing proves nothing."""
    for code, asks in BEFORE.items():
        if day := known.answered.get(code):
            yield answered_on(asks, day, fulfilled=day <= known.received_on)
    for code, asks in STILL_TO_COME.items():
        if day := known.answered.get(code):
            yield answered_on(asks, day, fulfilled=day >= known.today)


def answered_on(asks: str | Promise, day: date, *, fulfilled: bool) -> Condition:
    """A condition that rests on what the applicant answered."""
    return Condition(str(asks), state_of(fulfilled), shown=_("answer: %(day)s") % {"day": format_day(day)})


def list_by_thresholds(known: doubts.CaseFacts) -> Iterator[Condition]:
    """What the thresholds say about the vehicle, if the kind uses them."""
    if known.by_thresholds:
        state = state_of(None if known.available is None else not known.available)
        yield Condition(_("No emission-free vehicle that can do the same is for sale"), state, shown=_("thresholds"))


def list_declared(questions: Sequence[KindQuestion], answers: Mapping[str, object]) -> Iterator[Condition]:
    """What the applicant declared: a person judges whether it is true."""
    for question in questions:
        if question.is_declaration:
            declared = answers.get(question.code) == "yes"
            state = State.TO_JUDGE if declared else State.NOT_MET
            yield Condition(str(question), state, shown=_("declared") if declared else _("not declared"))


# --- Reading the case ---------------------------------------------------------------------------------------


def conditions_of(application: "Application", *, on: date) -> list[Condition]:
    """The kind's conditions for a case, for an exemption that begins on a day."""
    known = doubts.known_of(application)
    questions = find_relevant_questions(application)
    return [
        *list_conditions(application.chosen_kind, read_situation(application), on=on),
        *list_by_thresholds(known),
        *list_answered(known),
        *list_declared(questions, application.answers),
    ]


def list_reasons_to_reject(application: "Application") -> list[Ground]:
    """The kind's own grounds: conditions that only a person can judge, seen from the other side."""
    grounds = Ground.objects.in_force(on=clock.today()).filter(outcome=Ground.Outcome.REJECT)
    return list(grounds.filter(kind=application.chosen_kind.code).order_by("code"))
