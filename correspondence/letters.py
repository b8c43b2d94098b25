"""The letters about a submission: emailed as a whole, or printed and posted."""

from typing import TYPE_CHECKING

from django.utils.translation import override

from casework import incoming_letters
from casework.clock import today
from casework.current_policy import CurrentPolicy
from casework.models import Letter
from exemptions.authority import describe_contact

if TYPE_CHECKING:
    from correspondence.models import Submission


def place_letter(submission: "Submission", kind: str, *, explanation: str = "") -> Letter:
    """Place a letter with its words frozen now; it goes to the sender by email, or waits to be posted."""
    with override(submission.language):
        context = {**build_submission_context(submission), "explanation": explanation}
    return incoming_letters.place_letter(submission, kind, context=context)


def build_submission_context(submission: "Submission") -> dict[str, object]:
    """The placeholders of every letter about a submission."""
    return {
        "number": str(submission.dossier),
        "applicant": submission.name,
        "submission": submission.about,
        "received_on": submission.came_in_on,
        "today": today(),
        "body": submission.forwarded_to.with_address if submission.forwarded_to else "",
        "sender": CurrentPolicy.on(today()).text("sender_name", submission.language),
        "contact": describe_contact(),
    }
