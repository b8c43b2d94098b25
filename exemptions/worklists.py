"""The worklists of applications."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework import outbox
from casework.desk import dashboard, pending_steps
from casework.desk.case_messages import TO_ANSWER
from casework.desk.mentions import MENTIONED
from casework.desk.my_day import MINE_DUE
from casework.desk.snoozes import list_snoozed
from casework.desk.worklists import STANDSTILL_OVER, WEEK, CountedWorklist, Worklist, Worklists
from exemptions.models import Application, Proposal
from exemptions.models.application_query import ApplicationQuerySet

if TYPE_CHECKING:
    from accounts.models import User


def own_proposal(user: "User") -> QuerySet[Proposal]:
    """The user's own waiting proposal for an application, as a subquery."""
    return Proposal.objects.filter(application=OuterRef("pk"), settled_at=None, made_by=user)


IN_HAND, TERMS, DAYS = _("Being handled"), _("Terms"), _("Day exemptions")
AFTERWARDS, REST = _("After the grant"), _("Further")
"""The headings of 'More lists'."""
WORKLISTS: tuple[Worklist[ApplicationQuerySet], ...] = (
    Worklist(
        "new",
        _("New"),
        _("Sent, and nobody has them yet: not taken up and not assigned."),
        lambda rows, _user, _day: rows.new(),
    ),
    Worklist(
        "assigned",
        _("Assigned, not begun"),
        _("Given to a colleague who has not taken them up yet."),
        lambda rows, _user, _day: rows.assigned(),
        group=IN_HAND,
    ),
    Worklist(
        "waiting",
        _("Waiting for the applicant"),
        _("The applicant is to complete the application or to give a view, and still has time."),
        lambda rows, _user, day: rows.waiting(today=day),
        group=IN_HAND,
    ),
    Worklist(
        "silent",
        _("Term passed without an answer"),
        _("The applicant did not complete the application or give a view in time: go on with these."),
        lambda rows, _user, day: rows.silent(today=day),
        group=IN_HAND,
    ),
    Worklist(
        "answered",
        _("Answered"),
        _("The applicant has answered: go on with these."),
        lambda rows, _user, _day: rows.answered(),
    ),
    replace(TO_ANSWER, group=IN_HAND),
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
    replace(STANDSTILL_OVER, group=TERMS),
    Worklist(
        "to-set-aside",
        _("To set aside"),
        _("No answer by the end of the last term; the law allows you to set these aside until the day shown."),
        lambda rows, _user, day: rows.to_set_aside(today=day),
        order=("set_aside_by", "pk"),
        urgent=True,
        group=TERMS,
    ),
    Worklist(
        "to-approve",
        _("Waiting for a second pair of eyes"),
        _("Proposed by a colleague: you may approve these or send them back."),
        lambda rows, user, _day: rows.proposed().filter(~Exists(own_proposal(user))),
        permission="exemptions.approve_proposal",
    ),
    Worklist(
        "to-post",
        _("To print and post"),
        _(
            "For someone who wants letters by post: print it, post it the same day, and note the day. What it says "
            "begins on that day. On top is what loses its effect, or is late, when it is posted after the day shown."
        ),
        lambda rows, _user, _day: rows.to_post(),
        order=("effect_until", "-received_at", "pk"),
        urgent=True,
        group=IN_HAND,
    ),
    Worklist(
        "day-unverified",
        _("Day exemptions to check"),
        _(
            "Granted on vehicle data that the applicant typed and nobody has checked: confirm or correct them by the "
            "day shown."
        ),
        lambda rows, _user, _day: rows.days_unverified(),
        order=("granted_at", "pk"),
        group=DAYS,
    ),
    Worklist(
        "day-check-late",
        _("Day exemptions not checked in time"),
        _("The last working day to check these has passed: check them first."),
        lambda rows, _user, day: rows.days_checked_late(today=day),
        order=("granted_at", "pk"),
        urgent=True,
        group=DAYS,
    ),
    Worklist(
        "day-wrong",
        _("Day exemptions given on wrong data"),
        _("Checked and found wrong: hear the applicant, and let a colleague revoke them."),
        lambda rows, _user, _day: rows.days_found_wrong(),
        order=("granted_at", "pk"),
        group=DAYS,
    ),
    Worklist(
        "to-mend",
        _("Exemptions to change or leave"),
        _("The holder gave a view on what you want to change, or let the day pass: decide what becomes of it."),
        lambda rows, _user, day: rows.to_mend(today=day),
        group=AFTERWARDS,
    ),
    Worklist(
        "change-asked",
        _("Change asked"),
        _("The holder asks to change the exemption: carry it out or refuse it, by the day shown (Awb 4:13)."),
        lambda rows, _user, _day: rows.change_asked(),
        order=("answer_by", "pk"),
        group=AFTERWARDS,
    ),
    Worklist(
        "change-overdue",
        _("Change asked, overdue"),
        _("The last day to answer has passed: the holder can put us in default (Awb 4:17). Answer these first."),
        lambda rows, _user, day: rows.change_overdue(today=day),
        order=("answer_by", "pk"),
        urgent=True,
        group=AFTERWARDS,
    ),
    Worklist(
        "register-changed",
        _("Register changed"),
        _(
            "The vehicle register says something else than a running exemption rests on: sold, exported, scrapped or "
            "other data. Look whether anything must change."
        ),
        lambda rows, _user, day: rows.with_register_changes(today=day),
        order=("differs_since", "pk"),
        group=AFTERWARDS,
    ),
    Worklist(
        "duplicate",
        _("Duplicate"),
        _("Another applicant asks the same for the same vehicle: find out whose vehicle it is."),
        lambda rows, _user, _day: rows.duplicates(),
        group=REST,
    ),
    Worklist(
        "mine",
        _("Mine"),
        _("Assigned to you, not ended and not put aside."),
        lambda rows, user, day: rows.on_desk_of(user, today=day),
    ),
    MINE_DUE,
    Worklist(
        "mine-answered",
        _("Mine, answered"),
        _("Assigned to you, and the applicant has answered: go on with these."),
        lambda rows, user, day: rows.on_desk_of(user, today=day).with_answer(),
        is_own=True,
    ),
    Worklist(
        "mine-back",
        _("Mine, sent back"),
        _("A colleague sent your proposal back, and nothing was done with it since."),
        lambda rows, user, day: rows.on_desk_of(user, today=day).sent_back(to=user),
        is_own=True,
    ),
    replace(list_snoozed("exemptions.assign_application"), group=REST),
    replace(MENTIONED, group=REST),
    replace(pending_steps.NOT_CARRIED_OUT, group=REST),
    Worklist("open", _("All open"), _("Everything that has not ended."), lambda rows, _user, _day: rows.open()),
)
ENDED: Worklist[ApplicationQuerySet] = Worklist(
    "ended",
    _("Ended"),
    _("Decided, converted or withdrawn; the latest received first."),
    lambda rows, _user, _day: rows.ended(),
    order=("-received_at", "pk"),
    is_long=True,
    group=REST,
)
APPLICATIONS = Worklists(
    seen=lambda user: Application.objects.at_desk_of(user),
    permission="exemptions.view_application",
    address="admin:exemptions_application_changelist",
    lists=WORKLISTS,
    ended=ENDED,
    handled_by="exemptions.handle_application",
)


TO_REGISTER: Worklist[ApplicationQuerySet] = Worklist(
    "to-register",
    _("Register an application"),
    _("For what came by post, at the counter or by telephone. The number is of those begun and not registered yet."),
    lambda rows, _user, _day: rows,
)


def waiting_for(user: "User") -> dashboard.WorklistGroup:
    """The first group on the desk's start page: the worklists, and where to register what came on paper."""
    group = dashboard.build_group(_("Applications"), APPLICATIONS, user)
    if user.has_perm("exemptions.handle_application"):
        begun = Application.objects.to_register(user).count()
        address = reverse("admin:exemptions_application_register")
        group.lists.append(CountedWorklist(TO_REGISTER, begun, address, begins=True))
    return group


def failed_messages(user: "User") -> int | None:
    """How many mails were not sent, or not in time; None for users who do not manage the outbox."""
    return outbox.find_mails_to_check().count() if user.has_perm("casework.view_message") else None
