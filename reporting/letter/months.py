"""Figures by month in words: the trend of a number since January, and the topics and tone of the mails."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from reporting import percentages
from reporting.letter import wording
from reporting.letter.compared_number import Value
from reporting.models import MailTopic
from reporting.period import months_touched

Data = Mapping[str, Any]
FEWEST = 3
"""Fewer months than this make no trend."""
TONES = {
    MailTopic.Tone.INFORMING.value: "vragen om informatie",
    MailTopic.Tone.PRACTICAL.value: "praktische vragen",
    MailTopic.Tone.COMPLAINT.value: "klachten",
    MailTopic.Tone.OTHER.value: "andere berichten",
}


def day_of(month: str) -> date:
    """The first day of a month such as 2025-06."""
    return date.fromisoformat(f"{month}-01")


def list_keys(keys: Iterable[str]) -> list[str]:
    """The months in the keys of rows, in order."""
    return sorted({key.partition(":")[0] for key in keys})


# --- Since January -------------------------------------------------------------------------------------------


def find_trend(figure: Data, sums: Sequence[str], first: date) -> dict[str, Any] | None:
    """The trend of a monthly figure since January; None if a month is missing or there are too few.

    For a period that begins before March, since January of the year before.
    """
    since = f"{first.year - (first.month < FEWEST)}-01"
    counts = {row["key"]: row["count"] for row in figure.get("rows", ())}
    keys = [f"{month}:{sums[0]}" if sums else month for month in list_keys(counts) if month >= since]
    found = [(key, counts.get(key)) for key in keys]
    if len(found) < FEWEST or not found[0][0].startswith(since) or any(count is None for _key, count in found):
        return None
    (begin, low), (end, high) = found[0], found[-1]
    return {
        "first_month": wording.format_month(day_of(begin[:7])),
        "first": Value(low),
        "last_month": wording.format_month(day_of(end[:7])),
        "last": Value(high),
        **describe_course([count or 0 for _key, count in found]),
    }


def describe_course(counts: Sequence[int]) -> dict[str, str]:
    """The words around the subject: 'daalde' het aantal gesprekken 'elke maand'."""
    changes = [later - earlier for earlier, later in pairwise(counts)]
    total = counts[-1] - counts[0]
    if not total:
        return {"verb": "bleef", "how": "per saldo gelijk"}
    always = all(change * total > 0 for change in changes)
    return {"verb": "steeg" if total > 0 else "daalde", "how": "elke maand" if always else "per saldo"}


def rows_of_months(found: Data, first: date, last: date) -> list[Data]:
    """The rows of a longer report that lie in these months, `partial` if one of the months is missing."""
    inside = [row for row in found.get("rows", ()) if f"{first:%Y-%m}" <= row["key"][:7] <= f"{last:%Y-%m}"]
    there = set(list_keys(row["key"] for row in inside))
    lacks = any(f"{month:%Y-%m}" not in there for month in months_touched(first, last))
    return [{**row, "partial": lacks} for row in inside]


# --- What mails were about -----------------------------------------------------------------------------------


def sum_topics(rows: Mapping[str, Data]) -> dict[str, int]:
    """The number of mails by topic, most frequent first."""
    found: Counter[str] = Counter()
    for _month, topic, _tone, count in split_rows(rows):
        found[topic] += count
    return dict(found.most_common())


def describe_tone(rows: Mapping[str, Data], month: str) -> str:
    """For instance 'allemaal vragen om informatie', or '80% praktische vragen en 20% …'; empty if it is unknown."""
    found: Counter[str] = Counter()
    for of_month, _topic, tone, count in split_rows(rows):
        if of_month == month and count:
            found[tone] += count
    if len(found) == 1:
        return f"allemaal {TONES.get(next(iter(found)), next(iter(found)))}"
    shares = percentages.divide_whole([count for _tone, count in found.most_common()])
    told = [
        f"{part}% {TONES.get(tone, tone)}" for (tone, _count), part in zip(found.most_common(), shares, strict=True)
    ]
    return wording.join_words([words for words in told if not words.startswith("0%")])


def is_whole(rows: Mapping[str, Data]) -> bool:
    """Whether the topics of every month are known."""
    told = {month for month, _topic, _tone, _count in split_rows(rows)}
    return bool(told) and told == set(list_keys(rows)) and not any(row.get("partial") for row in rows.values())


def split_rows(rows: Mapping[str, Data]) -> list[tuple[str, str, str, int]]:
    """Month, topic, tone and count of each row that has a topic; a topic may contain a colon."""
    found = []
    for key, row in rows.items():
        month, _colon, rest = key.partition(":")
        topic, colon, tone = rest.rpartition(":")
        if colon:
            found.append((month, topic, tone, row["count"] or 0))
    return found
