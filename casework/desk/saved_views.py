"""Views of a list under a name: kept as an address that the list itself has understood, and counted as far as it helps.

A view holds no rows and no rights. Whoever opens it gets the list with those filters, of the cases that they may see.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR
from django.core.exceptions import SuspiciousOperation
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve, reverse

from casework.desk.counting import count_rows, describe_count
from casework.desk.worklists import PARAMETER
from casework.models import SavedView
from casework.models.list_choice import LONGEST_FILTERS

if TYPE_CHECKING:
    from accounts.models import User
    from casework.desk.worklist_admin import WorklistAdmin, WorklistChangeList

COLUMNS = "cols"
MOST_VIEWS = 20
"""Of one person for one list; and so many stand above it."""
SHARE = "casework.share_savedview"


@dataclass(frozen=True)
class ShownView:
    """A view as a link above its list. `number`: None if its filters mean nothing any more."""

    view: SavedView
    url: str
    number: int | None
    is_open: bool

    @property
    def count(self) -> str:
        """The number of its rows, as far as they are counted."""
        if self.number is None:
            return "–"
        return describe_count(self.number)


def describe_address(changelist: "WorklistChangeList") -> str:
    """The list as it is, as an address that stays: filters, order by the names of columns, the columns."""
    kept = QueryDict(mutable=True)
    kept[PARAMETER] = changelist.tabs.worklist.name
    for name, values in sorted(changelist.get_filters_params().items()):
        kept.setlist(name, list(values))
    if order := changelist.order_by_names:
        kept[ORDER_VAR] = order
    if changelist.chosen is not None:
        kept[COLUMNS] = ".".join(changelist.chosen)
    return kept.urlencode()


def list_admins() -> "list[WorklistAdmin[Any]]":
    """The lists on which a view can be saved."""
    return [cast("WorklistAdmin[Any]", one) for one in admin.site._registry.values() if hasattr(one, "listing_name")]


def find_admin(listing: str) -> "WorklistAdmin[Any] | None":
    """The list of that name."""
    return next((one for one in list_admins() if one.listing_name == listing), None)


def build_list_url(model_admin: "WorklistAdmin[Any]") -> str:
    """Where the list stands."""
    return reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")


def build_view_url(view: SavedView) -> str:
    """The list as the view keeps it; empty if there is no such list any more."""
    model_admin = find_admin(view.listing)
    return f"{build_list_url(model_admin)}?{view.filters}" if model_admin else ""


def as_asked(model_admin: "WorklistAdmin[Any]", user: "User", filters: QueryDict) -> HttpRequest:
    """The request for a list with these filters, where there is none: for its rows, and not for a page of them."""
    request = HttpRequest()
    request.method, request.path = "GET", build_list_url(model_admin)
    request.user, request.GET = user, filters  # type: ignore[assignment]
    request.resolver_match = resolve(request.path)
    request.rows_alone = True  # type: ignore[attr-defined]
    return request


def list_views(changelist: "WorklistChangeList", request: HttpRequest, user: "User") -> list[ShownView]:
    """The user's own views of a list and those of the team, with their counts: two queries, however many there are."""
    model_admin = changelist.model_admin
    views = list(SavedView.objects.visible_to(user).filter(listing=model_admin.listing_name)[:MOST_VIEWS])
    if not views:
        return []
    numbers, here = count_views(model_admin, views, request, user), describe_address(changelist)
    base = build_list_url(model_admin)
    return [ShownView(one, f"{base}?{one.filters}", numbers.get(one.pk), one.filters == here) for one in views]


def count_views(
    model_admin: "WorklistAdmin[Any]", views: list[SavedView], request: HttpRequest, user: "User"
) -> dict[int, int]:
    """How many rows each has, as far as they are counted: one query. Without those that mean nothing any more."""
    rows = {one.pk: find_rows(model_admin, one, request, user) for one in views}
    return count_rows({key: found for key, found in rows.items() if found is not None})


def find_rows(
    model_admin: "WorklistAdmin[Any]", view: SavedView, request: HttpRequest, user: "User"
) -> "QuerySet[Any] | None":
    """The rows of a view for this user; None where the list does not understand it any more, or is not the user's."""
    asked = as_asked(model_admin, user, QueryDict(view.filters))
    asked.__dict__["filter_options"] = request.__dict__.setdefault("filter_options", {})  # looked up once a page
    try:
        found: QuerySet[Any] = model_admin.get_changelist_instance(asked).queryset
    except (IncorrectLookupParameters, SuspiciousOperation, Http404):
        return None
    return found


class TooManyViews(Exception):
    """Somebody has as many views of one list as one can look over."""


def save_view(changelist: "WorklistChangeList", *, name: str, is_shared: bool, user: "User") -> SavedView:
    """Keep a list as it is under a name; a view of one's own by that name is replaced. Raises TooManyViews.

    The list has understood its address by now: an address that it refuses never comes here.
    """
    listing, filters = changelist.model_admin.listing_name, describe_address(changelist)
    own = SavedView.objects.filter(owner=user, listing=listing)
    if len(filters) > LONGEST_FILTERS or (own.count() >= MOST_VIEWS and not own.filter(name=name).exists()):
        raise TooManyViews
    kept = {"filters": filters, "is_shared": is_shared and user.has_perm(SHARE)}
    return SavedView.objects.update_or_create(owner=user, listing=listing, name=name, defaults=kept)[0]
