"""What the numbers of one month of the site must keep to among themselves."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.models import MailTopic
from reporting.returns.reading import LONGEST_TEXT, MOST
from reporting.site.columns import CONTEXT, LONGEST_SOURCE, LONGEST_TOPIC, MAILS, SOURCE
from reporting.site.delivery import Delivery, Topics, name_of

MOST_TOPICS = 200
"""Of one month, with their tones: as many as its form shows, so that each month can be corrected there."""


def problems(said: Delivery) -> dict[str, str]:
    """By the field where it can be mended; under no name what is about the whole."""
    found = {
        MAILS.name: wrong_sum(said.numbers[MAILS.name], said.topics),
        SOURCE.name: wrong_source(said.source),
        CONTEXT.name: too_long(said.context, most=LONGEST_TEXT),
        "": too_many(len(said.topics)),
    }
    if not said.context and all(number is None for number in said.numbers.values()):
        found[""] = _(
            "Nothing is filled in. Fill in at least one number, or say in the explanation why you have none. "
            "Type 0 only if it was zero."
        )
    return {name: sentence for name, sentence in found.items() if sentence}


def wrong_sum(mails: int | None, topics: Topics) -> str:
    """Why these topics cannot be part of so many mails; empty where they can."""
    total = sum(topics.values())
    if not topics or (mails is not None and total <= mails):
        return ""
    if mails is None:
        return _("Fill in all emails of the month too: without them the topics are no part of anything.")
    return ngettext(
        "The topics together have %(total)s email, but %(mails)s came in. Look at the topics and at this number.",
        "The topics together have %(total)s emails, but %(mails)s came in. Look at the topics and at this number.",
        total,
    ) % {"total": total, "mails": mails}


def too_many(topics: int) -> str:
    """Why a month cannot have so many topics; empty where it can."""
    if topics <= MOST_TOPICS:
        return ""
    return _("A month has at most %(most)s rows of topics. Put topics with few emails together.") % {
        "most": MOST_TOPICS
    }


def wrong_source(source: str) -> str:
    """Why this is no source; empty where it is."""
    if not source:
        return _("Say where the numbers come from, for example: statistics of the site and our mailbox.")
    return too_long(source, most=LONGEST_SOURCE)


def too_long(text: str, *, most: int) -> str:
    """Why this text cannot be kept; empty where it can."""
    if len(text) <= most:
        return ""
    return _("This text is too long: at most %(most)s characters. Make it shorter.") % {"most": most}


def same(key: tuple[str, str]) -> tuple[str, str]:
    """What two spellings of one topic have in common."""
    topic, tone = key
    return " ".join(topic.split()).casefold(), tone


def doubles(keys: Iterable[tuple[str, str]]) -> Iterator[int]:
    """The places of rows that say the same as a row above them."""
    seen = set()
    for place, key in enumerate(keys):
        if same(key) in seen:
            yield place
        seen.add(same(key))


def twice(key: tuple[str, str]) -> str:
    """Why one topic cannot have two numbers."""
    return _("“%(topic)s” is there twice. Make one row of it.") % {"topic": name_of(key)}


def misuse(said: Delivery) -> str:
    """What no form lets through, but another program might hand in; empty where nothing is wrong."""
    counts = [*said.numbers.values(), *said.topics.values()]
    if any(number is not None and not 0 <= number <= MOST for number in counts):
        return _("Every number is zero or more, and at most %(most)s.") % {"most": MOST}
    keys = list(said.topics)
    for topic, tone in keys:
        if not topic.strip() or len(topic) > LONGEST_TOPIC or tone not in MailTopic.Tone.values:
            return _("“%(topic)s” (%(tone)s) is not a topic with a tone.") % {"topic": topic, "tone": tone}
    return next((twice(keys[place]) for place in doubles(keys)), "")
