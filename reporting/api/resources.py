"""The answers themselves, kept for a while: those of days that are over stay the same, so nobody computes one twice."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from exemptions.models import Kind
from reporting.api import periods
from reporting.comparison import opened
from reporting.figures import PUBLIC, Figure, Row
from reporting.period import Period
from reporting.returns.whose import with_zone
from zones.models import Zone

KEPT_SECONDS = 3600
SHAPE = 1
"""Counts up when what is kept gets another shape: a new version of the product reads nothing that an old one kept."""
LANGUAGE = "nl"
"""The data are Dutch, whoever asks: one answer for one address, which any cache between may keep."""
Answer = dict[str, Any]


def window() -> tuple[date, date]:
    """The day on which the desk opened, and the last day that is public: before it, as long as nothing is."""
    until = periods.last_public(timezone.localdate())
    return opened() or until, until


def figure(one: Figure, period: Period) -> Answer:
    """One figure for all zones together."""
    chosen = period.only.as_data()
    days = (period.first, period.last, period.as_of)

    def make() -> Answer:
        return {
            "figure": one.id,
            "title": str(one.title),
            **{word: day.isoformat() for word, day in zip(("from", "to", "as_of"), days, strict=True)},
            **{word: chosen.get(word) for word in ("kind", "scope")},
            "rows": national_rows(one, period),
        }

    return kept([one.id, *map(str, days), period.only.scope, period.only.kind], make)


def national_rows(one: Figure, period: Period) -> list[Answer]:
    """What is public of a figure over a period, in the active language. What tells about one case is hidden."""
    if one.public is None:
        return []
    rows = [row for row in one.compute(period) if one.public.shows(row.key)]
    hidden = one.public.single_cases(rows)
    return [national_row(row, hides=row.key in hidden) for row in rows]


def national_row(row: Row, *, hides: bool) -> Answer:
    """One row, with its words as they are now."""
    numbers = {name: None if hides else getattr(row, name) for name in ("count", "of", "percent")}
    return {"key": row.key, "label": str(row.label), **numbers, "note": str(row.note), "suppressed": hides}


def by_municipality(one: Figure, period: Period, municipality: str = "") -> Answer:
    """One figure in one month by municipality, or the rows of one of them."""

    def make() -> Answer:
        return {
            "figure": one.id,
            "title": str(one.title),
            "month": f"{period.first:%Y-%m}",
            "as_of": period.as_of.isoformat(),
            "rows": municipal_rows(one, period),
        }

    made = kept([one.id, "municipalities", str(period.first), str(period.as_of)], make)
    rows = [row for row in made["rows"] if municipality in ("", row["municipality"])]
    return {**made, "rows": rows}


def municipal_rows(one: Figure, period: Period) -> list[Answer]:
    """What is public of a figure in a month, for every municipality with a zone, in the active language."""
    if one.public is None or one.public.by_municipality is None:
        return []
    named = {place.cbs_code: place.name for place in with_zone()}
    return [asdict(cell) for cell in one.public.by_municipality(named, period)]


def kept(words: Iterable[str], make: Callable[[], Answer]) -> Answer:
    """An answer in Dutch, from the cache where it is there; without a cache it is computed each time."""
    name = "-".join(["open", str(SHAPE), *words])
    known: Answer | None = cache.get(name)
    if known is None:
        with translation.override(LANGUAGE):
            known = make()
        cache.set(name, known, KEPT_SECONDS)
    return known


# --- Lists ----------------------------------------------------------------------------------------------------


def figures() -> Answer:
    """Every public figure with its definition, and where it is."""
    with translation.override(LANGUAGE):
        return {"results": [described(one) for one in PUBLIC.values()]}


def described(one: Figure) -> Answer:
    """A figure in words."""
    words = ("title", "counted_on", "scope", "numerator", "denominator")
    return {
        "id": one.id,
        **{word: str(getattr(one, word)) for word in words},
        "cuts": one.public_cuts,
        "href": address("api_figure", one.id) if one.is_national else None,
        "municipalities_href": address("api_figure_places", one.id) if one.is_municipal else None,
    }


def address(name: str, *args: str) -> str:
    """A whole address. Not from the request: what is kept must not depend on how somebody spelt the host."""
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def places() -> Answer:
    """The zones that there are or will be, each with its municipality."""
    zones = Zone.objects.in_force(on=timezone.localdate()).filter(municipality__in=with_zone())
    found = zones.order_by("municipality__name", "name").values_list(
        "municipality__cbs_code", "municipality__name", "name", "starts_on"
    )
    names = ("municipality", "name", "zone", "since")
    return {"results": [dict(zip(names, (*words, day.isoformat()), strict=True)) for *words, day in found]}


def kinds() -> Answer:
    """Every version of every kind."""
    return {
        "results": [
            {
                "code": kind.code,
                "name": kind.text("name", LANGUAGE),
                "scope": kind.scope,
                "valid_from": kind.valid_from.isoformat(),
                "valid_until": kind.valid_until.isoformat() if kind.valid_until else None,
            }
            for kind in Kind.objects.all()
        ]
    }
