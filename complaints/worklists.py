"""The worklists of complaints: what waits for whom."""

from django.utils.translation import gettext_lazy as _

from casework.desk import dashboard, pending_steps
from casework.desk.case_messages import TO_ANSWER
from casework.desk.mentions import MENTIONED
from casework.desk.my_day import MINE_DUE
from casework.desk.snoozes import list_snoozed
from casework.desk.worklists import WEEK, Worklist, Worklists
from complaints.models import Complaint, ComplaintQuerySet
from complaints.steps.permissions import HANDLE

COMPLAINTS = Worklists(
    seen=lambda user: Complaint.objects.at_desk_of(user),
    permission="complaints.view_complaint",
    address="admin:complaints_complaint_changelist",
    lists=(
        Worklist[ComplaintQuerySet](
            "received",
            _("Received"),
            _("Nobody handles them yet: somebody who was not involved takes them up (Awb 9:7)."),
            lambda rows, _user, _day: rows.received(),
        ),
        Worklist[ComplaintQuerySet](
            "handling",
            _("Being handled"),
            _("Hear the complainant, and tell the outcome."),
            lambda rows, _user, _day: rows.in_hand(),
        ),
        TO_ANSWER,
        Worklist[ComplaintQuerySet](
            "due",
            _("Due within a week"),
            _("The last day to tell the outcome is today or in the six days after."),
            lambda rows, _user, day: rows.due_between(day, day + WEEK),
            urgent=True,
        ),
        Worklist[ComplaintQuerySet](
            "overdue",
            _("Overdue"),
            _("The last day to tell the outcome has passed."),
            lambda rows, _user, day: rows.overdue(today=day),
            urgent=True,
        ),
        Worklist[ComplaintQuerySet](
            "to-post",
            _("To print and post"),
            _("Print it, post it the same day, and note the day. What it says begins on that day."),
            lambda rows, _user, _day: rows.to_post(),
            order=("effect_until", "decide_by", "pk"),
            urgent=True,
        ),
        Worklist[ComplaintQuerySet](
            "mine",
            _("Mine"),
            _("Assigned to you, not ended and not put aside."),
            lambda rows, user, day: rows.on_desk_of(user, today=day),
            permission=HANDLE,
        ),
        MINE_DUE,
        list_snoozed(HANDLE),
        MENTIONED,
        pending_steps.NOT_CARRIED_OUT,
        Worklist[ComplaintQuerySet](
            "open", _("All open"), _("Every complaint that has not ended."), lambda rows, _user, _day: rows.open()
        ),
    ),
    ended=Worklist[ComplaintQuerySet](
        "ended",
        _("Ended"),
        _("The outcome was told, or it ended otherwise; the latest received first."),
        lambda rows, _user, _day: rows.ended(),
        order=("-received_on", "-pk"),
    ),
    handled_by=HANDLE,
)
START_GROUP = dashboard.worklists_of(_("Complaints"), COMPLAINTS)
"""For the start page of the desk."""
