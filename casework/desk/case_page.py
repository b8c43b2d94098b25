"""What the page of every case shows; each case type adds its own."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework import outbox
from casework.deadline_words import in_words
from casework.desk import case_messages, mentions, penalties, pending_steps, related_panels, timeline
from casework.desk.conflict import seen_now
from casework.desk.labels import days_left, rate_urgency
from casework.desk.pending_steps import ShownStep
from casework.desk.steps import CaseDesk, DeskStep
from casework.letter_pdfs import render_letter_html
from casework.models import Deadline
from casework.snooze_steps import find_snooze

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Dossier

MEND_MAIL = "mend_mail"
"""The step whose button is shown with the failed mail."""


WAKE = "wake"
"""The step whose button stands where the page says that the case is put aside."""


@dataclass(frozen=True)
class Due:
    """A deadline with its sum in words. `state`: in words, if there is no number of days to show."""

    deadline: Deadline
    words: str
    left: str
    urgency: str
    state: str
    is_replaced: bool


def build_context(
    case: Any, *, desk: CaseDesk[Any], user: "User", at_their_place: Collection[str] = ()
) -> dict[str, Any]:
    """What the shared parts of the template read. `at_their_place`: steps whose button is elsewhere on the page."""
    pending, dues = pending_steps.of_case(case, desk=desk, user=user), list_deadlines(case.dossier)
    return {
        **build_steps_context(case, desk=desk, user=user, pending=pending, at_their_place=at_their_place),
        "case": case,
        "desk": desk,
        "case_name": desk.title(case),
        "beside": related_panels.build_panels(case, user=user),
        "seen": seen_now(case),
        "mentions": [] if desk.is_withheld(case, user) else mentions.list_unread(case, user),
        "thread": () if desk.is_withheld(case, user) else case_messages.read_thread(case, user=user),
        "pending": pending,
        "colleague": desk.colleague(case, user),
        "letter_language": desk.letter_language(case),
        "deadlines": dues,
        "replaced_deadlines": [due for due in dues if due.is_replaced],
        "penalty": penalties.of_case(case),
        "order": penalties.describe_court_order(case),
        "timeline": timeline.build_timeline(case.dossier),
        "letters": [(letter, render_letter_html(letter.shown_body, heading=4)) for letter in desk.letters(case)],
        "mails": case.dossier.outgoing_mail.all(),
        "failed_mails": list(outbox.find_mails_to_check().filter(dossier=case.dossier).order_by("created_at", "pk")),
    }


def build_steps_context(
    case: Any, *, desk: CaseDesk[Any], user: "User", pending: list[ShownStep], at_their_place: Collection[str]
) -> dict[str, Any]:
    """The buttons of the case; while a step waits, only those that may be taken meanwhile."""
    steps, hindered = desk.sort_steps(case, user)
    if pending:
        steps, hindered = pending_steps.filter_steps_while_waiting(steps, pending), []
    return {
        "snoozed": find_snoozed(case, steps),
        "steps": [step for step in steps if not step.rare and step.name not in at_their_place],
        "rare_steps": [step for step in steps if step.rare and step.name != WAKE],
        "has_main_step": any(step.main for step in steps),
        "open_steps": {step.name for step in steps},
        "hindered": [one for one in hindered if not one.step.rare and one.step.name not in at_their_place],
        "rare_hindered": [one for one in hindered if one.step.rare],
        "may_mend_mail": any(step.name == MEND_MAIL for step in steps),
    }


def find_snoozed(case: Any, steps: list[DeskStep]) -> dict[str, Any] | None:
    """That the case is put aside, and the button with which its caseworker takes it back; None if it is not."""
    snooze = find_snooze(case) if hasattr(case, "snooze") else None
    if snooze is None:
        return None
    return {"snooze": snooze, "step": next((step for step in steps if step.name == WAKE), None)}


def list_deadlines(dossier: "Dossier") -> list[Due]:
    """Every deadline of the dossier, open ones first; what a later one of its kind came in place of is marked."""
    deadlines = sorted(dossier.deadlines.all(), key=lambda one: (one.closed_at is not None, one.due, one.pk))
    last = {identify_deadline(one): one.pk for one in sorted(deadlines, key=lambda one: one.pk)}
    return [build_due(one, is_replaced=last[identify_deadline(one)] != one.pk) for one in deadlines]


def identify_deadline(deadline: Deadline) -> tuple[str, int, str]:
    """Of which case it is, and what must be done."""
    return deadline.case_type, deadline.case_id, deadline.kind


def build_due(deadline: Deadline, *, is_replaced: bool) -> Due:
    """One deadline as the page shows it."""
    quiet = is_quiet(deadline)
    return Due(
        deadline,
        in_words(deadline),
        "" if quiet else days_left(deadline.due),
        "" if quiet else rate_urgency(deadline.due),
        describe_deadline_state(deadline, is_replaced=is_replaced) if quiet else "",
        is_replaced,
    )


def describe_deadline_state(deadline: Deadline, *, is_replaced: bool) -> str:
    """Whether it runs, or what became of it."""
    if is_replaced:
        return _("replaced")
    if deadline.due < timezone.localdate(deadline.closed_at):  # of an open one: today
        return _("past")
    return _("done") if deadline.closed_at else _("runs")


def open_due(dues: list[Due], case: Any, kind: Deadline.Kind) -> Due | None:
    """The open deadline of one kind of this very case, among those of its dossier."""
    mine = (due for due in dues if due.deadline.case_type == case.CASE_TYPE and due.deadline.case_id == case.pk)
    return next((due for due in mine if due.deadline.kind == kind and not due.deadline.closed_at), None)


def is_quiet(deadline: Deadline) -> bool:
    """Met already, or a day with which nobody at the desk is late: the end of somebody's right to object or appeal, and
    the days before a hearing on which papers end and the file lies open, once they have come."""
    if deadline.closed_at is not None or deadline.kind in (Deadline.Kind.OBJECT, Deadline.Kind.APPEAL):
        return True
    before_hearing = deadline.kind in (Deadline.Kind.PAPERS, Deadline.Kind.FILE_OPEN)
    return before_hearing and deadline.due < timezone.localdate()
