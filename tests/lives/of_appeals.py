"""The steps of a case before a court, and what a judgment sets going."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from objections.models import Appeal, ObjectionStatus
from objections.steps.statuses import APPEAL_ENDED, DECIDED, OPEN
from tests.lives.base import Chance, Life, Moves, one_of
from tests.lives.of_applications import Detail, grant_terms
from tests.lives.of_objections import ObjectionLife, officer

COURT = "Rechtbank Midden-Nederland"
CONTESTABLE = (*DECIDED, *OPEN, ObjectionStatus.FORWARDED)


def judged(life: Life, data: st.DataObject, case: Any) -> Detail:
    """Today or some days ago; before it was filed, or tomorrow, is refused."""
    day = timezone.localdate() - timedelta(days=one_of(data, [0, 0, 0, 3, -1]))
    return {"by": officer(life, data), "judged_on": day, "judgment": "Zo is beslist."}


def granting(life: Life, data: st.DataObject, case: Any) -> Detail:
    """With the exemption that follows."""
    terms = grant_terms(case.objection.application, starts=one_of(data, [0, -2, -800]))
    return {**judged(life, data, case), **terms}


def ordering(life: Life, data: st.DataObject, case: Any) -> Detail:
    """On some day at the latest, whatever weekday that is."""
    return {**judged(life, data, case), "until": timezone.localdate() + timedelta(days=one_of(data, [14, 43, 90, 500]))}


def paper(life: Life, data: st.DataObject, case: Any) -> Detail:
    """To or from the court."""
    return {"by": officer(life, data), "title": "Stuk", "dated_on": timezone.localdate()}


def number(life: Life, data: st.DataObject, case: Any) -> Detail:
    """Of the court."""
    return {"by": officer(life, data), "court": COURT, "case_number": "UTR 26/1"}


APPEAL = Moves(
    Appeal,
    {
        "take_number": number,
        "send_papers": paper,
        "receive_paper": paper,
        "withdraw": judged,
        "settle": judged,
        "find_inadmissible": judged,
        "find_unfounded": judged,
        "win_with_grant": granting,
        "win_with_order": ordering,
        "note": lambda life, data, case: {"by": officer(life, data), "text": "Zitting gevraagd."},
    },
    {"win_with_grant": 4, "win_with_order": 8, "note": 1, "take_number": 1, "receive_paper": 1, "find_unfounded": 2},
)


class DossierLife(ObjectionLife):
    """All of it: application, objections, appeals."""

    def chances(self) -> list[Chance]:
        pending = [chance for one in self.appeals if not one.has_ended for chance in self.goes_on(one, APPEAL)]
        judged = [chance for one in self.appeals if one.has_ended for chance in self.goes_on(one, APPEAL)]
        contestable = any(one.status in CONTESTABLE for one in self.objections)
        to_court = [self.somebody_goes_to_court] * (1 if pending else 3) if contestable else []
        return [*super().chances(), *to_court, *pending * 4, *judged]

    def somebody_goes_to_court(self, data: st.DataObject) -> None:
        """To the district court or, perhaps, higher; a second case before the same court is refused."""
        objection = one_of(data, [one for one in self.objections if one.status in CONTESTABLE])
        instance = one_of(data, [Appeal.Instance.DISTRICT, Appeal.Instance.DISTRICT, Appeal.Instance.HIGHER])
        appeal = Appeal.objects.create(dossier=objection.dossier, objection=objection, court=COURT, instance=instance)
        today = timezone.localdate()
        papers_due = one_of(data, [None, today + timedelta(days=28)])
        detail = {"filed_on": today - timedelta(days=one_of(data, [0, 0, 5, -1])), "papers_due": papers_due}
        if not self.take(appeal, "lodge", by=officer(self, data), **detail):
            appeal.delete()

    @precondition(lambda self: any(one.status in APPEAL_ENDED for one in self.appeals))
    @rule(data=st.data(), step=st.sampled_from(["settle", "win_with_order", "win_with_grant", "send_papers"]))
    def what_has_ended_is_not_judged(self, data: st.DataObject, step: str) -> None:
        ended = one_of(data, [one for one in self.appeals if one.status in APPEAL_ENDED])
        self.must_be_refused(ended, step, by=self.people.officers[0])
