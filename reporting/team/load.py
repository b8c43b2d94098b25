"""Each colleague's workload, and who is away. The four numbers equal those of the lists they link to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Value
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Absence, User
from casework.desk.worklists import PARAMETER, WEEK, Worklists
from exemptions.steps.permissions import find_colleagues
from exemptions.worklists import APPLICATIONS
from objections.worklists import HANDLES as HANDLES_OBJECTIONS
from objections.worklists import OBJECTIONS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NOBODY = "nobody"
SOON = timedelta(days=14)
"""An absence that begins within these days is announced in advance."""


@dataclass(frozen=True)
class Measure:
    """A number per colleague: which cases it counts, and the filters of the list that shows them."""

    name: str
    title: "StrOrPromise"
    select: Callable[[Any, date], Any]
    address: tuple[tuple[str, str], ...]
    is_late: bool = False


MEASURES = (
    Measure("open", gettext_lazy("open"), lambda rows, _day: rows.open(), ((PARAMETER, "open"),)),
    Measure(
        "with-desk",
        gettext_lazy("waits for us"),
        lambda rows, day: rows.with_desk(today=day),
        ((PARAMETER, "open"), ("flag", "with-desk")),
    ),
    Measure(
        "due",
        gettext_lazy("due within a week"),
        lambda rows, day: rows.due_between(day, day + WEEK),
        ((PARAMETER, "due"),),
    ),
    Measure(
        "overdue",
        gettext_lazy("overdue"),
        lambda rows, day: rows.overdue(today=day),
        ((PARAMETER, "overdue"),),
        is_late=True,
    ),
)


@dataclass(frozen=True)
class Sort:
    """A sort of case whose load is shown, and the permission of those who handle it."""

    title: str | Promise
    worklists: Worklists[Any]
    handles: str


SORTS = (
    Sort(gettext_lazy("Applications"), APPLICATIONS, "exemptions.handle_application"),
    Sort(gettext_lazy("Objections"), OBJECTIONS, HANDLES_OBJECTIONS),
)


@dataclass(frozen=True)
class Cell:
    """A number and the URL of the list that it counts; empty if the number is zero."""

    number: int
    url: str
    is_late: bool


@dataclass(frozen=True)
class Line:
    """The line of a colleague, of nobody, or of the total. `away`: until when or from when, in words."""

    name: str
    cells: list[Cell]
    away: str = ""


@dataclass(frozen=True)
class Load:
    """The lines of one sort of case; `totals` has nobody's and the total."""

    title: str | Promise
    lines: list[Line]
    totals: list[Line]


def list_loads(user: User, *, today: date, absences: Iterable[Absence]) -> list[Load]:
    """The load of each sort that the user sees, in two queries per sort."""
    away = describe_absences(absences, today=today)
    return [
        build_load(sort, user, today=today, away=away) for sort in SORTS if user.has_perm(sort.worklists.permission)
    ]


def build_load(sort: Sort, user: User, *, today: date, away: dict[int, str]) -> Load:
    """The load of everybody who handles such cases, even without any, or who still has some."""
    counted = count_by_person(sort.worklists.seen(user), today=today)
    codename = sort.handles.partition(".")[2]
    handling = find_colleagues(user, permission=codename).values("pk")
    people = User.objects.filter(Q(pk__in=handling) | Q(pk__in=[key for key in counted if key]))
    lines = [
        Line(str(one), list_cells(sort, counted.get(one.pk, {}), assigned=str(one.pk)), away.get(one.pk, ""))
        for one in people.order_by("name", "email")
    ]
    total: dict[str, int] = {}
    for numbers in counted.values():
        total = {one.name: total.get(one.name, 0) + numbers.get(one.name, 0) for one in MEASURES}
    nobodys = Line(_("nobody"), list_cells(sort, counted.get(None, {}), assigned=NOBODY))
    return Load(sort.title, lines, [nobodys, Line(_("together"), list_cells(sort, total, assigned=""))])


def count_by_person(rows: Any, *, today: date) -> dict[int | None, dict[str, int]]:
    """Every measure by the colleague's primary key, None for nobody. One query."""
    parts: list[QuerySet[Any, Any]] = [
        one.select(rows, today)
        .order_by()
        .values("assigned_to")
        .annotate(measure=Value(one.name), number=Count("pk"))
        .values_list("assigned_to", "measure", "number")
        for one in MEASURES
    ]
    counted: dict[int | None, dict[str, int]] = {}
    for person, measure, number in reduce(lambda one, other: one.union(other, all=True), parts):
        counted.setdefault(person, {})[measure] = number
    return counted


def list_cells(sort: Sort, numbers: dict[str, int], *, assigned: str) -> list[Cell]:
    """The four numbers, each with the URL of the list that it counts."""
    return [
        Cell(number, list_address(sort, one, assigned) if number else "", one.is_late and number > 0)
        for one in MEASURES
        for number in [numbers.get(one.name, 0)]
    ]


def list_address(sort: Sort, measure: Measure, assigned: str) -> str:
    """The URL of the list that a number counts."""
    asked = [*measure.address, *([("assigned", assigned)] if assigned else [])]
    return f"{reverse(sort.worklists.address)}?{urlencode(asked)}"


def find_absences(*, first: date, last: date) -> QuerySet[Absence]:
    """Absences of colleagues who work at the desk, earliest first."""
    within = Absence.objects.filter(user__is_active=True, last_day__gte=first, first_day__lte=last)
    return within.order_by("first_day", "pk")


def describe_absences(absences: Iterable[Absence], *, today: date) -> dict[int, str]:
    """Each colleague's first absence in words, by primary key, if it has begun or soon will."""
    return dict(reversed([*describe_each_absence(absences, today=today)]))


def describe_each_absence(absences: Iterable[Absence], *, today: date) -> Iterator[tuple[int, str]]:
    """The primary key of a colleague and the absence in words, for each that has begun or soon will."""
    for one in absences:
        if one.first_day <= today:
            yield one.user_id, _("away until %(day)s") % {"day": date_format(one.last_day, "j F")}
        elif one.first_day <= today + SOON:
            yield one.user_id, _("away from %(day)s") % {"day": date_format(one.first_day, "j F")}
