"""Letters about an objection on paper; the decision on it is announced on the day of posting (Awb 3:41, 6:8)."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from casework.models import Deadline, Letter, PostalCopy
from casework.steps import Button, step
from exemptions.steps.permissions import person
from exemptions.steps.post import note_posted
from objections.models.outcome import ObjectionDecision
from objections.steps import clock
from objections.steps.permissions import may_handle
from objections.steps.statuses import FILED

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models.postal_copy import PostalCopyQuerySet
    from objections.models import Objection


def to_post(objection: "Objection") -> "PostalCopyQuerySet":
    """The letters about an objection that wait to be printed and posted."""
    return PostalCopy.objects.to_post().about(objection)


@step(
    source=FILED,
    target=None,
    permission=may_handle,
    conditions=[lambda o: to_post(o).exists()],
    records=("letters", "posted_on"),
    done=_("Letters posted"),
    told=_("We posted letters to you"),
    button=Button(
        _("Note letters as posted"), _("The applicant wants letters by post: these were printed and posted.")
    ),
)
def post_letters(objection: "Objection", *, by: "User | None", letters: "Iterable[Letter]", posted_on: date) -> None:
    """These letters were printed and posted on a day: the term to appeal against a decision begins then (6:7, 6:8)."""
    for letter in note_posted(to_post(objection), letters, by=person(by), posted_on=posted_on):
        announce_by_post(letter, posted_on)


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
