"""Lists of the desk as Django's own: its ChangeList, with the worklists of a sort as the first of its filters."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters, ShowFacets
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR, ChangeList
from django.db import models
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from accounts.models import User
from accounts.searches import KEY, words_searched
from casework.desk.column_kit import Column
from casework.desk.list_address import FROM, ListAddress, RowsRequest
from casework.desk.paging import PAGE, UncountedPaginator, page_number
from casework.desk.worklists import PARAMETER, Worklist, Worklists

M = TypeVar("M", bound=models.Model)
NO_LOOKUPS = (KEY, "page", FROM)
"""What an address can hold besides: the key of a search, the number of a page as it was once called, and the list that
somebody came from."""


def parameter_of(list_filter: Any) -> str:
    """How an address names a filter of `list_filter`: by its field, or by a name of its own."""
    return str(list_filter[0] if isinstance(list_filter, tuple) else list_filter.parameter_name)


class StatusFilter(admin.ChoicesFieldListFilter):
    """Where rows stand, closed until it is used; a draft never stands on a list."""

    template = "desk/filter.html"

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """All of them but the draft."""
        draft = dict(self.field.flatchoices).get("draft")
        return (one for one in super().choices(changelist) if one["display"] != draft)


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
        tabs = self.admin.worklists.tabs_of(self.user)
        return [(one.name, str(one.title)) for one in tabs if not one.is_own or one == self.worklist]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The tabs; one of them is always chosen."""
        for name, title in self.lookup_choices:
            address = changelist.get_query_string({PARAMETER: name})
            yield {"selected": name == self.worklist.name, "query_string": address, "display": title}

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
        super().__init__(request, *args)
        self.title = _("Search") if self.query else str(self.tabs.worklist.title)

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        """Django's, without what is no filter."""
        return {name: value for name, value in super().get_filters_params(params).items() if name not in NO_LOOKUPS}

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        """The keys in their order; the tabs are set apart from the other filters."""
        self.query = self.model_admin.words(request)
        self.params.pop(FROM, None)
        found = super().get_queryset(request, exclude_parameters)
        self.tabs, *self.filter_specs = self.filter_specs  # type: ignore[assignment]
        self.has_filters = False  # they stand above the rows, where a telephone shows them too
        return found

    def get_results(self, request: HttpRequest) -> None:
        """One page, of which nothing is counted; as in Django an address of a page that is not there is refused."""
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
        self.result_count, self.multi_page, self.can_show_all = pages.count, pages.num_pages > 1, False
        self.full_result_count, self.show_full_result_count, self.show_admin_actions = None, False, bool(pages.rows)

    def url_for_result(self, result: Any) -> str:
        """The page of the case that a row is about; it knows this list, and the row that follows."""
        keys = self.paginator.keys
        following = dict(zip(keys, keys[1:], strict=False)).get(result.pk, 0)
        filters = QueryDict(self.get_query_string({PAGE_VAR: self.page_num} if self.page_num > 1 else None)[1:])
        here = ListAddress(self.opts.model_name or "", filters, result.pk, following)
        return here.added_to(self.model_admin.address_of(result))


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
        return lookup.partition("__")[0] in map(parameter_of, self.list_filter)

    # --- Which rows -----------------------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Ours."""
        return WorklistChangeList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """A worklist; for a role without these rows there is none."""
        self.caseworker(request)
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
        return request.GET.get(SEARCH_VAR, "") or words_searched(request)

    def get_ordering(self, request: HttpRequest) -> tuple[str | Combinable, ...]:
        """That of the worklist, or of a search."""
        return self.search_ordering if self.words(request) else self.worklist(request).order

    # --- What a row says ------------------------------------------------------------------------------------

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """The columns of the page."""
        return [one for one in self.columns if one.on_page]

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
