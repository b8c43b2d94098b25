"""The worklists of runs of deciding again."""

from django.utils.translation import gettext_lazy as _

from casework.desk import dashboard
from casework.desk.worklists import Worklist, Worklists
from renewals.models import Renewal
from renewals.models.renewal_query import RenewalQuerySet

LATEST_FIRST = ("-listed_at", "pk")
LISTS: tuple[Worklist[RenewalQuerySet], ...] = (
    Worklist(
        "to-review",
        _("To review"),
        _("A change was published: look at the list of decisions that it concerns."),
        lambda rows, _user, _day: rows.to_review(),
        LATEST_FIRST,
        permission="renewals.review_renewal",
    ),
    Worklist(
        "to-approve",
        _("To approve"),
        _("A colleague reviewed the list: you may approve it or send it back."),
        lambda rows, user, _day: rows.to_approve(user),
        LATEST_FIRST,
        permission="renewals.approve_renewal",
    ),
    Worklist(
        "under-way",
        _("Under way"),
        _("Approved, running, or stopped halfway."),
        lambda rows, _user, _day: rows.under_way(),
        LATEST_FIRST,
    ),
    Worklist(
        "needs-a-person",
        _("To be decided by hand"),
        _("Runs with cases that could not be decided automatically."),
        lambda rows, _user, _day: rows.with_leftovers(),
        LATEST_FIRST,
        urgent=True,
    ),
)
RENEWALS = Worklists(
    seen=lambda user: Renewal.objects.at_desk_of(user),
    permission="renewals.view_renewal",
    address="admin:renewals_renewal_changelist",
    lists=LISTS,
    ended=Worklist(
        "ended",
        _("Ended"),
        _("Done or cancelled; the latest first."),
        lambda rows, _user, _day: rows.ended(),
        LATEST_FIRST,
    ),
    default="to-review",
)


START_GROUP = dashboard.worklists_of(_("Deciding again"), RENEWALS)
"""The group on the desk's start page."""
