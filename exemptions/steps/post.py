"""Letters on paper (Awb 2:7, 2:8), and mails that did not arrive (2:10)."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework import shared_steps
from casework.models import Deadline, Letter
from casework.steps import step
from exemptions.steps import clock
from exemptions.steps.permissions import may_handle
from exemptions.steps.statuses import FILED

if TYPE_CHECKING:
    from accounts.models import User
    from exemptions.models.application import Application


@step(
    source=FILED,
    target=None,
    permission=may_handle,
    conditions=[lambda a: shared_steps.to_post(a).exists()],
    records=("letters", "posted_on"),
    done=_("Letters posted"),
    told=_("We posted letters to you"),
    button=shared_steps.POST_LETTERS,
)
def post_letters(
    application: "Application", *, by: "User | None", letters: "Iterable[Letter]", posted_on: date
) -> None:
    """These letters were printed and posted on a day. A decision is announced then, not earlier (Awb 3:41, 6:8)."""
    for letter in shared_steps.note_posted(application, letters, by=by, posted_on=posted_on):
        announce_by_post(application, letter, posted_on=posted_on)


mend_mail = step(
    source=FILED,
    target=None,
    permission=may_handle,
    conditions=[lambda a: shared_steps.to_mend(a).exists()],
    records=("message", "cure"),
    done=_("Failed email seen to"),
    button=shared_steps.MEND_MAIL,
)(shared_steps.mend_mail)


def announce_by_post(application: "Application", letter: Letter, *, posted_on: date) -> None:
    """The letter of the decision that stands went later than it was placed: the term to object begins later."""
    decision = application.decisions.standing().filter(reference=letter.reference).first() if letter.reference else None
    if decision is None or posted_on <= decision.announced_on:
        return
    decision.posted_on = posted_on
    decision.save(update_fields=["posted_on"])
    runs = application.dossier.deadlines.open().filter(
        case_type=application.CASE_TYPE, case_id=application.pk, kind=Deadline.Kind.OBJECT
    )
    if runs.exists():
        clock.open_objection_term(application, announced=posted_on)
