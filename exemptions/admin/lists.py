"""The pages with rows: a worklist, and what a search found."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from exemptions import worklists
from exemptions.admin.deskwords import days_left, urgency
from exemptions.models import Application
from exemptions.models.application_query import ApplicationQuerySet
from exemptions.search import search
from zones.plates import written

if TYPE_CHECKING:
    from accounts.models import User

PAGE = 50


@dataclass(frozen=True)
class Row:
    """One application in a list."""

    application: Application
    plate: str
    due: date | None
    left: str
    urgency: str


@dataclass(frozen=True)
class Page:
    """Some rows, and the numbers of the pages beside it. Nothing is counted: that is slow where there are many."""

    rows: list[Row]
    number: int
    has_next: bool

    @property
    def previous(self) -> int | None:
        """The page before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after."""
        return self.number + 1 if self.has_next else None


def worklist_context(request: HttpRequest, user: "User") -> dict[str, Any]:
    """One page of a worklist; raises Http404 for a list that does not exist or is not for this role."""
    name = request.GET.get("list", "open")
    worklist = worklists.BY_NAME.get(name)
    if worklist is None or not user.has_perm(worklist.permission):
        raise Http404(f"no worklist {name}")
    number = page_number(request)
    found = worklist.rows(user, today=timezone.localdate())
    return {
        "title": worklist.title,
        "worklist": worklist,
        "lists": [*worklists.lists_of(user), worklists.ENDED],
        "page": page_of(found, number=number, filled=found),
    }


def search_context(request: HttpRequest, user: "User") -> dict[str, Any]:
    """What a search found, at most one page of it."""
    typed = request.POST.get("q", "")[:200]
    found = search(typed, user=user)
    return {
        "title": _("Search"),
        "typed": typed,
        "page": page_of(found, number=1, filled=Application.objects.all()),
        "lists": [*worklists.lists_of(user), worklists.ENDED],
    }


def page_number(request: HttpRequest) -> int:
    """The page that was asked; the first where that is no number."""
    asked = request.GET.get("page", "1")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 6 else 1


def page_of(found: ApplicationQuerySet, *, number: int, filled: ApplicationQuerySet) -> Page:
    """One page of what was found; one row too many tells that there is a next.

    The keys come first, sorted, and then the rows from `filled`: so the joins are made for one page and not for all.
    """
    start = (number - 1) * PAGE
    keys = list(found.values_list("pk", flat=True)[start : start + PAGE + 1])
    rows = filled.for_list().in_bulk(keys)
    return Page([as_row(rows[key]) for key in keys[:PAGE] if key in rows], number, len(keys) > PAGE)


def as_row(application: Application) -> Row:
    """What a list shows of an application; what has ended is due no more."""
    due = None if application.has_ended else getattr(application, "set_aside_by", None) or application.decide_by
    plate = written(application.plate, country=application.country) if application.plate else ""
    return Row(application, plate, due, days_left(due), urgency(due))
