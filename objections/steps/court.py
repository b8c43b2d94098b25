"""The case before the court: lodged, papers to and fro, judged; and what a judgment does to the decision."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock, shared_steps
from casework.announcement import MADE_KNOWN, Sent
from casework.models import Deadline, Document
from casework.steps import Button, StepRefused, step
from exemptions.models import Decision, Ground
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
GRANT_RECORDS = (*JUDGED_RECORDS, "ground", "starts_on", "ends_on")


class Remedy(TextChoices):
    """What one can do against our own decision after a judgment."""

    APPEAL = "appeal", _("appeal to the court: it replaces our decision on the objection")
    OBJECTION = "objection", _("objection: the court sent us back to the decision on the application")


@step(
    source=Status.ANNOUNCED,
    target=Status.FILED,
    permission=may_keep_appeal,
    records=("filed_on", "papers_due", "objection_id", "instance"),
    done=_("Appeal lodged"),
    told=_("The court told us of an appeal"),
)
def lodge(
    appeal: "Appeal",
    *,
    by: "User | None",
    filed_on: date,
    sent_on: date | None = None,
    papers_due: date | None = None,
) -> None:
    """The court reports an appeal; its papers are due four weeks after it `sent_on` the grounds (Awb 8:42)."""
    if filed_on > clock.today():
        raise StepRefused(gettext("That day is still to come."), field="filed_on")
    if appeal.objection.appeals.open().filter(instance=appeal.instance).exclude(pk=appeal.pk).exists():
        raise StepRefused(gettext("There is already an open case about this objection before that court."))
    appeal.filed_on, appeal.assigned_to = filed_on, by
    if papers_due:
        basis = {"sent": (sent_on or clock.today()).isoformat()}
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
    records=(*GRANT_RECORDS, "remedy", MADE_KNOWN),
    done=_("Appeal upheld: we grant the exemption"),
    told=_("The court upheld the appeal"),
    button=Button(
        _("Judgment: upheld, we grant"),
        _(
            "After the judgment you grant the exemption: a new decision of ours replaces the old one, and one can go "
            "against it (Awb 3:45, 6:23)."
        ),
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
    remedy: str = Remedy.APPEAL.value,
) -> Sent:
    """The appeal is upheld and we grant: a decision of ours, so it has its own remedy (Awb 3:45, 6:23)."""
    if remedy not in Remedy.values:
        raise StepRefused(gettext("Choose what one can do against our new decision (Awb 3:45)."), field="remedy")
    cause = Cause.SENT_BACK if remedy == Remedy.OBJECTION else Cause.JUDGMENT
    terms = {"ground": ground, "starts_on": starts_on, "ends_on": ends_on}
    new = grant_after_judgment(appeal, by=by, judged=(judged_on, judgment), cause=cause, terms=terms)
    about = letters.about_judgment(appeal)
    if cause == Cause.SENT_BACK:
        return send_letter(appeal.objection, "judgment_granted_object", new=new, more=about, by=by)
    return send_letter(appeal.objection, "judgment_granted", new=new, more=about, by=by)


@step(
    source=APPEAL_OPEN,
    target=Status.UPHELD,
    permission=may_keep_appeal,
    records=GRANT_RECORDS,
    done=_("Appeal upheld: the court grants the exemption"),
    told=_("The court upheld the appeal, and granted the exemption"),
    button=Button(
        _("Judgment: upheld, the court grants"),
        _(
            "The court itself grants the exemption: its judgment takes the place of our decision (Awb 8:72, paragraph "
            "3, b). Only a higher appeal can be lodged against that."
        ),
        sends_letter=True,
    ),
)
def win_with_court_grant(
    appeal: "Appeal",
    *,
    by: "User | None",
    judged_on: date,
    judgment: str,
    ground: Ground,
    starts_on: date,
    ends_on: date,
) -> None:
    """The court grants in our place (Awb 8:72(3)(b)): known by the judgment, and higher appeal is the only remedy."""
    terms = {"ground": ground, "starts_on": starts_on, "ends_on": ends_on}
    new = grant_after_judgment(appeal, by=by, judged=(judged_on, judgment), cause=Cause.JUDGMENT, terms=terms)
    new.announce(on=judged_on)
    letters.place_letter(appeal.objection, "judgment_granted_by_court", more=letters.about_judgment(appeal), by=by)


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


def grant_after_judgment(
    appeal: "Appeal", *, by: "User | None", judged: tuple[date, str], cause: Cause, terms: Mapping[str, Any]
) -> Decision:
    """The case before the court ends, and what we decided makes way for the exemption; returns the new decision."""
    if not appeal.objection.has_ended:
        raise StepRefused(gettext("The objection is still open: register the judgment as an order to decide on it."))
    judged_on, judgment = judged
    end_appeal(appeal, on=judged_on, judgment=judgment)
    appeal.objection.decisions.standing().update(annulled_on=judged_on)
    appeal.objection.application.revise(by=by, cause=cause, **terms)
    return appeal.objection.application.decisions.standing().get()


def end_appeal(appeal: "Appeal", *, on: date, judgment: str) -> None:
    """The court is done with it; higher appeal is a case of its own."""
    if on > clock.today() or (appeal.filed_on and on < appeal.filed_on):
        raise StepRefused(gettext("That day is before the appeal, or still to come."), field="judged_on")
    appeal.judged_on, appeal.judgment = on, judgment
    appeal.dossier.close_every_deadline(appeal)
