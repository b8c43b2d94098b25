"""The columns of a month of the site."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.deliveries import readers
from reporting.deliveries.columns import Column, count_column
from reporting.deliveries.readers import NotRead, Reader
from reporting.models import MailTopic

Tone = MailTopic.Tone
LONGEST_TOPIC, LONGEST_SOURCE = 100, 200


def make_line_reader(most: int) -> Reader:
    """A reader for one line of text, of at most this many characters."""

    def read(value: object) -> str:
        found = readers.read_line(value).replace("\0", "")
        if len(found) > most:
            raise NotRead(_("This text is too long: at most %(most)s characters. Make it shorter.") % {"most": most})
        return found

    return read


NUMBERS: tuple[Column, ...] = (
    count_column("visitors", gettext_lazy("Active users")),
    count_column("pages", gettext_lazy("Pages visited")),
    count_column("conversations", gettext_lazy("Conversations with the assistant")),
    count_column("mails", gettext_lazy("Emails to the editors")),
)
NAMES = tuple(column.name for column in NUMBERS)
MAILS = NUMBERS[-1]
SOURCE = Column(
    "source",
    gettext_lazy("Source"),
    gettext_lazy("Where these numbers come from, for example: statistics of the site and our mailbox."),
    make_line_reader(LONGEST_SOURCE),
    empty="",
    longest=LONGEST_SOURCE,
)
CONTEXT = Column(
    "context",
    gettext_lazy("Explanation"),
    gettext_lazy(
        "What one should know to compare this month with others, or why you correct it: another way of counting, a "
        "failure, a campaign. It stands beside the figures."
    ),
    readers.read_text,
    empty="",
)
FIELDS: tuple[Column, ...] = (*NUMBERS, SOURCE, CONTEXT)
TOPICS = "topics"
"""The name under which mails by topic and tone accompany the columns."""
TOPIC = Column(
    "topic",
    gettext_lazy("Topic"),
    gettext_lazy("What the emails were about. Use the same name each month, so that months can be compared."),
    make_line_reader(LONGEST_TOPIC),
    empty="",
    longest=LONGEST_TOPIC,
)
COUNT = Column(
    "count",
    gettext_lazy("Number of emails"),
    gettext_lazy("How many emails of the month were about this topic, in this tone."),
    readers.read_whole_number,
    is_count=True,
)
