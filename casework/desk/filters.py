"""The filters above a list of the desk, each a box that drops down. They stand in the address, and combine.

A value that a filter does not offer is refused: the page then says so, and a file is not found.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from accounts.models import RoleChange, User
from casework import clock
from casework.desk.list_address import RowsRequest
from casework.models import DefaultNotice, TermSuspension

if TYPE_CHECKING:
    from casework.models import AwbCase

Options = Sequence[tuple[str, StrOrPromise]]
Rows = QuerySet[Any]
WITHIN_A_WEEK, WITHIN_A_MONTH = timedelta(days=6), timedelta(days=30)
"""Today is the first of the days."""


def offer_choices(options: Iterable[tuple[Any, StrOrPromise]], *, chosen: str | None) -> Iterator[dict[str, Any]]:
    """What a box offers: everything, and each value with its words."""
    yield {"selected": not chosen, "value": "", "query_string": "", "display": _("all")}
    for value, words in options:
        yield {"selected": str(value) == chosen, "value": str(value), "query_string": "", "display": words}


class FieldFilter(admin.ChoicesFieldListFilter):
    """The choices of a field."""

    template = "desk/filter.html"

    @property
    def parameter_name(self) -> str:
        """How an address names it."""
        return self.lookup_kwarg

    def offered(self) -> Options:
        """The choices with their words."""
        return [(str(value), words) for value, words in self.field.flatchoices]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The choices, after all of them."""
        return offer_choices(self.offered(), chosen=(self.lookup_val or [None])[-1])

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """The rows of one choice."""
        if any(value not in dict(self.offered()) for value in self.lookup_val or ()):
            raise IncorrectLookupParameters
        found: Rows | None = super().queryset(request, queryset)
        return queryset if found is None else found


class StatusFilter(FieldFilter):
    """Where rows stand; a draft never stands on a list."""

    def offered(self) -> Options:
        """All of them but the draft."""
        return [option for option in super().offered() if option[0] != "draft"]


class ListFilter(admin.SimpleListFilter):
    """One of some values. A filter whose values are looked up (`is_looked_up`) asks for them once a request, and not
    where nobody sees them."""

    template = "desk/filter.html"
    is_looked_up: ClassVar[bool] = False

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, StrOrPromise]]:
        """What it offers."""
        if self.is_looked_up and isinstance(request, RowsRequest) and not self.value():
            return []
        known: dict[Any, Any] = request.__dict__.setdefault("filter_options", {})
        key = (type(self), model_admin.opts.label)
        if key not in known:
            known[key] = list(self.offer(request, model_admin))
        options: list[tuple[str, StrOrPromise]] = known[key]
        return options

    def offer(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, StrOrPromise]]:
        """The values with their words."""
        raise NotImplementedError

    def narrow(self, rows: Rows, value: str, request: HttpRequest) -> Rows:
        """The rows of one value."""
        raise NotImplementedError

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The values, after all of them."""
        return offer_choices(self.lookup_choices, chosen=self.value())

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        """The rows of the value that the address names."""
        value = self.value()
        if not value:
            return queryset
        if value not in dict(self.lookup_choices):
            raise IncorrectLookupParameters
        return self.narrow(queryset, value, request)


class PersonFilter(ListFilter):
    """Whose cases they are. A colleague who is gone is offered as long as cases stand in their name."""

    title = _("assigned to")
    parameter_name = "assigned"
    is_looked_up = True
    cases: "ClassVar[type[AwbCase]]"
    handles: ClassVar[str]
    """The codename of the permission to handle them."""

    def offer(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, StrOrPromise]]:
        """Oneself, nobody, and every colleague."""
        yield from (("me", _("me")), ("nobody", _("nobody")))
        yield from ((str(person.pk), str(person)) for person in self.find_people())

    def find_people(self) -> QuerySet[User]:
        """Who handles such cases, and who did and still has some."""
        model: Any = self.cases
        staff = User.objects.filter(is_staff=True)
        has_cases = Exists(model._default_manager.open().filter(assigned_to=OuterRef("pk")))
        handles = Q(pk__in=staff.filter(groups__permissions__codename=self.handles).values("pk"))
        ever_staff = staff.order_by().values("pk").union(RoleChange.objects.order_by().values("user"), all=True)
        return User.objects.filter(handles | has_cases, pk__any_of=ever_staff).order_by("name", "email")

    def narrow(self, rows: Rows, value: str, request: HttpRequest) -> Rows:
        match value:
            case "me":
                return rows.filter(assigned_to=request.user.pk)
            case "nobody":
                return rows.filter(assigned_to=None)
        return rows.filter(assigned_to=int(value))


class AgeFilter(ListFilter):
    """How long ago they came in."""

    title = _("received")
    parameter_name = "age"
    weeks = (1, 2, 4, 6, 8, 13, 26)
    field: ClassVar[str] = "received_at"
    is_moment: ClassVar[bool] = True

    def offer(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, StrOrPromise]]:
        for number in self.weeks:
            yield (
                str(number),
                ngettext("more than %(number)s week ago", "more than %(number)s weeks ago", number)
                % {"number": number},
            )

    def narrow(self, rows: Rows, value: str, request: HttpRequest) -> Rows:
        day: date = timezone.localdate() - timedelta(weeks=int(value))
        before: Any = timezone.make_aware(datetime.combine(day, time.min)) if self.is_moment else day
        return rows.filter(**{f"{self.field}__lt": before})


class DueFilter(ListFilter):
    """When we are to decide on them, of those that are open."""

    title = _("due")
    parameter_name = "due"
    words: Mapping[str, StrOrPromise] = {
        "overdue": _("overdue"),
        "week": _("within a week"),
        "month": _("within a month"),
    }

    def offer(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, StrOrPromise]]:
        return self.words.items()

    def narrow(self, rows: Any, value: str, request: HttpRequest) -> Rows:
        today = timezone.localdate()
        if value == "overdue":
            overdue: Rows = rows.overdue(today=today)
            return overdue
        due: Rows = rows.due_between(today, today + (WITHIN_A_WEEK if value == "week" else WITHIN_A_MONTH))
        return due


Narrowing = Callable[[Any], Any]


def with_running_penalty(rows: Any) -> Any:
    """We are late and were put in default: each day costs money, or soon will."""
    notices = DefaultNotice.objects.running().filter(set_on=None, case_type=rows.model.CASE_TYPE)
    return rows.filter(pk__in=notices.values("case_id"))


def with_suspended_term(rows: Any) -> Any:
    """The term stands still by a note of ours."""
    noted = TermSuspension.objects.counted().filter(ended_on=None, case_type=rows.model.CASE_TYPE)
    return rows.filter(pk__in=noted.values("case_id"))


FLAGS: Mapping[str, tuple[StrOrPromise, Narrowing]] = {
    "with-desk": (_("waits for us"), lambda rows: rows.with_desk(today=clock.today())),
    "penalty": (_("penalty runs"), with_running_penalty),
    "suspended": (_("term suspended"), with_suspended_term),
}
"""What both applications and objections can have."""


class FlagFilter(ListFilter):
    """What is particular about them, of those that are open: among all that have ended it would be looked for long."""

    title = _("particular")
    parameter_name = "flag"
    flags: ClassVar[Mapping[str, tuple[StrOrPromise, Narrowing]]] = FLAGS

    def offer(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, StrOrPromise]]:
        return ((code, title) for code, (title, _narrow) in self.flags.items())

    def narrow(self, rows: Any, value: str, request: HttpRequest) -> Rows:
        found: Rows = self.flags[value][1](rows.open())
        return found
