"""One of the letters of a run before it goes out: a decision is taken and taken back."""

from django.db import DatabaseError
from django.utils.safestring import SafeString
from django_fsm import TransitionNotAllowed

from casework.letter_pdfs import render_letter_html
from casework.models import Letter
from casework.steps import StepRefused, rehearse_step
from exemptions.steps.revision import Cause
from renewals import execution
from renewals.models import Action, Renewal, RenewalItem


def sample_letters(renewal: Renewal) -> list[tuple[Letter, SafeString]]:
    """The letter of the first case on the list, word for word; none where that case cannot be decided."""
    items = renewal.items.waiting().exclude(action=Action.LOOK)
    item = items.select_related("run__kind", "decision__application", "decision__exemption").order_by("pk").first()
    if item is None:
        return []
    try:
        letters = letters_of(item)
    except (StepRefused, TransitionNotAllowed, DatabaseError):
        return []
    return [(letter, render_letter_html(letter.shown_body, heading=3)) for letter in letters]


def letters_of(item: RenewalItem) -> list[Letter]:
    """What the step would place."""
    application = item.decision.application
    if item.action == Action.TELL:
        about = {
            "exemption": item.decision.exemption,
            "access_until": item.access_until,
            "reason": execution.explain_item(item, application),
        }
        return rehearse_step(application, "tell_needless", by=None, **about).letters
    new = execution.as_approved(item, application)
    return rehearse_step(
        application,
        "revise",
        by=None,
        cause=Cause.RENEWAL,
        kind=item.run.kind,
        ground=new.ground,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        explanation=new.explanation,
    ).letters
