"""What a text of the letter can name: every figure by its id, and the facts beside them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.texts import escaped
from reporting import percentages
from reporting.figures import FIGURES as DEFINED
from reporting.figures import Figure
from reporting.letter import wording
from reporting.letter.value import Value

Data = Mapping[str, Any]
MONTH = re.compile(r"^\d{4}-\d{2}$")
PLACE = re.compile(r"^GM\d{4}$")
FIGURES = tuple(DEFINED)
Choose = Callable[[str], bool]
"""Which rows, by their key."""


def unknown(_key: str) -> Value:
    """A number that nobody handed in."""
    return Value(None)


class Rows(dict[str, Any]):
    """A figure: its rows by key. `absent` tells what a key without a row stands for."""

    def __init__(self, found: Mapping[str, Any] | None = None, absent: Callable[[str], Value] = unknown) -> None:
        super().__init__(found or {})
        self.absent = absent

    def __missing__(self, key: str) -> Value:
        return self.absent(key)


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
        "day_exemption_max": Value(facts.get("day_exemption_max", 0)),
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
    """A figure by key, with all of it together where that means something, and as a list to go through."""
    figure = DEFINED[name]
    parts = Parts(figure, {row["key"]: row for row in found}, {row["key"]: row for row in earlier}, since)
    by_key = parts.values()
    listed = [{"label": one_line(str(row["label"])), "value": by_key[row["key"]]} for row in found]
    together = {"all": parts.together(figure.adds_up)} if figure.has_sum else {}
    more = MORE[name](parts) if name in MORE else {}
    return Rows({**by_key, **together, "rows": listed, **more}, parts.value)


@dataclass(frozen=True)
class Parts:
    """The rows of a figure, now and in the period before."""

    figure: Figure
    now: Mapping[str, Data]
    before: Mapping[str, Data]
    since: str

    def values(self) -> dict[str, Value]:
        """Each row that is there."""
        return {key: self.value(key) for key in self.now}

    def value(self, key: str) -> Value:
        """A row beside the same row of the period before, where neither lacks a part; also one that is not there."""
        row, was = (found.get(key) or self.absent(found) for found in (self.now, self.before))
        if is_partial(row) or is_partial(was):
            return Value(row["count"], row["of"], row["percent"], since=self.since)
        return Value(row["count"], row["of"], row["percent"], was["count"], was["percent"], self.since)

    def absent(self, found: Mapping[str, Data]) -> Data:
        """A row that is not there: nothing of the same whole, or not handed in."""
        wholes = (row["of"] for row in found.values() if self.figure.one_whole)
        whole = next((of for of in wholes if of), None)
        return {"count": self.figure.absent, "of": whole, "percent": 0 if whole else None}

    def together(self, choose: Choose) -> Value:
        """The sum of some rows, of what is known; None where nothing is. It compares only where nothing is missing."""
        found = chosen(self.now, choose)
        known = [row for row in found if row["count"] is not None]
        if not known and (found or self.figure.handed_in):
            return Value(None, since=self.since)
        count, whole = added(known), sum(row["of"] or 0 for row in known)
        share = percentages.whole([count, whole - count])[0] if whole and whole >= count else None
        return Value(count, whole or None, share, self.was(choose) if is_complete(found) else None, None, self.since)

    def was(self, choose: Choose) -> int | None:
        """The sum of the period before; None where a part of it is missing."""
        found = chosen(self.before, choose)
        if not is_complete(found):
            return None
        return added(found) if found else self.figure.absent


def chosen(by_key: Mapping[str, Data], choose: Choose) -> list[Data]:
    """Some of the rows."""
    return [row for key, row in by_key.items() if choose(key)]


def added(found: Sequence[Data]) -> int:
    """The sum of counts."""
    return sum(row["count"] or 0 for row in found)


def is_partial(row: Data) -> bool:
    """Whether only some of it was handed in. Letters that were published before this was kept do not say so."""
    return bool(row.get("partial"))


def is_complete(found: Sequence[Data]) -> bool:
    """Whether every one of these numbers is known, and wholly."""
    return all(row["count"] is not None and not is_partial(row) for row in found)


def compliance(parts: Parts) -> dict[str, Any]:
    """R16: how many municipalities handed in passages, and the lowest and highest share among them."""
    there = [one for key, one in parts.values().items() if PLACE.match(key) and one.percent is not None]
    shares = sorted(there, key=lambda one: one.percent or 0) or [Value(None)]
    return {"delivered": Value(len(there)), "lowest": shares[0], "highest": shares[-1]}


def visits(parts: Parts) -> dict[str, Any]:
    """R18: the months, each with its visitors and pages."""
    months = sorted({key.partition(":")[0] for key in parts.now})
    found = [
        {"month": in_month(month), **{what: parts.value(f"{month}:{what}") for what in VISITS}} for month in months
    ]
    return {"months": found, **{what: parts.together(ending(what)) for what in VISITS}}


def monthly(parts: Parts) -> dict[str, Any]:
    """R19 and R20: the months."""
    found = {key: one for key, one in parts.values().items() if MONTH.match(key)}
    return {"months": [{"month": in_month(key), "value": one} for key, one in found.items()]}


def measures(parts: Parts) -> dict[str, Any]:
    """R22: what was measured of all kinds together."""
    return {what: parts.together(ending(what)) for what in MEASURES}


def ending(what: str) -> Choose:
    """The rows whose key ends so."""
    return lambda key: key.endswith(f":{what}")


def in_month(key: str) -> str:
    """The name of a month such as 2025-06."""
    return wording.month(date.fromisoformat(f"{key}-01"))


HANDED_IN = frozenset(name for name, figure in DEFINED.items() if figure.handed_in)
"""Figures of what others hand in: where there is no row, nothing is known. Of the others there were none."""
VISITS = ("visitors", "pages")
MEASURES = ("in_time", "suspended_days", "notices", "penalty_eur")
MORE = {"R16": compliance, "R18": visits, "R19": monthly, "R20": monthly, "R22": measures}
"""What a figure offers beside its rows."""
