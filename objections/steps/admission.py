"""Admissibility: in time or excused (Awb 6:11), and complete, if need be after a chance to repair (6:5, 6:6)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.announcement import MADE_KNOWN, Sent
from casework.clock import today
from casework.models import Deadline, Document
from casework.models.information_request import find_day_sent
from casework.steps import Button, StepRefused, step
from exemptions.steps.completion import least_answer_days, refuse_bad_term
from objections import letters
from objections.steps import clock
from objections.steps.announcement import send_letter
from objections.steps.intake import find_assignee
from objections.steps.permissions import may_answer, may_handle
from objections.steps.statuses import IN_HAND
from objections.steps.statuses import ObjectionStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Objection


@step(
    source=Status.REGISTERED,
    target=Status.HANDLING,
    permission=may_handle,
    records=("excused",),
    done=_("Objection admitted"),
    told=_("We are handling the objection"),
    button=Button(
        _("Handle it"),
        _("It is complete, and it came in time or its lateness is excused: from now on you look into it."),
    ),
)
def admit(objection: "Objection", *, by: "User | None", excused: bool = False, because: str = "") -> None:
    """Admit the objection as complete, and as in time or late for a good reason, which a person explains."""
    if not objection.is_in_time and not objection.excused:
        if not excused or not because.strip():
            raise StepRefused(
                gettext("It came too late. Say why that is excused (Awb 6:11), or declare it inadmissible."),
                field="because",
            )
        objection.excused, objection.excused_because = True, because
    if not objection.grounds.strip():
        raise StepRefused(gettext("The grounds are missing: ask the objector to add them first (Awb 6:6)."))
    objection.assigned_to = objection.assigned_to or find_assignee(objection, by=by)


@step(
    source=IN_HAND,
    target=Status.REPAIR,
    permission=may_handle,
    records=("items", "ends_on", MADE_KNOWN),
    done=_("Repair of the objection asked"),
    told=_("We asked you to add what was missing"),
    button=Button(
        _("Ask for what is missing"),
        _("The objector gets a chance to repair it; the term to decide stands still (Awb 6:6, 7:10)."),
        sends_letter=True,
    ),
)
def ask_repair(
    objection: "Objection", *, by: "User | None", items: Sequence[str], ends_on: date, explanation: str = ""
) -> Sent:
    """Ask for what is missing, until an end date; the term to decide is suspended (Awb 6:6, 7:10(2))."""
    if not items:
        raise StepRefused(gettext("Choose what is missing."), field="items")
    refuse_bad_term(ends_on, least_days=least_answer_days())
    request = objection.repair_requests.create(
        items=list(items),
        sent_on=None if objection.application.goes_by_post else find_day_sent(today(), ends_on=ends_on),
        explanation=explanation,
        ends_on=ends_on,
        asked_by=by,
    )
    clock.open_term(objection, Deadline.Kind.REPAIR, ends_on=ends_on)
    return send_letter(objection, "objection_repair", request=request)


@step(
    source=Status.REPAIR,
    target=Status.REGISTERED,
    permission=may_answer,
    done=_("Objection repaired"),
    told=_("Added what was missing"),
    button=Button(
        _("Note what was added"),
        _("What the objector sent outside the portal: the term to decide runs again from tomorrow."),
    ),
)
def repair(objection: "Objection", *, by: "User | None", answer: str, documents: Iterable[Document] = ()) -> None:
    """Record that the objection is complete: the term to decide runs again from tomorrow."""
    request, files = objection.repair_requests.open().get(), list(documents)
    if not answer.strip() and not files:
        raise StepRefused(gettext("Write down what was missing, or add a file."), field="answer")
    objection.documents.add(*files)
    request.take_answer(answer)
    take_in(objection, items=request.items, answer=answer, has_files=bool(files))
    objection.dossier.close_deadline(objection, Deadline.Kind.REPAIR)
    clock.open_decision_term(objection)


@step(
    source=Status.REPAIR,
    target=None,
    permission=may_handle,
    conditions=[lambda o: o.has_repair_to_remind()],
    done=_("Reminded to repair the objection"),
    told=_("We sent a reminder"),
    button=Button(_("Remind"), _("The objector is reminded of the open request, once."), sends_letter=True),
)
def remind_repair(objection: "Objection", *, by: "User | None") -> None:
    """Remind of the open request, once."""
    request = objection.repair_requests.open().get()
    request.note_reminder()
    letters.place_letter(objection, "objection_repair_reminder", request=request)


@step(
    source=Status.REPAIR,
    target=Status.REGISTERED,
    permission=may_handle,
    conditions=[lambda o: o.has_lapsed_repair()],
    done=_("Request for repair ended without an answer"),
    told=_("The last day to add what was missing passed without an answer"),
    button=Button(
        _("End the request"), _("The term has passed in silence: declare it inadmissible, or go on with what there is.")
    ),
)
def let_repair_lapse(objection: "Objection", *, by: "User | None") -> None:
    """End the request without a response: the objection may now be declared inadmissible, or handled all the same."""
    request = objection.repair_requests.open().get()
    request.end_in_silence()
    objection.dossier.close_deadline(objection, Deadline.Kind.REPAIR)
    clock.open_decision_term(objection)


def take_in(objection: "Objection", *, items: Iterable[str], answer: str, has_files: bool) -> None:
    """Store the answer in the fields that were asked for."""
    asked = set(items)
    if "grounds" in asked:
        objection.grounds = "\n\n".join(filter(None, [objection.grounds, answer.strip() or gettext("See the files.")]))
    if "late" in asked and answer.strip():
        objection.late_reason = "\n\n".join(filter(None, [objection.late_reason, answer.strip()]))
    if "signature" in asked:
        objection.signed = True
