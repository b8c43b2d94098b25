"""The steps of an application, with random arguments that mostly fit."""

from datetime import timedelta
from typing import Any, ClassVar

from django.utils import timezone

from casework.models import OtherBody
from casework.shared_steps import to_post
from casework.suspensions import of_case
from exemptions.models import Application, EvidenceItem, Ground, KindVersion
from exemptions.steps.revision import Cause
from tests import given
from tests.lives.base import Chance, Dice, Life, Moves
from tests.lives.of_exemptions import AFTER_THE_GRANT, WEIGHTS
from tests.lives.people import TERMS, Detail, desk, only_by_desk, some_day, words


def approve(life: Life, dice: Dice, case: Any) -> Detail:
    """A second pair of eyes, who may have to say why all the same."""
    return {"by": desk(life, dice), "doubts_reason": given.EXPLAINED}


def grant_terms(application: Application, *, starts: int = 0, days: int = 90) -> dict[str, Any]:
    """A ground, and a term that begins a number of days from now."""
    first = timezone.localdate() + timedelta(days=starts)
    reason = given.ground(Ground.Outcome.GRANT, application)
    return {"ground": reason, "starts_on": first, "ends_on": first + timedelta(days=days)}


def ask_completion(life: Life, dice: Dice, case: Any) -> Detail:
    """One item, until a working day."""
    item = EvidenceItem.objects.filter(application=case).first()
    ends_on = given.working_day(dice.one_of(TERMS))
    return {"by": desk(life, dice), "items": {item: "Onleesbaar."}, "ends_on": ends_on}


def supply(life: Life, dice: Dice, case: Any) -> Detail:
    """In words, by the applicant."""
    return {"by": life.people.applicant, "answer": dice.one_of(["Alsnog.", "Alsnog.", ""])}


def offer_hearing(life: Life, dice: Dice, case: Any) -> Detail:
    """To give a view."""
    ends_on = given.working_day(dice.one_of(TERMS))
    return {"by": desk(life, dice), "differences": given.DIFFERING, "ends_on": ends_on}


def give_view(life: Life, dice: Dice, case: Any) -> Detail:
    """Or hardly."""
    return {"by": life.people.applicant, "view": dice.one_of(["Niet eens.", "Niet eens.", " "])}


def extend(life: Life, dice: Dice, case: Any) -> Detail:
    """To a working day, or to whatever day it is."""
    days = dice.one_of([70, 90, 120, 200, 1, 500])
    working = given.working_day(days)
    until = dice.one_of([working, working, timezone.localdate() + timedelta(days=days)])
    return {"by": desk(life, dice), "until": until, "reason": "Druk."}


def inquire_abroad(life: Life, dice: Dice, case: Any) -> Detail:
    """The answer is expected some day, or was yesterday."""
    return {"by": desk(life, dice), "expected_on": some_day(dice, 10, 20, 40, -1), "reason": "Bij het register."}


def suspend_decision_term(life: Life, dice: Dice, case: Any) -> Detail:
    """Since today or some days, or since a day that is to come."""
    why = {"suspended_by": dice.one_of(["applicant", "force_majeure", "force_majeure", "agreed"]), "reason": "Brand."}
    days = {"first_day": some_day(dice, 0, -1, -5, -30, 1), "expected_on": some_day(dice, 1, 7, 30, 0)}
    return {"by": desk(life, dice), **why, **days}


def prolong_suspension(life: Life, dice: Dice, case: Any) -> Detail:
    """One that is open."""
    suspension = dice.one_of(list(of_case(case).open()))
    return {"by": desk(life, dice), "suspension": suspension, "expected_on": some_day(dice, 3, 50), "reason": "Nog."}


def resume_decision_term(life: Life, dice: Dice, case: Any) -> Detail:
    """From today, or from some days ago."""
    suspension = dice.one_of(list(of_case(case).open()))
    return {"by": desk(life, dice), "suspension": suspension, "runs_again_on": some_day(dice, 0, 0, -3, 1)}


def propose_delay(life: Life, dice: Dice, case: Any) -> Detail:
    """Until some day."""
    return {"by": desk(life, dice), "until": some_day(dice, 7, 30, 0), "reason": "Druk."}


def agree_to_delay(life: Life, dice: Dice, case: Any) -> Detail:
    """By the applicant, today."""
    return {"by": life.people.applicant, "agreed_on": some_day(dice, 0, 0, -2)}


WHY = [given.EXPLAINED, given.EXPLAINED, given.EXPLAINED, ""]
"""Why it is decided all the same; without it, what speaks against it refuses the step."""


def grant(life: Life, dice: Dice, case: Any) -> Detail:
    """From today, or later; from yesterday is refused."""
    terms = grant_terms(case, starts=dice.one_of([0, 0, 10, -1]))
    about = {"doubts_reason": dice.one_of(WHY), "explanation": dice.one_of(WHY)}
    return {"by": desk(life, dice), **terms, **about}


def refuse(life: Life, dice: Dice, case: Any) -> Detail:
    """On a ground that needs no hearing."""
    reason = given.ground(Ground.Outcome.REJECT, case)
    why = dice.one_of(WHY)
    return {"by": desk(life, dice), "ground": reason, "explanation": "Voldoet niet.", "doubts_reason": why}


def set_aside(life: Life, dice: Dice, case: Any) -> Detail:
    """For silence, or for wrong data."""
    code = dice.one_of(["wrong_data", "wrong_data", "no_response"])
    why = dice.one_of(["Onvoldoende.", "Onvoldoende.", ""])
    return {"by": desk(life, dice), "ground": Ground.objects.get(code=code), "explanation": why}


def withdraw(life: Life, dice: Dice, case: Any) -> Detail:
    """Hardly ever by the applicant, for then this life is over; a stranger is refused."""
    return {"by": dice.one_of([life.people.applicant, *[life.people.stranger] * 9])}


def forward(life: Life, dice: Dice, case: Any) -> Detail:
    """Hardly ever, for then this life is over; a stranger is refused."""
    by = dice.one_of([desk(life, dice), *[life.people.stranger] * 9])
    return {"by": by, "body": OtherBody.objects.get(code="cvom"), "because": "Het gaat over een boete."}


def too_late(life: Life, dice: Dice, case: Any) -> Detail:
    """A notice of default, today or some days ago; tomorrow's is refused."""
    received = timezone.localdate() - timedelta(days=dice.one_of([0, 0, 1, 20, -1]))
    return {"by": life.people.applicant, "received_on": received}


def set_penalty(life: Life, dice: Dice, case: Any) -> Detail:
    """What the days make, or nothing."""
    return {"by": desk(life, dice), "without": dice.one_of(["", "", "not_interested", "just_so"])}


def revise(life: Life, dice: Dice, case: Any) -> Detail:
    """Because a rule changed."""
    by = dice.one_of([*life.people.officers, life.people.mover, life.people.desk[0]])
    terms = grant_terms(case, starts=dice.one_of([0, -5, 30, -800]))
    return {"by": by, "cause": Cause.RENEWAL, **terms, "explanation": given.SHORTER}


def repair_channel(life: Life, dice: Dice, case: Any) -> Detail:
    """They say that they mailed it some days before; sometimes too long before."""
    sent_on = case.received_on - timedelta(days=dice.one_of([0, 1, 3, 30]))
    return {"by": desk(life, dice), "sent_on": sent_on, "repair_by": sent_on + timedelta(days=dice.one_of([1, 5]))}


def post(life: Life, dice: Dice, case: Any) -> Detail:
    """Some of what waits, or all of it; today, or noted some days later."""
    waiting = [copy.letter for copy in to_post(case).select_related("letter").order_by("pk")]
    letters = dice.one_of([waiting, waiting, waiting[:1]])
    posted_on = timezone.localdate() - timedelta(days=dice.one_of([0, 0, 1, 3]))
    return {"by": desk(life, dice), "letters": letters, "posted_on": posted_on}


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
        "inquire_abroad": inquire_abroad,
        "suspend_decision_term": suspend_decision_term,
        "prolong_suspension": prolong_suspension,
        "resume_decision_term": resume_decision_term,
        "propose_delay": propose_delay,
        "agree_to_delay": agree_to_delay,
        "grant": grant,
        "propose_grant": grant,
        "reject": refuse,
        "propose_rejection": refuse,
        "return_proposal": words(remark="Nog eens."),
        "approve_grant": approve,
        "approve_rejection": approve,
        "set_aside": set_aside,
        "withdraw": withdraw,
        "forward": forward,
        "receive_default_notice": too_late,
        "set_penalty": set_penalty,
        "revise": revise,
        "post_letters": post,
        "message_desk": lambda life, _dice, _case: {"by": life.people.applicant, "text": "Hoe staat het ermee?"},
        "message_applicant": words(text="Wij zijn ermee bezig."),
        "settle_messages": words(),
        "repair_channel": repair_channel,
        **AFTER_THE_GRANT,
    },
    {
        **WEIGHTS,
        "take_up": 16,
        "ask_completion": 12,
        **dict.fromkeys(["withdraw", "forward", "reject", "return_proposal", "revise"], 1),
        **dict.fromkeys(["receive_default_notice", "set_penalty", "extend"], 3),
        **dict.fromkeys(["inquire_abroad", "suspend_decision_term", "propose_delay"], 2),
        **dict.fromkeys(["repair_channel", "message_desk", "message_applicant", "settle_messages"], 1),
    },
)


def convert(life: Life, dice: Dice, case: Any) -> Detail:
    """To another kind; now and then to that which it is, or one that is not for a van."""
    kinds = KindVersion.objects.in_force(on=timezone.localdate()).filter(kind__in=KINDS).order_by("pk")
    return {"by": desk(life, dice), "kind": dice.one_of(kinds), "reason": given.EXPLAINED}


KINDS = ("LEV", "NEV", "PAR", "NET", "VHZ")
CONVERTIBLE = Moves(
    Application,
    {**APPLICATION.arguments, "convert": convert},
    {**APPLICATION.weights, "convert": 30, "receive_default_notice": 6},
)


class ApplicationLife(Life):
    """From the day that it is sent."""

    moves: ClassVar[Moves] = APPLICATION

    def born(self) -> Application:
        return given.filed(by=self.people.applicant)

    def chances(self) -> list[Chance]:
        steps = [
            chance
            for one in self.applications
            for chance in self.goes_on(one, self.moves) * (1 if one.has_ended else 12)
        ]
        return [*super().chances(), *steps]
