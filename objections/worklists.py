"""The worklists of objections, cases before a court, court orders and notices of default."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casework import deadlines
from casework.desk import dashboard, pending_steps
from casework.desk.case_messages import TO_ANSWER
from casework.desk.mentions import MENTIONED
from casework.desk.my_day import MINE_DUE
from casework.desk.snoozes import list_snoozed
from casework.desk.worklists import STANDSTILL_OVER, WEEK, Worklist, Worklists
from casework.models import CourtOrder, Deadline, DefaultNotice
from casework.models.court_order import CourtOrderQuerySet
from casework.models.default_notice import DefaultNoticeQuerySet
from exemptions.models import Application
from objections.models import Appeal, Objection
from objections.models.appeal import AppealQuerySet
from objections.models.objection_query import ObjectionQuerySet

if TYPE_CHECKING:
    from accounts.models import User

HANDLES = "objections.handle_objection"
Rows = TypeVar("Rows", bound="QuerySet[Any]")

OBJECTION_LISTS: tuple[Worklist[ObjectionQuerySet], ...] = (
    Worklist(
        "to-check",
        _("To check"),
        _("Received: are they in time and complete?"),
        lambda rows, _user, _day: rows.to_check(),
    ),
    Worklist(
        "with-objector",
        _("With the objector"),
        _("The objector is to repair the objection or to answer about a hearing."),
        lambda rows, _user, _day: rows.with_objector(),
    ),
    Worklist(
        "hearing",
        _("Hearing planned"),
        _("The objector is invited; after the hearing comes its report."),
        lambda rows, _user, _day: rows.with_hearing(),
    ),
    Worklist(
        "to-decide",
        _("To handle and decide"),
        _("Admissible, and our turn: offer a hearing, or decide."),
        lambda rows, _user, _day: rows.in_handling(),
    ),
    TO_ANSWER,
    Worklist(
        "due",
        _("Due within a week"),
        _("The last day to decide on the objection is today or in the six days after."),
        lambda rows, _user, day: rows.due_between(day, day + WEEK),
        urgent=True,
    ),
    Worklist(
        "overdue",
        _("Overdue"),
        _("The last day to decide on the objection has passed."),
        lambda rows, _user, day: rows.overdue(today=day),
        urgent=True,
    ),
    STANDSTILL_OVER,
    Worklist(
        "to-post",
        _("To print and post"),
        _(
            "For someone who wants letters by post: print it, post it the same day, and note the day. What it says "
            "begins on that day. On top is what loses its effect, or is late, when it is posted after the day shown."
        ),
        lambda rows, _user, _day: rows.to_post(),
        order=("effect_until", "decide_by", "pk"),
        urgent=True,
    ),
    Worklist(
        "mine",
        _("Mine"),
        _("Assigned to you, not ended and not put aside."),
        lambda rows, user, day: rows.on_desk_of(user, today=day),
        permission=HANDLES,
    ),
    MINE_DUE,
    list_snoozed(HANDLES),
    MENTIONED,
    pending_steps.NOT_CARRIED_OUT,
    Worklist("open", _("All open"), _("Every objection that has not ended."), lambda rows, _user, _day: rows.open()),
)
OBJECTIONS = Worklists(
    seen=lambda user: Objection.objects.at_desk_of(user),
    permission="objections.view_objection",
    address="admin:objections_objection_changelist",
    lists=OBJECTION_LISTS,
    ended=Worklist(
        "ended",
        _("Ended"),
        _("Decided, withdrawn or forwarded; the latest received first."),
        lambda rows, _user, _day: rows.ended(),
        order=("-received_on", "-pk"),
    ),
    handled_by=HANDLES,
)


APPEALS = Worklists(
    seen=lambda user: Appeal.objects.at_desk_of(user),
    permission="objections.view_appeal",
    address="admin:objections_appeal_changelist",
    lists=(
        Worklist[AppealQuerySet](
            "papers",
            _("Papers to send"),
            _("The court waits for our papers (Awb 8:42)."),
            lambda rows, _user, _day: rows.open().with_term(Deadline.Kind.COURT_PAPERS),
            order=("filed_on", "pk"),
        ),
        Worklist[AppealQuerySet](
            "to-report",
            _("Decided meanwhile"),
            _("We decided while the court judges our silence: tell it at once (Awb 6:20)."),
            lambda rows, _user, _day: rows.to_report(),
            order=("filed_on", "pk"),
            urgent=True,
        ),
        Worklist[AppealQuerySet](
            "to-repair",
            _("To repair"),
            _("The court lets us repair a fault in our decision, within a term (Awb 8:51a)."),
            lambda rows, _user, _day: rows.with_term(Deadline.Kind.COURT_REPAIR),
            order=("filed_on", "pk"),
            urgent=True,
        ),
        Worklist[AppealQuerySet](
            "judged",
            _("Judged: do we go against it?"),
            _("Six weeks after the judgment was sent for our higher appeal or opposition (Awb 6:7, 6:24, 8:55)."),
            lambda rows, _user, _day: rows.with_term(Deadline.Kind.COURT_REMEDY),
            order=("judgment_sent_on", "pk"),
        ),
        Worklist[AppealQuerySet](
            "open",
            _("Before a court"),
            _("Every appeal that has not ended."),
            lambda rows, _user, _day: rows.open(),
            order=("filed_on", "pk"),
        ),
        MENTIONED,
        pending_steps.NOT_CARRIED_OUT,
    ),
    ended=Worklist[AppealQuerySet](
        "ended",
        _("Ended"),
        _("Judged, settled or withdrawn; the latest first."),
        lambda rows, _user, _day: rows.ended(),
        order=("-judged_on", "-pk"),
    ),
    handled_by="objections.handle_appeal",
)


def notices_seen(user: "User") -> DefaultNoticeQuerySet:
    """The notices of default on cases that a user may see."""
    return about_cases_seen(DefaultNotice.objects.all(), user)


def orders_seen(user: "User") -> CourtOrderQuerySet:
    """The court orders about cases that a user may see."""
    return about_cases_seen(CourtOrder.objects.all(), user)


def about_cases_seen(rows: Rows, user: "User") -> Rows:
    """Filters rows that refer to a case on those that the user may see, row by row, because there are few."""
    of_application = Exists(Application.objects.at_desk_of(user).filter(pk=OuterRef("case_id")))
    of_objection = Exists(Objection.objects.at_desk_of(user).filter(pk=OuterRef("case_id")))
    return rows.filter(
        Q(of_application, case_type=Application.CASE_TYPE) | Q(of_objection, case_type=Objection.CASE_TYPE)
    )


def has_stopped(day: date) -> Q:
    """Whether the amount no longer grows, because we decided or all days have passed."""
    return Q(decided_on__isnull=False) | Q(first_day__lte=day - timedelta(days=deadlines.PENALTY_DAYS))


PENALTIES = Worklists(
    seen=notices_seen,
    permission="exemptions.view_application",
    address="admin:casework_defaultnotice_changelist",
    lists=(
        Worklist[DefaultNoticeQuerySet](
            "running",
            _("Penalties that run"),
            _("We are late and were notified of it: each day costs money, or soon will. Decide on these first."),
            lambda rows, _user, day: rows.running().filter(set_on=None).exclude(has_stopped(day)),
            order=("first_day", "pk"),
            urgent=True,
        ),
        Worklist[DefaultNoticeQuerySet](
            "to-set",
            _("Penalties to be set"),
            _("No more days are added: set the penalty by decision within two weeks (Awb 4:18)."),
            lambda rows, _user, day: rows.to_set().filter(has_stopped(day)),
            order=("first_day", "pk"),
            urgent=True,
        ),
    ),
    ended=Worklist[DefaultNoticeQuerySet](
        "ended",
        _("Ended"),
        _("The amount was set, or the notice came too early to have an effect."),
        lambda rows, _user, _day: rows.filter(Q(set_on__isnull=False) | Q(first_day=None)),
        order=("-received_on", "-pk"),
    ),
    default="running",
)


ORDERS = Worklists(
    seen=orders_seen,
    permission="exemptions.view_application",
    address="admin:casework_courtorder_changelist",
    lists=(
        Worklist[CourtOrderQuerySet](
            "running",
            _("By order of the court"),
            _("A court told us to decide by a day (Awb 8:55d, 8:72): the earliest on top, with what each day costs."),
            lambda rows, _user, _day: rows.running(),
            order=("until", "-euros_a_day", "pk"),
            urgent=True,
        ),
    ),
    ended=Worklist[CourtOrderQuerySet](
        "ended",
        _("Ended"),
        _("We decided, or need not decide any more; the latest first."),
        lambda rows, _user, _day: rows.exclude(ended_on=None),
        order=("-ended_on", "-pk"),
    ),
    default="running",
)


START_GROUPS = (
    dashboard.worklists_of(_("Objections"), OBJECTIONS),
    dashboard.worklists_of(_("Appeals"), APPEALS),
    dashboard.worklists_of(_("Orders of a court"), ORDERS),
    dashboard.worklists_of(_("Notices of default and penalties"), PENALTIES),
)
"""The groups on the desk's start page, after the applications."""
