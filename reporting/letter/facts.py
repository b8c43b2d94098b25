"""What the letter says besides the figures: zones, who handed in, notes of municipalities, signals. Plain data."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.utils.translation import override

from reporting.figures import comparability
from reporting.figures.day_exemptions import get_day_maximum
from reporting.figures.municipal import first_fines, warning_periods
from reporting.letter import wording
from reporting.models import BranchSignal, ReturnVersion
from reporting.period import Period, months_touched
from reporting.returns.months import with_a_zone
from zones.models import Municipality, Zone

Facts = dict[str, Any]
GONE = "niet aangeleverd: "
"""Before the months for which nothing came in."""
Place = tuple[Municipality, date]
"""A municipality, and the first day of its first zone."""
Asked = tuple[Municipality, list[date]]
"""A municipality, and the months of the period in which it had a zone."""


def gather_facts(period: Period) -> Facts:
    """All of it, as it was known at the end of `as_of`."""
    starts, months = zone_starts(period), with_a_zone(period.first, period.last)
    found = Municipality.objects.filter(pk__in={*starts, *months}).order_by("name")
    asked = [(place, months[place.pk]) for place in found if place.pk in months]
    versions = find_newest_returns(period)
    deliveries = handed_in(asked, versions)
    gone = {one["name"]: one["months"] for one in deliveries["missing"]}
    return {
        "zones": gather_zones([(place, starts[place.pk]) for place in found if place.pk in starts], period),
        "returns": deliveries,
        "municipalities": {
            place.cbs_code: {
                "name": place.name,
                "note": describe_comparability(versions.get(place.pk, []), gone.get(place.name, "")),
            }
            for place, _months in asked
        },
        "signals": list_signals(period),
        "day_exemption_max": get_day_maximum(period.last),
    }


def zone_starts(period: Period) -> dict[int, date]:
    """The first day of the first zone of every municipality that has one on the last day, as the rows stood then."""
    starts: dict[int, date] = {}
    for zone in Zone.objects.in_force(on=period.last).filter(starts_on__lte=period.last):
        starts[zone.municipality_id] = min(zone.starts_on, starts.get(zone.municipality_id, zone.starts_on))
    return starts


def gather_zones(places: list[Place], period: Period) -> Facts:
    """How many municipalities have a zone, which are new, and where the warning period ended in the period."""
    told = warning_periods(period)
    fines = {place.name: first_fines(place, told) for place, _start in places}
    fining = {name: day for name, day in fines.items() if day and day <= period.last}
    new = [(place, start) for place, start in places if start >= period.first]
    return {
        "count": len(places),
        "fining": len(fining),
        "new": [{"name": place.name, "day": wording.format_day(start)} for place, start in new],
        "begun": group_new_zones(new),
        "ended": [name for name, day in fining.items() if day >= period.first],
        "unknown": list(fines.values()).count(None),
    }


def group_new_zones(new: list[Place]) -> list[Facts]:
    """The new zones by the day on which they began, so that a day is named once."""
    by_day: dict[date, list[str]] = defaultdict(list)
    for place, start in new:
        by_day[start].append(place.name)
    return [
        {"day": wording.format_day(day), "names": wording.join_words(names), "count": len(names)}
        for day, names in sorted(by_day.items())
    ]


def find_newest_returns(period: Period) -> dict[int, list[ReturnVersion]]:
    """The newest delivery of each month of the period, by municipality, if it had come in."""
    months = months_touched(period.first, period.last)
    known = ReturnVersion.objects.known_at(period.seen_until).filter(monthly_return__month__in=months)
    by_place: dict[int, list[ReturnVersion]] = defaultdict(list)
    for version in known.select_related("monthly_return"):
        by_place[version.monthly_return.municipality_id].append(version)
    return {place: sorted(found, key=lambda one: one.monthly_return.month) for place, found in by_place.items()}


def handed_in(asked: list[Asked], versions: dict[int, list[ReturnVersion]]) -> Facts:
    """Who handed in every month, and which months are missing of whom; none in which there was no zone."""
    missing, some = [], 0
    for place, months in asked:
        there = {version.monthly_return.month for version in versions.get(place.pk, [])}
        some += not there.isdisjoint(months)
        if gone := [month for month in months if month not in there]:
            missing.append({"name": place.name, "months": describe_missing_months(gone, months)})
    return {"expected": len(asked), "some": some, "complete": len(asked) - len(missing), "missing": missing}


def describe_missing_months(gone: list[date], months: list[date]) -> str:
    """The missing months in words."""
    return (
        "alle maanden"
        if len(gone) == len(months) > 1
        else wording.join_words([wording.format_month(one) for one in gone])
    )


def describe_comparability(versions: list[ReturnVersion], gone: str) -> str:
    """What one should know to compare a municipality, and which months of some are missing."""
    with override(wording.DUTCH):
        told = comparability.find_newest_remarks(versions)
    if versions and gone:
        told["gone"] = f"{GONE}{gone}"
    return "; ".join(told.values())


def list_signals(period: Period) -> list[dict[str, str]]:
    """What organisations asked attention for, about days in the period, as noted by `as_of`."""
    about = BranchSignal.objects.known_at(period.seen_until).about(period.first, period.last)
    told = about.order_by("organisation", "pk")
    return [{"organisation": one.organisation, "topic": one.topic, "text": one.text} for one in told]
