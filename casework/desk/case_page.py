"""What the page of every case shows, whatever its sort; the sort adds its own."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casework import outbox
from casework.deadline_words import in_words
from casework.desk import beside, penalties, pending_steps, timeline
from casework.desk.conflict import seen_now
from casework.desk.steps import CaseDesk
from casework.desk.words import days_left, urgency
from casework.letters import html
from casework.models import Deadline

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models import Dossier

MEND_MAIL = "mend_mail"
"""The step whose button stands with the mail that failed."""


@dataclass(frozen=True)
class Due:
    """A deadline with its sum in words."""

    deadline: Deadline
    words: str
    left: str
    urgency: str


def context(case: Any, *, desk: CaseDesk[Any], user: "User", at_their_place: Collection[str] = ()) -> dict[str, Any]:
    """What the shared parts of the template read. `at_their_place`: steps whose button stands elsewhere on the page."""
    pending = pending_steps.of_case(case, desk=desk, user=user)
    steps = pending_steps.left(desk.offered(case, user), pending)
    return {
        "case": case,
        "desk": desk,
        "case_name": desk.title(case),
        "beside": beside.parts(case, user=user),
        "seen": seen_now(case),
        "pending": pending,
        "steps": [step for step in steps if not step.rare and step.name not in at_their_place],
        "rare_steps": [step for step in steps if step.rare],
        "open_steps": {step.name for step in steps},
        "deadlines": deadlines_of(case.dossier),
        "penalty": penalties.of_case(case),
        "timeline": timeline.of(case.dossier),
        "letters": [(letter, html(letter.body, heading=4)) for letter in case.dossier.letters.all()],
        "mails": case.dossier.outgoing_mail.all(),
        "failed_mails": list(outbox.to_look_at().filter(dossier=case.dossier).order_by("created_at", "pk")),
        "may_mend_mail": any(step.name == MEND_MAIL for step in steps),
    }


def deadlines_of(dossier: "Dossier") -> list[Due]:
    """Every deadline of the dossier, open ones first."""
    deadlines = sorted(dossier.deadlines.all(), key=lambda one: (one.closed_at is not None, one.due))
    return [
        Due(
            one,
            in_words(one),
            "" if is_quiet(one) else days_left(one.due),
            "" if is_quiet(one) else urgency(one.due),
        )
        for one in deadlines
    ]


def open_due(dues: list[Due], case: Any, kind: Deadline.Kind) -> Due | None:
    """The open deadline of one kind of this very case, among those of its dossier."""
    mine = (due for due in dues if due.deadline.case_type == case.CASE_TYPE and due.deadline.case_id == case.pk)
    return next((due for due in mine if due.deadline.kind == kind and not due.deadline.closed_at), None)


def is_quiet(deadline: Deadline) -> bool:
    """Met already, or somebody's right to object or appeal: nobody at the desk is late when that lapses."""
    is_right = deadline.kind in (Deadline.Kind.OBJECT, Deadline.Kind.APPEAL)
    return deadline.closed_at is not None or is_right
