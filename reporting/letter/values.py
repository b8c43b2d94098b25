"""The values that a text of the letter can name: every figure by its id, and the other facts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.texts import escape_markup
from reporting import percentages
from reporting.figures import FIGURES, Figure
from reporting.figures.base import LetterNames
from reporting.letter import months, wording
from reporting.letter.compared_number import Value

Data = Mapping[str, Any]
Choose = Callable[[str], bool]
"""Whether a row is chosen, by its key."""


def make_unknown_value(_key: str) -> Value:
    """A number that nobody handed in."""
    return Value(None)


class Rows(dict[str, Any]):
    """A figure's rows by key. `absent`: makes the value of a key without a row."""

    def __init__(
        self, found: Mapping[str, Any] | None = None, absent: Callable[[str], Value] = make_unknown_value
    ) -> None:
        super().__init__(found or {})
        self.absent = absent

    def __missing__(self, key: str) -> Value:
        return self.absent(key)


def build_letter_values(numbers: Data) -> dict[str, Any]:
    """Everything that a text can name, from `numbers.gather_numbers`; without figures that those numbers lack."""
    current, before, whole = numbers["current"], numbers["previous"], numbers["cumulative"]
    since = in_words(before) if before else ""
    now = build_figure_values(current, with_known_months(before, whole), since=since)
    add_trends(now, whole, date.fromisoformat(current["from"]))
    return {
        **now,
        "total": build_figure_values(whole, None, since=""),
        "previous": build_figure_values(before, None, since="") if before else {},
        **describe_periods(current, whole, before),
        **build_fact_values(numbers["facts"], now.get("R17", Rows()), since=since),
    }


def with_known_months(before: Data | None, whole: Data) -> Data | None:
    """The report over the period before, with monthly figures as known now, because they are handed in afterwards."""
    if before is None:
        return None
    first, last = (date.fromisoformat(before[name]) for name in ("from", "to"))
    monthly = [name for name in before["figures"] if FIGURES[name].letter.is_monthly and name in whole["figures"]]
    rows = {name: {"rows": months.rows_of_months(whole["figures"][name], first, last)} for name in monthly}
    return {**before, "figures": {**before["figures"], **rows}}


def describe_periods(current: Data, whole: Data, before: Data | None) -> dict[str, str]:
    """The periods in words."""
    first, last, as_of = (date.fromisoformat(current[name]) for name in ("from", "to", "as_of"))
    opened = date.fromisoformat(whole["from"])
    return {
        "period": in_words(current),
        "first": wording.format_day(first),
        "last": wording.format_day(last),
        "as_of": wording.format_day(as_of),
        "opened": wording.format_day(opened),
        "since_opening": f"{wording.format_day(opened)} tot en met {wording.format_day(last)}",
        "previous_period": in_words(before) if before else "",
        "previous_as_of": wording.format_day(date.fromisoformat(before["as_of"])) if before else "",
    }


def in_words(report: Data) -> str:
    """The period of a report, as it follows 'in' and 'over': juni en juli 2025, or de periode van 2 juni tot …"""
    words = wording.format_period(date.fromisoformat(report["from"]), date.fromisoformat(report["to"]))
    return f"de periode van {words}" if words[0].isdigit() else words


def build_fact_values(facts: Data, counted: Rows, *, since: str) -> dict[str, Any]:
    """The facts with their numbers as values and people's words as plain text. R17's counts take precedence."""
    zones, returns = facts["zones"], facts["returns"]
    return {
        "zones": {
            "count": counted.get("zones", Value(zones["count"])),
            "fining": counted.get("fining", Value(zones["fining"])),
            "unknown": Value(zones["unknown"]),
            "new": [{name: one_line(words) for name, words in one.items()} for one in zones["new"]],
            "begun": [day_of_zones(one) for one in zones["begun"]],
            "later": [day_of_zones(one) for one in zones.get("later", ())],
            "of_year": Value(zones.get("of_year", 0)),
            "year": str(zones.get("year", "")),
            "ended": [one_line(name) for name in zones["ended"]],
            "ended_count": Value(len(zones["ended"])),
            "ended_local": build_local_value(zones.get("ended_local", {}), since),
        },
        "kinds": {code: describe_kind(kind) for code, kind in facts.get("kinds", {}).items()},
        "now_national": [{"name": one_line(one["name"]), "day": one["day"]} for one in facts.get("now_national", ())],
        "upheld": describe_upheld(facts.get("upheld", {})),
        "appeals": [{"name": one_line(one["name"]), "count": Value(one["count"])} for one in facts.get("appeals", ())],
        "returns": {
            **{name: Value(returns[name]) for name in ("expected", "some", "complete")},
            "missing": [{name: one_line(words) for name, words in one.items()} for one in returns["missing"]],
            "missed_by_all": one_line(returns.get("missed_by_all", "")),
        },
        "signals": [{name: one_line(words) for name, words in one.items()} for one in facts["signals"]],
        "corrections": [{"sentence": one_line(sentence)} for sentence in facts.get("corrections", ())],
        "day_exemption_max": Value(facts.get("day_exemption_max", 0)),
    }


SCOPES = {"national": "landelijke", "local": "lokale", "day": "dagelijkse"}
"""The scopes as adjectives before 'ontheffing'."""


def describe_kind(kind: Data) -> dict[str, str]:
    """A kind of exemption that one can apply for."""
    return {"name": one_line(kind["name"]), "scope": SCOPES.get(kind["scope"], ""), "since": kind["since"]}


def build_local_value(asked: Data, since: str) -> Value:
    """The number of local exemptions applied for in some municipalities, with that of the period before."""
    return Value(asked.get("now", 0), before=asked.get("before"), since=since)


def describe_upheld(upheld: Data) -> dict[str, Any]:
    """The objections upheld in the period, and the days from which other thresholds apply because of them."""
    return {
        "count": Value(upheld.get("count", 0)),
        "led": Value(upheld.get("led", 0)),
        "days": list(upheld.get("days", ())),
    }


def day_of_zones(one: Data) -> dict[str, Any]:
    """A day on which zones began, and where."""
    return {"day": one["day"], "names": one_line(one["names"]), "count": Value(one["count"])}


def one_line(words: str) -> str:
    """What people wrote as one line of plain text, with its markup escaped."""
    return escape_markup(" ".join(words.split()))


def build_figure_values(report: Data, before: Data | None, *, since: str) -> dict[str, Rows]:
    """The figures of one report, each with its values in the period before."""
    earlier = before["figures"] if before else {}
    return {
        name: build_figure_rows(name, figure["rows"], earlier.get(name, {}).get("rows", ()), since)
        for name, figure in report["figures"].items()
    }


def build_figure_rows(name: str, found: Sequence[Data], earlier: Sequence[Data], since: str) -> Rows:
    """A figure's values by key, with `all` if a sum means something, `rows` to loop over, and its other names."""
    figure = FIGURES[name]
    parts = Parts(figure, {row["key"]: row for row in found}, {row["key"]: row for row in earlier}, since)
    by_key = parts.values()
    listed = [{"label": one_line(str(row["label"])), "value": by_key[row["key"]]} for row in found]
    together = {"all": parts.together(figure.adds_up)} if figure.has_sum else {}
    return Rows({**by_key, **together, "rows": listed, **build_extra_names(parts)}, parts.value)


@dataclass(frozen=True)
class Parts:
    """The rows of a figure, now and in the period before."""

    figure: Figure
    now: Mapping[str, Data]
    before: Mapping[str, Data]
    since: str

    def values(self) -> dict[str, Value]:
        """The value of each row that exists."""
        return {key: self.value(key) for key in self.now}

    def value(self, key: str) -> Value:
        """The value of a row, existing or absent, with that of the period before if both are complete."""
        row, was = (found.get(key) or self.absent(found) for found in (self.now, self.before))
        if is_partial(row) or is_partial(was):
            return Value(row["count"], row["of"], row["percent"], since=self.since)
        return Value(row["count"], row["of"], row["percent"], was["count"], was["percent"], self.since)

    def absent(self, found: Mapping[str, Data]) -> Data:
        """A row that does not exist: nothing of the same whole, or not handed in."""
        wholes = (row["of"] for row in found.values() if self.figure.one_whole)
        whole = next((of for of in wholes if of), None)
        return {"count": self.figure.absent, "of": whole, "percent": 0 if whole else None}

    def together(self, choose: Choose) -> Value:
        """The sum of the known counts of some rows; None if none is known. Compared only if nothing is missing."""
        found = choose_rows(self.now, choose)
        known = [row for row in found if row["count"] is not None]
        if not known and (found or self.figure.handed_in):
            return Value(None, since=self.since)
        count, whole = sum_counts(known), sum(row["of"] or 0 for row in known)
        share = percentages.divide_whole([count, whole - count])[0] if whole and whole >= count else None
        return Value(count, whole or None, share, self.was(choose) if is_complete(found) else None, None, self.since)

    def was(self, choose: Choose) -> int | None:
        """The sum of the same rows in the period before; None if a part of it is missing."""
        found = choose_rows(self.before, choose)
        if not is_complete(found):
            return None
        return sum_counts(found) if found else self.figure.absent


def choose_rows(by_key: Mapping[str, Data], choose: Choose) -> list[Data]:
    """The rows that are chosen."""
    return [row for key, row in by_key.items() if choose(key)]


def sum_counts(found: Sequence[Data]) -> int:
    """The sum of the rows' counts; an unknown one adds nothing."""
    return sum(row["count"] or 0 for row in found)


def is_partial(row: Data) -> bool:
    """Whether only part of a row was handed in. Letters published before this was recorded never say so."""
    return bool(row.get("partial"))


def is_complete(found: Sequence[Data]) -> bool:
    """Whether every count is known, and none is partial."""
    return all(row["count"] is not None and not is_partial(row) for row in found)


def build_extra_names(parts: Parts) -> dict[str, Any]:
    """The names that a figure offers in addition to its rows."""
    known = parts.figure.letter
    return {
        **{name: parts.together(match_ending(name)) for name in known.sums},
        **({"months": list_months(parts, known)} if known.is_monthly else {}),
        **({"topics": list_topics(parts)} if known.has_topics else {}),
        **(summarise_shares(parts) if known.has_shares else {}),
        **(count_places(parts) if known.counts_places else {}),
    }


def match_ending(name: str) -> Choose:
    """Chooses the rows whose key ends in a colon and this name."""
    return lambda key: key.endswith(f":{name}")


def list_months(parts: Parts, known: LetterNames) -> list[dict[str, Any]]:
    """The months in order, each with its number or numbers, and the tone of its mails if the figure has topics."""
    return [
        {
            "month": wording.format_month(months.day_of(month)),
            **({name: parts.value(f"{month}:{name}") for name in known.sums} or {"value": parts.value(month)}),
            **({"tone": months.describe_tone(parts.now, month)} if known.has_topics else {}),
        }
        for month in months.list_keys(parts.now)
    ]


def list_topics(parts: Parts) -> list[dict[str, Any]]:
    """The topics of the period's mails, most frequent first, each as a part of the mails with a known topic."""
    now, before = months.sum_topics(parts.now), months.sum_topics(parts.before)
    whole = sum(now.values())
    shares = dict(zip(now, percentages.divide_whole([*now.values()]), strict=True))
    was = months.is_whole(parts.now) and months.is_whole(parts.before)
    return [
        {
            "label": one_line(topic),
            "value": Value(count, whole, shares[topic], before.get(topic, 0) if was else None, None, parts.since),
        }
        for topic, count in now.items()
    ]


def add_trends(figures: Mapping[str, Rows], whole: Data, first: date) -> None:
    """Add the trend since January to the monthly figures, from the report since the opening."""
    for name, rows in figures.items():
        known = FIGURES[name].letter
        if known.is_monthly and (trend := months.find_trend(whole["figures"].get(name, {}), known.sums, first)):
            rows["trend"] = trend


def summarise_shares(parts: Parts) -> dict[str, Value]:
    """The number of rows with a share, and the rows with the lowest and highest one."""
    there = [one for one in parts.values().values() if one.percent is not None]
    found = sorted(there, key=lambda one: one.percent or 0) or [Value(None)]
    return {"delivered": Value(len(there)), "lowest": found[0], "highest": found[-1]}


def count_places(parts: Parts) -> dict[str, Value]:
    """The number of municipalities with a count above zero, and the number for which that is unknown."""
    found = choose_rows(parts.now, parts.figure.adds_up)
    there = [row for row in found if row["count"]]
    known = [row for row in found if row["count"] == 0 and not is_partial(row)]
    return {"places": Value(len(there)), "unknown": Value(len(found) - len(there) - len(known))}
