"""The worklists of submissions."""

from django.utils.translation import gettext_lazy as _

from casework.desk import dashboard, pending_steps
from casework.desk.mentions import MENTIONED
from casework.desk.worklists import Worklist, Worklists
from correspondence.models import Submission, SubmissionQuerySet

SUBMISSIONS = Worklists(
    seen=lambda user: Submission.objects.at_desk_of(user),
    permission="correspondence.view_submission",
    address="admin:correspondence_submission_changelist",
    lists=(
        Worklist[SubmissionQuerySet](
            "received",
            _("To send on"),
            _("Forward it, return it, or take it up as a case: at once (Awb 2:3)."),
            lambda rows, _user, _day: rows.open(),
            order=("received_on", "pk"),
            urgent=True,
        ),
        Worklist[SubmissionQuerySet](
            "to-post",
            _("To print and post"),
            _("Print it, post it the same day together with the piece itself, and note the day."),
            lambda rows, _user, _day: rows.to_post(),
            order=("received_on", "pk"),
            urgent=True,
        ),
        MENTIONED,
        pending_steps.NOT_CARRIED_OUT,
    ),
    ended=Worklist[SubmissionQuerySet](
        "ended",
        _("Ended"),
        _("Forwarded, returned or taken up as a case; the latest received first."),
        lambda rows, _user, _day: rows.ended(),
        order=("-received_on", "-pk"),
    ),
    default="received",
    handled_by="correspondence.handle_submission",
)
START_GROUP = dashboard.worklists_of(_("Correspondence"), SUBMISSIONS)
"""The group on the desk's start page."""
