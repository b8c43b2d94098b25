"""What waits for the editors on the start page of the desk, besides the mail."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.desk.dashboard import WorklistGroup
from casework.desk.worklists import CountedWorklist, Worklist
from helpdesk.assistant.desk import unknown_count
from helpdesk.information.review import EDIT
from helpdesk.models import Topic

if TYPE_CHECKING:
    from accounts.models import User

TO_READ_AGAIN: Worklist[Any] = Worklist(
    "to-read-again",
    _("To read again"),
    _("Frequent questions whose facts have changed: look whether the answer is still right."),
    lambda rows, _user, _day: rows.exclude(flagged_at=None),
    ("flagged_at",),
)
NOT_KNOWN: Worklist[Any] = Worklist(
    "not-known",
    _("Not known by the assistant"),
    _("Questions without an answer: teach the assistant what they are about. Also how often it helped."),
    lambda rows, _user, _day: rows,
)


def waiting_for(user: "User") -> WorklistGroup:
    """What an editor of the texts has to look at: two queries."""
    title = _("Texts and assistant")
    if not user.has_perm(EDIT):
        return WorklistGroup(title, [])
    flagged = Topic.objects.exclude(flagged_at=None).count()
    topics = reverse("admin:helpdesk_topic_changelist")
    return WorklistGroup(
        title,
        [
            CountedWorklist(TO_READ_AGAIN, flagged, f"{topics}?again=yes", is_part=True),
            CountedWorklist(NOT_KNOWN, unknown_count(), reverse("assistant_desk")),
        ],
    )
