"""What came in (R01, R05, R09, R27), what was converted (R23), and plates from abroad (R24)."""

from collections import Counter
from datetime import date

from tests.project.demo.recount.known import Known
from tests.project.demo.recount.numbers import Numbers, bare, part, split


def received(known: Known) -> Numbers:
    """R01."""
    found = Counter(known.scope(application) for _event, application in known.came_in())
    return bare({scope: found[scope] for scope in ("national", "local", "day")})


def weeks(known: Known) -> Numbers:
    """R05."""
    found = Counter(
        week_of(event["day"]) for event, application in known.came_in() if known.scope(application) != "day"
    )
    return bare({week: found[week] for week in map(week_of, known.asked.days())})


def week_of(day: date) -> str:
    """As 2024-W27."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def local_kinds(known: Known) -> Numbers:
    """R09: the kinds that were local on a day of the period."""
    found = Counter(known.code(one) for _event, one in known.came_in() if known.scope(one) == "local")
    local = [
        kind["kind_id"]
        for kind in sorted(known.world.kinds.values(), key=lambda kind: (kind["position"], kind["kind_id"]))
        if kind["scope"] == "local"
        and kind["valid_from"] <= known.asked.last
        and (kind["valid_until"] is None or kind["valid_until"] > known.asked.first)
        and known.asked.kind in ("", kind["kind_id"])
    ]
    return split({code: found[code] for code in local})


def channels(known: Known) -> Numbers:
    """R27."""
    found = Counter(event["detail"].get("channel", "portal") for event, _application in known.came_in())
    return split({channel: found[channel] for channel in ("portal", "post", "counter", "phone", "email")})


def conversions(known: Known) -> Numbers:
    """R23."""
    found: Counter[tuple[str, str]] = Counter()
    for event, application in known.taken("convert"):
        found[known.code(application), known.world.kinds[int(event["detail"]["kind"])]["kind_id"]] += 1
    place = {code: number for number, code in enumerate(known.codes())}
    pairs = sorted(found, key=lambda pair: (place[pair[0]], place[pair[1]]))
    return split({f"{old}>{new}": found[old, new] for old, new in pairs})


def abroad(known: Known) -> Numbers:
    """R24."""
    with_plate, foreign = Counter[str](), Counter[str]()
    for _event, application in known.came_in():
        if application["plate"]:
            with_plate[known.place(application)] += 1
            foreign[known.place(application)] += application["country"] != "NL"
    return {place: part(foreign[place], whole) for place, whole in with_plate.items()}
