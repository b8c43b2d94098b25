"""Parses a received mail; however broken it is, as much as possible is kept."""

import hashlib
import time
from dataclasses import dataclass
from datetime import datetime
from email.parser import BytesFeedParser, BytesHeaderParser

import structlog
from django.utils.translation import gettext as _

from helpdesk.mailbox import headers, parts
from helpdesk.mailbox.classification import MailType, sort_of
from helpdesk.mailbox.headers import Mail
from helpdesk.mailbox.parts import File, MailParts
from helpdesk.mailbox.statuses import MailSort

log = structlog.get_logger("loket.mailbox")

BEGINNING = 20_000
"""Bytes shown as received of a mail that cannot be parsed."""
PATIENCE_S = 5
"""Seconds of processor time for parsing one mail: the largest honest one takes less than a second."""
MOST_LINES = 1_000_000
"""The largest honest mail has half as many; the parser keeps each in memory separately."""
PIECE = 8192
HEAD = 256 * 1024
"""Bytes in which to look for the headers of a mail that could not be parsed."""
SHORTENED = headers.ShortHeaderPolicy()


class TooMuchWork(Exception):
    """The mail was made to exhaust its reader, for instance with nine hundred nested mails."""


@dataclass(frozen=True)
class Incoming:
    """A mail to us. `returned`: Message-IDs of mails that it returns; `cut`: only its beginning was fetched."""

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    returned: tuple[str, ...]
    sender: str
    name: str
    subject: str
    text: str
    at: datetime
    sort: MailType
    files: tuple[File, ...] = ()
    left_out: int = 0
    cut: bool = False

    @property
    def kept_sort(self) -> MailSort:
        """The type of mail in the thread."""
        return {MailType.BOUNCE: MailSort.BOUNCE, MailType.AUTOMATIC: MailSort.AUTOMATIC}.get(
            self.sort, MailSort.WRITTEN
        )

    def hashed(self) -> str:
        """A Message-ID for a mail without one, or with that of another: equal contents have equal ones."""
        said = [self.sender, self.subject, self.text, *(hashlib.sha256(one.content).hexdigest() for one in self.files)]
        return f"<{hashlib.sha256(chr(0).join(said).encode()).hexdigest()}.content@loket>"


def read_mail(raw: bytes, *, at: datetime, own: set[str], cut: bool = False) -> Incoming:
    """Parse a mail that came in at a moment; `own` are our addresses. Raises nothing that a sender can cause."""
    end = time.thread_time() + PATIENCE_S
    try:
        message = parse_mail(raw, end=end)
        found = parts.unfold_message(message, end=end)
    except Exception as error:  # the standard parser fails in many ways: nesting, headers, charsets
        log.warning("mail_not_unfolded", error=type(error).__name__)
        message, found = parse_headers(raw), as_it_came(raw)
    return build_incoming(message, found, at=at, own=own, cut=cut)


def parse_mail(raw: bytes, *, end: float) -> Mail:
    """The mail with its parts; raises TooMuchWork if that is not done by this moment in processor time."""
    if raw.count(b"\n") > MOST_LINES:
        raise TooMuchWork("more lines than a mail has")
    parser: BytesFeedParser[Mail] = BytesFeedParser(policy=SHORTENED)
    for start in range(0, len(raw), PIECE):
        parser.feed(raw[start : start + PIECE])
        if time.thread_time() > end:
            raise TooMuchWork("no end to it")
    return parser.close()


def parse_headers(raw: bytes) -> Mail:
    """Only its headers; of very many, the first."""
    return BytesHeaderParser(policy=SHORTENED).parsebytes(raw[:HEAD])


def as_it_came(raw: bytes) -> MailParts:
    """The beginning of what follows the headers."""
    body = raw.partition(b"\r\n\r\n")[2] or raw.partition(b"\n\n")[2]
    told = _("This email could not be taken apart. Here is its beginning as it came:")
    return MailParts(texts=[told, headers.as_text(body[:BEGINNING])], returned=[])


def build_incoming(message: Mail, found: MailParts, *, at: datetime, own: set[str], cut: bool) -> Incoming:
    """Everything that is stored of it."""
    name, sender = headers.read_address(message, "from")
    replied = headers.read_message_ids(message, "in-reply-to")
    return Incoming(
        message_id=next(iter(headers.read_message_ids(message, "message-id")), ""),
        in_reply_to=replied[-1] if replied else "",
        references=tuple(headers.read_message_ids(message, "references")),
        returned=tuple(found.returned),
        sender=sender,
        name=name,
        subject=headers.read_header(message, "subject")[:300],
        text=found.text,
        at=at,
        sort=sort_of(message, sender=sender, own=own),
        files=tuple(found.files),
        left_out=found.left_out,
        cut=cut,
    )
