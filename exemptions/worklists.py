"""The worklists of the desk: what waits for whom, and how many, in one query."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import outbox
from exemptions.models import Application, Proposal
from exemptions.models.application_query import ApplicationQuerySet

if TYPE_CHECKING:
    from accounts.models import User

WEEK = timedelta(days=6)
"""'Within a week' is today and the six days after."""


@dataclass(frozen=True)
class Worklist:
    """A list with a name in addresses, a title, the question to the database, and the order of its rows."""

    name: str
    title: str | Promise
    explanation: str | Promise
    select: Callable[[ApplicationQuerySet, "User", date], ApplicationQuerySet]
    order: tuple[str, ...] = ("decide_by", "pk")
    permission: str = "exemptions.view_application"
    urgent: bool = False

    def rows(self, user: "User", *, today: date) -> ApplicationQuerySet:
        """Its applications as far as the user may see them, the most urgent first."""
        return self.select(Application.objects.at_desk_of(user), user, today).order_by(*self.order)


def own_proposal(user: "User") -> QuerySet[Proposal]:
    """The waiting proposal of an application, where this user made it."""
    return Proposal.objects.filter(application=OuterRef("pk"), settled_at=None, made_by=user)


WORKLISTS = (
    Worklist("new", _("New"), _("Sent, and nobody has taken them up."), lambda rows, _user, _day: rows.new()),
    Worklist(
        "waiting",
        _("Waiting for the applicant"),
        _("The applicant is to complete the application or to give a view."),
        lambda rows, _user, _day: rows.waiting(),
    ),
    Worklist(
        "answered",
        _("Answered"),
        _("The applicant has answered: go on with these."),
        lambda rows, _user, _day: rows.answered(),
    ),
    Worklist(
        "due",
        _("Due within a week"),
        _("The last day to decide is today or in the six days after."),
        lambda rows, _user, day: rows.due_between(day, day + WEEK),
        urgent=True,
    ),
    Worklist(
        "overdue",
        _("Overdue"),
        _("The last day to decide has passed."),
        lambda rows, _user, day: rows.overdue(today=day),
        urgent=True,
    ),
    Worklist(
        "to-set-aside",
        _("To set aside"),
        _("Silent until the last term had ended; the law allows to set these aside until the day shown."),
        lambda rows, _user, day: rows.to_set_aside(today=day),
        order=("set_aside_by", "pk"),
        urgent=True,
    ),
    Worklist(
        "to-approve",
        _("Waiting for a second pair of eyes"),
        _("Proposed by a colleague: you may approve these or send them back."),
        lambda rows, user, _day: rows.proposed().filter(~Exists(own_proposal(user))),
        permission="exemptions.approve_proposal",
    ),
    Worklist(
        "mine",
        _("Mine"),
        _("Assigned to you and not ended."),
        lambda rows, user, _day: rows.open().filter(assigned_to=user),
    ),
    Worklist("open", _("All open"), _("Everything that has not ended."), lambda rows, _user, _day: rows.open()),
)
ENDED = Worklist(
    "ended",
    _("Ended"),
    _("Decided, converted or withdrawn; the latest received first."),
    lambda rows, _user, _day: rows.ended(),
    order=("-received_at", "pk"),
)
BY_NAME = {worklist.name: worklist for worklist in (*WORKLISTS, ENDED)}


@dataclass(frozen=True)
class Counted:
    """A worklist with the number of its rows for one user."""

    worklist: Worklist
    count: int


def counted_for(user: "User") -> list[Counted]:
    """Every worklist that the user's role has, with its count: one query, whatever the number of lists and rows."""
    lists, today = lists_of(user), timezone.localdate()
    if not lists:
        return []
    parts = [
        worklist.rows(user, today=today)
        .order_by()
        .annotate(worklist=Value(worklist.name))
        .values("worklist")
        .annotate(count=Count("pk"))
        .values_list("worklist", "count")
        for worklist in lists
    ]
    counts = dict(parts[0].union(*parts[1:], all=True))
    return [Counted(worklist, counts.get(worklist.name, 0)) for worklist in lists]


def lists_of(user: "User") -> list[Worklist]:
    """The worklists that belong to the user's role."""
    return [
        worklist
        for worklist in WORKLISTS
        if user.has_perm("exemptions.view_application") and user.has_perm(worklist.permission)
    ]


def failed_messages(user: "User") -> int | None:
    """How many mails were not sent, or not in time; None for who does not keep the outbox."""
    return outbox.to_look_at().count() if user.has_perm("casework.view_message") else None
