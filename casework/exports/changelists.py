"""Any list of Django's admin as a file, as its page shows it to this user.

The rows come from the admin's own `ChangeList`, with the filters, search and order of the page, and the columns are its
`list_display`, so every registered model has an export without further code. That includes the desk's worklists
(`casework.desk.worklist_admin`), whose `Column`s say what a file has. A model with a page of our own instead of the
list has none.
"""

import html
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeGuard

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.contrib.admin.views.main import ALL_VAR, ERROR_FLAG, ORDER_VAR, PAGE_VAR
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, PermissionDenied, SuspiciousOperation
from django.db.models import Field, QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils.functional import lazy
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casework.desk import saved_views
from casework.desk.column_kit import Column
from casework.desk.saved_views import COLUMNS
from casework.desk.worklist_admin import WorklistAdmin
from casework.desk.worklists import PARAMETER
from casework.exports.listing import WORDS, Line, Listing, Search, nothing_chosen, read_search_words
from casework.formats import format_boolean

if TYPE_CHECKING:
    from accounts.models import User

Admin = admin.ModelAdmin[Any]
PARTS_NAMES = "-"
"""Separates the names of app and model; lists of our own have no such character in their names."""
NO_FILTERS = {ALL_VAR, ERROR_FLAG, PAGE_VAR, WORDS}
"""Other parameters in the admin's URLs; nor are names that begin with an underscore filters."""


@dataclass(frozen=True, kw_only=True)
class Changelist(Listing):
    """A list whose filters are whatever its admin allows in a URL; they are validated when the rows are read."""

    is_filter: Callable[[str], bool]
    choose: "Callable[[User, QueryDict], Sequence[Any] | None]"
    """The columns named in the page's URL; None if it names none."""
    admin: Admin

    def as_seen(self, user: "User", filters: QueryDict) -> Listing:
        """The list with only the chosen columns, in the order of the page."""
        chosen = self.choose(user, filters)
        if chosen is None:
            return self
        columns = tuple(lazy(get_column_title, str)(self.admin, one) for one in chosen)
        return replace(self, columns=columns, lines=partial(build_lines, self.admin, columns=chosen))

    def names(self, asked: QueryDict) -> Iterable[str]:
        """All filters in a fixed order, so that the same list is recognised as such."""
        return sorted(filter(self.is_filter, asked))


def find_listing(name: str) -> Listing | None:
    """The list of a model by a name such as `zones-municipality`; None if the admin has no such list."""
    found = next((listing_of(one) for one in list_admins() if name_of(one) == name), None)
    return found or next(
        (build_search_listing(one) for one in list_admins() if is_worklist(one) and one.search_name == name), None
    )


def list_admins() -> list[Admin]:
    """The admins whose list page is Django's own."""
    return [one for one in admin.site._registry.values() if is_changelist(one)]


def is_changelist(model_admin: Admin) -> bool:
    """Whether the admin shows its rows itself, rather than on a page of our own."""
    return getattr(resolve(build_changelist_url(model_admin)).func, "__name__", "") == "changelist_view"


def build_changelist_url(model_admin: Admin) -> str:
    """The URL of the admin's list."""
    opts = model_admin.opts
    return reverse(f"{model_admin.admin_site.name}:{opts.app_label}_{opts.model_name}_changelist")


def name_of(model_admin: Admin) -> str:
    """The name of the list in URLs: `zones-municipality`, or for a worklist the model alone."""
    opts = model_admin.opts
    return model_admin.listing_name if is_worklist(model_admin) else f"{opts.app_label}{PARTS_NAMES}{opts.model_name}"


def is_worklist(model_admin: Admin) -> TypeGuard[WorklistAdmin[Any]]:
    """Whether the admin is one of the desk's worklists."""
    return isinstance(model_admin, WorklistAdmin)


def listing_of(model_admin: Admin) -> Listing:
    """The list of one model. Its column titles are lazy, so that they are in the language of the file."""
    columns = tuple(lazy(get_column_title, str)(model_admin, name) for name in columns_of(model_admin))
    return Changelist(
        name=name_of(model_admin),
        title=capfirst(model_admin.opts.verbose_name_plural or ""),
        columns=columns,
        rows=partial(find_page_rows, model_admin),
        lines=partial(build_lines, model_admin),
        page=partial(build_page_url, model_admin),
        chosen=partial(describe_filters, model_admin),
        is_filter=partial(is_filter, model_admin),
        choose=partial(find_chosen_columns, model_admin),
        admin=model_admin,
        search=Search.NO if is_worklist(model_admin) else Search.MAY,
    )


def build_search_listing(model_admin: WorklistAdmin[Any]) -> Listing:
    """The list of what a search found on all worklists of a sort; it exists only with search words."""
    name, title = model_admin.search_name, model_admin.search_title
    return replace(listing_of(model_admin), name=name, title=title, chosen=nothing_chosen, search=Search.MUST)


# --- Which rows ---------------------------------------------------------------------------------------------


def is_filter(model_admin: Admin, name: str) -> bool:
    """Whether a parameter filters or sorts rows; those that a worklist does not know are ignored."""
    if is_worklist(model_admin):
        return name in (ORDER_VAR, COLUMNS) or model_admin.lookup_allowed(name, "")
    return name not in NO_FILTERS and not name.startswith("_")


def find_page_rows(model_admin: Admin, user: "User", filters: QueryDict) -> QuerySet[Any]:
    """The rows of the page, queried as for this user. Raises PermissionDenied, or Http404 for filters it refuses."""
    read_search_words(filters)
    request = as_asked(model_admin, user, filters)
    model_admin.get_queryset(request)  # raises Http404 for users without a worklist, as its page does
    if not (model_admin.admin_site.has_permission(request) and model_admin.has_view_or_change_permission(request)):
        raise PermissionDenied(f"may not see {name_of(model_admin)}")
    if any("\0" in part for name, values in filters.lists() for part in (name, *values)):
        raise Http404("no database holds this sign")
    try:
        found: QuerySet[Any] = model_admin.get_changelist_instance(request).queryset
    except (IncorrectLookupParameters, SuspiciousOperation) as error:
        raise Http404("no filter of this list") from error
    # the joins that a line needs; the page adds them for the rows it shows only
    return model_admin.join_tables(found) if is_worklist(model_admin) else found


def as_asked(model_admin: Admin, user: "User", filters: QueryDict) -> HttpRequest:
    """A request for the page with these filters, because the worker has none."""
    if is_worklist(model_admin):
        return saved_views.as_asked(model_admin, user, filters)
    request = HttpRequest()
    request.method, request.path = "GET", build_changelist_url(model_admin)
    request.user, request.GET = user, filters  # type: ignore[assignment]
    request.resolver_match = resolve(request.path)
    return request


def build_page_url(model_admin: Admin, filters: QueryDict) -> str:
    """The URL of the list with these filters."""
    if is_worklist(model_admin) and WORDS in filters:  # search words never go into a URL
        return reverse("admin:index")
    asked = filters.urlencode()
    return f"{build_changelist_url(model_admin)}?{asked}" if asked else build_changelist_url(model_admin)


# --- What a row says ------------------------------------------------------------------------------------------


def columns_of(model_admin: Admin) -> Sequence[Any]:
    """The columns of a line: those of the page, or for a worklist those meant for a file."""
    if is_worklist(model_admin):
        return [one for one in model_admin.columns if one.in_file]
    return model_admin.list_display


def find_chosen_columns(model_admin: Admin, user: "User", filters: QueryDict) -> Sequence[Any] | None:
    """The chosen columns for a file; None if nobody chose. Raises Http404 for an unknown column."""
    if not is_worklist(model_admin) or COLUMNS not in filters:
        return None
    try:
        shown = model_admin.get_list_display(saved_views.as_asked(model_admin, user, filters))
    except IncorrectLookupParameters as error:
        raise Http404("no column of this list") from error
    return [one for one in shown if one.in_file]


def get_column_title(model_admin: Admin, name: Any) -> str:
    """The heading of a column, as on the page."""
    if isinstance(name, Column):
        return name.heading
    return capfirst(str(label_for_field(name, model_admin.model, model_admin=model_admin)))


def build_lines(model_admin: Admin, found: Sequence[Any], *, columns: Sequence[Any] | None = None) -> Iterator[Line]:
    """One line per row, with these columns or else all of them."""
    if is_worklist(model_admin):
        model_admin.fill_rows(found)
    for one in found:
        yield [read_cell(model_admin, name, one) for name in columns or columns_of(model_admin)]


def read_cell(model_admin: Admin, name: Any, row: Any) -> object:
    """The value of a column for a row: numbers and days as such, the label of a choice, None if it is missing."""
    if isinstance(name, Column):
        return name.value(row)
    try:
        field, shown, value = lookup_field(name, row, model_admin)
    except ObjectDoesNotExist:
        return None
    if field is None:
        return of_method(shown, value)
    return getattr(row, field.name) if field.is_relation else of_field(field, value)


def of_method(shown: object, value: object) -> object:
    """The cell of an admin or model method's value, without markup."""
    if isinstance(value, SafeString):
        return html.unescape(strip_tags(value))
    return format_boolean(value) if getattr(shown, "boolean", False) or isinstance(value, bool) else value  # type: ignore[arg-type]


def of_field(field: "Field[Any, Any]", value: Any) -> object:
    """The cell of a model field's value."""
    if field.flatchoices:
        return dict(field.flatchoices).get(value, value)
    if isinstance(value, bool):
        return format_boolean(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


# --- What was chosen ------------------------------------------------------------------------------------------


def describe_filters(model_admin: Admin, filters: QueryDict) -> str:
    """The filters in words, and whether somebody searched; the search words themselves stay out of titles."""
    asked = [(name, values) for name, values in filters.lists() if name not in (ORDER_VAR, WORDS, PARAMETER, COLUMNS)]
    said = [describe_filter_choice(model_admin, name, values) for name, values in asked]
    if WORDS in filters:
        said.append(_("found with a search"))
    elif is_worklist(model_admin):
        said.insert(0, str(model_admin.list_title(filters)))
    return ", ".join(said)


def describe_filter_choice(model_admin: Admin, name: str, values: list[Any]) -> str:
    """One filter in words: its title and the chosen values. A filter can offer labels for its values as `words`."""
    for one in model_admin.list_filter:
        if getattr(one, "parameter_name", None) == name:
            if getattr(one, "is_looked_up", False):  # labels of its values would take a query
                return str(one.title)  # type: ignore[union-attr]
            return join_filter(one.title, values, getattr(one, "words", {}))  # type: ignore[union-attr]
    try:
        field = model_admin.opts.get_field(name.partition("__")[0])
    except FieldDoesNotExist:
        return join_filter(name, values, {})
    title = getattr(field, "verbose_name", field.name)
    if field.is_relation:  # the label of a key would take a query
        return str(title)
    is_boolean = field.get_internal_type() == "BooleanField"
    words = {"1": format_boolean(True), "0": format_boolean(False)} if is_boolean else {}
    return join_filter(title, values, words or {str(key): label for key, label in getattr(field, "flatchoices", ())})


def join_filter(title: object, values: list[Any], words: Any) -> str:
    """A filter in words, as in "state = failed"."""
    return f"{title} = {', '.join(str(words.get(value, value)) for value in values)}"
