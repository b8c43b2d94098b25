"""What a run does to one case: grant after all, settle the objection by granting, or tell. Within the caller's lock."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework import clock
from casework.models import Letter
from casework.steps import StepRefused, lock_case, lock_row, person
from exemptions.models import Application, Decision, Exemption, Ground
from exemptions.steps.revision import Cause
from objections.models import Appeal, Objection, ObjectionStatus
from objections.steps.statuses import APPEAL_OPEN, DECIDABLE
from renewals.dry_run import first_day
from renewals.models import Action, RenewalItem
from renewals.publication import refuse_announced

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class ItemResult:
    """What came of a case."""

    letter: Letter
    decision: Decision | None = None
    remark: str = ""


@dataclass(frozen=True)
class Grant:
    """The new decision, as the steps take it."""

    ground: Ground
    starts_on: date
    ends_on: date
    explanation: str


def carry_out(item: RenewalItem) -> ItemResult:
    """Do what the list says, if the earlier decision still stands. Raises StepRefused if a person must look."""
    if item.action == Action.TELL:
        return notify_holder(item)
    if item.action != Action.GRANT:
        raise StepRefused(_("This case has to be decided by hand."))
    objection = open_objection(item.decision)
    if objection is not None:
        return uphold_item(item, objection)
    return grant_item(item)


def grant_item(item: RenewalItem) -> ItemResult:
    """Nobody has objected: a new decision, with a letter of its own."""
    application = lock_standing_application(item)
    new = as_approved(item, application)
    application.revise(
        by=require_approver(item),
        prepared_by=item.run.proposed_by,
        cause=Cause.RENEWAL,
        kind=item.run.kind,
        ground=new.ground,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        explanation=new.explanation,
    )
    return ItemResult(newest_letter(application), new_decision(application))


def uphold_item(item: RenewalItem, objection: Objection) -> ItemResult:
    """An objection waits: it is upheld, and its letter is the only one."""
    lock_case(objection)
    refuse_untimely(objection)
    application = lock_standing_application(item)
    new = as_approved(item, application)
    if objection.status == ObjectionStatus.REGISTERED:
        objection.admit(by=None)
    objection.settle_by_renewal(
        by=None,
        decider=require_approver(item),
        prepared_by=item.run.proposed_by,
        kind=item.run.kind,
        ground=new.ground,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        explanation=new.explanation,
    )
    return ItemResult(newest_letter(application), new_decision(application), _("The objection was settled with it."))


def notify_holder(item: RenewalItem) -> ItemResult:
    """The exemption is not needed any more, and stays."""
    application, exemption = item.decision.application, in_force(item.decision)
    if item.access_until is None:
        raise StepRefused(_("Nobody knows until when there is access."))
    if item.run.access_rule:
        refuse_announced(item.run.access_rule)
    application.tell_needless(
        by=require_approver(item),
        exemption=exemption,
        access_until=item.access_until,
        reason=explain_item(item, application),
    )
    return ItemResult(newest_letter(application))


def lock_standing_application(item: RenewalItem) -> Application:
    """The application, locked, while the earlier decision is still the one that counts."""
    application = item.decision.application
    lock_row(application)
    appeals = Appeal.objects.filter(objection__decision=OuterRef("pk"), status__in=APPEAL_OPEN)
    standing = Decision.objects.in_force().filter(pk=item.decision_id).values_list(Exists(appeals), flat=True).first()
    if standing is None:
        raise StepRefused(_("The decision has been replaced or revoked in the meantime."))
    at_court: bool = standing
    if at_court:
        raise StepRefused(_("It is before the court: the court must be told of a new decision (Awb 6:19)."))
    return application


def in_force(decision: Decision) -> Exemption:
    """What the decision granted, while it has not ended."""
    exemption = Exemption.objects.filter(decision=decision, revoked_at=None, ends_on__gte=clock.today()).first()
    if exemption is None or decision.replaced_by_id or decision.revoked_at:
        raise StepRefused(_("The exemption has ended or been replaced in the meantime."))
    return exemption


def as_approved(item: RenewalItem, application: Application) -> Grant:
    """What two people approved: the days of the list, and its reasons in the applicant's language."""
    today = clock.today()
    ground = Ground.for_granting(application.chosen_kind.code, on=today)
    if ground is None:
        raise StepRefused(_("This kind no longer has a ground for granting."))
    ends_on = item.ends_on or item.run.ends_on
    if ends_on is None:
        raise StepRefused(_("Nothing says until when."))
    starts_on = first_day(item.run, application, today=today)
    return Grant(ground, starts_on, ends_on, explain_item(item, application))


def explain_item(item: RenewalItem, application: Application) -> str:
    """Why it came so, for this applicant: what changed, and what that means in this case."""
    language = application.language
    with override(language):
        return "\n\n".join(filter(None, [item.run.text("explanation", language), item.text("reasons", language)]))


def require_approver(item: RenewalItem) -> "User":
    """Who takes the decision."""
    return person(item.run.approved_by)


def open_objection(decision: Decision) -> Objection | None:
    """The objection that waits for a decision; a draft was not sent."""
    waiting = Objection.objects.open().filter(decision=decision)
    found: Objection | None = waiting.select_related("decision__application__dossier").first()
    return found


def refuse_untimely(objection: Objection) -> None:
    """Only where nothing but the decision is left: not during a repair or a planned hearing, nor where it is late."""
    if objection.status == ObjectionStatus.REGISTERED and objection.is_in_time and objection.grounds.strip():
        return
    if objection.status not in DECIDABLE:
        raise StepRefused(
            _("There is an objection (%(status)s): decide on it by hand.") % {"status": objection.get_status_display()}
        )


def newest_letter(application: Application) -> Letter:
    """The letter that the step placed."""
    return application.dossier.letters.latest("pk")


def new_decision(application: Application) -> Decision:
    """The decision that stands now."""
    return application.decisions.standing().get()
