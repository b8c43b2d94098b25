"""The penalty for deciding late, contested alone (Awb 4:18) or with the main decision (4:19), and set anew (7:11)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import penalties
from casework.announcement import Sent
from casework.clock import today
from casework.steps import Button, StepRefused, step
from exemptions.models import Application, Decision
from exemptions.steps.announcement import object_until
from exemptions.steps.lateness import new_penalty_decision
from objections.steps.announcement import send_letter
from objections.steps.permissions import may_answer
from objections.steps.statuses import NOT_IN_THE_WAY, OPEN

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import DefaultNotice
    from objections.models import Objection


def find_contestable_penalty(application: Application) -> Decision | None:
    """The penalty for deciding late on an application that can be contested with an objection (Awb 4:19).

    None if there is none, a court set it, somebody contests it already, or we set it anew after an objection.
    """
    set_here = application.decisions.on_penalties().in_force().filter(penalty__case_type=application.CASE_TYPE)
    latest: Decision | None = set_here.select_related("penalty").last()
    return latest if latest is not None and can_be_contested(latest) else None


def can_be_contested(decision: Decision) -> bool:
    """Whether one can object to a penalty: nobody does yet, and it was not set upon an objection, which is appealed."""
    if hasattr(decision, "from_objection") or hasattr(decision, "from_objection_beside"):
        return False
    contested = (decision.objections, decision.objections_beside)
    return not any(one.exclude(status__in=NOT_IN_THE_WAY).exists() for one in contested)


def may_contest_penalty(objection: "Objection") -> bool:
    """Whether the objection is about the application, which has a penalty that nobody contests yet."""
    if objection.penalty_id or not objection.decision.is_on_application:
        return False
    return find_contestable_penalty(objection.application) is not None


@step(
    source=OPEN,
    target=None,
    permission=may_answer,
    conditions=[may_contest_penalty],
    records=("penalty",),
    done=_("The objection is also about the penalty"),
    told=_("Told us to disagree with the penalty too"),
    button=Button(
        _("Note that the penalty is contested too"),
        _(
            "The objector also disagrees with the penalty for deciding late: then this objection is about that "
            "too (Awb 4:19)."
        ),
        rare=True,
    ),
)
def contest_penalty(objection: "Objection", *, by: "User | None") -> None:
    """Record that the objection is also about the penalty (Awb 4:19(1)), possible until we decide."""
    objection.penalty = find_contestable_penalty(objection.application)


def decide_penalty(
    objection: "Objection",
    notice: "DefaultNotice",
    *,
    by: "User | None",
    explanation: str,
    more: Mapping[str, object],
) -> Sent:
    """We were late with an objection: the decision on the amount, and its letter (Awb 7:14, 4:18)."""
    decision = new_penalty_decision(objection.application, notice, by=by, explanation=explanation)
    about = {**more, "reference": decision.reference, "object_until": object_until(on=today())}
    return send_letter(objection, "penalty_set", new=decision, more=about, by=by)


def set_penalty_anew(old: Decision, *, by: "User | None", amount: int, explanation: str) -> Decision:
    """Replace the amount of a penalty, in the decision on an objection to it (Awb 7:11(2))."""
    while old.replaced_by:  # a court made us decide again after we had set it anew
        old = old.replaced_by
    if old.penalty is None:
        raise ValueError("it set no penalty")
    if amount == old.penalty_eur:
        raise StepRefused(gettext("That is the amount that was set already."), field="penalty_eur")
    penalties.replace_amount(old.penalty, amount)
    new = new_penalty_decision(old.application, old.penalty, by=by, explanation=explanation)
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    return new


def settle_penalty(objection: "Objection", *, by: "User | None", amount: int | None, because: str) -> dict[str, object]:
    """Decide about the penalty that the objector also contests (Awb 4:19): it stays, or is set anew."""
    if objection.penalty is None:
        return {}
    if not because.strip():
        raise StepRefused(
            gettext("The objector also disagrees with the penalty: say what you decide about that (Awb 4:19)."),
            field="penalty_because",
        )
    new = None
    if amount is not None:
        new = set_penalty_anew(objection.penalty, by=by, amount=amount, explanation=because)
    return {"penalty_because": because, "new_penalty": new}
