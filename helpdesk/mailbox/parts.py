"""Takes a mail apart: its text, its files, and the mails of ours that it returns. Iterative: any nesting is fine."""

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from math import inf

from django.utils.translation import gettext as _

from casework.uploads.upload_checks import MAX_PER_ITEM
from helpdesk.mailbox import headers, html_text
from helpdesk.mailbox.headers import Mail

MOST_PARTS = 500
LONGEST_TEXT = 100_000
LONGEST_BYTES = 4 * html_text.LONGEST
"""Of a text: more than is shown of it, in any charset."""
WHOLE = ("multipart/", "message/")


@dataclass(frozen=True)
class File:
    """A file as received, not checked yet."""

    name: str
    content: bytes


@dataclass
class MailParts:
    """The contents of a mail. `left_out`: how many parts exceed the limit."""

    texts: list[str] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    left_out: int = 0

    @property
    def text(self) -> str:
        """All text parts joined, truncated."""
        whole = "\n\n".join(text for text in self.texts if text)
        if len(whole) <= LONGEST_TEXT:
            return whole
        return whole[:LONGEST_TEXT] + "\n\n" + _("(The rest of this email is left out: it is very long.)")


def unfold_message(message: Mail, *, end: float = inf) -> MailParts:
    """Every part in order; of alternatives in text and HTML, the text."""
    found, waiting, seen = MailParts(), deque([(message, False)]), 0
    while waiting:
        part, has_text = waiting.popleft()
        seen += 1
        if seen > MOST_PARTS or time.thread_time() > end:
            found.left_out += len(waiting) + 1
            break
        inside = list_children(part)
        if inside:
            said = has_text or (part.get_content_type() == "multipart/alternative" and any(map(is_text, inside)))
            begin_inner_mail(part, inside, found)
            waiting.extendleft((child, said) for child in reversed(inside))
        else:
            take_part(part, found, has_text=has_text)
    return found


def list_children(part: Mail) -> list[Mail]:
    """The parts inside; none if it claims to have some but has not."""
    payload = part.get_payload()
    if not isinstance(payload, list) or not part.get_content_type().startswith(WHOLE):
        return []
    return [child for child in payload if isinstance(child, Message)]


def is_text(part: Mail) -> bool:
    """Whether it can be read as it is."""
    return part.get_content_type() == "text/plain" and bool(content_of(part).strip())


def begin_inner_mail(part: Mail, inside: list[Mail], found: MailParts) -> None:
    """A forwarded mail is introduced by its sender; a delivery report says what became of ours."""
    if part.get_content_type() == "message/rfc822":
        found.returned += headers.read_message_ids(inside[0], "message-id")
        said = [f"{label}: {value}" for label, value in describe_inner_mail(inside[0]) if value]
        found.texts.append("\n".join([_("--- Email in this email ---"), *said]))
    elif part.get_content_type() == "message/delivery-status":
        found.texts += ["\n".join(report_lines(block)) for block in inside[:5]]


def report_lines(block: Mail) -> Iterator[str]:
    """What became of a mail, one line each; foreign bytes become text."""
    for key, value in block.raw_items():
        yield headers.one_line(headers.decode_words(f"{key}: {value}"[: headers.LONGEST]))[:300]


def describe_inner_mail(message: Mail) -> Iterator[tuple[str, str]]:
    """Its sender and subject."""
    yield _("Sender"), headers.read_header(message, "from")[:200]
    yield _("Subject"), headers.read_header(message, "subject")[:200]


def take_part(part: Mail, found: MailParts, *, has_text: bool) -> None:
    """Read one part without others in it."""
    kind = part.get_content_type()
    if kind == "text/rfc822-headers":
        found.returned += headers.MESSAGE_ID.findall(part_text(part))[:5]
    elif name := file_name(part):
        keep_file(found, name, part)
    elif kind == "text/html":
        if not has_text:
            found.texts.append(html_text.text_of(part_text(part)))
    elif part.get_content_maintype() in ("text", "multipart"):
        found.texts.append(part_text(part).strip())


def keep_file(found: MailParts, name: str, part: Mail) -> None:
    """Keep a file, unless there are too many."""
    if len(found.files) < MAX_PER_ITEM:
        found.files.append(File(name, content_of(part)))
    else:
        found.left_out += 1


def file_name(part: Mail) -> str:
    """The name of a part that is a file; empty for text to be read."""
    try:
        name = headers.decode_words(str(part.get_filename() or ""))[:300]
    except (ValueError, TypeError, LookupError):  # unreadable parameters
        name = ""
    is_file = part.get_content_maintype() not in ("text", "multipart", "message")
    attached = headers.read_first_word(part, "content-disposition") == "attachment"
    return name or (_("file") if is_file or attached else "")


def content_of(part: Mail) -> bytes:
    """The decoded bytes."""
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def part_text(part: Mail) -> str:
    """The part as text."""
    try:
        charset = str(part.get_content_charset() or "")
    except (ValueError, TypeError, LookupError):
        charset = ""
    return headers.as_text(content_of(part)[:LONGEST_BYTES], charset or None).replace("\r\n", "\n")
