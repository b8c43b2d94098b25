"""The pages with applications as rows: a worklist, and what a search found."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.desk.labels import days_left, urgency
from casework.desk.paging import Page, page_number, page_of
from casework.desk.penalties import money_of
from casework.desk.pending_steps import goes_out
from exemptions.models import Application, Proposal
from exemptions.search import search
from exemptions.worklists import APPLICATIONS
from zones.plates import written

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Row:
    """One application in a list."""

    application: Application
    plate: str
    due: date | None
    left: str
    urgency: str
    money: str = ""
    """What a notice of default has come to."""
    proposal: Proposal | None = None
    """What waits for a second pair of eyes."""
    goes_out: datetime | None = None
    """When a step that waits goes out."""


def worklist_context(request: HttpRequest, user: "User") -> dict[str, Any]:
    """One page of a worklist; raises Http404 for a list that does not exist or is not for this role."""
    worklist = APPLICATIONS.asked(request, user, default="open")
    found = APPLICATIONS.rows(worklist, user, today=timezone.localdate())
    return {
        **APPLICATIONS.context(worklist, user),
        "rows_template": "desk/rows.html",
        "to_set_aside": worklist.name == "to-set-aside",
        "page": filled_in(page_of(found, number=page_number(request), filled=found.for_list(), as_row=as_row)),
    }


def search_context(words: str, user: "User") -> dict[str, Any]:
    """What a search found, at most one page of it."""
    found = search(words, user=user)
    return {
        "title": _("Search"),
        "typed": words,
        "typed_search": words,
        "page": filled_in(page_of(found, number=1, filled=Application.objects.for_list(), as_row=as_row)),
    }


def filled_in(page: Page[Row]) -> Page[Row]:
    """The same page, with what its notices of default have come to, what is proposed, and what is about to go out."""
    keys = [row.application.pk for row in page.rows]
    money: Mapping[int, str] = money_of(Application.CASE_TYPE, keys)
    going = goes_out(Application.CASE_TYPE, keys)
    open_proposals = Proposal.objects.filter(settled_at=None, application__in=keys).select_related("ground", "made_by")
    proposals = {proposal.application_id: proposal for proposal in open_proposals}
    return replace(
        page,
        rows=[
            replace(row, money=money.get(pk, ""), proposal=proposals.get(pk), goes_out=going.get(pk))
            for pk, row in zip(keys, page.rows, strict=True)
        ],
    )


def as_row(application: Application) -> Row:
    """What a list shows of an application; what has ended is due no more."""
    due = None if application.has_ended else getattr(application, "set_aside_by", None) or application.decide_by
    plate = written(application.plate, country=application.country) if application.plate else ""
    return Row(application, plate, due, days_left(due), urgency(due))
