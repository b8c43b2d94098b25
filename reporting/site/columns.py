"""What is asked about a month of the site, and under which header a spreadsheet has it.

Page, template and reader all go by these tables. Headers and tones are Dutch for everybody: they are the format of the
file.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.models import MailTopic
from reporting.returns import columns as returns
from reporting.returns import reading
from reporting.returns.columns import Column, count
from reporting.returns.reading import NotRead, Reader
from reporting.returns.table import Table

Tone = MailTopic.Tone
LONGEST_TOPIC, LONGEST_SOURCE = 100, 200
TONES = {
    Tone.INFORMING: "vraagt om informatie",
    Tone.PRACTICAL: "praktische vraag",
    Tone.COMPLAINT: "klacht",
    Tone.OTHER: "overig",
}
"""As a spreadsheet has them."""


def line(most: int) -> Reader:
    """Reads one line of text, not too long."""

    def read(value: object) -> str:
        found = reading.words(value).replace("\0", "")
        if len(found) > most:
            raise NotRead(_("This text is too long: at most %(most)s characters. Make it shorter.") % {"most": most})
        return found

    return read


def tone(value: object) -> str:
    """The tone of mails, by its name; empty where nothing was filled in."""
    typed = reading.words(value).casefold()
    by_name = {name: code.value for code, name in TONES.items()}
    if typed and typed not in by_name:
        raise NotRead(
            _("“%(typed)s” is not a tone. Choose one of these: %(tones)s.")
            % {"typed": reading.short(typed), "tones": tone_names()}
        )
    return by_name.get(typed, "")


def tone_names() -> str:
    """All of them, to choose from."""
    return ", ".join(TONES.values())


MONTH = returns.MONTH
FIELDS: tuple[Column, ...] = (
    count("visitors", "Actieve gebruikers", gettext_lazy("Active users")),
    count("pages", "Bezochte pagina's", gettext_lazy("Pages visited")),
    count("conversations", "Gesprekken met de assistent", gettext_lazy("Conversations with the assistant")),
    count("mails", "Mails aan de redactie", gettext_lazy("Emails to the editors")),
)
NAMES = tuple(column.name for column in FIELDS)
MAILS = FIELDS[-1]
SOURCE = Column(
    "source",
    "Bron",
    gettext_lazy("Source"),
    gettext_lazy("Where these numbers come from, for example: statistics of the site and our mailbox."),
    line(LONGEST_SOURCE),
    width=40,
    empty="",
)
CONTEXT = Column(
    "context",
    "Toelichting",
    gettext_lazy("Explanation"),
    gettext_lazy(
        "What one should know to compare this month with others, or why you correct it: another way of counting, a "
        "failure, a campaign. It stands beside the figures."
    ),
    reading.text,
    width=50,
    empty="",
)
WORDS: tuple[Column, ...] = (SOURCE, CONTEXT)
TOPIC = Column(
    "topic",
    "Onderwerp",
    gettext_lazy("Topic"),
    gettext_lazy("What the emails were about. Use the same name each month, so that months can be compared."),
    line(LONGEST_TOPIC),
    width=40,
    empty="",
)
TONE = Column(
    "tone",
    "Toon",
    gettext_lazy("Tone"),
    gettext_lazy("One of these: vraagt om informatie, praktische vraag, klacht, overig."),
    tone,
    width=24,
    empty="",
)
COUNT = Column(
    "count",
    "Aantal",
    gettext_lazy("Number of emails"),
    gettext_lazy("How many emails of the month were about this topic, in this tone."),
    reading.whole,
    is_count=True,
)
OF_MONTH: tuple[Column, ...] = (MONTH, *FIELDS, *WORDS)
OF_MAILS: tuple[Column, ...] = (MONTH, TOPIC, TONE, COUNT)
MONTHS_SHEET, MAILS_SHEET = "Maanden", "Mails"
MONTHS_TABLE = Table(OF_MONTH, sheet=MONTHS_SHEET)
MAILS_TABLE = Table(OF_MAILS, sheet=MAILS_SHEET)
ONE_TABLE = Table((*OF_MONTH, *OF_MAILS[1:]))
"""A CSV file has no sheets: there a row is about the month, or about one topic of its mails."""
