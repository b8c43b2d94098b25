"""Investigating the application during an objection: what we need to know to decide anew (Awb 7:11)."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.steps import Button, StepRefused, step
from exemptions.steps.completion import least_answer_days, refuse_bad_term
from objections import letters
from objections.steps.permissions import may_handle
from objections.steps.statuses import DECIDABLE
from objections.steps.statuses import ObjectionStatus as Status

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Objection


@step(
    source=(*DECIDABLE, Status.HEARING_PLANNED),
    target=None,
    permission=may_handle,
    records=("ends_on",),
    done=_("Information for the decision asked"),
    told=_("We asked you for information"),
    button=Button(
        _("Ask for information"),
        _(
            "What you need to decide anew on the application: proof that was missing, an answer to a question. The "
            "term to decide runs on; only a request to repair the objection itself suspends it (Awb 7:10)."
        ),
        sends_letter=True,
        rare=True,
    ),
)
def ask_information(objection: "Objection", *, by: "User | None", question: str, ends_on: date) -> None:
    """Ask for information needed to decide anew (Awb 7:11(2)). Unlike a request for repair it suspends nothing.

    The answer comes as papers of the objector, until we decide.
    """
    if not question.strip():
        raise StepRefused(gettext("Write what you need to know."), field="question")
    refuse_bad_term(ends_on, least_days=least_answer_days())
    letters.place_letter(objection, "objection_information", more={"explanation": question, "ends_by": ends_on})
