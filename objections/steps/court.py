"""The case before the court: lodged, papers to and fro, judged; and what a judgment does to the decision."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock, shared_steps
from casework.models import Deadline, Document
from casework.steps import Button, StepRefused, step
from exemptions.models import Ground
from exemptions.steps.revision import Cause
from objections import letters
from objections.steps.announcement import send_letter
from objections.steps.permissions import may_keep_appeal
from objections.steps.statuses import APPEAL_ENDED, APPEAL_OPEN
from objections.steps.statuses import AppealStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Appeal

KEPT = (*APPEAL_OPEN, *APPEAL_ENDED)
JUDGED_RECORDS = ("judged_on",)


@step(
    source=Status.ANNOUNCED,
    target=Status.FILED,
    permission=may_keep_appeal,
    records=("filed_on", "papers_due", "objection_id", "instance"),
    done=_("Appeal lodged"),
    told=_("The court told us of an appeal"),
)
def lodge(appeal: "Appeal", *, by: "User | None", filed_on: date, papers_due: date | None = None) -> None:
    """The court reports an appeal; it asks for the papers, usually within four weeks (Awb 8:42)."""
    if filed_on > clock.today():
        raise StepRefused(gettext("That day is still to come."), field="filed_on")
    if appeal.objection.appeals.open().filter(instance=appeal.instance).exclude(pk=appeal.pk).exists():
        raise StepRefused(gettext("There is already an open case about this objection before that court."))
    appeal.filed_on, appeal.assigned_to = filed_on, by
    if papers_due:
        basis = {"sent": clock.today().isoformat()}
        appeal.dossier.open_deadline(appeal, Deadline.Kind.COURT_PAPERS, due=papers_due, basis=basis)
    appeal.dossier.close_deadline(appeal.objection, Deadline.Kind.APPEAL)


@step(
    source=KEPT,
    target=None,
    permission=may_keep_appeal,
    done=_("Case number of the court noted"),
    button=Button(_("Note the case number"), _("Which court keeps it, under which number.")),
)
def take_number(appeal: "Appeal", *, by: "User | None", court: str, case_number: str) -> None:
    """Under which number the court keeps it."""
    appeal.court, appeal.case_number = court, case_number


@step(
    source=APPEAL_OPEN,
    target=Status.PENDING,
    permission=may_keep_appeal,
    done=_("Papers sent to the court"),
    button=Button(_("Note papers to the court"), _("Our papers or our defence went to the court (Awb 8:42).")),
)
def send_papers(
    appeal: "Appeal", *, by: "User | None", title: str, dated_on: date, document: Document | None = None
) -> None:
    """Papers or our defence went to the court (Awb 8:42): it is before the court now."""
    appeal.papers.create(direction="to", title=title, dated_on=dated_on, document=document)
    appeal.dossier.close_deadline(appeal, Deadline.Kind.COURT_PAPERS)


@step(
    source=KEPT,
    target=None,
    permission=may_keep_appeal,
    done=_("Paper received from the court"),
    button=Button(_("Note a paper from the court"), _("A paper came from the court.")),
)
def receive_paper(
    appeal: "Appeal", *, by: "User | None", title: str, dated_on: date, document: Document | None = None
) -> None:
    """A paper came from the court."""
    appeal.papers.create(direction="from", title=title, dated_on=dated_on, document=document)


@step(
    source=APPEAL_OPEN,
    target=Status.WITHDRAWN,
    permission=may_keep_appeal,
    records=JUDGED_RECORDS,
    done=_("Appeal withdrawn"),
    told=_("Appeal withdrawn"),
    button=Button(_("Note a withdrawal"), _("The appeal was withdrawn.")),
)
def withdraw(appeal: "Appeal", *, by: "User | None", judged_on: date, judgment: str = "") -> None:
    """It was taken back."""
    end_appeal(appeal, on=judged_on, judgment=judgment)


@step(
    source=APPEAL_OPEN,
    target=Status.SETTLED,
    permission=may_keep_appeal,
    records=JUDGED_RECORDS,
    done=_("Appeal settled"),
    told=_("Appeal ended: both sides agreed"),
    button=Button(_("Note a settlement"), _("Both sides agreed, and the court has nothing more to decide.")),
)
def settle(appeal: "Appeal", *, by: "User | None", judged_on: date, judgment: str) -> None:
    """Both sides agreed, and the court has nothing more to decide."""
    end_appeal(appeal, on=judged_on, judgment=judgment)


@step(
    source=APPEAL_OPEN,
    target=Status.INADMISSIBLE,
    permission=may_keep_appeal,
    records=JUDGED_RECORDS,
    done=_("Appeal found inadmissible"),
    told=_("The court declared the appeal inadmissible"),
    button=Button(_("Judgment: inadmissible"), _("The court did not look at it.")),
)
def find_inadmissible(appeal: "Appeal", *, by: "User | None", judged_on: date, judgment: str) -> None:
    """The court did not look at it."""
    end_appeal(appeal, on=judged_on, judgment=judgment)


@step(
    source=APPEAL_OPEN,
    target=Status.UNFOUNDED,
    permission=may_keep_appeal,
    records=JUDGED_RECORDS,
    done=_("Appeal found unfounded"),
    told=_("The court declared the appeal unfounded"),
    button=Button(_("Judgment: unfounded"), _("The decision stands.")),
)
def find_unfounded(appeal: "Appeal", *, by: "User | None", judged_on: date, judgment: str) -> None:
    """The decision stays."""
    end_appeal(appeal, on=judged_on, judgment=judgment)


@step(
    source=APPEAL_OPEN,
    target=Status.UPHELD,
    permission=may_keep_appeal,
    records=(*JUDGED_RECORDS, "ground", "starts_on", "ends_on"),
    done=_("Appeal upheld: the exemption is granted"),
    told=_("The court upheld the appeal"),
    button=Button(
        _("Judgment: upheld, we grant"),
        _("The court grants the exemption, or leaves us nothing else to decide: a new decision replaces the old one."),
        sends_letter=True,
    ),
)
def win_with_grant(
    appeal: "Appeal",
    *,
    by: "User | None",
    judged_on: date,
    judgment: str,
    ground: Ground,
    starts_on: date,
    ends_on: date,
) -> None:
    """The appeal is upheld and the exemption follows: the court grants it, or leaves us nothing else to decide."""
    if not appeal.objection.has_ended:
        raise StepRefused(gettext("The objection is still open: register the judgment as an order to decide on it."))
    end_appeal(appeal, on=judged_on, judgment=judgment)
    appeal.objection.decisions.standing().update(annulled_on=judged_on)
    application = appeal.objection.application
    application.revise(by=by, cause=Cause.JUDGMENT, ground=ground, starts_on=starts_on, ends_on=ends_on)
    send_letter(appeal.objection, "judgment_granted", more=letters.about_judgment(appeal), by=by)


@step(
    source=APPEAL_OPEN,
    target=Status.UPHELD,
    permission=may_keep_appeal,
    records=JUDGED_RECORDS,
    done=_("Appeal upheld: the effects stay"),
    told=_("The court upheld the appeal, and our decision holds"),
    button=Button(
        _("Judgment: upheld, the effects stay"),
        _("The appeal is upheld, and yet what we decided holds (Awb 8:72, paragraph 3); or the appeal was ours."),
    ),
)
def win_without_change(appeal: "Appeal", *, by: "User | None", judged_on: date, judgment: str) -> None:
    """The appeal is upheld, and yet what we decided holds: its effects stay (Awb 8:72(3)), or the appeal was ours."""
    end_appeal(appeal, on=judged_on, judgment=judgment)


@step(
    source=APPEAL_OPEN,
    target=Status.UPHELD,
    permission=may_keep_appeal,
    records=(*JUDGED_RECORDS, "until"),
    done=_("Appeal upheld: a new decision is due"),
    told=_("The court upheld the appeal: we must decide again"),
    button=Button(
        _("Judgment: upheld, we decide again"),
        _("We must decide on the objection again, on the last day that the court gave."),
    ),
)
def win_with_order(appeal: "Appeal", *, by: "User | None", judged_on: date, judgment: str, until: date) -> None:
    """The appeal is upheld and we must decide on the objection again, on the last day that the court gave."""
    end_appeal(appeal, on=judged_on, judgment=judgment)
    if appeal.objection.has_ended:
        appeal.objection.decide_again(by=by, until=until)
    else:  # an appeal against our failure to decide: there is no decision yet
        appeal.objection.keep_to_order(by=by, until=until)


note = step(
    source=KEPT,
    target=None,
    permission=may_keep_appeal,
    done=_("Note written on the appeal"),
    button=Button(_("Write a note"), _("A remark on the appeal.")),
)(shared_steps.note)


def end_appeal(appeal: "Appeal", *, on: date, judgment: str) -> None:
    """The court is done with it; higher appeal is a case of its own."""
    if on > clock.today() or (appeal.filed_on and on < appeal.filed_on):
        raise StepRefused(gettext("That day is before the appeal, or still to come."), field="judged_on")
    appeal.judged_on, appeal.judgment = on, judgment
    appeal.dossier.close_every_deadline(appeal)
