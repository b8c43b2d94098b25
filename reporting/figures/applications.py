"""What came in: R01, R05, R09, and by which channel: R27."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, TruncWeek
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import Event
from exemptions.models import Channel, KindVersion
from reporting.events import CAME_IN_ON, KIND, SCOPE, filed_long_term, find_filed
from reporting.figures import day_exemptions
from reporting.figures.base import (
    OF_KINDS,
    Cell,
    Figure,
    LetterNames,
    Places,
    Public,
    Row,
    Timeline,
    build_bare_rows,
    build_shares,
)
from reporting.figures.places import Columns, build_cells, build_sum_cells, split_by_municipality
from reporting.period import Period
from reporting.selection import CUTS

SCOPES = {
    KindVersion.Scope.NATIONAL.value: gettext_lazy("National"),
    KindVersion.Scope.LOCAL.value: gettext_lazy("Local"),
    KindVersion.Scope.DAY.value: gettext_lazy("Day exemptions"),
}
CHANNELS = dict(Channel.choices)
ONE_WEEK = timedelta(weeks=1)
WEEK = TruncWeek(CAME_IN_ON, output_field=DateField())


def by_scope(period: Period) -> list[Row]:
    """R01: applications received, by scope."""
    found = find_filed(period=period).values_list(SCOPE).annotate(count=Count("pk"))
    return build_bare_rows(SCOPES, dict(found))


def of_scope(period: Period, scope: str) -> "QuerySet[Event]":
    """The cases of a row of R01."""
    return find_filed(period=period).filter(**{SCOPE: scope})


def scope_by_place(places: Places, period: Period) -> list[Cell]:
    """R01: local ones are the sum of R09, day exemptions that of R07. National ones belong to no municipality."""
    local, day = KindVersion.Scope.LOCAL.value, KindVersion.Scope.DAY.value
    whole = split_by_municipality(
        [row for row in by_scope(period) if row.key in (local, day)], of_scope, places, period
    )
    return [
        *build_sum_cells(local, whole[local], kind_columns(places, period), places),
        *build_sum_cells(day, whole[day], day_exemptions.vehicle_columns(places, period), places),
    ]


def by_week(period: Period) -> list[Row]:
    """R05: every week that the period touches, including those in which nothing came in."""
    found = dict(filed_long_term(period=period).values_list(WEEK).annotate(count=Count("pk")))
    return [Row(week_key(monday), week_label(monday), found.get(monday, 0)) for monday in list_mondays(period)]


def of_week(period: Period, key: str) -> "QuerySet[Event]":
    """The cases of a row of R05."""
    return filed_long_term(period=period).annotate(week=WEEK).filter(week=parse_week(key))


def by_local_kind(period: Period) -> list[Row]:
    """R09: the kinds that were local at some time in the period."""
    local = KindVersion.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=period.first), scope=KindVersion.Scope.LOCAL
    )
    if period.only.kind:
        local = local.filter(kind=period.only.kind)
    labels = {kind.code: kind.text("name") for kind in local.filter(valid_from__lte=period.last)}
    found = of_scope(period, KindVersion.Scope.LOCAL).values_list(KIND).annotate(count=Count("pk"))
    return build_shares(labels, dict(found))


def of_local_kind(period: Period, code: str) -> "QuerySet[Event]":
    """The cases of a row of R09."""
    return of_scope(period, KindVersion.Scope.LOCAL).filter(**{KIND: code})


def kind_columns(places: Places, period: Period) -> Columns:
    """R09 by municipality."""
    return split_by_municipality(by_local_kind(period), of_local_kind, places, period)


def kind_by_place(places: Places, period: Period) -> list[Cell]:
    """R09 by municipality, as cells with bare counts."""
    return build_cells(kind_columns(places, period), places)


def by_channel(period: Period) -> list[Row]:
    """R27: through the portal, or by the channel that a colleague registered."""
    found = find_by_channel(period).values_list("channel").annotate(count=Count("pk"))
    return build_shares(CHANNELS, dict(found))


def of_channel(period: Period, channel: str) -> "QuerySet[Event]":
    """The cases of a row of R27."""
    rows: QuerySet[Event] = find_by_channel(period).filter(channel=channel)
    return rows


def find_by_channel(period: Period) -> "QuerySet[Any]":
    """Applications received, annotated with `channel`: the registered one, else the portal."""
    channel = Coalesce(KT("detail__channel"), Value(Channel.PORTAL.value), output_field=TextField())
    return find_filed(period=period).annotate(channel=channel)


def list_mondays(period: Period) -> list[date]:
    """The Mondays of the weeks that the period touches."""
    first = period.first - timedelta(days=period.first.weekday())
    return [first + number * ONE_WEEK for number in range((period.last - first).days // 7 + 1)]


def week_key(monday: date) -> str:
    """The ISO week, as 2024-W27."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


def parse_week(key: str) -> date:
    """The Monday of a week such as 2024-W27; raises ValueError for anything else."""
    year, _w, week = key.partition("-W")
    return date.fromisocalendar(int(year), int(week), 1)


def week_label(monday: date) -> str:
    """The week in words."""
    return _("week of %(day)s") % {"day": date_format(monday)}


FIGURES = (
    Figure(
        id="R01",
        title=gettext_lazy("Applications received"),
        counted_on=gettext_lazy("the day on which the application was filed"),
        scope=gettext_lazy("all exemptions"),
        numerator=gettext_lazy(
            "applications filed; a case that the desk converted counts once, under the kind first applied for"
        ),
        denominator=gettext_lazy("none"),
        compute=by_scope,
        public=Public(by_municipality=scope_by_place),
        cuts=CUTS,
        cases=of_scope,
        letter=LetterNames(rows=tuple(SCOPES)),
        settles=("count",),
    ),
    Figure(
        id="R05",
        title=gettext_lazy("Long-term exemptions applied for, each week"),
        counted_on=gettext_lazy("the day on which the application was filed, in ISO weeks from Monday"),
        scope=gettext_lazy("national and local exemptions"),
        numerator=gettext_lazy("applications filed in the week, as far as the week lies in the period"),
        denominator=gettext_lazy("none"),
        compute=by_week,
        public=Public(),
        cuts=CUTS,
        scopes=frozenset({KindVersion.Scope.NATIONAL, KindVersion.Scope.LOCAL}),
        cases=of_week,
        timeline=Timeline(
            "week",
            caption="aantal langdurige ontheffingen aangevraagd per week sinds de opening van het Centraal Loket "
            "({first})",
        ),
    ),
    Figure(
        id="R09",
        title=gettext_lazy("Local exemptions applied for, by kind"),
        counted_on=gettext_lazy("the day on which the application was filed"),
        scope=gettext_lazy("local exemptions"),
        numerator=gettext_lazy("applications filed for this kind, while it was a local one"),
        denominator=gettext_lazy("all local applications filed in the period"),
        compute=by_local_kind,
        public=Public(by_municipality=kind_by_place),
        cuts=CUTS,
        scopes=frozenset({KindVersion.Scope.LOCAL}),
        cases=of_local_kind,
        one_whole=True,
        letter=OF_KINDS,
        settles=("count",),
    ),
    Figure(
        id="R27",
        title=gettext_lazy("Applications received, by channel"),
        counted_on=gettext_lazy("the day of receipt"),
        scope=gettext_lazy("all exemptions"),
        numerator=gettext_lazy(
            "applications that came in this way; by email only what was sent by an open way after all"
        ),
        denominator=gettext_lazy("all applications received in the period"),
        compute=by_channel,
        letter=LetterNames(rows=tuple(CHANNELS)),
        public=None,
        cuts=CUTS,
        cases=of_channel,
        one_whole=True,
    ),
)
