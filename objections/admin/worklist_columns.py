"""The columns of the lists of objections, court cases, notices of default and court orders, on page and in file."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import deadlines
from casework.calendar import Calendar
from casework.deadline_words import format_day, format_moment
from casework.desk import column_kit, penalties
from casework.desk.column_kit import Column
from casework.desk.snoozes import SNOOZED_UNTIL
from casework.formats import format_boolean, format_euros
from casework.models import CourtOrder, DefaultNotice
from casework.penalties import compute_highest_penalty
from exemptions.models import Application
from objections.models import Appeal, Objection, ObjectionStatus

# --- Objections -----------------------------------------------------------------------------------------


def hearing_of(one: Objection) -> datetime | None:
    """The moment of a planned hearing; None if none is planned."""
    if one.status != ObjectionStatus.HEARING_PLANNED:
        return None
    planned = [each.held_at for each in one.hearings.all() if each.held_at]
    return planned[-1] if planned else None


def is_to_excuse(one: Objection, calendar: Calendar) -> bool:
    """Whether it came too late, even allowing the extra week for post (Awb 6:9), and nobody has judged that yet."""
    if one.has_ended or one.excused is not None:
        return False
    due = deadlines.objection_due(one.decision.announced_on, calendar=calendar)
    return not deadlines.objection_in_time(due, received=one.came_in_on, posted=one.posted_on, calendar=calendar)


def decision_cell(one: Objection) -> str:
    """The decision and its day."""
    return f"{one.decision.get_outcome_display()}, {format_day(one.decision.dated_on)}"


def status_cell(row: Any) -> SafeString:
    """The status, what is about to go out, when the hearing is, and whether the objection came too late."""
    planned = hearing_of(row)
    return column_kit.join_parts(
        f"{row.get_status_display()}:" if planned else row.get_status_display(),
        column_kit.keep_together(format_moment(planned)) if planned else "",
        column_kit.departure_cell(row.goes_out),
        column_kit.make_badge(gettext("came too late"), "late") if row.is_to_excuse else "",
    )


def last_day_of(one: Objection) -> Any:
    """The last day to decide; None once the case has ended."""
    return None if one.has_ended else one.decide_by


OF_OBJECTIONS = (
    Column("number", _("Number"), str, ordering="dossier__number"),
    Column("application", _("Application"), lambda one: one.application, on_page=False),
    Column(
        "objector",
        _("Objector"),
        lambda one: one.application.applicant,
        ordering="decision__application__applicant__name",
    ),
    Column("kind", _("Kind"), lambda one: one.application.kind, ordering="decision__application__kind__kind_id"),
    Column("municipality", _("Municipality"), lambda one: one.application.municipality, on_page=False),
    Column("against", _("Against"), lambda one: one.decision.get_outcome_display(), cell=decision_cell),
    Column("decided_on", _("Decided on"), lambda one: one.decision.dated_on, on_page=False),
    Column("status", _("Status"), lambda one: one.get_status_display(), cell=status_cell),
    Column("hearing", _("Hearing"), hearing_of, on_page=False),
    Column("late", _("Came too late"), lambda row: format_boolean(True) if row.is_to_excuse else None, on_page=False),
    Column("received", _("Received"), lambda one: one.received_on, ordering="received_on"),
    Column(
        "decide_by",
        _("Decide by"),
        last_day_of,
        cell=lambda row: column_kit.due_cell(last_day_of(row), row.penalty_until_today),
        ordering="decide_by",
    ),
    column_kit.ANSWER_BY,
    column_kit.EFFECT_UNTIL,
    SNOOZED_UNTIL,
    Column("penalty", _("Penalty until today in euros"), lambda row: row.penalty_until_today, on_page=False),
    Column("assigned_to", _("Assigned to"), lambda one: one.assigned_to, ordering="assigned_to__name"),
)


# --- Appeals --------------------------------------------------------------------------------------------


def target_cell(one: Appeal) -> str:
    """What the appeal is against, and whether it is ours."""
    said = str(one.get_against_display())
    return f"{said} ({gettext('by us')})" if one.by_us else said


OF_APPEALS = (
    Column("number", _("Number"), lambda one: one.dossier, ordering="dossier__number"),
    Column("court", _("Court"), str, ordering="court"),
    Column(
        "objector",
        _("Objector"),
        lambda one: one.application.applicant,
        ordering="dossier__application__applicant__name",
    ),
    Column(
        "kind",
        _("Kind"),
        lambda one: one.application.kind,
        ordering="dossier__application__kind__kind_id",
    ),
    Column("municipality", _("Municipality"), lambda one: one.application.municipality, on_page=False),
    Column("against", _("Against"), lambda one: one.get_against_display(), cell=target_cell),
    Column("by_us", _("Lodged by us"), lambda one: format_boolean(one.by_us), on_page=False),
    Column("status", _("Status"), lambda one: one.get_status_display(), ordering="status"),
    Column("filed", _("Filed on"), lambda one: one.filed_on, ordering="filed_on"),
    Column("papers", _("Papers by"), lambda row: row.papers_by, cell=lambda row: column_kit.due_cell(row.papers_by)),
    Column("assigned_to", _("Assigned to"), lambda one: one.assigned_to, ordering="assigned_to__name"),
)


# --- Notices of default -----------------------------------------------------------------------------------


def application_of(row: Any) -> Application:
    """The application of the case that a row is about."""
    found: Application = row.case.application if isinstance(row.case, Objection) else row.case
    return found


def sort_of_case(row: Any) -> str:
    """The type of case that a row is about."""
    return str(capfirst(row.case._meta.verbose_name))


def amount_today(one: DefaultNotice) -> int:
    """Whole euros."""
    return one.amount(today=timezone.localdate())


def amount_at_most(one: DefaultNotice) -> int:
    """The maximum penalty in whole euros, or the amount that was set."""
    return compute_highest_penalty(one) if one.has_effect and not one.set_on else one.amount_eur or 0


OF_NOTICES = (
    Column("number", _("Number"), lambda one: one.dossier, ordering="dossier__number"),
    Column("about", _("About"), sort_of_case, cell=lambda row: f"{sort_of_case(row)}: {row.case.get_status_display()}"),
    Column("case_status", _("Status of the case"), lambda row: row.case.get_status_display(), on_page=False),
    Column("whose", _("Whose"), lambda row: application_of(row).applicant),
    Column("kind", _("Kind"), lambda row: application_of(row).kind, on_page=False),
    Column("municipality", _("Municipality"), lambda row: application_of(row).municipality, on_page=False),
    Column("received", _("Received"), lambda one: one.received_on, ordering="received_on"),
    Column(
        "today",
        _("Today"),
        amount_today,
        title_in_file=_("Penalty until today in euros"),
        cell=lambda one: format_html("<strong>{}</strong>", column_kit.keep_together(format_euros(amount_today(one)))),
    ),
    Column(
        "at_most",
        _("At most"),
        amount_at_most,
        title_in_file=_("At most in euros"),
        cell=lambda one: column_kit.keep_together(format_euros(amount_at_most(one))),
    ),
    Column("first_day", _("First day"), lambda one: one.first_day, ordering="first_day"),
    Column("last_day", _("Last day"), lambda one: one.last_day),
    Column("status", _("Status"), penalties.describe_notice_state),
    Column("assigned_to", _("Assigned to"), lambda row: row.case.assigned_to),
)


# --- Orders of a court -------------------------------------------------------------------------------------


def cost_today(one: CourtOrder) -> int:
    """Whole euros."""
    return one.amount(today=timezone.localdate())


def cost_cell(one: CourtOrder) -> str:
    """The cost so far, as a cell."""
    return format_html("<strong>{}</strong>", column_kit.keep_together(format_euros(cost_today(one))))


OF_ORDERS = (
    Column("number", _("Number"), lambda one: one.dossier, ordering="dossier__number"),
    Column("about", _("About"), sort_of_case, cell=lambda row: f"{sort_of_case(row)}: {row.case.get_status_display()}"),
    Column("case_status", _("Status of the case"), lambda row: row.case.get_status_display(), on_page=False),
    Column("whose", _("Whose"), lambda row: application_of(row).applicant),
    Column("kind", _("Kind"), lambda row: application_of(row).kind, on_page=False),
    Column("municipality", _("Municipality"), lambda row: application_of(row).municipality, on_page=False),
    Column("sent", _("Judgment sent on"), lambda one: one.sent_on, ordering="sent_on"),
    Column(
        "until",
        _("Decide by"),
        lambda one: one.until,
        cell=lambda one: column_kit.format_day(one.until) if one.ended_on else column_kit.due_cell(one.until),
        ordering="until",
    ),
    Column(
        "a_day",
        _("Each day"),
        lambda one: one.euros_a_day,
        title_in_file=_("Each day in euros"),
        cell=lambda one: column_kit.keep_together(format_euros(one.euros_a_day)),
        ordering="euros_a_day",
    ),
    Column("today", _("Today"), cost_today, title_in_file=_("Cost until today in euros"), cell=cost_cell),
    Column(
        "at_most",
        _("At most"),
        lambda one: one.most_eur,
        title_in_file=_("At most in euros"),
        cell=lambda one: "" if one.most_eur is None else column_kit.keep_together(format_euros(one.most_eur)),
    ),
    Column("ended", _("Ended on"), lambda one: one.ended_on, ordering="ended_on"),
    Column("assigned_to", _("Assigned to"), lambda row: row.case.assigned_to),
)
