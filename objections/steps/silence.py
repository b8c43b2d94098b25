"""Appeals against our failure to decide on an application or objection (Awb 6:2, 6:12, 6:20, 8:55b)."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import deadlines, penalties
from casework.models import DefaultNotice, Document
from casework.steps import Button, StepRefused, step
from objections.steps.papers import add_paper, refuse_before_appeal
from objections.steps.permissions import may_keep_appeal
from objections.steps.statuses import APPEAL_OPEN

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Appeal


def refuse_no_silence(appeal: "Appeal") -> None:
    """Raise StepRefused if we decided: without an objection, one can appeal only against silence (Awb 7:1(1)(f))."""
    if appeal.objection is None and appeal.higher_than is None and not appeal.application.is_being_decided:
        raise StepRefused(gettext("We decided on the application: one can object, and appeal after that (Awb 7:1)."))


def is_premature(appeal: "Appeal") -> bool:
    """Whether an appeal against silence was lodged too early (Awb 6:12(2)).

    Our term must have lapsed, and two weeks have passed since a notice of default; without one only if it could not
    be required (6:12(3)).
    """
    if appeal.against != appeal.Against.SILENCE or appeal.filed_on is None:
        return False
    if appeal.without_notice_because.strip():
        return appeal.contested.decide_by is None or appeal.filed_on <= appeal.contested.decide_by
    first = find_first_day(penalties.with_effect(appeal.contested))
    return first is None or appeal.filed_on < first


def find_first_day(notices: Iterable[DefaultNotice]) -> date | None:
    """The first day to appeal against silence after these notices of default (Awb 6:12(2)); None if none counts."""
    days = (deadlines.silence_appeal_from(notice.due, notice_received=notice.received_on) for notice in notices)
    return min((day for day in days if day), default=None)


@step(
    source=APPEAL_OPEN,
    target=None,
    permission=may_keep_appeal,
    conditions=[lambda a: a.has_decision_to_report()],
    records=("told_on",),
    done=_("Court told that we decided"),
    told=_("We told the court that we decided"),
    button=Button(
        _("Tell the court that we decided"),
        _("At once: the appeal is about our decision too, unless that gives all that was asked (Awb 6:20)."),
        main=True,
    ),
)
def report_decision(
    appeal: "Appeal", *, by: "User | None", title: str, told_on: date, document: Document | None = None
) -> None:
    """Record that the court was told at once of a decision taken while our silence is before it (Awb 6:20(2))."""
    refuse_before_appeal(appeal, told_on)
    add_paper(appeal, "to", title=title, dated_on=told_on, document=document)
    appeal.decision_told_on = told_on
