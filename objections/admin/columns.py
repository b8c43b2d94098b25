"""What the lists of objections, of cases before a court and of notices of default say, on the page and in a file."""

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
from casework.deadline_words import day, moment
from casework.default_notices import most
from casework.desk import columns, penalties
from casework.desk.columns import Column
from casework.desk.labels import euros, yes_or_no
from casework.models import DefaultNotice
from exemptions.models import Application
from objections.models import Appeal, Objection, ObjectionStatus

# --- Objections -----------------------------------------------------------------------------------------


def hearing(one: Objection) -> datetime | None:
    """When a planned hearing is."""
    if one.status != ObjectionStatus.HEARING_PLANNED:
        return None
    planned = [each.held_at for each in one.hearings.all() if each.held_at]
    return planned[-1] if planned else None


def is_to_excuse(one: Objection, calendar: Calendar) -> bool:
    """It came after the last day to object, and not by the extra week of the post either (Awb 6:9); not judged yet."""
    if one.has_ended or one.excused is not None:
        return False
    due = deadlines.objection_due(one.decision.announced_on, calendar=calendar)
    return not deadlines.objection_in_time(due, received=one.came_in_on, posted=one.posted_on, calendar=calendar)


def against(one: Objection) -> str:
    """The decision and its day."""
    return f"{one.decision.get_outcome_display()}, {day(one.decision.announced_on)}"


def status(row: Any) -> SafeString:
    """Where it stands, what is about to go out, when the hearing is, and whether it came too late."""
    planned = hearing(row)
    return columns.joined(
        f"{row.get_status_display()}:" if planned else row.get_status_display(),
        columns.unbroken(moment(planned)) if planned else "",
        columns.going_out(row.goes_out),
        columns.badge(gettext("came too late"), "late") if row.is_to_excuse else "",
    )


def decide_by(one: Objection) -> Any:
    """What has ended is due no more."""
    return None if one.has_ended else one.decide_by


def penalty(row: Any) -> str:
    """What a notice of default has come to, in words."""
    return "" if row.penalty is None else euros(row.penalty)


OF_OBJECTIONS = (
    Column(name="number", title=_("Number"), value=str, ordering="dossier__number"),
    Column(name="application", title=_("Application"), value=lambda one: one.application, on_page=False),
    Column(
        name="objector",
        title=_("Objector"),
        value=lambda one: one.application.applicant,
        ordering="decision__application__applicant__name",
    ),
    Column(
        name="kind",
        title=_("Kind"),
        value=lambda one: one.application.kind,
        ordering="decision__application__kind__code",
    ),
    Column(name="municipality", title=_("Municipality"), value=lambda one: one.application.municipality, on_page=False),
    Column(name="against", title=_("Against"), value=lambda one: one.decision.get_outcome_display(), cell=against),
    Column(name="decided_on", title=_("Decided on"), value=lambda one: one.decision.announced_on, on_page=False),
    Column(name="status", title=_("Status"), value=lambda one: one.get_status_display(), cell=status),
    Column(name="hearing", title=_("Hearing"), value=hearing, on_page=False),
    Column(
        name="late",
        title=_("Came too late"),
        value=lambda row: yes_or_no(True) if row.is_to_excuse else None,
        on_page=False,
    ),
    Column(name="received", title=_("Received"), value=lambda one: one.received_on, ordering="received_on"),
    Column(
        name="decide_by",
        title=_("Decide by"),
        value=decide_by,
        cell=lambda row: columns.due(decide_by(row), penalty(row)),
        ordering="decide_by",
    ),
    Column(name="penalty", title=_("Penalty until today in euros"), value=lambda row: row.penalty, on_page=False),
    Column(name="assigned_to", title=_("Assigned to"), value=lambda one: one.assigned_to, ordering="assigned_to__name"),
)


# --- Appeals --------------------------------------------------------------------------------------------


def against_what(one: Appeal) -> str:
    """Against what, and whether it is ours."""
    said = str(one.get_against_display())
    return f"{said} ({gettext('by us')})" if one.by_us else said


OF_APPEALS = (
    Column(name="number", title=_("Number"), value=lambda one: one.dossier, ordering="dossier__number"),
    Column(name="court", title=_("Court"), value=str, ordering="court"),
    Column(
        name="objector",
        title=_("Objector"),
        value=lambda one: one.objection.application.applicant,
        ordering="objection__decision__application__applicant__name",
    ),
    Column(
        name="kind",
        title=_("Kind"),
        value=lambda one: one.objection.application.kind,
        ordering="objection__decision__application__kind__code",
    ),
    Column(
        name="municipality",
        title=_("Municipality"),
        value=lambda one: one.objection.application.municipality,
        on_page=False,
    ),
    Column(name="against", title=_("Against"), value=lambda one: one.get_against_display(), cell=against_what),
    Column(name="by_us", title=_("Lodged by us"), value=lambda one: yes_or_no(one.by_us), on_page=False),
    Column(name="status", title=_("Status"), value=lambda one: one.get_status_display(), ordering="status"),
    Column(name="filed", title=_("Filed on"), value=lambda one: one.filed_on, ordering="filed_on"),
    Column(
        name="papers",
        title=_("Papers by"),
        value=lambda row: row.papers_by,
        cell=lambda row: columns.due(row.papers_by),
    ),
    Column(name="assigned_to", title=_("Assigned to"), value=lambda one: one.assigned_to, ordering="assigned_to__name"),
)


# --- Notices of default -----------------------------------------------------------------------------------


def application_of(row: Any) -> Application:
    """The application that the case of a notice is, or is about."""
    found: Application = row.case.application if isinstance(row.case, Objection) else row.case
    return found


def sort(row: Any) -> str:
    """What sort of case the notice is about."""
    return str(capfirst(row.case._meta.verbose_name))


def today(one: DefaultNotice) -> int:
    """Whole euros."""
    return one.amount(today=timezone.localdate())


def at_most(one: DefaultNotice) -> int:
    """Whole euros: the most that it can become, or what it was set at."""
    return most(one) if one.has_effect and not one.set_on else one.amount_eur or 0


OF_NOTICES = (
    Column(name="number", title=_("Number"), value=lambda one: one.dossier, ordering="dossier__number"),
    Column(
        name="about",
        title=_("About"),
        value=sort,
        cell=lambda row: f"{sort(row)}: {row.case.get_status_display()}",
    ),
    Column(
        name="case_status",
        title=_("Status of the case"),
        value=lambda row: row.case.get_status_display(),
        on_page=False,
    ),
    Column(name="whose", title=_("Whose"), value=lambda row: application_of(row).applicant),
    Column(name="kind", title=_("Kind"), value=lambda row: application_of(row).kind, on_page=False),
    Column(
        name="municipality", title=_("Municipality"), value=lambda row: application_of(row).municipality, on_page=False
    ),
    Column(name="received", title=_("Received"), value=lambda one: one.received_on, ordering="received_on"),
    Column(
        name="today",
        title=_("Today"),
        title_in_file=_("Penalty until today in euros"),
        value=today,
        cell=lambda one: format_html("<strong>{}</strong>", columns.unbroken(euros(today(one)))),
    ),
    Column(
        name="at_most",
        title=_("At most"),
        title_in_file=_("At most in euros"),
        value=at_most,
        cell=lambda one: columns.unbroken(euros(at_most(one))),
    ),
    Column(name="first_day", title=_("First day"), value=lambda one: one.first_day, ordering="first_day"),
    Column(name="last_day", title=_("Last day"), value=lambda one: one.last_day),
    Column(name="status", title=_("Status"), value=penalties.state),
    Column(name="assigned_to", title=_("Assigned to"), value=lambda row: row.case.assigned_to),
)
