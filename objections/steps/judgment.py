"""The end of a case before the court, and our own remedies against the judgment (Awb 6:7, 6:24, 8:55, 8:104)."""

from datetime import date
from typing import TYPE_CHECKING, NotRequired, TypedDict, Unpack

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock, deadlines
from casework.models import Deadline, EquatedDay
from casework.steps import Button, StepRefused, step
from objections.steps.permissions import may_keep_appeal
from objections.steps.statuses import APPEAL_ENDED

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Appeal

JUDGED_RECORDS = ("judged_on", "judgment_sent_on", "unheard")
REMEDY = Deadline.Kind.COURT_REMEDY


def close_case(appeal: "Appeal", *, on: date, judgment: str) -> None:
    """End the case before this court; higher appeal is a case of its own."""
    if on > clock.today() or (appeal.filed_on and on < appeal.filed_on):
        raise StepRefused(gettext("That day is before the appeal, or still to come."), field="judged_on")
    appeal.judged_on, appeal.judgment = on, judgment
    appeal.dossier.close_every_deadline(appeal)


class Judged(TypedDict):
    """What is recorded of any judgment: its day and content, when it was sent, and whether there was no hearing."""

    judged_on: date
    judgment: str
    sent_on: NotRequired[date | None]
    unheard: NotRequired[bool]


def end_by_judgment(appeal: "Appeal", **judged: Unpack[Judged]) -> None:
    """End the case by judgment; against that of a district court we too have six weeks, from the day it was sent.

    After a judgment without a hearing (8:54) the remedy is opposition before the same court (verzet, 8:55), otherwise
    higher appeal. There is no remedy against a judgment in higher appeal.
    """
    close_case(appeal, on=judged["judged_on"], judgment=judged["judgment"])
    sent = judged.get("sent_on") or judged["judged_on"]
    if sent < judged["judged_on"] or sent > clock.today():
        raise StepRefused(gettext("That day is before the judgment, or still to come."), field="sent_on")
    appeal.judgment_sent_on, appeal.unheard = sent, judged.get("unheard", False)
    if appeal.instance == appeal.Instance.DISTRICT:
        due = deadlines.judgment_remedy_due(sent, calendar=EquatedDay.calendar())
        appeal.dossier.open_deadline(appeal, REMEDY, due=due, basis={"sent": sent.isoformat(), "weeks": 6})


@step(
    source=APPEAL_ENDED,
    target=None,
    permission=may_keep_appeal,
    conditions=[lambda a: a.has_term(REMEDY)],
    done=_("Judgment accepted by the deciding body"),
    button=Button(
        _("Accept the judgment"),
        _("We do not go against it, or our six weeks have passed (Awb 6:7, 6:24, 8:55)."),
    ),
)
def accept_judgment(appeal: "Appeal", *, by: "User | None") -> None:
    """Accept the judgment."""
    appeal.dossier.close_deadline(appeal, REMEDY)


@step(
    source=APPEAL_ENDED,
    target=None,
    permission=may_keep_appeal,
    conditions=[lambda a: a.unheard and a.has_term(REMEDY)],
    records=("opposed_on",),
    done=_("Opposition lodged against the judgment"),
    told=_("We lodged opposition against the judgment"),
    button=Button(
        _("Note our opposition"),
        _("The court judged without a hearing: we lodged opposition (verzet) with the same court (Awb 8:55)."),
        rare=True,
    ),
)
def oppose_judgment(appeal: "Appeal", *, by: "User | None", opposed_on: date) -> None:
    """Record our opposition to a judgment without a hearing (Awb 8:55)."""
    if appeal.judgment_sent_on is None or not appeal.judgment_sent_on <= opposed_on <= clock.today():
        raise StepRefused(gettext("That day is before the judgment, or still to come."), field="opposed_on")
    appeal.dossier.close_deadline(appeal, REMEDY)
