"""Checks the numbers of one month of the site against each other."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.deliveries.columns import Values
from reporting.deliveries.readers import LONGEST_TEXT, MOST
from reporting.models import MailTopic
from reporting.site.columns import CONTEXT, LONGEST_SOURCE, LONGEST_TOPIC, MAILS, NAMES, SOURCE, TOPICS
from reporting.site.topics import Topics, explain_duplicate, find_duplicates

MOST_TOPICS = 200
"""Rows of topic and tone in a month: as many as its form shows, so that every month can be corrected there."""


def find_problems(values: Values) -> dict[str, str]:
    """Problems by the field where they can be fixed; under the empty name if they concern the whole."""
    found = {
        MAILS.name: wrong_sum(values[MAILS.name], values[TOPICS]),
        SOURCE.name: wrong_source(values[SOURCE.name]),
        CONTEXT.name: too_long(values[CONTEXT.name], most=LONGEST_TEXT),
        "": too_many(len(values[TOPICS])),
    }
    if not values[CONTEXT.name] and all(values[name] is None for name in NAMES):
        found[""] = _(
            "Nothing is filled in. Fill in at least one number, or say in the explanation why you have none. "
            "Type 0 only if it was zero."
        )
    return {name: sentence for name, sentence in found.items() if sentence}


def wrong_sum(mails: int | None, topics: Topics) -> str:
    """Why these topics cannot be part of this number of mails; empty if they can."""
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
    """Why a month cannot have this many topics; empty if it can."""
    if topics <= MOST_TOPICS:
        return ""
    return _("A month has at most %(most)s rows of topics. Put topics with few emails together.") % {
        "most": MOST_TOPICS
    }


def wrong_source(source: str) -> str:
    """Why this is not a source; empty if it is."""
    if not source:
        return _("Say where the numbers come from, for example: statistics of the site and our mailbox.")
    return too_long(source, most=LONGEST_SOURCE)


def too_long(text: str, *, most: int) -> str:
    """Why this text cannot be kept; empty if it can."""
    if len(text) <= most:
        return ""
    return _("This text is too long: at most %(most)s characters. Make it shorter.") % {"most": most}


def find_misuse(values: Values) -> str:
    """What no form lets through, but another program might hand in; empty if nothing is wrong."""
    counts = [*(values[name] for name in NAMES), *values[TOPICS].values()]
    if any(number is not None and not 0 <= number <= MOST for number in counts):
        return _("Every number is zero or more, and at most %(most)s.") % {"most": MOST}
    keys = list(values[TOPICS])
    for topic, tone in keys:
        if not topic.strip() or len(topic) > LONGEST_TOPIC or tone not in MailTopic.Tone.values:
            return _("“%(topic)s” (%(tone)s) is not a topic with a tone.") % {"topic": topic, "tone": tone}
    return next((explain_duplicate(keys[place]) for place in find_duplicates(keys)), "")
