"""What one delivery says about a month of the site: its numbers, its mails by topic and tone, and words about them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from reporting.models import MailTopic, SiteMonthVersion
from reporting.returns.columns import Difference, shown
from reporting.returns.columns import differences as of_columns
from reporting.site.columns import CONTEXT, FIELDS, NAMES, SOURCE, WORDS

Topics = Mapping[tuple[str, str], int]
"""How many mails, by topic and tone."""


@dataclass(frozen=True)
class Delivery:
    """Two of these are equal when they say the same. None: not handed in, which is not zero."""

    numbers: Mapping[str, int | None] = field(default_factory=lambda: dict.fromkeys(NAMES))
    topics: Topics = field(default_factory=dict)
    source: str = ""
    context: str = ""

    @property
    def values(self) -> dict[str, Any]:
        """By the names of the columns, without the topics."""
        return {**self.numbers, SOURCE.name: self.source, CONTEXT.name: self.context}


def of(version: SiteMonthVersion | None) -> Delivery:
    """What a kept delivery says; nothing where there is none."""
    if version is None:
        return Delivery()
    topics = {(one.topic, one.tone): one.count for one in version.topics.all()}
    return Delivery({name: getattr(version, name) for name in NAMES}, topics, version.source, version.context)


def differences(old: Delivery, new: Delivery) -> list[Difference]:
    """Old beside new, of what differs: the numbers first, then the topics."""
    return [*of_columns(old.values, new.values, columns=(*FIELDS, *WORDS)), *of_topics(old.topics, new.topics)]


def of_topics(old: Topics, new: Topics) -> Iterator[Difference]:
    """Topics that are new, gone, or counted differently."""
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            yield Difference(name_of(key), shown(old.get(key)), shown(new.get(key)))


def name_of(key: tuple[str, str]) -> str:
    """A topic with its tone, as people read it."""
    topic, tone = key
    return f"{topic}, {MailTopic.Tone(tone).label}"
