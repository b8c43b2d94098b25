"""What the page of a run shows: its numbers, its cases, what can be done with each."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest

from casework.desk import case_page
from casework.desk.paging import UncountedPaginator, page_number
from casework.desk.steps import DeskStep
from renewals.admin.desk_steps import AT_THE_CASE, RENEWALS_DESK
from renewals.admin.numbers import Numbers
from renewals.models import Action, ItemState, Renewal, RenewalItem, RenewalStatus

if TYPE_CHECKING:
    from accounts.models import User

LEFT = (ItemState.NEEDS_HUMAN, ItemState.FAILED)


@dataclass(frozen=True)
class ItemRow:
    """One case, and the steps that are about it."""

    item: RenewalItem
    steps: list[DeskStep]


def run_page_context(request: HttpRequest, renewal: Renewal, *, user: "User") -> dict[str, Any]:
    """What the template reads."""
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
    """A filter in the address; nothing if it is none of ours."""
    value = request.GET.get(name, "")
    return value if value in known else ""


def items_page(request: HttpRequest, renewal: Renewal, *, action: str, state: str, open_steps: set[str]) -> Page[Any]:
    """Some of the cases."""
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
    """What this user can do with this case now."""
    fitting = {
        "exclude": item.state == ItemState.WAITING,
        "include": item.state == ItemState.EXCLUDED,
        "grant_too": item.state == ItemState.WAITING and item.action == Action.LOOK,
        "try_again": item.is_left and item.action != Action.LOOK,
        "settle": item.is_left,
    }
    return [RENEWALS_DESK.by_name[name] for name, fits in fitting.items() if fits and name in open_steps]
