"""Messages at the desk: the thread on the page of a case, what of it waits for an answer, and which cases have such."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django_fsm import has_transition_perm

from casework.desk.worklists import Worklist
from casework.models import CaseMessage

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

TO_ANSWER: Worklist[Any] = Worklist(
    "messages",
    _("Messages to answer"),
    _(
        "Somebody wrote about the case in the portal and was told that we answer by the day shown. Answer, or say that "
        "no answer is needed."
    ),
    lambda rows, _user, _day: rows.with_message(),
    order=("answer_by", "pk"),
)
"""The same list for every sort of case that has messages, also where the case has ended."""


def read_thread(case: Any, *, user: "User") -> "Sequence[CaseMessage] | QuerySet[CaseMessage]":
    """The messages, the newest first; whoever may answer has read with it what the applicant's side wrote.

    Empty for a sort of case without messages.
    """
    if not hasattr(case, "message_applicant"):
        return ()
    thread = CaseMessage.objects.of(case)
    if has_transition_perm(case.message_applicant, user):
        thread.from_side(desk=False).mark_read(by=user)
    return thread.with_all().order_by("-at", "-pk")


def list_unanswered(case: Any) -> "QuerySet[CaseMessage]":
    """What waits for an answer, the oldest first."""
    return CaseMessage.objects.of(case).unanswered().with_all()
