"""Undoing a conversion: the original application is decided after all, and the one that followed it ends."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import court_orders, penalties
from casework.clock import now, today
from casework.steps import StepRefused, lock_case, step
from exemptions.models.decision import Decision, Outcome
from exemptions.steps.statuses import DECIDED, OPEN, Status

if TYPE_CHECKING:
    from exemptions.models.application import Application


def can_be_decided(application: "Application") -> bool:
    """Whether our decision can be replaced: a conversion only while it is in force."""
    if application.status != Status.CONVERTED:
        return True
    return bool(application.decisions.on_conversions().in_force().exists())


@step(
    source=(*OPEN, *DECIDED),
    target=Status.CONVERTED,
    permission=lambda _application, _user: False,
    conditions=[lambda a: a.converted_from_id is not None],
    done=_("Ended: the conversion was revoked, and the earlier application decided"),
    told=_("Ended: we decided on your earlier application"),
)
def convert_back(application: "Application", *, by: None, origin: "Application") -> None:
    """End the case because the conversion that created it was revoked (Awb 7:11(2)), with its terms and decisions.

    A notice of default and an order of a court go back to the `origin`, that is decided: of what was converted more
    than once not always the one before.
    """
    application.proposals.filter(settled_at=None).update(settled_at=now())
    application.dossier.close_every_deadline(application)
    application.decisions.standing().update(revoked_at=now())
    application.exemptions.filter(revoked_at=None).update(revoked_at=now())
    court_orders.carry_over_order(application, origin)
    penalties.carry_over_notice(application, origin)


def end_successors(new: Decision) -> None:
    """End every application that came from a conversion, because the original is decided after all.

    If the original is rejected, an exemption granted meanwhile on the other application stays: an objection must make
    nobody worse off. A new exemption takes its place.
    """
    successor = find_successor(new.application)
    while successor is not None:
        lock_case(successor)
        refuse_contested(successor)
        end_successor(successor, new)
        successor = find_successor(successor)


def end_successor(successor: "Application", new: Decision) -> None:
    """End one successor, unless it ended by itself; its own conversion, if any, is revoked too."""
    successor.decisions.on_conversions().in_force().update(revoked_at=now())
    if successor.status == Status.GRANTED:
        if new.outcome == Outcome.REJECTED:
            return
        refuse_gap(successor, new)
    if successor.status in (*OPEN, *DECIDED):
        successor.convert_back(by=None, origin=new.application)


def find_successor(application: "Application") -> "Application | None":
    """The application into which this one was converted; None if there is none."""
    found: Application | None = type(application).objects.filter(converted_from=application).first()
    return found


def refuse_contested(successor: "Application") -> None:
    """Raise StepRefused while an objection about the successor is open, because it would lose its subject."""
    related: Any = successor.decisions.answering()  # objections are an app above this one
    if any(decision.objections.open().exists() for decision in related):
        raise StepRefused(
            gettext(
                "An objection about application %(number)s, that came of the conversion, is open: decide on it first."
            )
            % {"number": successor.dossier}
        )


def refuse_gap(successor: "Application", new: Decision) -> None:
    """Raise StepRefused if the new exemption would start after the successor's, which ends today, leaving a gap."""
    runs = successor.exemptions.filter(revoked_at=None, starts_at__lte=now(), ends_at__gt=now()).exists()
    if runs and new.starts_on is not None and new.starts_on > today():
        raise StepRefused(
            gettext("The exemption of application %(number)s ends with this decision: let the new one begin today.")
            % {"number": successor.dossier},
            field="starts_on",
        )
