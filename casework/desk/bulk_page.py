"""The pages of an action of a list: what is filled in once, what would happen to each case, what happened."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.current_policy import CurrentPolicy
from casework.desk.bulk import Bulk, BulkForm, BulkStep, Row
from casework.desk.steps import CaseDesk

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite

    from accounts.models import User

LONGEST_KEY = 18
"""Digits of a key that the database can hold."""


def refuse_strange_keys(request: HttpRequest) -> None:
    """Ticks that no page of ours sends; raises SuspiciousOperation."""
    if not all(is_key(one) for one in request.POST.getlist(ACTION_CHECKBOX_NAME)):
        raise SuspiciousOperation("no keys of cases")


def is_key(value: str) -> bool:
    """Whether it can be the key of a row."""
    return value.isascii() and value.isdecimal() and len(value) <= LONGEST_KEY


def most_cases() -> int:
    """How many are done together at most."""
    return CurrentPolicy.on(timezone.localdate()).number("bulk_cases")


def find_chosen(request: HttpRequest, found: QuerySet[Any]) -> list[int]:
    """The keys of what was ticked, in the order of the list; none, with the reason on the page, if too many."""
    most = most_cases()
    keys: list[int] = list(found.values_list("pk", flat=True)[: most + 1])
    if not keys:
        messages.warning(request, _("Tick at least one case first."))
    if len(keys) > most:
        said = _("This list has more than %(most)s cases. Choose fewer with the filters, or tick them one by one.")
        messages.warning(request, said % {"most": most})
        return []
    return keys


class BulkPage:
    """One visit of one user to an action of a list."""

    def __init__(
        self, request: HttpRequest, action: BulkStep, *, desk: CaseDesk[Any], user: "User", site: "AdminSite"
    ) -> None:
        self.request, self.action, self.desk, self.user, self.site = request, action, desk, user, site

    def respond(self, found: QuerySet[Any]) -> HttpResponse | None:
        """Ask, look, or do it. None leads back to the list."""
        stage = self.request.POST.get("stage", "")
        keys = self.sent_keys() if stage else find_chosen(self.request, found)
        if not keys:
            return None
        cases = self.find_cases(keys)
        if not stage and self.action.form.base_fields:
            return self.show_form(self.action.form(user=self.user), cases)
        form = self.action.form(self.request.POST, user=self.user)
        if not form.is_valid():
            return self.show_form(form, cases)
        bulk = Bulk(self.action, form, self.desk, self.user)
        return self.show_done(bulk, keys, cases) if stage == "do" else self.show_rehearsal(bulk, cases)

    def sent_keys(self) -> list[int]:
        """The cases that an earlier page showed; whether they still stand on the list does not matter."""
        return [int(one) for one in self.request.POST.getlist(ACTION_CHECKBOX_NAME)][: most_cases()]

    def find_cases(self, keys: Sequence[int]) -> list[Any]:
        """Those that the user may see, in their order."""
        cases = self.desk.seen(self.user).in_bulk(keys)
        return [cases[key] for key in dict.fromkeys(keys) if key in cases]

    def show_form(self, form: BulkForm, cases: Sequence[Any]) -> HttpResponse:
        """What is filled in once, above the cases."""
        return self.page(form=form, stage="look", cases=[(case, self.desk.line(case)) for case in cases])

    def show_rehearsal(self, bulk: Bulk, cases: Sequence[Any]) -> HttpResponse:
        """What would happen to each."""
        rows = bulk.rehearse(cases)
        return self.page(form=bulk.form, stage="do", **self.describe(rows))

    def show_done(self, bulk: Bulk, keys: Sequence[int], cases: Sequence[Any]) -> HttpResponse:
        """Each case, one after the other: what became of it."""
        sent = self.request.POST
        rows = [
            bulk.take(case, mark=sent.get(f"mark_{case.pk}", ""), kept=sent.getlist(f"kept_{case.pk}"))
            for case in cases
        ]
        return self.page(form=bulk.form, stage="", lost=len(set(keys)) - len(cases), **self.describe(rows))

    def describe(self, rows: Sequence[Row]) -> dict[str, Any]:
        """The rows with their cases in words, what is refused first: that is what somebody must know."""
        shown = sorted(rows, key=lambda row: row.is_possible)
        possible = [row for row in rows if row.is_possible]
        return {
            "rows": [(row, self.desk.line(row.case)) for row in shown],
            "number": len(possible),
            "refused": len(rows) - len(possible),
        }

    def page(self, **context: Any) -> HttpResponse:
        """One of the pages."""
        own = {
            "title": self.action.label,
            "action": self.action,
            "desk": self.desk,
            "lists": self.desk.address("changelist"),
        }
        back = self.request.get_full_path()
        return TemplateResponse(
            self.request,
            "desk/bulk.html",
            {**self.site.each_context(self.request), **own, "back": back, **context},
        )
