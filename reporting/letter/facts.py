"""What the letter says besides the figures: zones, who handed in, notes of municipalities, signals. All plain data."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.utils.translation import override

from exemptions.models import KindVersion
from objections.models import Objection
from reporting.comparison import find_previous_period, since_opening
from reporting.events import find_upheld
from reporting.figures import comparability
from reporting.figures.applications import of_scope
from reporting.figures.base import kind_names
from reporting.figures.day_exemptions import get_day_maximum
from reporting.figures.municipal import first_fines, warning_periods
from reporting.figures.objections import count_district_appeals
from reporting.figures.places import PLACE
from reporting.letter import wording
from reporting.models import BranchSignal, ReturnVersion
from reporting.period import Period, months_touched
from reporting.returns.months import with_a_zone
from zones.models import Municipality, Zone

Facts = dict[str, Any]
GONE = "niet aangeleverd: "
"""Precedes the months for which nothing came in."""
Place = tuple[Municipality, date]
"""A municipality, and the first day of its first zone."""
Asked = tuple[Municipality, list[date]]
"""A municipality, and the months of the period in which it had a zone."""


def gather_facts(period: Period) -> Facts:
    """All facts, as known at the end of `as_of`."""
    zones = list(Zone.objects.in_force(on=period.last).select_related("municipality").order_by("name"))
    starts, months = zone_starts(zones, period), with_a_zone(period.first, period.last)
    found = Municipality.objects.filter(pk__in={*starts, *months}).order_by("name")
    has_begun = [(place, starts[place.pk]) for place in found if place.pk in starts]
    asked = [(place, months[place.pk]) for place in found if place.pk in months]
    versions = find_newest_returns(period)
    deliveries = handed_in(asked, versions)
    gone = {one["name"]: one["months"] for one in deliveries["missing"]}
    return {
        "zones": {**gather_zones(has_begun, period), **name_zones(zones, has_begun, period)},
        "returns": deliveries,
        "municipalities": {
            place.cbs_code: {
                "name": place.name,
                "note": describe_comparability(versions.get(place.pk, []), gone.get(place.name, "")),
            }
            for place, _months in asked
        },
        **gather_kinds(period),
        "upheld": count_upheld(period),
        "appeals": list_appeals(period),
        "signals": list_signals(period),
        "day_exemption_max": get_day_maximum(period.last),
    }


def zone_starts(zones: list[Zone], period: Period) -> dict[int, date]:
    """The first day of the first zone, by primary key of each municipality with a zone on the period's last day."""
    starts: dict[int, date] = {}
    for zone in zones:
        if zone.starts_on <= period.last:
            starts[zone.municipality_id] = min(zone.starts_on, starts.get(zone.municipality_id, zone.starts_on))
    return starts


def gather_zones(places: list[Place], period: Period) -> Facts:
    """Counts of municipalities with a zone, those that are new, and those whose warning period ended in the period."""
    told = warning_periods(period)
    fines = {place: first_fines(place, told) for place, _start in places}
    fining = {place: day for place, day in fines.items() if day and day <= period.last}
    ended = [place for place, day in fining.items() if day >= period.first]
    new = [(place, start) for place, start in places if start >= period.first]
    return {
        "count": len(places),
        "fining": len(fining),
        "new": [{"name": place.name, "day": wording.format_day(start)} for place, start in new],
        "ended": [place.name for place in ended],
        "ended_local": count_local_in(ended, period),
        "unknown": [*fines.values()].count(None),
    }


def name_zones(zones: list[Zone], places: list[Place], period: Period) -> Facts:
    """New zones by day, the number that began in the year of the last day, and those still to begin in it."""
    year, new = period.last.year, {(place.pk, start) for place, start in places if start >= period.first}
    begun = [zone for zone in zones if (zone.municipality_id, zone.starts_on) in new]
    later = [zone for zone in zones if zone.starts_on > period.last and zone.starts_on.year == year]
    return {
        "year": year,
        "of_year": sum(start.year == year for _place, start in places),
        "begun": group_zones(begun),
        "later": group_zones(later),
    }


def name_zone(zone: Zone) -> str:
    """The municipality, and the zone if that has a name of its own: Haarlemmermeer (Schiphol)."""
    place = zone.municipality.name
    return place if zone.name == place else f"{place} ({zone.name})"


def count_local_in(places: list[Municipality], period: Period) -> Facts:
    """Local exemptions applied for in these municipalities, in the period and in the one before."""
    codes, before = [place.cbs_code for place in places], find_previous_period(period)

    def count(asked: Period) -> int:
        return of_scope(asked, KindVersion.Scope.LOCAL).filter(**{f"{PLACE}__in": codes}).count()

    return {"now": count(period), "before": count(before) if before else None}


def group_zones(zones: list[Zone]) -> list[Facts]:
    """Zones grouped by the day on which they begin, so that each day is mentioned once."""
    by_day: dict[date, list[str]] = defaultdict(list)
    for zone in zones:
        by_day[zone.starts_on].append(name_zone(zone))
    return [
        {"day": wording.format_day(day), "names": wording.join_words(sorted(names)), "count": len(names)}
        for day, names in sorted(by_day.items())
    ]


def gather_kinds(period: Period) -> Facts:
    """The kinds open on the last day, by code, and those that became national after having been local."""
    versions: dict[str, list[KindVersion]] = defaultdict(list)
    for one in KindVersion.objects.filter(valid_from__lte=period.last).order_by("valid_from"):
        versions[one.kind_id].append(one)
    kept = {code: found for code, found in versions.items() if (found[-1].valid_until or date.max) > period.last}
    with override(wording.DUTCH):
        return {
            "kinds": {code: describe_kind(found) for code, found in kept.items()},
            "now_national": [told for found in kept.values() if (told := describe_moved_kind(found))],
        }


def describe_kind(versions: list[KindVersion]) -> Facts:
    """A kind's current name and scope, and the day from which it exists."""
    now = versions[-1]
    return {"name": now.text("name"), "scope": now.scope, "since": wording.format_day(versions[0].valid_from)}


def describe_moved_kind(versions: list[KindVersion]) -> Facts | None:
    """The name of a kind that went from local to national, and the day of that; None for any other kind."""
    now, local = versions[-1], [one for one in versions if one.scope == KindVersion.Scope.LOCAL]
    if now.scope != KindVersion.Scope.NATIONAL or not local or local[-1].valid_until is None:
        return None
    return {"name": now.text("name"), "day": wording.format_day(local[-1].valid_until)}


def count_upheld(period: Period) -> Facts:
    """Objections upheld in the period, how many of them changed the thresholds, and from which days those apply."""
    upheld = set(find_upheld(period=period).values_list("case_id", flat=True))
    led = Objection.objects.filter(pk__in=upheld).exclude(led_to_thresholds=None)
    pairs = list(led.values_list("pk", "led_to_thresholds__valid_from"))
    days = sorted({day for _objection, day in pairs})
    return {
        "count": len(upheld),
        "led": len({objection for objection, _day in pairs}),
        "days": [wording.format_day(day) for day in days],
    }


def list_appeals(period: Period) -> list[Facts]:
    """Appeals to a district court since the opening, by kind of exemption."""
    whole = since_opening(period)
    with override(wording.DUTCH):
        names = kind_names(whole)
        return [{"name": names[code], "count": count} for code, count in count_district_appeals(whole).items()]


def find_newest_returns(period: Period) -> dict[int, list[ReturnVersion]]:
    """The newest delivery of each month of the period that had come in by `as_of`, by municipality, in month order."""
    months = months_touched(period.first, period.last)
    known = ReturnVersion.objects.known_at(period.seen_until).filter(monthly_return__month__in=months)
    by_place: dict[int, list[ReturnVersion]] = defaultdict(list)
    for version in known.select_related("monthly_return"):
        by_place[version.monthly_return.municipality_id].append(version)
    return {place: sorted(found, key=lambda one: one.monthly_return.month) for place, found in by_place.items()}


def handed_in(asked: list[Asked], versions: dict[int, list[ReturnVersion]]) -> Facts:
    """How many municipalities handed in, and which months are missing for whom; months without a zone do not count."""
    missing, some = [], 0
    for place, months in asked:
        there = {version.monthly_return.month for version in versions.get(place.pk, [])}
        some += not there.isdisjoint(months)
        if gone := [month for month in months if month not in there]:
            missing.append({"name": place.name, "months": describe_missing_months(gone, months)})
    return {
        "expected": len(asked),
        "some": some,
        "complete": len(asked) - len(missing),
        "missing": missing,
        "missed_by_all": find_common_gap(missing) if some == len(missing) == len(asked) > 1 else "",
    }


def find_common_gap(missing: list[dict[str, str]]) -> str:
    """The missing months in words if they are the same for every municipality; else empty."""
    gaps = {one["months"] for one in missing}
    return gaps.pop() if len(gaps) == 1 else ""


def describe_missing_months(gone: list[date], months: list[date]) -> str:
    """The missing months in words."""
    return (
        "alle maanden"
        if len(gone) == len(months) > 1
        else wording.join_words([wording.format_month(one) for one in gone])
    )


def describe_comparability(versions: list[ReturnVersion], gone: str) -> str:
    """What one should know to compare a municipality, including the missing months if it handed in others."""
    with override(wording.DUTCH):
        told = comparability.find_newest_remarks(versions)
    if versions and gone:
        told["gone"] = f"{GONE}{gone}"
    return "; ".join(told.values())


def list_signals(period: Period) -> list[dict[str, str]]:
    """Signals of organisations about days in the period, as known at `as_of`."""
    about = BranchSignal.objects.known_at(period.seen_until).about(period.first, period.last)
    told = about.order_by("organisation", "pk")
    return [{"organisation": one.organisation, "topic": one.topic, "text": one.text} for one in told]
