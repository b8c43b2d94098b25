"""Day exemptions: R06, R07 and R08."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db.models import BigIntegerField, Count, DateField, Exists, F, Min, OuterRef, Q, QuerySet, Window
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy, ngettext

from casework.current_policy import CurrentPolicy, NotFilledIn
from casework.models import Event
from exemptions.models import Ground, KindVersion
from exemptions.steps.validity import NOT_THE_USER
from exemptions.terms import AMSTERDAM, months_later
from reporting.events import granted_days
from reporting.figures.base import Cell, Figure, LetterNames, Places, Public, Row, Timeline, build_shares
from reporting.figures.places import Columns, build_cells, split_by_municipality
from reporting.period import Period
from reporting.selection import CUTS

CLASSES = {"van": gettext_lazy("Vans"), "truck": gettext_lazy("Trucks")}
EXEMPTION = "dossier__application__exemptions__"
USER = (*(EXEMPTION + name for name in ("plate", "country", "municipality")), EXEMPTION + "ends_on__year")
"""A vehicle in a municipality in a calendar year: the maximum applies to each of these."""
VEHICLE = KT("detail__vehicle_class")
"""The vehicle class as known on granting: the desk may correct the data later."""
MONTH = TruncMonth("at", output_field=DateField(), tzinfo=AMSTERDAM)
DAY_GRANTED = gettext_lazy("the day on which it was granted")
DAY_EXEMPTIONS = gettext_lazy("day exemptions")


def by_month(period: Period) -> list[Row]:
    """R06: every month of the period in which day exemptions existed."""
    found = granted_days(period=period).values_list(MONTH, VEHICLE).annotate(count=Count("pk"))
    counts = {(first, vehicle): count for first, vehicle, count in found}
    return [
        Row(f"{first:%Y-%m}:{vehicle}", f"{date_format(first, 'F Y')}: {label}", counts.get((first, vehicle), 0))
        for first in list_months(period)
        for vehicle, label in CLASSES.items()
    ]


def of_month(period: Period, key: str) -> "QuerySet[Event]":
    """The cases of a row of R06."""
    month, _colon, vehicle = key.partition(":")
    first = date.fromisoformat(f"{month}-01")
    return of_vehicle(period, vehicle).annotate(month=MONTH).filter(month=first)


def by_vehicle(period: Period) -> list[Row]:
    """R07: day exemptions granted, by vehicle class."""
    found = granted_days(period=period).values_list(VEHICLE).annotate(count=Count("pk"))
    return build_shares(CLASSES, dict(found))


def of_vehicle(period: Period, vehicle: str) -> "QuerySet[Event]":
    """The cases of a row of R07."""
    return granted_days(period=period).annotate(vehicle=VEHICLE).filter(vehicle=vehicle)


def vehicle_columns(places: Places, period: Period) -> Columns:
    """R06 and R07 by municipality; within one month the two are the same."""
    return split_by_municipality([Row(key, label, None) for key, label in CLASSES.items()], of_vehicle, places, period)


def vehicle_by_place(places: Places, period: Period) -> list[Cell]:
    """R06 and R07 by municipality, as cells with bare counts."""
    return build_cells(vehicle_columns(places, period), places)


def by_use(period: Period) -> list[Row]:
    """R08: the number of vehicles by how many day exemptions they used in one municipality and calendar year."""
    used = used_days(period).values(*USER).annotate(count=Count("pk")).values_list("count", flat=True)
    counts = Counter(used)
    last = max(counts, default=0)
    labels = {str(times): times_label(times) for times in range(1, max(last, get_day_maximum(period.last)) + 1)}
    return build_shares(labels, {str(times): count for times, count in counts.items()})


def used_days(period: Period) -> "QuerySet[Event]":
    """Day exemptions that count towards the maximum, as known at `as_of`.

    Left out: those revoked before their day, and those annulled because the applicant is not the vehicle's user.
    """
    of_stranger = Ground.objects.filter(code=NOT_THE_USER).values("pk")
    revoked = Event.objects.filter(case_type=OuterRef("case_type"), case_id=OuterRef("case_id"), step="annul")
    revoked = revoked.annotate(ground=Cast(KT("detail__ground"), BigIntegerField())).filter(ground__in=of_stranger)
    ended = Q(**{EXEMPTION + "revoked_at__lt": period.seen_until})
    before_its_day = Q(**{EXEMPTION + "revoked_at__lt": F(EXEMPTION + "starts_at")})
    return granted_days(period=period).exclude(ended & (before_its_day | Exists(revoked)))


def of_use(period: Period, times: str) -> "QuerySet[Event]":
    """The day exemptions of the vehicles in a row of R08: `times` of them per vehicle."""
    window = Window(Count("pk"), partition_by=list(USER))
    return used_days(period).annotate(times=window).filter(times=int(times))


def list_months(period: Period) -> Iterator[date]:
    """The first days of the months in which day exemptions could be requested."""
    begun = KindVersion.objects.filter(scope=KindVersion.Scope.DAY).aggregate(first=Min("valid_from"))["first"]
    month = max(period.first, begun or period.first).replace(day=1)
    while month <= period.last:
        yield month
        month = months_later(month, 1)


def get_day_maximum(on: date) -> int:
    """The maximum for a vehicle under the policy of a day; 0 if none is filled in."""
    try:
        return CurrentPolicy.on(on).number("day_exemption_max")
    except NotFilledIn:
        return 0


def times_label(times: int) -> str:
    """A number of day exemptions in words, such as '3 day exemptions'."""
    return ngettext("%(count)s day exemption", "%(count)s day exemptions", times) % {"count": times}


FIGURES = (
    Figure(
        id="R06",
        title=gettext_lazy("Day exemptions granted, each month"),
        counted_on=DAY_GRANTED,
        scope=DAY_EXEMPTIONS,
        numerator=gettext_lazy("day exemptions granted in the month, by class of vehicle"),
        denominator=gettext_lazy("none"),
        compute=by_month,
        public=Public(by_municipality=vehicle_by_place),
        cuts=CUTS,
        scopes=frozenset({KindVersion.Scope.DAY}),
        cases=of_month,
        timeline=Timeline(
            series=CLASSES,
            stacked=True,
            caption="aantal dagontheffingen toegekend per maand, voor bestelauto’s en vrachtauto’s",
        ),
    ),
    Figure(
        id="R07",
        title=gettext_lazy("Day exemptions granted, by class of vehicle"),
        counted_on=DAY_GRANTED,
        scope=DAY_EXEMPTIONS,
        numerator=gettext_lazy("day exemptions granted to this class"),
        denominator=gettext_lazy("all day exemptions granted in the period"),
        compute=by_vehicle,
        public=Public(by_municipality=vehicle_by_place),
        cuts=CUTS,
        scopes=frozenset({KindVersion.Scope.DAY}),
        cases=of_vehicle,
        one_whole=True,
        letter=LetterNames(rows=tuple(CLASSES)),
        settles=("count",),
    ),
    Figure(
        id="R08",
        title=gettext_lazy("Use of the yearly maximum of day exemptions"),
        counted_on=DAY_GRANTED,
        scope=DAY_EXEMPTIONS,
        numerator=gettext_lazy(
            "vehicles with so many day exemptions in one municipality for days in one calendar year"
        ),
        denominator=gettext_lazy(
            "all vehicles with at least one, counted once for each municipality and calendar year"
        ),
        compute=by_use,
        public=Public(),
        cuts=CUTS,
        scopes=frozenset({KindVersion.Scope.DAY}),
        cases=of_use,
        one_whole=True,
        letter=LetterNames(pattern=r"\d+"),
    ),
)
