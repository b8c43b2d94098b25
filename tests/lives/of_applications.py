"""The steps of an application, with random arguments that mostly fit."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st

from exemptions.models import Application, EvidenceItem, Ground
from exemptions.steps.revision import Cause
from tests import given
from tests.lives.base import Chance, Life, Moves, one_of

Detail = Mapping[str, Any]
TERMS = (15, 15, 21, 28, 60, 8, 3, 400)
"""Days that somebody gets; the last ones are too few or too many."""


def desk(life: Life, data: st.DataObject) -> Any:
    """Somebody at the desk; now and then a stranger, who is refused."""
    people = life.people
    return one_of(data, [*people.desk, people.mover, *people.desk, people.mover, people.stranger])


def only_by_desk(life: Life, data: st.DataObject, case: Any) -> Detail:
    """Nothing more to tell."""
    return {"by": desk(life, data)}


def words(**texts: Any) -> Any:
    """Always the same, by somebody at the desk."""
    return lambda life, data, case: {"by": desk(life, data), **texts}


def grant_terms(application: Application, *, starts: int = 0, days: int = 90) -> dict[str, Any]:
    """A ground, and a term from so many days from now."""
    first = timezone.localdate() + timedelta(days=starts)
    reason = given.ground(Ground.Outcome.GRANT, application)
    return {"ground": reason, "starts_on": first, "ends_on": first + timedelta(days=days)}


def ask_completion(life: Life, data: st.DataObject, case: Any) -> Detail:
    """One item, until a working day."""
    item = EvidenceItem.objects.filter(application=case).first()
    ends_on = given.working_day(one_of(data, TERMS))
    return {"by": desk(life, data), "items": {item: "Onleesbaar."}, "ends_on": ends_on}


def supply(life: Life, data: st.DataObject, case: Any) -> Detail:
    """In words, by the applicant."""
    return {"by": life.people.applicant, "answer": one_of(data, ["Alsnog.", "Alsnog.", ""])}


def offer_hearing(life: Life, data: st.DataObject, case: Any) -> Detail:
    """To give a view."""
    ends_on = given.working_day(one_of(data, TERMS))
    return {"by": desk(life, data), "differing_data": "De massa.", "ends_on": ends_on}


def give_view(life: Life, data: st.DataObject, case: Any) -> Detail:
    """Or hardly."""
    return {"by": life.people.applicant, "view": one_of(data, ["Niet eens.", "Niet eens.", " "])}


def extend(life: Life, data: st.DataObject, case: Any) -> Detail:
    """To a working day, or to whatever day it is."""
    days = one_of(data, [70, 90, 120, 200, 1, 500])
    working = given.working_day(days)
    until = one_of(data, [working, working, timezone.localdate() + timedelta(days=days)])
    return {"by": desk(life, data), "until": until, "reason": "Druk."}


def grant(life: Life, data: st.DataObject, case: Any) -> Detail:
    """From today, or later; from yesterday is refused."""
    return {"by": desk(life, data), **grant_terms(case, starts=one_of(data, [0, 0, 10, -1]))}


def refuse(life: Life, data: st.DataObject, case: Any) -> Detail:
    """On a ground that needs no hearing."""
    reason = given.ground(Ground.Outcome.REJECT, case)
    return {"by": desk(life, data), "ground": reason, "explanation": "Voldoet niet."}


def set_aside(life: Life, data: st.DataObject, case: Any) -> Detail:
    """For silence, or for wrong data."""
    code = one_of(data, ["wrong_data", "wrong_data", "no_response"])
    return {"by": desk(life, data), "ground": Ground.objects.get(code=code)}


def withdraw(life: Life, data: st.DataObject, case: Any) -> Detail:
    """Hardly ever by the applicant, for then this life is over; a stranger is refused."""
    return {"by": one_of(data, [life.people.applicant, *[life.people.stranger] * 9])}


def too_late(life: Life, data: st.DataObject, case: Any) -> Detail:
    """A notice of default, today or some days ago; tomorrow's is refused."""
    received = timezone.localdate() - timedelta(days=one_of(data, [0, 0, 1, 20, -1]))
    return {"by": life.people.applicant, "received_on": received}


def set_penalty(life: Life, data: st.DataObject, case: Any) -> Detail:
    """What the days make, or nothing."""
    return {"by": desk(life, data), "without": one_of(data, ["", "", "not_interested", "just_so"])}


def revise(life: Life, data: st.DataObject, case: Any) -> Detail:
    """Because a rule changed."""
    by = one_of(data, [*life.people.officers, life.people.mover, life.people.desk[0]])
    return {"by": by, "cause": Cause.RENEWAL, **grant_terms(case, starts=one_of(data, [0, -5, 30, -800]))}


APPLICATION = Moves(
    Application,
    {
        "take_up": only_by_desk,
        "ask_completion": ask_completion,
        "supply": supply,
        "remind": only_by_desk,
        "ask_again": only_by_desk,
        "let_lapse": only_by_desk,
        "go_on_unanswered": only_by_desk,
        "offer_hearing": offer_hearing,
        "give_view": give_view,
        "close_hearing": only_by_desk,
        "extend": extend,
        "grant": grant,
        "propose_grant": grant,
        "reject": refuse,
        "propose_rejection": refuse,
        "return_proposal": words(remark="Nog eens."),
        "approve_grant": only_by_desk,
        "approve_rejection": only_by_desk,
        "set_aside": set_aside,
        "withdraw": withdraw,
        "receive_default_notice": too_late,
        "set_penalty": set_penalty,
        "revise": revise,
    },
    {
        "take_up": 16,
        "ask_completion": 12,
        **dict.fromkeys(["withdraw", "reject", "return_proposal", "revise"], 1),
        **dict.fromkeys(["receive_default_notice", "set_penalty", "extend"], 3),
    },
)


class ApplicationLife(Life):
    """From the day that it is sent."""

    def born(self) -> Application:
        return given.filed(by=self.people.applicant)

    def chances(self) -> list[Chance]:
        often = 1 if self.application.has_ended else 6
        return self.goes_on(self.application, APPLICATION) * often
