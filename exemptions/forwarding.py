"""Forwarding to another body, with the day of receipt, while telling the sender at once (Awb 2:3(1), 6:15).

Each type of case has a step `forward`, with a letter to the sender in its own words. The letter to the body and the
name of the step are shared. Only steps call this.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from casework.clock import today
from casework.current_policy import CurrentPolicy
from casework.models import Letter, OtherBody
from casework.steps import Button
from casework.texts import compose_text
from exemptions.authority import describe_contact

if TYPE_CHECKING:
    from casework.models import Case

NOTE = "forwarding_note"
"""The letter that goes with the forwarded piece."""
RECORDS = ("body", "received_on")
FORWARD = Button(
    _("Forward to another body"),
    _(
        "It is for somebody else: they get it at once, with its day of receipt, and the sender is told "
        "(Awb 2:3, 6:15). Post the piece itself with our letter to them."
    ),
    sends_letter=True,
    rare=True,
)


def write_to_body(case: "Case", body: OtherBody, *, sender: str, received_on: date, because: str) -> Letter:
    """The letter with the piece: who sent it, and when it came in here, because that day counts (Awb 6:15(3)).

    It is always in Dutch and goes by post.
    """
    with override("nl"):
        context = {
            "number": str(case.dossier),
            "applicant": sender,
            "received_on": received_on,
            "body": body.name,
            "explanation": because,
            "sender": CurrentPolicy.on(today()).text("sender_name", "nl"),
            "contact": describe_contact(),
        }
    words = compose_text(NOTE, language="nl", context=context)
    return case.dossier.place_letter(case, words, address=f"{body.name}\n{body.address}", by_post=True)
