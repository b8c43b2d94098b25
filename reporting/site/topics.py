"""The mails of a month by topic and tone, as part of a delivery."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _

from reporting.deliveries.columns import Difference, format_value
from reporting.models import MailTopic, SiteMonthVersion

Key = tuple[str, str]
"""A topic and a tone."""
Topics = Mapping[Key, int]
"""The number of mails by topic and tone."""


def topics_of(version: SiteMonthVersion) -> dict[Key, int]:
    """The topics of a delivery."""
    return {(one.topic, one.tone): one.count for one in version.topics.all()}


def keep_topics(version: SiteMonthVersion, topics: Topics) -> None:
    """Store the topics of a new delivery."""
    MailTopic.objects.bulk_create(
        MailTopic(version=version, topic=topic, tone=tone, count=count) for (topic, tone), count in topics.items()
    )


def topic_differences(old: Topics, new: Topics) -> Iterator[Difference]:
    """Topics that are new, gone, or counted differently."""
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            yield Difference(name_of(key), format_value(old.get(key)), format_value(new.get(key)))


def name_of(key: Key) -> str:
    """A topic with its tone, as people read it."""
    topic, tone = key
    return f"{topic}, {MailTopic.Tone(tone).label}"


def normalise_topic(key: Key) -> Key:
    """A topic and tone without the differences between two spellings."""
    topic, tone = key
    return " ".join(topic.split()).casefold(), tone


def find_duplicates(keys: Iterable[Key]) -> Iterator[int]:
    """The positions of rows with the same topic and tone as a row above them."""
    seen = set()
    for place, key in enumerate(keys):
        if normalise_topic(key) in seen:
            yield place
        seen.add(normalise_topic(key))


def explain_duplicate(key: Key) -> str:
    """Why one topic cannot have two numbers."""
    return _("“%(topic)s” is there twice. Make one row of it.") % {"topic": name_of(key)}
