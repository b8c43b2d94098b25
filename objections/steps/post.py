"""Letters on paper: a decision is announced on the day of posting (Awb 3:41, 6:8); and mails that did not arrive."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework import shared_steps
from casework.models import Deadline, Letter
from casework.steps import step
from objections.models.outcome import ObjectionDecision
from objections.steps import clock
from objections.steps.permissions import may_handle
from objections.steps.statuses import FILED

if TYPE_CHECKING:
    from accounts.models import User
    from objections.models import Objection


@step(
    source=FILED,
    target=None,
    permission=may_handle,
    conditions=[lambda o: shared_steps.to_post(o).exists()],
    records=("letters", "posted_on"),
    done=_("Letters posted"),
    told=_("We posted letters to you"),
    button=shared_steps.POST_LETTERS,
)
def post_letters(objection: "Objection", *, by: "User | None", letters: "Iterable[Letter]", posted_on: date) -> None:
    """These letters were printed and posted on a day: the term to appeal against a decision begins then (6:7, 6:8)."""
    for letter in shared_steps.note_posted(objection, letters, by=by, posted_on=posted_on):
        announce_by_post(letter, posted_on)


mend_mail = step(
    source=FILED,
    target=None,
    permission=may_handle,
    conditions=[lambda o: shared_steps.to_mend(o).exists()],
    records=("message", "cure"),
    done=_("Failed email seen to"),
    button=shared_steps.MEND_MAIL,
)(shared_steps.mend_mail)


def announce_by_post(letter: Letter, posted_on: date) -> None:
    """A decision on an objection that stands went later than it was placed; so did the one that it takes."""
    standing = ObjectionDecision.objects.standing().select_related("objection", "new_decision")
    decided = standing.filter(reference=letter.reference).first() if letter.reference else None
    if decided is None or posted_on <= decided.announced_on:
        return
    decided.posted_on = posted_on
    decided.save(update_fields=["posted_on"])
    if decided.new_decision:
        decided.new_decision.posted_on = posted_on
        decided.new_decision.save(update_fields=["posted_on"])
    objection = decided.objection
    runs = objection.dossier.deadlines.open().filter(
        case_type=objection.CASE_TYPE, case_id=objection.pk, kind=Deadline.Kind.APPEAL
    )
    if runs.exists():
        clock.open_appeal_term(objection, announced=posted_on)
