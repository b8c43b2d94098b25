"""The pages with objections, cases before a court, and notices of default as rows."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from casework import deadlines
from casework.calendar import Calendar
from casework.deadline_words import day, moment
from casework.default_notices import most
from casework.desk.labels import days_left, euros, urgency
from casework.desk.paging import Page, page_number, page_of
from casework.desk.penalties import Running, as_running, money_of
from casework.desk.pending_steps import goes_out
from casework.models import Deadline, DefaultNotice, EquatedDay
from exemptions.models import Application
from objections.models import Appeal, Objection, ObjectionStatus
from objections.worklists import APPEALS, OBJECTIONS, PENALTIES

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class ObjectionRow:
    """One objection in a list."""

    objection: Objection
    about: str
    hearing: str
    is_to_excuse: bool
    """It came too late, and nobody has judged that yet."""
    due: date | None
    left: str
    urgency: str
    money: str = ""
    goes_out: datetime | None = None
    """When a step that waits goes out."""


def objections_context(request: HttpRequest, user: "User") -> dict[str, Any]:
    """One page of a worklist; raises Http404 for a list that does not exist or is not for this role."""
    worklist = OBJECTIONS.asked(request, user, default="open")
    found = OBJECTIONS.rows(worklist, user, today=timezone.localdate())
    filled = found.for_list().prefetch_related("hearings")
    as_row = partial(as_objection_row, calendar=EquatedDay.calendar())
    page = page_of(found, number=page_number(request), filled=filled, as_row=as_row)
    return {
        **OBJECTIONS.context(worklist, user),
        "rows_template": "desk/objection_rows.html",
        "page": with_more(page),
    }


def as_objection_row(objection: Objection, *, calendar: Calendar) -> ObjectionRow:
    """What a list shows of an objection; what has ended is due no more. One calendar serves all rows."""
    due = None if objection.has_ended else objection.decide_by
    decision = objection.decision
    about = f"{decision.get_outcome_display()}, {day(decision.announced_on)}"
    is_to_excuse = not objection.has_ended and objection.excused is None and came_late(objection, calendar)
    return ObjectionRow(objection, about, hearing_of(objection), is_to_excuse, due, days_left(due), urgency(due))


def came_late(objection: Objection, calendar: Calendar) -> bool:
    """After the last day to object, and not by the extra week of the post either (Awb 6:9)."""
    due = deadlines.objection_due(objection.decision.announced_on, calendar=calendar)
    return not deadlines.objection_in_time(
        due, received=objection.came_in_on, posted=objection.posted_on, calendar=calendar
    )


def hearing_of(objection: Objection) -> str:
    """When a planned hearing is."""
    if objection.status != ObjectionStatus.HEARING_PLANNED:
        return ""
    planned = [one.held_at for one in objection.hearings.all() if one.held_at]
    return moment(planned[-1]) if planned else ""


def with_more(page: Page[ObjectionRow]) -> Page[ObjectionRow]:
    """The same page, with what the notices of default on its cases have come to, and what is about to go out."""
    keys = [row.objection.pk for row in page.rows]
    money, going = money_of(Objection.CASE_TYPE, keys), goes_out(Objection.CASE_TYPE, keys)
    return replace(
        page,
        rows=[
            replace(row, money=money.get(pk, ""), goes_out=going.get(pk))
            for pk, row in zip(keys, page.rows, strict=True)
        ],
    )


@dataclass(frozen=True)
class AppealRow:
    """One case before a court in a list."""

    appeal: Appeal
    due: date | None = None
    left: str = ""
    urgency: str = ""


def appeals_context(request: HttpRequest, user: "User") -> dict[str, Any]:
    """One page of the appeals."""
    worklist = APPEALS.asked(request, user, default="open")
    found = APPEALS.rows(worklist, user, today=timezone.localdate())
    page = page_of(found, number=page_number(request), filled=found.for_list(), as_row=AppealRow)
    return {
        **APPEALS.context(worklist, user),
        "rows_template": "desk/appeal_rows.html",
        "page": with_papers(page),
    }


def with_papers(page: Page[AppealRow]) -> Page[AppealRow]:
    """The same page, with until when the courts wait for our papers: one query."""
    terms = Deadline.objects.open().filter(case_type=Appeal.CASE_TYPE, kind=Deadline.Kind.COURT_PAPERS)
    due = dict(terms.filter(case_id__in=[row.appeal.pk for row in page.rows]).values_list("case_id", "due"))
    return replace(page, rows=[with_term(row, due.get(row.appeal.pk)) for row in page.rows])


def with_term(row: AppealRow, due: date | None) -> AppealRow:
    """The row with the last day to send papers."""
    return replace(row, due=due, left=days_left(due), urgency=urgency(due))


@dataclass(frozen=True)
class PenaltyRow:
    """One notice of default in the list: what it comes to, and the case that it is about."""

    running: Running
    most: str
    case: Any = None
    sort: str = ""
    url: str = ""


def penalties_context(request: HttpRequest, user: "User") -> dict[str, Any]:
    """One page of the notices of default."""
    worklist = PENALTIES.asked(request, user, default="running")
    found = PENALTIES.rows(worklist, user, today=timezone.localdate())
    filled = found.select_related("dossier")
    page = page_of(found, number=page_number(request), filled=filled, as_row=as_penalty_row)
    return {
        **PENALTIES.context(worklist, user),
        "rows_template": "desk/penalty_rows.html",
        "page": with_cases(page),
    }


def as_penalty_row(notice: DefaultNotice) -> PenaltyRow:
    """The amount of today, and the most that it can become."""
    can_become = most(notice) if notice.has_effect and not notice.set_on else notice.amount_eur or 0
    return PenaltyRow(as_running(notice), euros(can_become))


def with_cases(page: Page[PenaltyRow]) -> Page[PenaltyRow]:
    """The same page, with the cases that the notices are about: one query for each sort of case."""
    notices = [row.running.notice for row in page.rows]
    cases = {
        **{(Application.CASE_TYPE, one.pk): one for one in cases_of(Application.objects.for_list(), notices)},
        **{(Objection.CASE_TYPE, one.pk): one for one in cases_of(Objection.objects.for_list(), notices)},
    }
    return replace(page, rows=[with_case(row, cases) for row in page.rows])


def cases_of(rows: "QuerySet[Any]", notices: list[DefaultNotice]) -> "QuerySet[Any]":
    """The cases of one sort that notices point at."""
    case_type = rows.model.CASE_TYPE
    return rows.filter(pk__in=[one.case_id for one in notices if one.case_type == case_type])


def with_case(row: PenaltyRow, cases: dict[tuple[str, int], Any]) -> PenaltyRow:
    """The row with its case, by the address of its page."""
    notice = row.running.notice
    case = cases[notice.case_type, notice.case_id]
    label = case._meta.label_lower.replace(".", "_")
    return replace(
        row,
        case=case,
        sort=str(case._meta.verbose_name).capitalize(),
        url=reverse(f"admin:{label}_change", args=[case.pk]),
    )
