"""Lists of the desk as Django's own: its ChangeList, with the worklists of a sort as the first of its filters."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar, cast

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters, ShowFacets
from django.contrib.admin.views.main import ERROR_FLAG, ORDER_VAR, PAGE_VAR, SEARCH_VAR, ChangeList
from django.db import models
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from accounts.models import User
from accounts.searches import KEY, get_searched_words
from casework.desk import list_forms
from casework.desk.bulk import BulkStep
from casework.desk.bulk_page import BulkPage, refuse_strange_keys
from casework.desk.column_kit import Column
from casework.desk.counting import describe_count
from casework.desk.list_address import FROM, ListAddress, RowsRequest
from casework.desk.paging import PAGE, UncountedPaginator, page_number
from casework.desk.saved_views import COLUMNS, SHARE, list_views
from casework.desk.worklists import PARAMETER, Worklist, Worklists
from casework.models import ListColumns

M = TypeVar("M", bound=models.Model)
NO_LOOKUPS = (KEY, "page", FROM, COLUMNS)
"""What an address can hold besides: the key of a search, the number of a page as it was once called, the list that
somebody came from, the columns."""
BOX = "desk/filter.html"
"""The template of a filter that is a box in the form above the rows."""


def find_parameter(list_filter: Any) -> str:
    """How an address names a filter of `list_filter`: by its field, or by a name of its own."""
    return f"{list_filter[0]}__exact" if isinstance(list_filter, tuple) else str(list_filter.parameter_name)


class WorklistFilter(admin.SimpleListFilter):
    """Which worklist; its choices are the tabs above the rows. A search looks on all of them."""

    title = ""
    parameter_name = PARAMETER
    template = "desk/worklist_tabs.html"

    def __init__(self, request: HttpRequest, params: Any, model: type[Any], model_admin: "WorklistAdmin[Any]") -> None:
        self.user, self.admin = model_admin.caseworker(request), model_admin
        self.worklist = model_admin.worklist(request)
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The worklists of the user's role, and what has ended."""
        return [(one.name, str(one.title)) for one in self.tabs()]

    def tabs(self) -> list[Worklist[Any]]:
        """The lists in the order of the page: those by themselves, then those of each group."""
        all_tabs = self.admin.worklists.tabs_of(self.user)
        groups = list(dict.fromkeys(one.group for one in all_tabs))
        shown = [one for one in all_tabs if not one.is_own or one == self.worklist]
        return sorted(shown, key=lambda one: (bool(one.group), groups.index(one.group)))

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The tabs with their counts; one of them is always chosen. What grows for ever is not counted."""
        tabs = self.tabs()
        counts = self.admin.worklists.count([one for one in tabs if not one.is_long], self.user)
        for one in tabs:
            yield {
                "selected": one == self.worklist,
                "query_string": changelist.get_query_string({PARAMETER: one.name}),
                "display": one.title,
                "worklist": one,
                "count": counts.get(one.name),
                "shown_count": describe_count(counts.get(one.name, 0)),
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The rows of the worklist."""
        if self.admin.words(request):
            return queryset
        rows: QuerySet[Any] = self.worklist.select(queryset, self.user, timezone.localdate())
        return rows


class WorklistChangeList(ChangeList):
    """One page of a worklist, or of what a search found."""

    tabs: WorklistFilter
    model_admin: "WorklistAdmin[Any]"

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        self.request, self.user = request, find_model_admin(args).caseworker(request)
        self.rows_alone = getattr(request, "rows_alone", False)
        self.bulk = find_model_admin(args).bulk_for(request)
        super().__init__(request, *args)
        self.title = _("Search") if self.query else str(self.tabs.worklist.title)
        self.chosen = chosen_columns(self.model_admin, request)
        self.was_refused = ERROR_FLAG in request.GET
        self.boxes: list[Any] = [one for one in self.filter_specs if one.template == BOX]
        self.other_filters = [one for one in self.filter_specs if one.template != BOX]
        self.is_narrowed = any(one.parameter_name in self.filter_params for one in self.boxes)

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        """Django's, without what is no filter."""
        return {name: value for name, value in super().get_filters_params(params).items() if name not in NO_LOOKUPS}

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        """The keys in their order; the tabs are set apart from the other filters."""
        self.query = self.model_admin.words(request)
        self.params.pop(FROM, None)
        self.read_order()
        found = super().get_queryset(request, exclude_parameters)
        self.tabs, *self.filter_specs = self.filter_specs  # type: ignore[assignment]
        self.has_filters = False  # they stand above the rows, where a telephone shows them too
        return found

    def read_order(self) -> None:
        """An order by the names of columns, such as `-decide_by`, becomes one by their places, as Django reads it."""
        asked = self.params.get(ORDER_VAR, "")
        if not asked or asked.replace("-", "").replace(".", "").isdecimal():
            return
        places = {one.key: str(place) for place, one in enumerate(self.list_display) if isinstance(one, Column)}
        parts = [
            (sign, places.get(name, "")) for _none, sign, name in (one.rpartition("-") for one in asked.split("."))
        ]
        if not all(place for _sign, place in parts):
            raise IncorrectLookupParameters
        self.params[ORDER_VAR] = ".".join(sign + place for sign, place in parts)
        self.filter_params[ORDER_VAR] = [self.params[ORDER_VAR]]

    def get_ordering_field(self, field_name: Any) -> Any:
        """Nothing, where sorting by that column would read all that has ended."""
        if not (self.query or self.model_admin.sorts_by(field_name, self.worklist_name)):
            return None
        return super().get_ordering_field(field_name)

    @property
    def worklist_name(self) -> str:
        """The name of the worklist that the address asks."""
        return str(self.params.get(PARAMETER, ""))

    @property
    def order_by_names(self) -> str:
        """The order that was asked, by the names of columns: it stays the same when columns come or go."""
        parts = [one.rpartition("-") for one in self.params.get(ORDER_VAR, "").split(".") if one]
        named = [
            (sign, self.list_display[int(place)]) for _none, sign, place in parts if is_place(place, self.list_display)
        ]
        return ".".join(f"{sign}{column.key}" for sign, column in named if isinstance(column, Column))

    @property
    def kept_parameters(self) -> list[tuple[str, str]]:
        """What a form with the boxes sends along: the worklist, the order and the columns, or the key of a search."""
        boxes = {one.parameter_name for one in self.boxes}
        return [(name, value) for name, value in self.params.items() if name not in boxes]

    @property
    def narrowed_by(self) -> str:
        """The filters that were chosen, in words: on paper there are no boxes."""
        chosen = [(box, one["display"]) for box in self.boxes for one in box.choices(self) if one["selected"]]
        return "; ".join(f"{box.title}: {words}" for box, words in chosen if box.parameter_name in self.filter_params)

    @property
    def without_boxes(self) -> str:
        """The same list with no filter at all."""
        return self.get_query_string(remove=[one.parameter_name for one in self.boxes])

    @property
    def first_column(self) -> str:
        """The name of the column that leads to the row: it is always there."""
        return self.model_admin.columns_for(self.request)[0].key

    @property
    def offered_columns(self) -> list[tuple[str, Any, bool]]:
        """The other columns, by name and title, and whether each is shown; a template would call a column itself."""
        others = self.model_admin.columns_for(self.request)[1:]
        return [(one.key, one.title, one in self.list_display) for one in others]

    @property
    def views(self) -> list[Any]:
        """The views of this list."""
        return list_views(self, self.request, self.user)

    @property
    def may_share(self) -> bool:
        """Whether the user may share a view with the team."""
        return self.user.has_perm(SHARE)

    def get_results(self, request: HttpRequest) -> None:
        """One page, of which nothing is counted; as in Django an address of a page that is not there is refused."""
        self.result_count, self.can_show_all, self.full_result_count = 0, False, None
        if self.rows_alone:  # whoever only asks which rows there are
            self.result_list, self.multi_page = [], False
            return
        number = page_number(request, PAGE_VAR)
        if not number:
            raise IncorrectLookupParameters
        if isinstance(request, RowsRequest):
            return
        pages = UncountedPaginator(
            self.queryset, self.model_admin.join_tables(self.queryset), number=number, per_page=self.list_per_page
        )
        if number > 1 and not pages.rows:
            raise IncorrectLookupParameters
        self.model_admin.fill_rows(pages.rows)
        self.paginator, self.result_list, self.page_num = pages, pages.rows, number
        self.result_count, self.multi_page = pages.count, pages.num_pages > 1
        self.show_full_result_count, self.show_admin_actions = False, bool(pages.rows)

    def url_for_result(self, result: Any) -> str:
        """The page of the case that a row is about; it knows this list, and the row that follows."""
        here = ListAddress(self.opts.model_name or "", self.page_filters, result.pk, self.followers.get(result.pk, 0))
        return here.added_to(self.model_admin.address_of(result))

    @cached_property
    def page_filters(self) -> QueryDict:
        """What the address of this page asks."""
        return QueryDict(self.get_query_string({PAGE_VAR: self.page_num} if self.page_num > 1 else None)[1:])

    @cached_property
    def followers(self) -> dict[int, int]:
        """The key of the row after each, also of the first one on the next page."""
        keys = self.paginator.keys
        return dict(zip(keys, keys[1:], strict=False))


def find_model_admin(arguments: tuple[Any, ...]) -> "WorklistAdmin[Any]":
    """The admin among what Django makes a ChangeList of."""
    return next(one for one in arguments if isinstance(one, WorklistAdmin))


def is_place(value: str, columns: Sequence[Any]) -> bool:
    """Whether it is the place of one of these columns."""
    return value.isdecimal() and len(value) < 4 and int(value) < len(columns)


class WorklistAdmin(admin.ModelAdmin[M], Generic[M]):
    """A sort of rows in Django's admin that wait for somebody, and that nobody edits."""

    worklists: ClassVar[Worklists[Any]]
    columns: ClassVar[tuple[Column, ...]]
    search_ordering: ClassVar[tuple[str | Combinable, ...]] = ("pk",)
    """How what a search found is sorted."""
    search_name: ClassVar[str] = ""
    search_title: ClassVar[StrOrPromise] = ""
    """Of the file with what a search found, where one can search."""
    search_address: ClassVar[str] = ""
    """The name of the address of what a search found, where that is not the one of the lists."""
    change_list_template = "desk/change_list.html"
    list_filter: ClassVar[Any] = (WorklistFilter,)
    list_per_page = PAGE
    list_select_related = ()
    ordering = ("pk",)  # each worklist has its own: see get_ordering
    preserve_filters = False
    show_facets = ShowFacets.NEVER
    empty_value_display = "–"
    bulk: ClassVar[tuple[Any, ...]] = ()
    """What can be done in many rows at once: `BulkStep`s, and what else has their words and `respond`."""

    # --- Who ------------------------------------------------------------------------------------------------

    @property
    def permission(self) -> str:
        """What a role needs to come here at all."""
        return self.worklists.permission

    def caseworker(self, request: HttpRequest) -> User:
        """Who is logged in; raises Http404 for a role without these rows."""
        user = request.user
        if not isinstance(user, User) or not user.has_perm(self.permission):
            raise Http404("no cases for this role")
        return user

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Whoever has the worklists."""
        return request.user.has_perm(self.permission)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows come in by a step."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """They change by steps."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Nobody deletes one."""
        return False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """The filters alone: an address guesses at nothing else."""
        return lookup in map(find_parameter, self.list_filter)

    # --- Which rows -----------------------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Ours."""
        return WorklistChangeList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """A worklist; for a role without these rows there is none."""
        user = self.caseworker(request)
        if shorter := shorten_address(request):
            return HttpResponseRedirect(shorter)
        if request.method == "POST" and not self.words(request):
            try:
                if answer := list_forms.answer_form(self, request, user):
                    return answer
            except IncorrectLookupParameters:
                return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
        return super().changelist_view(request, extra_context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        """What the user may see."""
        seen: QuerySet[M] = self.worklists.seen(self.caseworker(request))
        return seen

    def worklist(self, request: HttpRequest) -> Worklist[Any]:
        """The worklist that the address names; raises Http404 for one that is not there, or not for this role."""
        return self.worklists.named(request.GET.get(PARAMETER, ""), self.caseworker(request))

    def words(self, request: HttpRequest) -> str:
        """What was searched: on the page it is kept in the session, and a file is sent it."""
        return request.GET.get(SEARCH_VAR, "") or get_searched_words(request)

    def get_ordering(self, request: HttpRequest) -> tuple[str | Combinable, ...]:
        """That of the worklist, or of a search."""
        return self.search_ordering if self.words(request) else self.worklist(request).order

    def sorts_by(self, column: Any, worklist: str) -> bool:
        """Whether a worklist can be sorted by a column: a long one is too much to sort by what has no index."""
        found = self.worklists.find(worklist)
        is_long = found is not None and found.is_long
        return not isinstance(column, Column) or (bool(column.ordering) and (column.indexed or not is_long))

    def get_sortable_by(self, request: HttpRequest) -> list[Any]:
        """The columns whose heads are links."""
        name = "" if self.words(request) else self.worklist(request).name
        return [one for one in self.get_list_display(request) if self.sorts_by(one, name)]

    # --- Many at once ---------------------------------------------------------------------------------------

    def action_checkbox(self, obj: M) -> SafeString:
        """Django's, without a template for each of fifty rows."""
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">',
            ACTION_CHECKBOX_NAME,
            obj.pk,
            _("Choose %(row)s") % {"row": obj},
        )

    def bulk_for(self, request: HttpRequest) -> list[Any]:
        """What this list offers to this user."""
        found = self.words(request)
        name = "" if found else self.worklist(request).name
        return [one for one in self.bulk if request.user.has_perm(one.permission) and self.offers(one, name)]

    def offers(self, action: Any, worklist: str) -> bool:
        """Whether a worklist offers an action; what a search found offers what every list does."""
        return not action.lists or worklist in action.lists

    def get_actions(self, request: HttpRequest, *where: Any, **named: Any) -> dict[str, Any]:
        """They are Django's actions, on whichever of its pages."""
        return {one.name: (partial(run_action, action=one), one.name, str(one.label)) for one in self.bulk_for(request)}

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *more: Any) -> HttpResponse | None:
        """With the keys of rows alone."""
        refuse_strange_keys(request)
        return super().response_action(request, queryset, *more)

    # --- What a row says ------------------------------------------------------------------------------------

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """The columns of the page: those that the address names, or the user chose, or that it has of itself.

        The first one leads to the row, so it is always there.
        """
        columns, chosen = self.columns_for(request), chosen_columns(self, request)
        if chosen is None:
            return [one for one in columns if one.on_page]
        return [one for one in columns if one is columns[0] or one.key in chosen]

    def columns_for(self, request: HttpRequest) -> list[Column]:
        """The columns from which one chooses on this worklist."""
        return list(self.columns)

    @property
    def listing_name(self) -> str:
        """How the list is called where columns, views and files are kept."""
        return str(self.opts.model_name)

    def join_tables(self, rows: Any) -> Any:
        """The rows with all that their columns read of other tables in the same query."""
        return rows

    def fill_rows(self, rows: Sequence[M]) -> None:
        """Give each row what its columns read besides: one query for all of them."""

    def address_of(self, row: Any) -> str:
        """The page that a row leads to."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])

    def addresses_of(self, keys: Sequence[int]) -> dict[int, str]:
        """The pages that the rows with these keys lead to: without a query where the key is all it takes."""
        return {key: self.address_of(self.model(pk=key)) for key in keys}

    def list_address(self, filters: QueryDict) -> str:
        """The page of a list with these filters; of a search where they name one."""
        address = reverse(self.search_address if KEY in filters and self.search_address else self.worklists.address)
        return f"{address}?{filters.urlencode()}" if filters else address

    def list_title(self, filters: Any) -> str | Promise:
        """The title of the worklist that the filters of a file name."""
        return self.worklists.title_of(filters.get(PARAMETER, ""))


def run_action(model_admin: "WorklistAdmin[Any]", request: HttpRequest, found: QuerySet[Any], *, action: Any) -> Any:
    """An action of a list, as Django calls it; None leads back to the list."""
    user, desk = model_admin.caseworker(request), cast("Any", model_admin).desk  # a sort with actions has one
    if isinstance(action, BulkStep):
        return BulkPage(request, action, desk=desk, user=user, site=model_admin.admin_site).respond(found)
    return action.respond(request, found, desk=desk, user=user)


def shorten_address(request: HttpRequest) -> str:
    """The address without boxes that were left at 'all', and without the mark of an address that was refused before."""
    asked = request.GET
    kept = asked.copy()
    for name in [name for name in kept if not any(kept.getlist(name)) and name != KEY]:
        del kept[name]
    if ERROR_FLAG in kept and len(kept) > 1:
        del kept[ERROR_FLAG]
    if request.method != "GET" or kept == asked:
        return ""
    return f"{request.path}?{kept.urlencode()}" if kept else request.path


def chosen_columns(model_admin: "WorklistAdmin[Any]", request: HttpRequest) -> list[str] | None:
    """The names of the columns that the address names, or else that the user chose; None if nobody chose any.

    Raises IncorrectLookupParameters for a name that no column of this list has.
    """
    if asked := request.GET.get(COLUMNS, ""):
        names = asked.split(".")
        if not set(names) <= {one.key for one in model_admin.columns}:
            raise IncorrectLookupParameters
        return names
    if getattr(request, "rows_alone", False):
        return None
    known = request.__dict__
    if "chosen_columns" not in known:
        own = ListColumns.objects.filter(user=request.user.pk, listing=model_admin.listing_name)
        known["chosen_columns"] = own.values_list("columns", flat=True).first()
    chosen: list[str] | None = known["chosen_columns"]
    return chosen
