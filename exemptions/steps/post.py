"""Letters on paper: printed and posted to who does not want them electronically (Awb 2:7, 2:8)."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.models import Deadline, Letter, PostalCopy
from casework.steps import Button, StepRefused, step
from exemptions.steps import clock
from exemptions.steps.permissions import may_handle, person
from exemptions.steps.statuses import FILED

if TYPE_CHECKING:
    from accounts.models import User
    from casework.models.postal_copy import PostalCopyQuerySet
    from exemptions.models.application import Application


def to_post(application: "Application") -> "PostalCopyQuerySet":
    """The letters about an application that wait to be printed and posted."""
    return PostalCopy.objects.to_post().about(application)


@step(
    source=FILED,
    target=None,
    permission=may_handle,
    conditions=[lambda a: to_post(a).exists()],
    records=("letters", "posted_on"),
    done=_("Letters posted"),
    told=_("We posted letters to you"),
    button=Button(
        _("Note letters as posted"), _("The applicant wants letters by post: these were printed and posted."), main=True
    ),
)
def post_letters(
    application: "Application", *, by: "User | None", letters: "Iterable[Letter]", posted_on: date
) -> None:
    """These letters were printed and posted on a day. A decision is announced then, not earlier (Awb 3:41, 6:8)."""
    for letter in note_posted(to_post(application), letters, by=person(by), posted_on=posted_on):
        announce_by_post(application, letter, posted_on=posted_on)


def note_posted(
    waiting: "PostalCopyQuerySet", letters: "Iterable[Letter]", *, by: "User", posted_on: date
) -> list[Letter]:
    """Write down that these went, of those that wait; gives them. Raises StepRefused where one does not wait."""
    chosen = list(letters)
    refuse_bad_posting(chosen, posted_on=posted_on)
    if waiting.filter(letter__in=chosen).update(posted_on=posted_on, posted_by=by) != len(chosen):
        raise StepRefused(
            gettext("One of these letters has been posted already. Look at the case again."), field="letters"
        )
    return chosen


def refuse_bad_posting(letters: list[Letter], *, posted_on: date) -> None:
    """Something was posted, today or earlier, and not before it was written."""
    if not letters:
        raise StepRefused(gettext("Choose at least one letter."), field="letters")
    if posted_on > timezone.localdate():
        raise StepRefused(
            gettext("That day is still to come: note it when the letters have been posted."), field="posted_on"
        )
    if any(posted_on < timezone.localdate(letter.placed_at) for letter in letters):
        raise StepRefused(gettext("A letter cannot be posted before it was written."), field="posted_on")


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
