"""Headers of a mail as plain text, whatever they contain. Nothing here raises."""

import binascii
import codecs
import re
from collections.abc import Iterable
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import parseaddr
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST = 4000
"""How many characters of a header are read; a hostile one has millions."""
LONGEST_KEPT = 20_000
"""How many characters of a header are kept: splitting a longer one takes the parser hours."""
MOST_REFERENCES = 50
NO_CHARSETS = frozenset(
    ("idna", "punycode", "raw_unicode_escape", "raw-unicode-escape", "unicode_escape", "unicode-escape")
)
"""Python codecs in which no mail is written; decoding a long text in one of them takes hours."""
MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,290}>")  # printable, without spaces and angle brackets: safe to send again
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")

if TYPE_CHECKING:
    Mail = Message[str, str]
else:
    Mail = Message


class ShortHeaderPolicy(Compat32):
    """The parser's policy: no header longer than anybody needs."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """The name and value of a header, with its end, which has the latest references."""
        name, value = super().header_source_parse(sourcelines)
        if len(value) <= LONGEST_KEPT:
            return name, value
        return name, f"{value[: LONGEST_KEPT - LONGEST]} {value[-LONGEST:]}"


def read_raw_header(message: Mail, name: str, *, last: bool = False) -> str:
    """The header as received, truncated to its beginning or its end. Empty if absent."""
    for key, value in message.raw_items():
        if key.lower() == name:
            text = str(value)
            return text[-LONGEST:] if last else text[:LONGEST]
    return ""


def read_header(message: Mail, name: str) -> str:
    """The decoded header, on one line."""
    return one_line(decode_words(read_raw_header(message, name)))


def one_line(typed: str) -> str:
    """On one line, without invisible characters or ones that reverse the reading direction: for forms and mails."""
    return " ".join(CONTROL.sub(" ", typed).split())


def decode_words(value: str) -> str:
    """Decode encoded words; what cannot be decoded stays as it is."""
    value = as_text(value.encode("utf-8", "surrogateescape"))
    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(part if isinstance(part, str) else as_text(part, charset) for part, charset in parts)


def as_text(content: bytes, charset: str | None = None) -> str:
    """Bytes as text: by the given charset, else UTF-8, else Windows-1252."""
    for name in (charset or "utf-8", "utf-8", "cp1252"):
        try:
            if codecs.lookup(name).name in NO_CHARSETS:
                continue
            return content.decode(name).replace("\0", "").encode("utf-8", "replace").decode("utf-8")
        except (LookupError, ValueError, binascii.Error):  # no such charset, invalid bytes, or not a charset
            continue
    return content.decode("latin-1").replace("\0", "")


def read_address(message: Mail, name: str) -> tuple[str, str]:
    """Name and address; an invalid address is empty."""
    written = decoded_address(read_raw_header(message, name))
    try:
        shown, found = parseaddr(written)
        validate_email(found)
    except RecursionError:  # a comment in a comment in a comment …
        shown, found = written, ""
    except ValidationError:
        found = ""
    return one_line(shown)[:100], found.lower()[:254]


def decoded_address(value: str) -> str:
    """Decode only the name: an encoded word must not supply an address."""
    name, _bracket, rest = value.rpartition("<")
    if not rest or not name:
        return decode_words(value)
    words = decode_words(name).replace("<", " ").replace(">", " ").replace('"', " ").replace("\\", " ").strip()
    return f'"{words}" <{rest}'


def read_message_ids(message: Mail, name: str) -> list[str]:
    """The Message-IDs in a header; the last ones if there are very many."""
    return MESSAGE_ID.findall(read_raw_header(message, name, last=True))[-MOST_REFERENCES:]


def read_first_word(message: Mail, name: str) -> str:
    """The first word in lower case: what one program wrote for another."""
    return (read_header(message, name).partition(";")[0].split() or [""])[0].lower()


def has_any(message: Mail, names: Iterable[str]) -> bool:
    """Whether one of these headers is present."""
    present = {key.lower() for key, _value in message.raw_items()}
    return bool(present.intersection(names))
