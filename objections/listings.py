"""The worklists of objections, of cases before a court, and of notices of default as files."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.default_notices import most
from casework.desk import penalties
from casework.desk.labels import yes_or_no
from casework.desk.paging import Page
from casework.exports.worklists import listing_of
from casework.models import DefaultNotice, EquatedDay
from objections.admin.lists import AppealRow, as_objection_row, as_penalty_row, with_cases, with_papers
from objections.models import Appeal, Objection, ObjectionStatus
from objections.worklists import APPEALS, OBJECTIONS, PENALTIES

OF_APPEAL = "objection__decision__application__municipality"


def objection_lines(objections: Sequence[Objection]) -> Iterator[list[object]]:
    """A line for each; the calendar and the amounts are read once for all of them."""
    calendar = EquatedDay.calendar()
    amounts = penalties.amounts_of(Objection.CASE_TYPE, (one.pk for one in objections))
    for one in objections:
        row, application = as_objection_row(one, calendar=calendar), one.decision.application
        yield [
            one,
            application,
            application.applicant,
            application.kind,
            application.municipality,
            one.decision.get_outcome_display(),
            one.decision.announced_on,
            one.get_status_display(),
            hearing(one),
            yes_or_no(True) if row.is_to_excuse else None,
            one.received_on,
            row.due,
            amounts.get(one.pk),
            one.assigned_to,
        ]


def hearing(objection: Objection) -> datetime | None:
    """When a planned hearing is."""
    if objection.status != ObjectionStatus.HEARING_PLANNED:
        return None
    planned = [one.held_at for one in objection.hearings.all() if one.held_at]
    return planned[-1] if planned else None


def appeal_lines(appeals: Sequence[Appeal]) -> Iterator[list[object]]:
    """A line for each; the terms of the courts are one query for all of them."""
    for row in with_papers(Page([AppealRow(one) for one in appeals], 1, has_next=False)).rows:
        appeal, application = row.appeal, row.appeal.objection.application
        yield [
            appeal.dossier,
            appeal,
            application.applicant,
            application.kind,
            application.municipality,
            appeal.get_against_display(),
            yes_or_no(appeal.by_us),
            appeal.get_status_display(),
            appeal.filed_on,
            row.due,
            appeal.assigned_to,
        ]


def penalty_lines(notices: Sequence[DefaultNotice]) -> Iterator[list[object]]:
    """A line for each; the cases that they are about are one query for each sort."""
    today = timezone.localdate()
    for row in with_cases(Page([as_penalty_row(one) for one in notices], 1, has_next=False)).rows:
        notice, case = row.running.notice, row.case
        application = case.application if isinstance(case, Objection) else case
        can_become = most(notice) if notice.has_effect and not notice.set_on else notice.amount_eur or 0
        yield [
            notice.dossier,
            row.sort,
            case.get_status_display(),
            application.applicant,
            application.kind,
            application.municipality,
            notice.received_on,
            notice.amount(today=today),
            can_become,
            notice.first_day,
            notice.last_day,
            row.running.words,
            case.assigned_to,
        ]


LISTINGS = (
    listing_of(
        OBJECTIONS,
        name="objection",
        title=_("Objections"),
        default="open",
        columns=(
            _("Number"),
            _("Application"),
            _("Objector"),
            _("Kind"),
            _("Municipality"),
            _("Against"),
            _("Decided on"),
            _("Status"),
            _("Hearing"),
            _("Came too late"),
            _("Received"),
            _("Decide by"),
            _("Penalty until today in euros"),
            _("Assigned to"),
        ),
        filled=lambda rows: rows.for_list().prefetch_related("hearings"),
        lines=objection_lines,
    ),
    listing_of(
        APPEALS,
        name="appeal",
        title=_("Appeals"),
        default="open",
        columns=(
            _("Number"),
            _("Court"),
            _("Objector"),
            _("Kind"),
            _("Municipality"),
            _("Against"),
            _("Lodged by us"),
            _("Status"),
            _("Filed on"),
            _("Papers by"),
            _("Assigned to"),
        ),
        filled=lambda rows: rows.for_list().select_related(OF_APPEAL),
        lines=appeal_lines,
    ),
    listing_of(
        PENALTIES,
        name="defaultnotice",
        title=_("Notices of default and penalties"),
        default="running",
        columns=(
            _("Number"),
            _("About"),
            _("Status of the case"),
            _("Whose"),
            _("Kind"),
            _("Municipality"),
            _("Received"),
            _("Penalty until today in euros"),
            _("At most in euros"),
            _("First day"),
            _("Last day"),
            _("Status"),
            _("Assigned to"),
        ),
        filled=lambda rows: rows.select_related("dossier"),
        lines=penalty_lines,
    ),
)
