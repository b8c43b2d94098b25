"""The steps of a case before a court, and what a judgment sets going."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from objections.models import Appeal, ObjectionStatus
from objections.steps.statuses import DECIDED, OPEN
from tests import given
from tests.lives.base import Chance, Dice, Life, Moves
from tests.lives.of_applications import grant_terms
from tests.lives.of_objections import ObjectionLife, officer
from tests.lives.people import Detail

COURT = "Rechtbank Midden-Nederland"
CONTESTABLE = (*DECIDED, *OPEN, ObjectionStatus.FORWARDED)


def judged(life: Life, dice: Dice, case: Any) -> Detail:
    """Today or some days ago; before it was filed, or tomorrow, is refused."""
    day = timezone.localdate() - timedelta(days=dice.one_of([0, 0, 0, 3, -1]))
    return {"by": officer(life, dice), "judged_on": day, "judgment": "Zo is beslist."}


def sentence(life: Life, dice: Dice, case: Any) -> Detail:
    """A judgment, sent on that day or another, with or without a hearing."""
    about = judged(life, dice, case)
    sent = dice.one_of([None, about["judged_on"], about["judged_on"] + timedelta(days=2)])
    return {**about, "sent_on": sent, "unheard": dice.one_of([True, False])}


def granting(life: Life, dice: Dice, case: Any) -> Detail:
    """With the exemption that follows."""
    terms = grant_terms(case.application, starts=dice.one_of([0, -2, -800]))
    return {**sentence(life, dice, case), **terms}


def granting_ourselves(life: Life, dice: Dice, case: Any) -> Detail:
    """With what one can do against our decision, or nothing of that."""
    about = {"remedy": dice.one_of(["appeal", "appeal", "objection", ""]), "explanation": given.SHORTER}
    return {**granting(life, dice, case), **about}


def ordering(life: Life, dice: Dice, case: Any) -> Detail:
    """On some day at the latest, whatever weekday that is."""
    until = timezone.localdate() + timedelta(days=dice.one_of([14, 43, 90, 500]))
    costs = {"euros_a_day": dice.one_of([0, 100]), "most_eur": dice.one_of([None, 15_000])}
    return {**sentence(life, dice, case), "until": until, **costs}


def reported(life: Life, dice: Dice, case: Any) -> Detail:
    """To the court: that we decided."""
    return {"by": officer(life, dice), "title": "Besluit", "told_on": timezone.localdate()}


def interim(life: Life, dice: Dice, case: Any) -> Detail:
    """Some weeks to repair."""
    until = timezone.localdate() + timedelta(days=dice.one_of([42, 20, -1]))
    return {"by": officer(life, dice), "title": "Tussenuitspraak", "sent_on": timezone.localdate(), "until": until}


def paper(life: Life, dice: Dice, case: Any) -> Detail:
    """To or from the court."""
    return {"by": officer(life, dice), "title": "Stuk", "dated_on": timezone.localdate()}


def number(life: Life, dice: Dice, case: Any) -> Detail:
    """Of the court."""
    return {"by": officer(life, dice), "court": COURT, "case_number": "UTR 26/1"}


APPEAL = Moves(
    Appeal,
    {
        "take_number": number,
        "send_papers": paper,
        "receive_paper": paper,
        "withdraw": judged,
        "settle": judged,
        "find_inadmissible": sentence,
        "find_unfounded": sentence,
        "win_with_grant": granting_ourselves,
        "win_with_court_grant": granting,
        "win_with_order": ordering,
        "win_without_change": sentence,
        "report_decision": reported,
        "receive_interim_judgment": interim,
        "answer_interim_judgment": lambda life, dice, case: {
            "by": officer(life, dice),
            "uses": dice.one_of([True, False]),
        },
        "report_repair": lambda life, dice, case: {
            "by": officer(life, dice),
            "title": "Herstel",
            "repaired_on": timezone.localdate(),
        },
        "accept_judgment": lambda life, dice, case: {"by": officer(life, dice)},
        "oppose_judgment": lambda life, dice, case: {
            "by": officer(life, dice),
            "opposed_on": timezone.localdate(),
        },
        "note": lambda life, dice, case: {"by": officer(life, dice), "text": "Zitting gevraagd."},
    },
    {
        "win_with_grant": 4,
        "win_with_court_grant": 2,
        "win_with_order": 8,
        "win_without_change": 2,
        "note": 1,
        "take_number": 1,
        "receive_paper": 1,
        "find_unfounded": 2,
    },
)


class DossierLife(ObjectionLife):
    """All of it: application, objections, appeals."""

    def chances(self) -> list[Chance]:
        pending = [chance for one in self.appeals if not one.has_ended for chance in self.goes_on(one, APPEAL)]
        judged = [chance for one in self.appeals if one.has_ended for chance in self.goes_on(one, APPEAL)]
        ended = any(one.status in DECIDED for one in self.objections)
        contestable = any(one.status in CONTESTABLE for one in self.objections)
        to_court = [self.somebody_goes_to_court] * (4 if ended and not pending else 1) if contestable else []
        is_silent = not self.application.is_draft and self.application.is_being_decided
        to_court = [*to_court, *([self.somebody_goes_to_court_about_silence] if is_silent else [])]
        too_late = [self.what_has_ended_is_not_judged] if judged else []
        return [*super().chances(), *to_court, *pending * 6, *judged, *too_late]

    def somebody_goes_to_court(self, dice: Dice) -> None:
        """To the district court or, perhaps, higher; a second case before the same court is refused."""
        objection = dice.one_of([one for one in self.objections if one.status in CONTESTABLE])
        instance = dice.one_of([Appeal.Instance.DISTRICT, Appeal.Instance.DISTRICT, Appeal.Instance.HIGHER])
        appeal = Appeal.objects.create(dossier=objection.dossier, objection=objection, court=COURT, instance=instance)
        today = timezone.localdate()
        papers_due = dice.one_of([None, today + timedelta(days=28)])
        detail = {"filed_on": today - timedelta(days=dice.one_of([0, 0, 5, -1])), "papers_due": papers_due}
        if not self.take(appeal, "lodge", by=officer(self, dice), **detail):
            appeal.delete()

    def somebody_goes_to_court_about_silence(self, dice: Dice) -> None:
        """About an application on which nothing was decided; a second case is refused."""
        about = {"dossier": self.application.dossier, "court": COURT, "against": Appeal.Against.SILENCE}
        appeal = Appeal.objects.create(**about)
        if not self.take(appeal, "lodge", by=officer(self, dice), filed_on=timezone.localdate()):
            appeal.delete()

    def what_has_ended_is_not_judged(self, dice: Dice) -> None:
        """Nor are papers sent."""
        ended = dice.one_of([one for one in self.appeals if one.has_ended])
        step = dice.one_of(["settle", "win_with_order", "win_with_grant", "send_papers"])
        self.must_be_refused(ended, step, by=self.people.officers[0])
