"""The answers, cached for a while: those about past days never change, so none need be computed twice."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.core.cache import cache
from django.utils import timezone, translation
from rest_framework.serializers import BaseSerializer

from exemptions.models import KindVersion
from reporting.api import periods
from reporting.api.serializers import LANGUAGE, FigureAnswer, FigureList, KindList, PlacesAnswer, ZoneList
from reporting.comparison import find_opening_day
from reporting.figures import PUBLIC, Figure, Row
from reporting.figures.base import Cell
from reporting.period import Period
from reporting.returns.jurisdiction import with_zone
from zones.models import Zone

KEPT_SECONDS = 3600
SHAPE = 1
"""Bump when the shape of the cached answers changes, so that a new release never reads what an old one cached."""
Answer = dict[str, Any]


def get_public_window() -> tuple[date, date]:
    """The opening of the desk and the last public day, which precedes the opening while nothing is public yet."""
    until = periods.last_public(timezone.localdate())
    return find_opening_day() or until, until


def build_figure_answer(one: Figure, period: Period) -> Answer:
    """One figure for all zones together."""
    chosen = period.only.as_data()

    def make() -> FigureAnswer:
        days = {"from": period.first, "to": period.last, "as_of": period.as_of}
        only = {name: chosen.get(name) for name in ("kind", "scope")}
        rows = national_rows(one, period)
        return FigureAnswer({"figure": one.id, "title": one.title, **days, **only, "rows": rows})

    days = map(str, (period.first, period.last, period.as_of))
    return cache_answer([one.id, *days, period.only.scope, period.only.kind], make)


def national_rows(one: Figure, period: Period) -> list[Answer]:
    """The public rows of a figure over a period, in the active language. Numbers about a single case are hidden."""
    if one.public is None:
        return []
    rows = [row for row in one.compute(period) if one.public.shows(row.key)]
    hidden = one.public.single_cases(rows)
    return [national_row(row, hides=row.key in hidden) for row in rows]


def national_row(row: Row, *, hides: bool) -> Answer:
    """One row of a national figure; `hides`: without its numbers."""
    numbers = {name: None if hides else getattr(row, name) for name in ("count", "of", "percent")}
    return {"key": row.key, "label": row.label, **numbers, "note": row.note, "suppressed": hides}


def by_municipality(one: Figure, period: Period, municipality: str = "") -> Answer:
    """One figure in one month by municipality, or the rows of one municipality only."""

    def make() -> PlacesAnswer:
        month, rows = f"{period.first:%Y-%m}", municipal_rows(one, period)
        return PlacesAnswer({"figure": one.id, "title": one.title, "month": month, "as_of": period.as_of, "rows": rows})

    made = cache_answer([one.id, "municipalities", str(period.first), str(period.as_of)], make)
    rows = [row for row in made["rows"] if municipality in ("", row["municipality"])]
    return {**made, "rows": rows}


def municipal_rows(one: Figure, period: Period) -> list[Cell]:
    """The public cells of a figure in a month, for every municipality with a zone, in the active language."""
    if one.public is None or one.public.by_municipality is None:
        return []
    named = {place.cbs_code: place.name for place in with_zone()}
    return one.public.by_municipality(named, period)


def cache_answer(words: Iterable[str], make: Callable[[], BaseSerializer[Any]]) -> Answer:
    """An answer in Dutch, cached under these words."""
    name = "-".join(["open", str(SHAPE), *words])
    known: Answer | None = cache.get(name)
    if known is None:
        with translation.override(LANGUAGE):
            known = dict(make().data)
        cache.set(name, known, KEPT_SECONDS)
    return known


# --- Lists ----------------------------------------------------------------------------------------------------


def build_figures_answer() -> Answer:
    """Every public figure with its definition and its URLs."""
    with translation.override(LANGUAGE):
        return FigureList({"results": PUBLIC.values()}).data


def build_places_answer() -> Answer:
    """The current and future zones, each with its municipality."""
    zones = Zone.objects.in_force(on=timezone.localdate()).filter(municipality__in=with_zone())
    return ZoneList({"results": zones.order_by("municipality__name", "name").select_related("municipality")}).data


def build_kinds_answer() -> Answer:
    """Every version of every kind."""
    return KindList({"results": KindVersion.objects.all()}).data
