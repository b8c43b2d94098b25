"""The lists of Django's admin as files: any of them, as its page shows it to this user.

A list as seen is that of the admin itself: its own `ChangeList` answers with the filters, the search and the order of
the page, and the columns are its `list_display`. So a model that is registered has its export without a word of its
own. The worklists of the desk are among them (`casework.desk.worklist_admin`): their `Column`s tell what a file holds.
A model with pages of our own in place of the list is not.
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
from casework.desk.labels import yes_or_no
from casework.desk.saved_views import COLUMNS
from casework.desk.worklist_admin import WorklistAdmin
from casework.desk.worklists import PARAMETER
from casework.exports.listing import WORDS, Line, Listing, Search, nothing_chosen, read_search_words

if TYPE_CHECKING:
    from accounts.models import User

Admin = admin.ModelAdmin[Any]
PARTS_NAMES = "-"
"""Between the names of the app and the model; no list of our own has one there."""
NO_FILTERS = {ALL_VAR, ERROR_FLAG, PAGE_VAR, WORDS}
"""What an address of the admin can hold besides; a name that begins with an underscore is none either."""


@dataclass(frozen=True, kw_only=True)
class Changelist(Listing):
    """A list whose filters are whatever its admin allows in an address; they are checked together with the rows."""

    is_filter: Callable[[str], bool]
    choose: "Callable[[User, QueryDict], Sequence[Any] | None]"
    """The columns that the address of the page names; None if it names none."""
    admin: Admin

    def as_seen(self, user: "User", filters: QueryDict) -> Listing:
        """With those columns alone, in the order of the page."""
        chosen = self.choose(user, filters)
        if chosen is None:
            return self
        columns = tuple(lazy(get_column_title, str)(self.admin, one) for one in chosen)
        return replace(self, columns=columns, lines=partial(build_lines, self.admin, columns=chosen))

    def names(self, asked: QueryDict) -> Iterable[str]:
        """All of them, in one order: the same list is asked once."""
        return sorted(filter(self.is_filter, asked))


def find_listing(name: str) -> Listing | None:
    """The list of a model, named as `zones-municipality`; None if the admin has no such list."""
    found = next((listing_of(one) for one in list_admins() if name_of(one) == name), None)
    return found or next((found_of(one) for one in list_admins() if is_worklist(one) and one.search_name == name), None)


def list_admins() -> list[Admin]:
    """The admins whose list page is Django's own."""
    return [one for one in admin.site._registry.values() if is_changelist(one)]


def is_changelist(model_admin: Admin) -> bool:
    """Whether it shows its rows itself, and not on a page of our own."""
    return getattr(resolve(build_changelist_url(model_admin)).func, "__name__", "") == "changelist_view"


def build_changelist_url(model_admin: Admin) -> str:
    """The URL of the list."""
    opts = model_admin.opts
    return reverse(f"{model_admin.admin_site.name}:{opts.app_label}_{opts.model_name}_changelist")


def name_of(model_admin: Admin) -> str:
    """How the list is called in addresses: `zones-municipality`, and a worklist by its model alone."""
    opts = model_admin.opts
    return model_admin.listing_name if is_worklist(model_admin) else f"{opts.app_label}{PARTS_NAMES}{opts.model_name}"


def is_worklist(model_admin: Admin) -> TypeGuard[WorklistAdmin[Any]]:
    """Whether it is one of the desk's."""
    return isinstance(model_admin, WorklistAdmin)


def listing_of(model_admin: Admin) -> Listing:
    """The list of one model. Its columns name themselves only when they are written: in the language of the file."""
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


def found_of(model_admin: WorklistAdmin[Any]) -> Listing:
    """What a search found on all worklists of a sort: a list by itself, that is nothing without the words."""
    name, title = model_admin.search_name, model_admin.search_title
    return replace(listing_of(model_admin), name=name, title=title, chosen=nothing_chosen, search=Search.MUST)


# --- Which rows ---------------------------------------------------------------------------------------------


def is_filter(model_admin: Admin, name: str) -> bool:
    """Whether a name in an address chooses or sorts rows; what a worklist does not know is let go."""
    if is_worklist(model_admin):
        return name in (ORDER_VAR, COLUMNS) or model_admin.lookup_allowed(name, "")
    return name not in NO_FILTERS and not name.startswith("_")


def find_page_rows(model_admin: Admin, user: "User", filters: QueryDict) -> QuerySet[Any]:
    """What the page shows: its own question, asked as by this user; raises Http404 for filters that it refuses."""
    read_search_words(filters)
    request = as_asked(model_admin, user, filters)
    model_admin.get_queryset(request)  # for whoever has no worklist there is none, as its page says: 404
    if not (model_admin.admin_site.has_permission(request) and model_admin.has_view_or_change_permission(request)):
        raise PermissionDenied(f"may not see {name_of(model_admin)}")
    if any("\0" in part for name, values in filters.lists() for part in (name, *values)):
        raise Http404("no database holds this sign")
    try:
        found: QuerySet[Any] = model_admin.get_changelist_instance(request).queryset
    except (IncorrectLookupParameters, SuspiciousOperation) as error:
        raise Http404("no filter of this list") from error
    # the joins that a line needs; the page makes them for its own rows alone
    return model_admin.join_tables(found) if is_worklist(model_admin) else found


def as_asked(model_admin: Admin, user: "User", filters: QueryDict) -> HttpRequest:
    """The request for the page with these filters, also where the worker asks and there is none."""
    if is_worklist(model_admin):
        return saved_views.as_asked(model_admin, user, filters)
    request = HttpRequest()
    request.method, request.path = "GET", build_changelist_url(model_admin)
    request.user, request.GET = user, filters  # type: ignore[assignment]
    request.resolver_match = resolve(request.path)
    return request


def build_page_url(model_admin: Admin, filters: QueryDict) -> str:
    """The list itself, as the admin writes its address."""
    if is_worklist(model_admin) and WORDS in filters:  # its words never stand in an address
        return reverse("admin:index")
    asked = filters.urlencode()
    return f"{build_changelist_url(model_admin)}?{asked}" if asked else build_changelist_url(model_admin)


# --- What a row says ------------------------------------------------------------------------------------------


def columns_of(model_admin: Admin) -> Sequence[Any]:
    """What a line says: what the page shows, or the columns that are for a file."""
    if is_worklist(model_admin):
        return [one for one in model_admin.columns if one.in_file]
    return model_admin.list_display


def find_chosen_columns(model_admin: Admin, user: "User", filters: QueryDict) -> Sequence[Any] | None:
    """The columns that a file is to have, where they were chosen; raises Http404 for one that there is not."""
    if not is_worklist(model_admin) or COLUMNS not in filters:
        return None
    try:
        shown = model_admin.get_list_display(saved_views.as_asked(model_admin, user, filters))
    except IncorrectLookupParameters as error:
        raise Http404("no column of this list") from error
    return [one for one in shown if one.in_file]


def get_column_title(model_admin: Admin, name: Any) -> str:
    """The name of a column, as above the list."""
    if isinstance(name, Column):
        return name.heading
    return capfirst(str(label_for_field(name, model_admin.model, model_admin=model_admin)))


def build_lines(model_admin: Admin, found: Sequence[Any], *, columns: Sequence[Any] | None = None) -> Iterator[Line]:
    """A line for each row; of all that a file can tell, or of some columns."""
    if is_worklist(model_admin):
        model_admin.fill_rows(found)
    for one in found:
        yield [read_cell(model_admin, name, one) for name in columns or columns_of(model_admin)]


def read_cell(model_admin: Admin, name: Any, row: Any) -> object:
    """What a column says of a row: numbers and days as such, the words of a choice, nothing if nothing is."""
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
    """What a method of the admin or the model gave; markup is left out."""
    if isinstance(value, SafeString):
        return html.unescape(strip_tags(value))
    return yes_or_no(value) if getattr(shown, "boolean", False) or isinstance(value, bool) else value  # type: ignore[arg-type]


def of_field(field: "Field[Any, Any]", value: Any) -> object:
    """A value of a column of the table."""
    if field.flatchoices:
        return dict(field.flatchoices).get(value, value)
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value


# --- What was chosen ------------------------------------------------------------------------------------------


def describe_filters(model_admin: Admin, filters: QueryDict) -> str:
    """The filters in words, and whether somebody searched; the words of the search itself stay out of titles."""
    asked = [(name, values) for name, values in filters.lists() if name not in (ORDER_VAR, WORDS, PARAMETER, COLUMNS)]
    said = [describe_filter_choice(model_admin, name, values) for name, values in asked]
    if WORDS in filters:
        said.append(_("found with a search"))
    elif is_worklist(model_admin):
        said.insert(0, str(model_admin.list_title(filters)))
    return ", ".join(said)


def describe_filter_choice(model_admin: Admin, name: str, values: list[Any]) -> str:
    """One filter: what it is about, and what of it was chosen. A filter may have the words of its values as `words`."""
    for one in model_admin.list_filter:
        if getattr(one, "parameter_name", None) == name:
            if getattr(one, "is_looked_up", False):  # what its values mean only a query tells
                return str(one.title)  # type: ignore[union-attr]
            return join_filter(one.title, values, getattr(one, "words", {}))  # type: ignore[union-attr]
    try:
        field = model_admin.opts.get_field(name.partition("__")[0])
    except FieldDoesNotExist:
        return join_filter(name, values, {})
    title = getattr(field, "verbose_name", field.name)
    if field.is_relation:  # what a key means only a query tells
        return str(title)
    words = {"1": yes_or_no(True), "0": yes_or_no(False)} if field.get_internal_type() == "BooleanField" else {}
    return join_filter(title, values, words or {str(key): label for key, label in getattr(field, "flatchoices", ())})


def join_filter(title: object, values: list[Any], words: Any) -> str:
    """As in "state: failed"."""
    return f"{title} = {', '.join(str(words.get(value, value)) for value in values)}"
