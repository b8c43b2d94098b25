"""The administrative loop (bestuurlijke lus): an interim judgment lets us repair our decision (Awb 8:51a, 8:51b)."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import Deadline, Document
from casework.steps import Button, StepRefused, step
from exemptions.steps.clock import refuse_far
from objections.steps.papers import add_paper, refuse_before_appeal
from objections.steps.permissions import may_keep_appeal
from objections.steps.statuses import APPEAL_OPEN
from objections.steps.statuses import AppealStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Appeal

REPAIR = Deadline.Kind.COURT_REPAIR


@step(
    source=APPEAL_OPEN,
    target=Status.PENDING,
    permission=may_keep_appeal,
    records=("sent_on", "until"),
    done=_("Interim judgment received: a fault can be repaired"),
    told=_("The court gave us an opportunity to repair our decision"),
    button=Button(
        _("Note an interim judgment"),
        _("The court lets us repair a fault in our decision within a term (Awb 8:51a)."),
        rare=True,
    ),
)
def receive_interim_judgment(
    appeal: "Appeal", *, by: "User | None", title: str, sent_on: date, until: date, document: Document | None = None
) -> None:
    """Record an interim judgment that lets us repair a fault until a day; a later one moves it (Awb 8:51a(1), (2))."""
    if sent_on > clock.today() or (appeal.filed_on and sent_on < appeal.filed_on):
        raise StepRefused(gettext("That day is before the appeal, or still to come."), field="dated_on")
    if until <= sent_on:
        raise StepRefused(gettext("The last day lies before the judgment."), field="until")
    refuse_far(until, years=1, field="until")
    add_paper(appeal, "from", title=title, dated_on=sent_on, document=document)
    appeal.uses_loop = None
    appeal.dossier.open_deadline(appeal, REPAIR, due=until, basis={"sent": sent_on.isoformat()})


@step(
    source=APPEAL_OPEN,
    target=None,
    permission=may_keep_appeal,
    conditions=[lambda a: a.uses_loop is None and a.has_term(REPAIR)],
    records=("uses",),
    done=_("Court told whether we repair the decision"),
    told=_("We told the court whether we repair our decision"),
    button=Button(
        _("Answer the interim judgment"),
        _("Tell the court as soon as possible whether we use the opportunity to repair (Awb 8:51b, paragraph 1)."),
    ),
)
def answer_interim_judgment(appeal: "Appeal", *, by: "User | None", uses: bool) -> None:
    """Record that the court was told whether we use the opportunity (Awb 8:51b(1)); if not, it continues."""
    appeal.uses_loop = uses
    if not uses:
        appeal.dossier.close_deadline(appeal, REPAIR)


@step(
    source=APPEAL_OPEN,
    target=None,
    permission=may_keep_appeal,
    conditions=[lambda a: a.uses_loop is not False and a.has_term(REPAIR)],
    records=("repaired_on",),
    done=_("Court told how the decision was repaired"),
    told=_("We told the court how we repaired our decision"),
    button=Button(
        _("Note the repair"),
        _("The court was told how the fault was repaired: by reasons or a new decision (Awb 8:51b, paragraph 2)."),
    ),
)
def report_repair(
    appeal: "Appeal", *, by: "User | None", title: str, repaired_on: date, document: Document | None = None
) -> None:
    """Record that the court was told in writing how the fault was repaired (Awb 8:51b(2))."""
    refuse_before_appeal(appeal, repaired_on)
    add_paper(appeal, "to", title=title, dated_on=repaired_on, document=document)
    appeal.uses_loop = True
    appeal.dossier.close_deadline(appeal, REPAIR)
