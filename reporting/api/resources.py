"""The answers themselves, kept for a while: those of days that are over stay the same, so nobody computes one twice."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from exemptions.models import Kind
from reporting.api import municipal, national, periods, public
from reporting.comparison import opened
from reporting.figures import Figure
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


def figure(name: str, period: Period) -> Answer:
    """One figure for all zones together."""
    chosen = period.only.as_data()
    days = (period.first, period.last, period.as_of)

    def make() -> Answer:
        return {
            "figure": name,
            "title": str(public.figures()[name].title),
            **{word: day.isoformat() for word, day in zip(("from", "to", "as_of"), days, strict=True)},
            **{word: chosen.get(word) for word in sorted(public.CUTS)},
            "rows": national.lines(name, period),
        }

    return kept([name, *map(str, days), period.only.scope, period.only.kind], make)


def by_municipality(name: str, period: Period, municipality: str = "") -> Answer:
    """One figure in one month by municipality, or the rows of one of them."""

    def make() -> Answer:
        return {
            "figure": name,
            "title": str(public.figures()[name].title),
            "month": f"{period.first:%Y-%m}",
            "as_of": period.as_of.isoformat(),
            "rows": municipal.lines(name, period),
        }

    made = kept([name, "municipalities", str(period.first), str(period.as_of)], make)
    rows = [row for row in made["rows"] if municipality in ("", row["municipality"])]
    return {**made, "rows": rows}


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
        return {"results": [described(one) for one in public.figures().values()]}


def described(one: Figure) -> Answer:
    """A figure in words."""
    words = ("title", "counted_on", "scope", "numerator", "denominator")
    return {
        "id": one.id,
        **{word: str(getattr(one, word)) for word in words},
        "cuts": public.cuts_of(one),
        "href": address("api_figure", one.id) if one.id in public.NATIONAL else None,
        "municipalities_href": address("api_figure_places", one.id) if one.id in public.PER_MUNICIPALITY else None,
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
