"""What a text of the letter can name: every figure by its id, and the facts beside them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.texts import escaped
from reporting import percentages
from reporting.letter import wording
from reporting.letter.value import Value

Data = Mapping[str, Any]
MONTH = re.compile(r"^\d{4}-\d{2}$")
PLACE = re.compile(r"^GM\d{4}$")
FIGURES = tuple(f"R{number:02}" for number in range(1, 25))


class Rows(dict[str, Any]):
    """A figure: its rows by key; a key without a row is a number that nobody handed in."""

    def __missing__(self, key: str) -> Value:
        return Value(None)


def values(numbers: Data) -> dict[str, Any]:
    """Everything a text can name, from what `numbers.gather` gave. A figure that does not exist is not there."""
    current, before, whole = numbers["current"], numbers["previous"], numbers["cumulative"]
    since = in_words(before) if before else ""
    now = figures(current, before, since=since)
    return {
        **now,
        "total": figures(whole, None, since=""),
        "previous": figures(before, None, since="") if before else {},
        **days(current, whole, since=since),
        **told(numbers["facts"], now.get("R17", Rows())),
    }


def days(current: Data, whole: Data, *, since: str) -> dict[str, str]:
    """The periods in words."""
    first, last, as_of = (date.fromisoformat(current[name]) for name in ("from", "to", "as_of"))
    opened = date.fromisoformat(whole["from"])
    return {
        "period": in_words(current),
        "first": wording.day(first),
        "last": wording.day(last),
        "as_of": wording.day(as_of),
        "opened": wording.day(opened),
        "since_opening": f"{wording.day(opened)} tot en met {wording.day(last)}",
        "previous_period": since,
    }


def in_words(report: Data) -> str:
    """The period of a report, as it follows 'in' and 'over': juni en juli 2025, or de periode van 2 juni tot …"""
    words = wording.period(date.fromisoformat(report["from"]), date.fromisoformat(report["to"]))
    return f"de periode van {words}" if words[0].isdigit() else words


def told(facts: Data, counted: Rows) -> dict[str, Any]:
    """The facts, their numbers as values; what people wrote stays plain text. What R17 counted goes before."""
    zones, returns = facts["zones"], facts["returns"]
    return {
        "zones": {
            "count": counted.get("zones", Value(zones["count"])),
            "fining": counted.get("fining", Value(zones["fining"])),
            "unknown": Value(zones["unknown"]),
            "new": [{name: one_line(words) for name, words in one.items()} for one in zones["new"]],
            "begun": [day_of_zones(one) for one in zones["begun"]],
            "ended": [one_line(name) for name in zones["ended"]],
            "ended_count": Value(len(zones["ended"])),
        },
        "returns": {
            **{name: Value(returns[name]) for name in ("expected", "some", "complete")},
            "missing": [{name: one_line(words) for name, words in one.items()} for one in returns["missing"]],
        },
        "signals": [{name: one_line(words) for name, words in one.items()} for one in facts["signals"]],
        "corrections": [{"sentence": one_line(sentence)} for sentence in facts.get("corrections", ())],
    }


def day_of_zones(one: Data) -> dict[str, Any]:
    """A day on which zones began, and where."""
    return {"day": one["day"], "names": one_line(one["names"]), "count": Value(one["count"])}


def one_line(words: str) -> str:
    """What people wrote, as plain text that keeps to its place."""
    return escaped(" ".join(words.split()))


def figures(report: Data, before: Data | None, *, since: str) -> dict[str, Rows]:
    """The figures of one report, each beside what it was."""
    earlier = before["figures"] if before else {}
    return {
        name: rows(name, figure["rows"], earlier.get(name, {}).get("rows", ()), since)
        for name, figure in report["figures"].items()
    }


def rows(name: str, found: Sequence[Data], earlier: Sequence[Data], since: str) -> Rows:
    """A figure by key, with all of it together and as a list to go through."""
    was = {row["key"]: row for row in earlier}
    unknown = {"count": None if name in HANDED_IN else 0, "percent": None}
    by_key = {row["key"]: value(row, was.get(row["key"], unknown), since) for row in found}
    labels = {row["key"]: one_line(str(row["label"])) for row in found}
    parts = Parts(by_key, {key: value(row, unknown, "") for key, row in was.items()}, since, unknown["count"])
    more = MORE[name](parts) if name in MORE else {}
    listed = [{"label": labels[key], "value": one} for key, one in by_key.items()]
    return Rows({**by_key, "all": parts.together(whole_rows), "rows": listed, **more})


def value(row: Data, before: Data, since: str) -> Value:
    """A row beside the same row of the period before."""
    return Value(row["count"], row["of"], row["percent"], before["count"], before["percent"], since)


Choose = Callable[[Mapping[str, Value]], Iterable[Value]]


@dataclass(frozen=True)
class Parts:
    """The rows of a figure, now and in the period before; `nothing` is what a figure without rows counts."""

    now: Mapping[str, Value]
    before: Mapping[str, Value]
    since: str
    nothing: int | None

    def together(self, choose: Choose) -> Value:
        """The sum of some rows, of what is known; None where nothing is. It compares only where nothing is missing."""
        found = list(choose(self.now))
        known = [part for part in found if part.count is not None]
        if not known and (found or self.nothing is None):
            return Value(None, since=self.since)
        count, whole = added(known), sum(part.of or 0 for part in known)
        share = percentages.whole([count, whole - count])[0] if whole and whole >= count else None
        complete = len(known) == len(found)
        return Value(count, whole or None, share, self.was(choose) if complete else None, None, self.since)

    def was(self, choose: Choose) -> int | None:
        """The sum of the period before; None where a part of it is missing."""
        found = list(choose(self.before))
        if any(part.count is None for part in found):
            return None
        return added(found) if found else self.nothing


def added(parts: Iterable[Value]) -> int:
    """The sum of counts."""
    return sum(part.count or 0 for part in parts)


def whole_rows(by_key: Mapping[str, Value]) -> list[Value]:
    """The rows that add up to the figure: of a municipality or month not also its parts."""
    wholes = [one for key, one in by_key.items() if ":" not in key]
    return wholes or list(by_key.values())


def compliance(parts: Parts) -> dict[str, Any]:
    """R16: how many municipalities handed in passages, and the lowest and highest share among them."""
    there = [one for key, one in parts.now.items() if PLACE.match(key) and one.percent is not None]
    shares = sorted(there, key=lambda one: one.percent or 0) or [Value(None)]
    return {"delivered": Value(len(there)), "lowest": shares[0], "highest": shares[-1]}


def visits(parts: Parts) -> dict[str, Any]:
    """R18: the months, each with its visitors and pages."""
    months = sorted({key.partition(":")[0] for key in parts.now})
    found = [
        {"month": in_month(month), **{what: parts.now.get(f"{month}:{what}", Value(None)) for what in VISITS}}
        for month in months
    ]
    return {"months": found, **{what: parts.together(ending(what)) for what in VISITS}}


def monthly(parts: Parts) -> dict[str, Any]:
    """R19 and R20: the months."""
    return {"months": [{"month": in_month(key), "value": one} for key, one in parts.now.items() if MONTH.match(key)]}


def measures(parts: Parts) -> dict[str, Any]:
    """R22: what was measured of all kinds together."""
    return {what: parts.together(ending(what)) for what in MEASURES}


def ending(what: str) -> Choose:
    """The rows whose key ends so."""
    return lambda by_key: [one for key, one in by_key.items() if key.endswith(f":{what}")]


def in_month(key: str) -> str:
    """The name of a month such as 2025-06."""
    return wording.month(date.fromisoformat(f"{key}-01"))


HANDED_IN = frozenset({"R14", "R15", "R16", "R18", "R19", "R20"})
"""Figures of what others hand in: where there is no row, nothing is known. Of the others there were none."""
VISITS = ("visitors", "pages")
MEASURES = ("in_time", "suspended_days", "notices", "penalty_eur")
MORE = {"R16": compliance, "R18": visits, "R19": monthly, "R20": monthly, "R22": measures}
"""What a figure offers beside its rows."""
