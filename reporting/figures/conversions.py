"""Conversions from one kind to another, and plates from abroad: R23 and R24."""

from typing import Any

from django.db.models import BigIntegerField, Count, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy

from casework.models import Event
from exemptions.models import KindVersion
from reporting import percentages
from reporting.events import KIND, find_filed, find_steps_taken
from reporting.figures.applications import kind_columns
from reporting.figures.base import OF_PLACES, Cell, Figure, Places, Public, Row, kind_names
from reporting.figures.day_exemptions import vehicle_columns
from reporting.figures.places import PLACE, build_part_cells
from reporting.period import Period
from reporting.selection import CUTS

NAME = "dossier__application__municipality__name"
COUNTRY = "dossier__application__country"
NATIONAL = "national"
ABROAD = gettext_lazy("Plates from abroad")
PLATE = "dossier__application__plate"


def count_conversions(period: Period) -> list[Row]:
    """R23: a row for each pair of kinds between which the desk converted."""
    codes = dict(KindVersion.objects.values_list("pk", "kind_id"))
    names = kind_names(period)
    found: dict[tuple[str, str], int] = {}
    for old, new, count in find_conversion_events(period).values_list(KIND, "new").annotate(count=Count("pk")):
        pair = (old, codes.get(new, ""))
        found[pair] = found.get(pair, 0) + count
    order = list(names)
    pairs = sorted(found, key=lambda pair: tuple(order.index(code) if code in order else len(order) for code in pair))
    total, shares = sum(found.values()), percentages.divide_whole([found[pair] for pair in pairs])
    return [
        Row(f"{old}>{new}", f"{names.get(old, old)} → {names.get(new, new)}", found[old, new], total, share)
        for (old, new), share in zip(pairs, shares, strict=True)
    ]


def of_pair(period: Period, key: str) -> "QuerySet[Any]":
    """The cases of a row of R23."""
    old, _arrow, new = key.partition(">")
    return find_conversion_events(period).filter(**{KIND: old}).filter(new__in=KindVersion.objects.filter(kind=new))


def find_conversion_events(period: Period) -> "QuerySet[Any]":
    """The conversions, annotated with `new`: the version of the kind that the case was converted to."""
    return find_steps_taken("convert", period=period).annotate(new=Cast(KT("detail__kind"), BigIntegerField()))


def count_foreign(period: Period) -> list[Row]:
    """R24: first all national kinds together, then the local kinds and day exemptions of each municipality."""
    counted = (
        with_plate(period)
        .values_list(PLACE, NAME)
        .annotate(all=Count("pk"), abroad=Count("pk", filter=~Q(**{COUNTRY: "NL"})))
    )
    rows = []
    for code, name, whole, abroad in sorted(counted, key=lambda row: (row[0] is not None, row[1] or "")):
        share = percentages.divide_whole([abroad, whole - abroad])[0]
        rows.append(Row(code or NATIONAL, name or gettext_lazy("All zones (national kinds)"), abroad, whole, share))
    return rows


def from_abroad(period: Period, place: str) -> "QuerySet[Event]":
    """The cases of a row of R24."""
    return with_plate(period).filter(**{PLACE: None if place == NATIONAL else place}).exclude(**{COUNTRY: "NL"})


def abroad_by_place(places: Places, period: Period) -> list[Cell]:
    """R24: a part of the applications that R09 and R07 count. A municipality without a row had no applications."""
    found = {row.key: row.count or 0 for row in count_foreign(period) if row.key != NATIONAL}
    parts = {**kind_columns(places, period), **vehicle_columns(places, period)}
    return build_part_cells("abroad", str(ABROAD), found, parts, places)


def with_plate(period: Period) -> "QuerySet[Event]":
    """The applications filed for a vehicle whose plate is known."""
    return find_filed(period=period).exclude(**{PLATE: ""})


FIGURES = (
    Figure(
        id="R23",
        title=gettext_lazy("Conversions to a more suitable kind"),
        counted_on=gettext_lazy("the day of the conversion"),
        scope=gettext_lazy("applications that a person decides"),
        numerator=gettext_lazy("applications converted from the first kind to the second"),
        denominator=gettext_lazy("all conversions of the period"),
        compute=count_conversions,
        public=Public(),
        cuts=CUTS,
        cases=of_pair,
        one_whole=True,
    ),
    Figure(
        id="R24",
        title=ABROAD,
        counted_on=gettext_lazy("the day of filing"),
        scope=gettext_lazy("applications of every kind with a plate"),
        numerator=gettext_lazy("applications for a vehicle that is registered outside the Netherlands"),
        denominator=gettext_lazy("all applications with a plate for this municipality, or for all zones"),
        compute=count_foreign,
        public=Public(cuts=frozenset(), shows=lambda key: key == NATIONAL, by_municipality=abroad_by_place),
        cuts=CUTS,
        cases=from_abroad,
        letter=OF_PLACES,
    ),
)
