"""A case before the court: lodging, papers to and fro, judgment; and what a judgment does to the decision."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Unpack

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import clock, penalties, shared_steps
from casework.announcement import MADE_KNOWN, Sent
from casework.models import Deadline, Document
from casework.steps import Button, StepRefused, step
from exemptions.models import Application, Decision, Ground
from exemptions.steps.announcement import find_heir
from exemptions.steps.clock import refuse_far
from exemptions.steps.revision import Cause, Grant
from objections import letters
from objections.steps.announcement import send_letter, stop_first_penalty
from objections.steps.judgment import JUDGED_RECORDS, Judged, close_case, end_by_judgment
from objections.steps.papers import add_paper
from objections.steps.permissions import may_keep_appeal
from objections.steps.silence import is_premature, refuse_no_silence
from objections.steps.statuses import APPEAL_ENDED, APPEAL_OPEN
from objections.steps.statuses import AppealStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Appeal, Objection

KEPT = (*APPEAL_OPEN, *APPEAL_ENDED)
ENDED_RECORDS = ("judged_on",)
GRANT_RECORDS = (*JUDGED_RECORDS, "ground", "starts_on", "ends_on")


class Remedy(TextChoices):
    """The remedies against our own decision after a judgment."""

    APPEAL = "appeal", _("appeal to the court: it replaces our decision on the objection")
    OBJECTION = "objection", _("objection: the court sent us back to the decision on the application")
    HIGHER = "higher", _("appeal to the Council of State only: its judgment says so (Awb 8:113, paragraph 2)")


@step(
    source=Status.ANNOUNCED,
    target=Status.FILED,
    permission=may_keep_appeal,
    records=("filed_on", "papers_due", "objection_id", "instance", "against", "premature", "about_penalty"),
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
    """Record an appeal; the file is due four weeks after the court `sent_on` the grounds (Awb 8:42).

    One against silence may be premature (6:12(2)): that is noted, and the court's to judge.
    """
    if filed_on > clock.today():
        raise StepRefused(gettext("That day is in the future."), field="filed_on")
    refuse_bad_letter(sent_on=sent_on, papers_due=papers_due)
    same = type(appeal).objects.open().about(appeal.contested).filter(instance=appeal.instance)
    if same.exclude(pk=appeal.pk).exists():
        raise StepRefused(gettext("There is already an open case about this before that court."))
    refuse_no_silence(appeal)
    appeal.filed_on, appeal.assigned_to = filed_on, by
    appeal.premature = is_premature(appeal)
    if papers_due:
        basis = {"sent": (sent_on or clock.today()).isoformat()}
        appeal.dossier.open_deadline(appeal, Deadline.Kind.COURT_PAPERS, due=papers_due, basis=basis)
    appeal.dossier.close_deadline(appeal.contested, Deadline.Kind.APPEAL)
    if appeal.by_us and appeal.higher_than:
        appeal.dossier.close_deadline(appeal.higher_than, Deadline.Kind.COURT_REMEDY)


def refuse_bad_letter(*, sent_on: date | None, papers_due: date | None) -> None:
    """Raise StepRefused for a court's letter from the future, or a term for papers of over a year."""
    if sent_on and sent_on > clock.today():
        raise StepRefused(gettext("That day is in the future."), field="sent_on")
    if papers_due:
        refuse_far(papers_due, years=1, field="papers_due")


@step(
    source=KEPT,
    target=None,
    permission=may_keep_appeal,
    done=_("Case number of the court noted"),
    button=Button(_("Note the case number"), _("Which court keeps it, under which number.")),
)
def take_number(appeal: "Appeal", *, by: "User | None", court: str, case_number: str) -> None:
    """Record the court's case number."""
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
    """Record that the file or our defence was sent: the court now handles the appeal (Awb 8:42)."""
    add_paper(appeal, "to", title=title, dated_on=dated_on, document=document)
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
    """Record a document from the court."""
    add_paper(appeal, "from", title=title, dated_on=dated_on, document=document)


@step(
    source=APPEAL_OPEN,
    target=Status.WITHDRAWN,
    permission=may_keep_appeal,
    records=ENDED_RECORDS,
    done=_("Appeal withdrawn"),
    told=_("Appeal withdrawn"),
    button=Button(_("Note a withdrawal"), _("The appeal was withdrawn.")),
)
def withdraw(appeal: "Appeal", *, by: "User | None", judged_on: date, judgment: str = "") -> None:
    """Record that the appeal was withdrawn."""
    close_case(appeal, on=judged_on, judgment=judgment)


@step(
    source=APPEAL_OPEN,
    target=Status.SETTLED,
    permission=may_keep_appeal,
    records=ENDED_RECORDS,
    done=_("Appeal settled"),
    told=_("Appeal ended: both sides agreed"),
    button=Button(_("Note a settlement"), _("Both sides agreed, and the court has nothing more to decide.")),
)
def settle(appeal: "Appeal", *, by: "User | None", judged_on: date, judgment: str) -> None:
    """Record a settlement, after which the court has nothing left to decide."""
    close_case(appeal, on=judged_on, judgment=judgment)


@step(
    source=APPEAL_OPEN,
    target=Status.INADMISSIBLE,
    permission=may_keep_appeal,
    records=JUDGED_RECORDS,
    done=_("Appeal found inadmissible"),
    told=_("The court declared the appeal inadmissible"),
    button=Button(_("Judgment: inadmissible"), _("The court did not look at it.")),
)
def find_inadmissible(appeal: "Appeal", *, by: "User | None", **judged: Unpack[Judged]) -> None:
    """Record that the appeal was inadmissible."""
    end_by_judgment(appeal, **judged)


@step(
    source=APPEAL_OPEN,
    target=Status.UNFOUNDED,
    permission=may_keep_appeal,
    records=JUDGED_RECORDS,
    done=_("Appeal found unfounded"),
    told=_("The court declared the appeal unfounded"),
    button=Button(_("Judgment: unfounded"), _("The decision stands.")),
)
def find_unfounded(appeal: "Appeal", *, by: "User | None", **judged: Unpack[Judged]) -> None:
    """Record that the appeal was unfounded: the decision stands."""
    end_by_judgment(appeal, **judged)


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
    ground: Ground,
    starts_on: date,
    ends_on: date,
    remedy: str = Remedy.APPEAL.value,
    explanation: str = "",
    **judged: Unpack[Judged],
) -> Sent:
    """Record an upheld appeal, and grant: a decision of ours with its own remedy (Awb 3:45, 6:23).

    `explanation`: why we give less than was asked, where we do (3:46).
    """
    refuse_bad_remedy(appeal, remedy)
    cause = Cause.SENT_BACK if remedy == Remedy.OBJECTION else Cause.JUDGMENT
    grant = Grant(ground=ground, starts_on=starts_on, ends_on=ends_on)
    new = grant_after_judgment(appeal, by=by, judged=judged, cause=cause, explanation=explanation, **grant)
    objection, about = find_decided_objection(appeal), letters.build_own_grant_context(appeal, new)
    match Remedy(remedy):
        case Remedy.APPEAL:
            return send_letter(objection, "judgment_granted", new=new, more=about, by=by)
        case Remedy.OBJECTION:
            return send_letter(objection, "judgment_granted_object", new=new, more=about, by=by)
        case Remedy.HIGHER:
            return send_letter(objection, "judgment_granted_higher", new=new, more=about, by=by)


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
    ground: Ground,
    starts_on: date,
    ends_on: date,
    **judged: Unpack[Judged],
) -> None:
    """Record a grant by the court in our place (Awb 8:72(3)(b)); the only remedy is higher appeal.

    Where that is less than was asked, the reasons are the court's.
    """
    grant, why = Grant(ground=ground, starts_on=starts_on, ends_on=ends_on), judged["judgment"]
    new = grant_after_judgment(appeal, by=by, judged=judged, cause=Cause.JUDGMENT, explanation=why, **grant)
    new.announce(on=judged["judged_on"])
    objection, about = find_decided_objection(appeal), letters.build_judgment_context(appeal, new)
    stop_first_penalty(objection, new, on=judged["judged_on"])
    letters.place_letter(objection, "judgment_granted_by_court", more=about, by=by)


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
def win_without_change(appeal: "Appeal", *, by: "User | None", **judged: Unpack[Judged]) -> None:
    """Record an upheld appeal that changes nothing: effects stay (Awb 8:72(3)), or the appeal was ours."""
    end_by_judgment(appeal, **judged)


@step(
    source=APPEAL_OPEN,
    target=Status.UPHELD,
    permission=may_keep_appeal,
    records=(*JUDGED_RECORDS, "until", "euros_a_day", "most_eur", "penalty_eur"),
    done=_("Appeal upheld: a new decision is due"),
    told=_("The court upheld the appeal: we must decide again"),
    button=Button(
        _("Judgment: upheld, we must decide"),
        _("We must decide, or decide again, on the last day that the court gave (Awb 8:55d, 8:72)."),
    ),
)
def win_with_order(
    appeal: "Appeal",
    *,
    by: "User | None",
    until: date,
    euros_a_day: int = 0,
    most_eur: int | None = None,
    penalty_eur: int | None = None,
    **judged: Unpack[Judged],
) -> None:
    """Record an upheld appeal with an order to decide by a day (Awb 8:55d, 8:72(4)).

    Each day after it costs what the court says; `penalty_eur` is that of Awb 4:17, if the court set it (8:55c).
    """
    end_by_judgment(appeal, **judged)
    case = appeal.objection or find_heir(appeal.application)
    if penalty_eur is not None:
        penalties.take_amount_of_court(case, penalty_eur, on=judged["judged_on"])
    order = {"until": until, "sent_on": appeal.judgment_sent_on, "euros_a_day": euros_a_day, "most_eur": most_eur}
    obey_order(case, order, by=by)


def obey_order(case: "Objection | Application", order: Mapping[str, Any], *, by: "User | None") -> None:
    """Apply the court's last day to an undecided case, or reopen a decided objection; raises StepRefused otherwise."""
    again: Any = getattr(case, "decide_again", None) if case.has_ended else None
    if again is None and not case.is_being_decided:
        raise StepRefused(gettext("We decided meanwhile, so there is nothing to order: register another outcome."))
    (again or case.keep_to_order)(by=by, **order)


note = step(
    source=KEPT,
    target=None,
    permission=may_keep_appeal,
    records=("to",),
    done=_("Note written on the appeal"),
    button=Button(_("Write a note"), _("A remark on the appeal."), prefilled=("to",)),
)(shared_steps.note)


def grant_after_judgment(
    appeal: "Appeal",
    *,
    by: "User | None",
    judged: Judged,
    cause: Cause,
    explanation: str,
    **grant: Unpack[Grant],
) -> Decision:
    """End the court case and replace our decision by the exemption; returns the new decision."""
    objection = find_decided_objection(appeal)
    if objection.decision.penalty_id:
        raise StepRefused(
            gettext("The appeal is about the penalty: register what the court ordered, or that it stands.")
        )
    end_by_judgment(appeal, **judged)
    objection.decisions.standing().update(annulled_on=judged["judged_on"])
    objection.application.revise(by=by, cause=cause, explanation=explanation, contested=objection.decision, **grant)
    return objection.application.decisions.for_letter().standing().get()


def refuse_bad_remedy(appeal: "Appeal", remedy: str) -> None:
    """Raise StepRefused for an unknown remedy, or higher appeal where the judgment was not in it (Awb 8:113(2))."""
    if remedy not in Remedy.values:
        raise StepRefused(gettext("Choose what one can do against our new decision (Awb 3:45)."), field="remedy")
    if remedy == Remedy.HIGHER and appeal.instance != appeal.Instance.HIGHER:
        raise StepRefused(
            gettext("Only a judgment in higher appeal can say so (Awb 8:113, paragraph 2)."), field="remedy"
        )


def find_decided_objection(appeal: "Appeal") -> "Objection":
    """The objection on which we decided; raises StepRefused if there is none, because then nothing can be replaced."""
    if appeal.objection is None or not appeal.objection.has_ended:
        raise StepRefused(gettext("We have not decided yet: register the judgment as an order to decide."))
    return appeal.objection
