"""What others handed in: R14 to R21. What was not handed in is None, and never zero."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from tests.project.demo.recount.numbers import Numbers, bare, part
from tests.project.demo.recount.question import Question
from tests.project.demo.recount.world import Line, World, day_of


def warnings(world: World, asked: Question) -> Numbers:
    """R14."""
    return bare({code: total(versions, "warnings") for code, versions in by_place(world, asked)})


def fines(world: World, asked: Question) -> Numbers:
    """R15."""
    found: dict[str, int | None] = {}
    for code, versions in by_place(world, asked):
        found[code] = total(versions, "fines_van", "fines_truck")
        found[f"{code}:van"], found[f"{code}:truck"] = total(versions, "fines_van"), total(versions, "fines_truck")
    return bare(found)


def compliance(world: World, asked: Question) -> Numbers:
    """R16: only what was handed in with both its numbers."""
    found: Numbers = {}
    for code, versions in by_place(world, asked):
        pairs = [(one[f"compliant_{name}"], one[f"passages_{name}"]) for one in versions for name in ("van", "truck")]
        whole = [pair for pair in pairs if None not in pair]
        found[code] = part(sum(one for one, _all in whole), sum(all_ for _one, all_ in whole)) if whole else (None,) * 3
    return found


def zones(world: World, asked: Question) -> Numbers:
    """R17: which municipalities have a zone on the last day, and which of them fine then."""
    places = [place for place in asked_places(world, asked) if has_zone(world, place, asked.last)]
    fining = 0
    for place in places:
        told = [
            (world.returns[version["monthly_return_id"]]["month"], version["warning_until"])
            for version in latest(world.return_versions, "monthly_return_id", asked, having="warning_until")
            if world.returns[version["monthly_return_id"]]["municipality_id"] == place
        ]
        first = max(told)[1] + timedelta(days=1) if told else world.places[place]["fines_from"]
        fining += first is not None and first <= asked.last
    return bare({"zones": len(places), "fining": fining})


def visits(world: World, asked: Question) -> Numbers:
    """R18."""
    return bare({**monthly(world, asked, "visitors", ":visitors"), **monthly(world, asked, "pages", ":pages")})


def conversations(world: World, asked: Question) -> Numbers:
    """R19."""
    return bare(monthly(world, asked, "conversations"))


def mails(world: World, asked: Question) -> Numbers:
    """R20: all of a month, then by topic and tone."""
    found = bare(monthly(world, asked, "mails"))
    for month, version in site(world, asked).items():
        for topic in world.topics[version["id"]]:
            found[f"{month}:{topic['topic']}:{topic['tone']}"] = (topic["count"], version["mails"], None)
    return found


def signals(world: World, asked: Question) -> Numbers:
    """R21: how many organisations asked attention for a topic."""
    who: dict[str, set[str]] = defaultdict(set)
    for signal in world.signals:
        noted = day_of(signal["noted_at"]) <= asked.as_of
        gone = signal["replaced_at"] and day_of(signal["replaced_at"]) <= asked.as_of
        if noted and not gone and signal["first"] <= asked.last and signal["last"] >= asked.first:
            who[signal["topic"]].add(signal["organisation"])
    return bare({topic: len(organisations) for topic, organisations in who.items()})


# --- What was handed in ----------------------------------------------------------------------------------


def by_place(world: World, asked: Question) -> Iterator[tuple[str, list[Line]]]:
    """The last deliveries of each municipality about the months of the period in which it had a zone."""
    known = latest(world.return_versions, "monthly_return_id", asked)
    for place in asked_places(world, asked):
        if months := {f"{day:%Y-%m}" for day in asked.days() if has_zone(world, place, day)}:
            mine = [one for one in known if world.returns[one["monthly_return_id"]]["municipality_id"] == place]
            yield (
                world.places[place]["cbs_code"],
                [one for one in mine if f"{world.returns[one['monthly_return_id']]['month']:%Y-%m}" in months],
            )


def asked_places(world: World, asked: Question) -> list[int]:
    """The municipalities that are asked about."""
    return [key for key, place in world.places.items() if asked.municipality in ("", place["cbs_code"])]


def has_zone(world: World, place: int, day: date) -> bool:
    """Whether a municipality has a zone on a day, as the rows of zones say that hold on it."""
    return any(
        zone["municipality_id"] == place
        and zone["starts_on"] <= day
        and zone["valid_from"] <= day
        and (zone["valid_until"] is None or day < zone["valid_until"])
        for zone in world.zones
    )


def latest(versions: list[Line], of: str, asked: Question, having: str = "") -> list[Line]:
    """The last delivery of each month that had come in by then."""
    last = {}
    for version in versions:
        if day_of(version["delivered_at"]) <= asked.as_of and (not having or version[having] is not None):
            last[version[of]] = version
    return list(last.values())


def total(versions: list[Line], *names: str) -> int | None:
    """The sum of what was handed in."""
    numbers = [version[name] for version in versions for name in names if version[name] is not None]
    return sum(numbers) if numbers else None


def site(world: World, asked: Question) -> dict[str, Line]:
    """The months of the site that were handed in about, in the period."""
    found = every_month(world, asked)
    return {month: found[month] for month in asked.months() if month in found}


def every_month(world: World, asked: Question) -> dict[str, Line]:
    """The months of the site that were handed in about, whenever they were."""
    return {
        f"{world.site_months[one['site_month_id']]['month']:%Y-%m}": one
        for one in latest(world.site_versions, "site_month_id", asked)
    }


def monthly(world: World, asked: Question, name: str, suffix: str = "") -> dict[str, int | None]:
    """A number a month, from the first month that was ever handed in about."""
    there = every_month(world, asked)
    months = [month for month in asked.months() if there and month >= min(there)]
    return {f"{month}{suffix}": there[month][name] if month in there else None for month in months}
