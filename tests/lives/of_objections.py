"""The steps of an objection, with random arguments that mostly fit, by people who may and now and then may not."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.models import OtherBody
from exemptions.models import Decision
from objections.models import Hearing, Objection, ObjectionDecision, ObjectionStatus
from objections.steps.statuses import DECIDED, OPEN
from objections.steps.term import Consent
from tests import contest, given
from tests.lives import of_applications
from tests.lives.base import Chance, Dice, Life, Moves
from tests.lives.of_applications import ApplicationLife, grant_terms, post, too_late
from tests.lives.people import TERMS, Detail

ITEMS: tuple[list[str], ...] = (["grounds"], ["grounds"], ["late"], ["signature", "grounds"], [])


def officer(life: Life, dice: Dice) -> Any:
    """Mostly somebody of the objection desk; `mover` may have taken the decision; the last may not at all."""
    people = life.people
    return dice.one_of([*people.officers, *people.officers, people.mover, people.mover, people.desk[0]])


def only_by_officer(life: Life, dice: Dice, case: Any) -> Detail:
    """Nothing more to report."""
    return {"by": officer(life, dice)}


def words(**texts: Any) -> Any:
    """Always the same, by an officer."""
    return lambda life, dice, case: {"by": officer(life, dice), **texts}


def by_officer(move: Any) -> Any:
    """The same as at the other desk."""
    return lambda life, dice, case: {**move(life, dice, case), "by": officer(life, dice)}


SUSPENDING = {
    one.__name__: one
    for one in (
        of_applications.inquire_abroad,
        of_applications.suspend_decision_term,
        of_applications.prolong_suspension,
        of_applications.resume_decision_term,
    )
}


def file(life: Life, dice: Dice, case: Any) -> Detail:
    """Today, by the applicant; a stranger is refused."""
    by = dice.one_of([life.people.applicant, life.people.applicant, life.people.stranger])
    return {"by": by, "received_on": timezone.localdate()}


def admit(life: Life, dice: Dice, case: Any) -> Detail:
    """With an excuse, or without."""
    excused = dice.one_of([True, False])
    return {"by": officer(life, dice), "excused": excused, "because": "Overmacht." if excused else ""}


def ask_repair(life: Life, dice: Dice, case: Any) -> Detail:
    """Until a working day."""
    return {"by": officer(life, dice), "items": dice.one_of(ITEMS), "ends_on": given.working_day(dice.one_of(TERMS))}


def repair(life: Life, dice: Dice, case: Any) -> Detail:
    """By the applicant."""
    return {"by": life.people.applicant, "answer": dice.one_of(["Hier is het.", "Hier is het.", ""])}


def ask_information(life: Life, dice: Dice, case: Any) -> Detail:
    """Until a working day, or nothing at all is asked."""
    question = dice.one_of(["Stuur het contract.", "Stuur het contract.", ""])
    return {"by": officer(life, dice), "question": question, "ends_on": given.working_day(dice.one_of(TERMS))}


def offer_hearing(life: Life, dice: Dice, case: Any) -> Detail:
    """To answer by a working day."""
    return {"by": officer(life, dice), "reply_until": given.working_day(dice.one_of(TERMS))}


def answer_hearing(life: Life, dice: Dice, case: Any) -> Detail:
    """Yes or no."""
    return {"by": life.people.applicant, "wants": dice.one_of([True, False])}


def refer_to_committee(life: Life, dice: Dice, case: Any) -> Detail:
    """With two members, or one too few."""
    members = dice.one_of([["J. Bakker", "S. Yilmaz"], ["J. Bakker", "S. Yilmaz"], ["J. Bakker"]])
    return {"by": officer(life, dice), "chair": "C. de Vries", "members": members, "is_independent": True}


def receive_advice(life: Life, dice: Dice, case: Any) -> Detail:
    """Whatever it advises; its file is in the dossier already."""
    document = contest.add_advice(case)
    advised_on = timezone.localdate() - timedelta(days=dice.one_of([0, 0, -1, 400]))
    about = {"advised_on": advised_on, "conclusion": dice.one_of(ObjectionDecision.Outcome.values)}
    return {"by": officer(life, dice), "document": document, **about}


def plan_hearing(life: Life, dice: Dice, case: Any) -> Detail:
    """Heard by anybody; those who were involved are refused."""
    held_at = contest.at_ten(dice.one_of([18, 19, 24, 60, 17]))
    if case.current_committee and dice.one_of([True, True, False]):
        return {"by": officer(life, dice), "held_at": held_at, "place": "Kamer 3"}
    people = {"heard_by": officer(life, dice), "members": [officer(life, dice)]}
    return {"by": officer(life, dice), "held_at": held_at, "place": "Kamer 3", **people}


def hold_hearing(life: Life, dice: Dice, case: Any) -> Detail:
    """The objector came, or did not."""
    return {"by": officer(life, dice), "attended": dice.one_of([True, False]), "report": "Wij spraken elkaar."}


def cancel_hearing(life: Life, dice: Dice, case: Any) -> Detail:
    """Somebody is ill, or no reason is given."""
    return {"by": officer(life, dice), "because": dice.one_of(["De voorzitter is ziek.", "De voorzitter is ziek.", ""])}


def waive_hearing(life: Life, dice: Dice, case: Any) -> Detail:
    """On any ground of the law."""
    return {"by": officer(life, dice), "ground": dice.one_of(Hearing.Skipped.values)}


def delay_further(life: Life, dice: Dice, case: Any) -> Detail:
    """By consent, or without."""
    until = given.working_day(dice.one_of([60, 90, 200, 1, 400]))
    return {"by": officer(life, dice), "until": until, "consent": dice.one_of([*Consent.values, ""]), "reason": "Ja."}


def set_penalty(life: Life, dice: Dice, case: Any) -> Detail:
    """What the days make, or nothing."""
    return {"by": officer(life, dice), "without": dice.one_of(["", "", "unreasonably_late"])}


def uphold(life: Life, dice: Dice, case: Any) -> Detail:
    """All that was asked, or less; from today, or from before; not from before it was asked."""
    terms = grant_terms(case.application, starts=dice.one_of([0, -3, 14, -800]))
    return {**decide(life, dice, case), **terms, **dice.one_of([given.as_asked(case.application), {}])}


def uphold_in_part(life: Life, dice: Dice, case: Any) -> Detail:
    """Never without a hearing, unless it was waived."""
    return {name: value for name, value in uphold(life, dice, case).items() if name != "skip_hearing"}


def uphold_and_reject(life: Life, dice: Dice, case: Any) -> Detail:
    """On a ground to reject; never without a hearing, unless it was waived."""
    reason = given.ground(dice.one_of(["reject", "reject", "grant"]), case.application)
    about = {name: value for name, value in decide(life, dice, case).items() if name != "skip_hearing"}
    return {**about, "ground": reason}


def decide(life: Life, dice: Dice, case: Any) -> Detail:
    """With reasons; costs are answered where they were asked, and now and then not."""
    costs = dice.one_of(["Eén punt.", "Eén punt.", ""])
    deviates = dice.one_of(["", "De commissie kende een stuk niet."])
    about = {
        "explanation": "Na heroverweging.",
        "deviation": deviates,
        "costs_because": costs,
        "skip_hearing": dice.one_of([True, False]),
        "penalty_because": dice.one_of(["De dagen.", "De dagen.", ""]),
        "penalty_eur": dice.one_of([None, None, 910]),
    }
    return {"by": officer(life, dice), **about}


def uphold_penalty(life: Life, dice: Dice, case: Any) -> Detail:
    """Another amount; now and then one that the law does not know."""
    about = {name: value for name, value in decide(life, dice, case).items() if name != "penalty_because"}
    return {**about, "penalty_eur": dice.one_of([0, 23, 910, 1200, 2000])}


def inadmissible(life: Life, dice: Dice, case: Any) -> Detail:
    """For a reason that may not fit."""
    return {**decide(life, dice, case), "because": dice.one_of(ObjectionDecision.Inadmissible.values)}


def settle_by_renewal(life: Life, dice: Dice, case: Any) -> Detail:
    """In a run of deciding again."""
    decider = dice.one_of([*life.people.officers, life.people.mover])
    about = {"decider": decider, "prepared_by": None, "explanation": "Regel gewijzigd."}
    return {"by": None, **about, **grant_terms(case.application)}


def withdraw(life: Life, dice: Dice, case: Any) -> Detail:
    """In writing, or at the hearing; a stranger is refused."""
    by = dice.one_of([life.people.applicant, life.people.stranger])
    return {"by": by, "how": dice.one_of(["writing", "hearing", "hearing"])}


def forward(life: Life, dice: Dice, case: Any) -> Detail:
    """Seldom; a stranger is refused."""
    by = dice.one_of([officer(life, dice), life.people.stranger, life.people.stranger])
    return {"by": by, "body": OtherBody.objects.get(code="cvom"), "because": "Het gaat over een boete."}


def agree_direct_appeal(life: Life, dice: Dice, case: Any) -> Detail:
    """While one can still object only where nobody else will."""
    return {"by": officer(life, dice), "court": "Rechtbank", "none_to_come": dice.one_of([True, False])}


def judge_relief(life: Life, dice: Dice, case: Any) -> Detail:
    """The first that was asked, even if it was judged before."""
    about = {"outcome": dice.one_of(["granted", "refused", ""]), "decided_on": timezone.localdate()}
    return {"by": officer(life, dice), "relief": case.reliefs.first(), **about}


def ask_relief(life: Life, dice: Dice, case: Any) -> Detail:
    """Today."""
    return {"by": officer(life, dice), "court": "Rechtbank", "asked_on": timezone.localdate()}


OBJECTION = Moves(
    Objection,
    {
        "file": file,
        "take_up": only_by_officer,
        "note": words(text="Gebeld."),
        "ask_costs": only_by_officer,
        "contest_penalty": only_by_officer,
        "admit": admit,
        "ask_repair": ask_repair,
        "repair": repair,
        "remind_repair": only_by_officer,
        "let_repair_lapse": only_by_officer,
        "ask_information": ask_information,
        "offer_hearing": offer_hearing,
        "answer_hearing": answer_hearing,
        "plan_hearing": plan_hearing,
        "hold_hearing": hold_hearing,
        "cancel_hearing": cancel_hearing,
        "waive_hearing": waive_hearing,
        "refer_to_committee": refer_to_committee,
        "receive_advice": receive_advice,
        "end_referral": words(because="De commissie is opgeheven."),
        "adjourn": words(reason="Advies."),
        "delay_further": delay_further,
        **{name: by_officer(move) for name, move in SUSPENDING.items()},
        "receive_default_notice": too_late,
        "set_penalty": set_penalty,
        "uphold": uphold,
        "settle_by_renewal": settle_by_renewal,
        "uphold_in_part": uphold_in_part,
        "uphold_and_reject": uphold_and_reject,
        "uphold_penalty": uphold_penalty,
        "declare_unfounded": decide,
        "declare_inadmissible": inadmissible,
        "withdraw": withdraw,
        "forward": forward,
        "refuse_direct_appeal": words(reason="Eerst wij."),
        "agree_direct_appeal": agree_direct_appeal,
        "ask_relief": ask_relief,
        "judge_relief": judge_relief,
        "message_desk": lambda life, _dice, _case: {"by": life.people.applicant, "text": "Hoe staat het ermee?"},
        "message_applicant": words(text="Wij zijn ermee bezig."),
        "settle_messages": words(),
        "post_letters": lambda life, dice, case: {**post(life, dice, case), "by": officer(life, dice)},
    },
    {
        **dict.fromkeys(
            [
                "take_up",
                "note",
                "ask_costs",
                "withdraw",
                "forward",
                "settle_by_renewal",
                "ask_relief",
                "judge_relief",
                "ask_information",
                "message_desk",
                "message_applicant",
                "settle_messages",
            ],
            1,
        ),
        **dict.fromkeys(["inquire_abroad", "suspend_decision_term"], 2),
        **dict.fromkeys(["receive_default_notice", "set_penalty", "end_referral", "declare_inadmissible"], 3),
        **dict.fromkeys(["receive_advice"], 12),
        **dict.fromkeys(["admit", "hold_hearing", "uphold_and_reject", "file"], 16),
    },
)


class ObjectionLife(ApplicationLife):
    """Objections to whatever decision stands."""

    def chances(self) -> list[Chance]:
        begin = [self.somebody_objects, self.a_letter_comes] * 3 if self.can_object() else []
        running = [chance for one in self.objections if not one.has_ended for chance in self.goes_on(one, OBJECTION)]
        ended = [chance for one in self.objections if one.has_ended for chance in self.goes_on(one, OBJECTION)]
        by_hand = [self.the_decider_is_changed_by_hand] if any(one.status in DECIDED for one in self.objections) else []
        too_late = [self.an_ended_one_does_not_go_on] if ended else []
        return [*super().chances(), *begin, *running * 12, *ended, *by_hand, *too_late]

    def can_object(self) -> bool:
        """There is a decision in force, on what was asked or on a penalty, and no open objection to it."""
        return bool(self.list_objectable())

    def list_objectable(self) -> list[Decision]:
        """Those to which nobody objects now, also where that would be too late or against what we decided anew."""
        busy = [one.decision_id for one in self.objections if one.status in (*OPEN, ObjectionStatus.DRAFT)]
        taken = Decision.objects.filter(application__in=self.applications)
        return list(taken.in_force().exclude(pk__in=busy).order_by("pk"))

    def somebody_objects(self, dice: Dice) -> None:
        """Begun in the portal, not sent yet."""
        grounds, asks = dice.one_of([contest.GROUNDS, contest.GROUNDS, ""]), dice.one_of([0, 0, 1, 2])
        about = {"costs_asked": asks == 1, "direct_appeal_asked": asks == 2, "late_reason": "Op reis." if asks else ""}
        decision = dice.one_of(self.list_objectable())
        contest.draft(decision.application, by=self.people.applicant, grounds=grounds, decision=decision, **about)
        self.look()

    def a_letter_comes(self, dice: Dice) -> None:
        """By post or otherwise, with a postmark or without; impossible days are refused."""
        came = timezone.localdate() - timedelta(days=dice.one_of([0, 1, -1]))
        posted = dice.one_of([None, 0, 2, 7, -1])
        sent = None if posted is None else came - timedelta(days=posted)
        decision = dice.one_of(self.list_objectable())
        about = {"channel": dice.one_of(["post", "other"]), "decision": decision}
        draft = contest.draft(decision.application, by=self.people.officers[0], **about)
        if not self.take(draft, "register", by=officer(self, dice), received_on=came, posted_on=sent):
            draft.drop()

    # --- What must never be ---------------------------------------------------------------------------------

    def the_decider_is_changed_by_hand(self, dice: Dice) -> None:
        """The database refuses everybody who took a decision of the chain."""
        objection = dice.one_of([one for one in self.objections if one.status in DECIDED])
        taker = dice.one_of([decision.taken_by for decision in objection.contested()])
        with pytest.raises(IntegrityError, match="chain under attack"), transaction.atomic():
            ObjectionDecision.objects.filter(objection=objection).update(taken_by=taker)

    def an_ended_one_does_not_go_on(self, dice: Dice) -> None:
        """Whatever somebody tries."""
        ended = dice.one_of([one for one in self.objections if one.has_ended])
        step = dice.one_of(["admit", "withdraw", "adjourn", "uphold", "keep_to_order", "repair"])
        self.must_be_refused(ended, step, by=self.people.officers[0])
