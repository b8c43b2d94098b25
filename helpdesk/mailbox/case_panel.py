"""What the page of a case shows of the questions filed to its dossier, to those who may see the case."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from casework.desk.related_panels import Part
from helpdesk.mailbox.steps import ANSWER
from helpdesk.models import Question

if TYPE_CHECKING:
    from accounts.models import User

SHOWN = 50


def of_case(case: Any, user: "User") -> Part | None:
    """The latest first; only who answers questions gets to open them from here. One query."""
    questions = Question.objects.counted().filter(case_dossier=case.dossier_id).order_by("-asked_at", "-pk")[:SHOWN]
    listed = list(questions)
    if not listed:
        return None
    context = {"questions": listed, "may_open": user.has_perm(ANSWER)}
    return Part("questions", _("Questions to the editors"), "mailbox/beside.html", context)
