"""Runs of deciding again at the desk: the list, and the page of a run with its numbers and cases."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.form_recovery import take_typed
from casework.desk import case_page
from casework.desk.case_admin import CaseAdmin
from casework.desk.paging import UncountedPaginator, page_number
from casework.desk.steps import DeskStep
from renewals.admin.desk_steps import AT_THE_CASE, RENEWALS_DESK
from renewals.admin.new_form import NewForm
from renewals.admin.numbers import Numbers
from renewals.admin.worklist_columns import COLUMNS
from renewals.models import Action, ItemState, Renewal, RenewalItem, RenewalStatus
from renewals.publication import make_list
from renewals.worklists import RENEWALS

if TYPE_CHECKING:
    from accounts.models import User


LEFT = (ItemState.NEEDS_HUMAN, ItemState.FAILED)


@admin.register(Renewal)
class RenewalAdmin(CaseAdmin[Renewal]):
    """The worklists, the page of a run with its cases and progress, and its steps."""

    desk = RENEWALS_DESK
    case_template = "desk/renewal_run.html"
    worklists = RENEWALS
    columns = COLUMNS
    change_list_template = "desk/renewal_list.html"

    def more_pages(self) -> list[tuple[str, Any, str]]:
        """The progress alone, which the page polls."""
        return [("<int:pk>/progress/", self.progress_page, "progress")]

    def more_forms(self) -> list[tuple[str, Any, str]]:
        """The form to list the decisions that a change affects."""
        return [("new/", self.new_page, "new")]

    def join_tables(self, rows: Any) -> Any:
        """Join the people, and count the cases."""
        left = Count("items", filter=Q(items__state__in=LEFT))
        return rows.for_list().annotate(cases=Count("items"), left=left)

    def case_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything about one run; the query string filters its cases."""
        renewal = self.found(request, pk)
        context = run_page_context(request, renewal, user=self.caseworker(request))
        return self.page(request, self.case_template, {**context, "title": str(renewal)})

    def progress_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The progress of a run."""
        renewal = self.found(request, pk)
        polls = renewal.status == RenewalStatus.RUNNING
        context = {"renewal": renewal, "numbers": Numbers.of(renewal), "polls": polls}
        return TemplateResponse(request, "desk/renewal_progress.html", context)

    def new_page(self, request: HttpRequest) -> HttpResponse:
        """Choose a change, and make its list."""
        user = self.caseworker(request)
        if not user.has_perm("renewals.add_renewal"):
            raise PermissionDenied("may not list decisions")
        data = request.POST if request.method == "POST" else take_typed(request)
        form = NewForm(data, initial={"change": request.GET.get("change", "")})
        if request.method == "POST" and form.is_valid():
            renewal = make_list(form.cleaned_data["change"], by=user)
            return HttpResponseRedirect(self.desk.case_address(renewal))
        page = self.page(
            request, "desk/renewal_new.html", {"title": _("Which decisions does it change?"), "form": form}
        )
        page.status_code = 422 if request.method == "POST" else 200
        return page


@dataclass(frozen=True)
class ItemRow:
    """One case, and the steps that are about it."""

    item: RenewalItem
    steps: list[DeskStep]


def run_page_context(request: HttpRequest, renewal: Renewal, *, user: "User") -> dict[str, Any]:
    """The context of the template."""
    shared = case_page.build_context(renewal, desk=RENEWALS_DESK, user=user, at_their_place=AT_THE_CASE)
    action, state = read_filter(request, "action", Action.values), read_filter(request, "state", ItemState.values)
    return {
        **shared,
        "renewal": renewal,
        "numbers": Numbers.of(renewal),
        "polls": renewal.status == RenewalStatus.RUNNING,
        "action": action,
        "state": state,
        "page": items_page(request, renewal, action=action, state=state, open_steps=shared["open_steps"]),
    }


def read_filter(request: HttpRequest, name: str, known: list[str]) -> str:
    """A filter from the query string; empty if its value is unknown."""
    value = request.GET.get(name, "")
    return value if value in known else ""


def items_page(request: HttpRequest, renewal: Renewal, *, action: str, state: str, open_steps: set[str]) -> Page[Any]:
    """One page of the cases that match the filters."""
    found: QuerySet[RenewalItem] = renewal.items.order_by("pk")
    if action:
        found = found.filter(action=action)
    if state:
        found = found.filter(state=state)
    filled = RenewalItem.objects.select_related(
        "decision__application__dossier",
        "decision__application__applicant",
        "decision__application__kind",
        "new_decision",
        "excluded_by",
    )
    page = UncountedPaginator(found, filled, number=page_number(request) or 1).asked_page()
    page.object_list = [ItemRow(item, steps_of(item, open_steps)) for item in page.object_list]
    return page


def steps_of(item: RenewalItem, open_steps: set[str]) -> list[DeskStep]:
    """The steps that this user can take on a case now."""
    fitting = {
        "exclude": item.state == ItemState.WAITING,
        "include": item.state == ItemState.EXCLUDED,
        "grant_too": item.state == ItemState.WAITING and item.action == Action.LOOK,
        "try_again": item.is_left and item.action != Action.LOOK,
        "settle": item.is_left,
    }
    return [RENEWALS_DESK.by_name[name] for name, fits in fitting.items() if fits and name in open_steps]
