"""The mailbox on the mail server, with the few IMAP commands that we need."""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from time import mktime
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

TIMEOUT = 30
LARGEST = 45 * 1024 * 1024
"""The largest mail fetched whole, in bytes: 30 MB of files become 41 in transit."""
BEGINNING = 2 * 1024 * 1024
"""Bytes fetched of a larger one."""
LOCAL = ("127.0.0.1", "::1", "localhost")
PORTS = MappingProxyType({"imaps": 993, "imap": 143})
SIZE, SEPARATOR = re.compile(rb"RFC822\.SIZE (\d+)"), re.compile(rb'\) "(.)" ')


class MailGone(LookupError):
    """Somebody removed the mail."""


class MailboxRefuses(OSError):
    """The server answered NO."""


@dataclass(frozen=True)
class FetchedMail:
    """A mail as received; `cut`: only its beginning."""

    raw: bytes
    at: datetime
    cut: bool


class Mailbox:
    """One folder that is read, and the folders next to it."""

    def __init__(self, server: imaplib.IMAP4, folder: str) -> None:
        self.server, self.folder = server, folder
        self.select(folder)
        self.validity = self.told("UIDVALIDITY")
        self.places: dict[str, str] = {}

    def told(self, name: str) -> str:
        """The server's untagged response."""
        _name, said = self.server.response(name)
        return said[0].decode("ascii", "replace")[:20] if said and said[0] else ""

    def select(self, folder: str) -> None:
        """Select a folder."""
        expect_ok(self.server.select(quote_word(folder)))

    def waiting(self) -> list[str]:
        """The UIDs of all mails in the folder, oldest first."""
        return self.search("ALL")

    def search(self, *criteria: str) -> list[str]:
        """The UIDs of the mails that match."""
        found = expect_ok(self.server.uid("SEARCH", *criteria))
        return sorted((uid.decode() for uid in (found[0] or b"").split()), key=int)

    def fetch(self, uid: str) -> FetchedMail:
        """Fetch one mail without marking it as read; raises MailGone."""
        about = expect_ok(self.server.uid("FETCH", uid, "(RFC822.SIZE INTERNALDATE)"))
        line = b" ".join(part for part in about if isinstance(part, bytes))
        size = SIZE.search(line)
        if size is None:
            raise MailGone(uid)
        cut = int(size[1]) > LARGEST
        part = f"(BODY.PEEK[]<0.{BEGINNING}>)" if cut else "(BODY.PEEK[])"
        content = expect_ok(self.server.uid("FETCH", uid, part))
        raw = next((one[1] for one in content if isinstance(one, tuple)), None)
        if raw is None:
            raise MailGone(uid)
        return FetchedMail(raw, parse_arrival(line), cut)

    def move(self, uid: str, folder: str) -> None:
        """Move a mail to a folder next to this one, created if missing; a mail that is already gone is not an error."""
        place = quote_word(self.place(folder))
        if "MOVE" in self.server.capabilities:
            expect_ok(self.server.uid("MOVE", uid, place))
            return
        if self.search("UID", uid):
            expect_ok(self.server.uid("COPY", uid, place))
            self.delete([uid])

    def place(self, folder: str) -> str:
        """The server's name for a folder; some keep all folders below the inbox."""
        if folder not in self.places:
            listed = [line for line in expect_ok(self.server.list()) if isinstance(line, bytes)]
            separator = next((match[1].decode() for line in listed if (match := SEPARATOR.search(line))), "/")
            names = (folder, f"INBOX{separator}{folder}")
            there = [name for name in names if any(ends_with(line, name) for line in listed)]
            self.places[folder] = there[0] if there else self.make(*names)
        return self.places[folder]

    def make(self, *names: str) -> str:
        """Create the first of these folders that the server allows."""
        for name in names:
            if self.server.create(quote_word(name))[0] == "OK":
                return name
        raise MailboxRefuses(f"no folder {names[0]}")

    def remove_older(self, folder: str, *, than: date) -> int:
        """Delete the mails of a folder next to this one that arrived before a day; returns how many."""
        self.select(self.place(folder))
        old = self.search("BEFORE", f"{than.day:02}-{MONTHS[than.month - 1]}-{than.year}")
        for first in range(0, len(old), 100):
            self.delete(old[first : first + 100])
        self.select(self.folder)
        return len(old)

    def delete(self, uids: list[str]) -> None:
        """Delete mails for good."""
        numbers = ",".join(uids)
        expect_ok(self.server.uid("STORE", numbers, "+FLAGS.SILENT", r"(\Deleted)"))
        if "UIDPLUS" in self.server.capabilities:
            expect_ok(self.server.uid("EXPUNGE", numbers))
        else:
            expect_ok(self.server.expunge())


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@contextmanager
def open_mailbox(url: str) -> Iterator[Mailbox]:
    """Log in, and out again; raises OSError or imaplib.IMAP4.error if the server is down or refuses."""
    parts = urlsplit(url)
    server = connect_server(url)
    try:
        expect_ok(server.login(quote_word(unquote(parts.username or "")), unquote(parts.password or "")))
        yield Mailbox(server, unquote(parts.path.strip("/")) or "INBOX")
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def connect_server(url: str) -> imaplib.IMAP4:
    """Connect over TLS; unencrypted only to this machine. `?ca=/a/file.pem`: trust only what that file vouches for."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ImproperlyConfigured("MAILBOX_URL begins with imaps:// or imap:// and names a host")
    host, port = parts.hostname, parts.port or PORTS[parts.scheme]
    context = ssl.create_default_context(cafile=parse_qs(parts.query).get("ca", [None])[0])
    if parts.scheme == "imaps":
        return imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=TIMEOUT)
    server = imaplib.IMAP4(host, port, timeout=TIMEOUT)
    if host not in LOCAL:
        server.starttls(context)
    return server


def expect_ok(answer: tuple[str, list[Any]]) -> list[Any]:
    """The data of a response; raises MailboxRefuses if it is not OK."""
    status, data = answer
    if status != "OK":
        raise MailboxRefuses(f"the mailbox answers {status}")
    return data


def quote_word(word: str) -> str:
    """A string, quoted for IMAP."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def ends_with(line: bytes, name: str) -> bool:
    """Whether a line of the folder list is about this folder."""
    return line.decode("ascii", "replace").rstrip().rstrip('"').replace('"', " ").endswith(f" {name}")


def parse_arrival(line: bytes) -> datetime:
    """When the server received it, which the sender cannot choose."""
    told = imaplib.Internaldate2tuple(line)
    return datetime.fromtimestamp(mktime(told), UTC) if told else timezone.now()
