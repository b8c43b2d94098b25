"""What a run does to one case: grant, settle an objection by granting, or notify. Under the caller's lock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework import clock
from casework.batch import Batch, find_answer
from casework.models import Letter
from casework.penalties import find_costly
from casework.running_terms import find_running
from casework.steps import StepRefused, lock_case, lock_row, person
from exemptions.models import Application, Decision, Exemption, Ground
from exemptions.models.applicant import find_deliveries
from exemptions.models.facts import find_current_facts
from exemptions.steps.decision import find_thresholds
from exemptions.steps.lawful import find_waiting_letters
from exemptions.steps.revision import Cause, find_given
from objections.models import Appeal, Objection, ObjectionStatus
from objections.steps.statuses import APPEAL_OPEN, DECIDABLE
from renewals.dry_run import first_day
from renewals.models import Action, RenewalItem
from renewals.publication import refuse_announced

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Grant:
    """The details of the new decision, as arguments for the steps."""

    ground: Ground
    starts_on: date
    ends_on: date
    explanation: str


def carry_out(item: RenewalItem) -> str:
    """Do what the list says, if the earlier decision still stands; returns a remark.

    Raises StepRefused if a person must look.
    """
    if item.action == Action.TELL:
        return notify_holder(item)
    if item.action != Action.GRANT:
        raise StepRefused(_("This case has to be decided by hand."))
    objection = find_answer(find_objections, item.decision)
    if objection is not None:
        return uphold_item(item, objection)
    return grant_item(item)


def read_ahead(batch: Batch, items: Sequence[RenewalItem]) -> None:
    """Prefetch what granting reads of each case."""
    for of_decision in (find_objections, find_standing):
        batch.read_ahead(of_decision, [item.decision for item in items])
    for of_application in (
        *(find_grounds, find_waiting_letters, find_thresholds, find_given),
        *(find_current_facts, find_deliveries, find_running, find_costly),
    ):
        batch.read_ahead(of_application, [item.decision.application for item in items])


def grant_item(item: RenewalItem) -> str:
    """Grant a case without an objection: a new decision, with a letter of its own."""
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
    return ""


def uphold_item(item: RenewalItem, objection: Objection) -> str:
    """Uphold a waiting objection, whose letter is the only one."""
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
    return _("The objection was settled with it.")


def notify_holder(item: RenewalItem) -> str:
    """Tell the holder that the exemption is no longer needed; it stays valid."""
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
    return ""


def lock_standing_application(item: RenewalItem) -> Application:
    """The application, locked; raises StepRefused if its decision no longer stands, or is before the court."""
    application = item.decision.application
    lock_row(application)
    at_court = find_answer(find_standing, item.decision)
    if at_court is None:
        raise StepRefused(_("The decision has been replaced or revoked in the meantime."))
    if at_court:
        raise StepRefused(_("It is before the court: the court must be told of a new decision (Awb 6:19)."))
    return application


def find_standing(decisions: Sequence[Decision]) -> dict[int, bool]:
    """Whether each decision that was neither replaced nor revoked is before the court, by primary key."""
    appeals = Appeal.objects.filter(objection__decision=OuterRef("pk"), status__in=APPEAL_OPEN)
    standing = Decision.objects.in_force().filter(pk__in=[decision.pk for decision in decisions])
    return dict(standing.order_by().values_list("pk", Exists(appeals)))


def in_force(decision: Decision) -> Exemption:
    """The exemption that a decision granted; raises StepRefused if it has ended or was replaced."""
    exemption = Exemption.objects.filter(decision=decision, revoked_at=None, ends_on__gte=clock.today()).first()
    if exemption is None or decision.replaced_by_id or decision.revoked_at:
        raise StepRefused(_("The exemption has ended or been replaced in the meantime."))
    return exemption


def as_approved(item: RenewalItem, application: Application) -> Grant:
    """What two people approved: the list's days, and its reasons in the applicant's language. Raises StepRefused."""
    today = clock.today()
    ground = find_answer(find_grounds, application)
    if ground is None:
        raise StepRefused(_("This kind no longer has a ground for granting."))
    ends_on = item.ends_on or item.run.ends_on
    if ends_on is None:
        raise StepRefused(_("Nothing says until when."))
    starts_on = first_day(item.run, application, today=today)
    return Grant(ground, starts_on, ends_on, explain_item(item, application))


def find_grounds(applications: Sequence[Application]) -> dict[int, Ground]:
    """The ground on which each application's kind is granted today, by the application's primary key."""
    codes, today = {one.chosen_kind.code for one in applications}, clock.today()
    grounds = {code: Ground.for_granting(code, on=today) for code in codes}
    found = {one.pk: grounds[one.chosen_kind.code] for one in applications}
    return {key: ground for key, ground in found.items() if ground}


def explain_item(item: RenewalItem, application: Application) -> str:
    """The explanation for this applicant: what changed, and what that means in this case."""
    language = application.language
    with override(language):
        return "\n\n".join(filter(None, [item.run.text("explanation", language), item.text("reasons", language)]))


def require_approver(item: RenewalItem) -> "User":
    """The user who takes the decision: whoever approved the run."""
    return person(item.run.approved_by)


def find_objections(decisions: Sequence[Decision]) -> dict[int, Objection]:
    """Objections that wait for a decision, drafts excluded, by the primary key of the contested decision."""
    waiting = Objection.objects.open().filter(decision__in=decisions)
    found = waiting.select_related("decision__application__dossier")
    return {objection.decision_id: objection for objection in reversed(found)}


def refuse_untimely(objection: Objection) -> None:
    """Raise StepRefused unless only the decision is left: no repair or hearing is planned, and it is not late."""
    if objection.status == ObjectionStatus.REGISTERED and objection.is_in_time and objection.grounds.strip():
        return
    if objection.status not in DECIDABLE:
        raise StepRefused(
            _("There is an objection (%(status)s): decide on it by hand.") % {"status": objection.get_status_display()}
        )


def find_letters(items: Sequence[RenewalItem]) -> dict[int, Letter]:
    """The letter that the step placed, by the dossier's primary key."""
    placed = Letter.objects.filter(dossier__in=[item.decision.application.dossier_id for item in items])
    return {letter.dossier_id: letter for letter in placed.order_by("dossier", "-pk").distinct("dossier")}


def find_new_decisions(items: Sequence[RenewalItem]) -> dict[int, Decision]:
    """The decision that now stands, by the application's primary key."""
    granted = [item.decision.application_id for item in items if item.action == Action.GRANT]
    standing = Decision.objects.standing().filter(application__in=granted)
    return {decision.application_id: decision for decision in standing}
