"""Mail servers on this machine: SMTP that takes mails in and delivers those to the editors in a real IMAP mailbox."""

import imaplib
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from tests.services import free_port

ADDRESS = "redactie@zes.example"
PASSWORD = "een geheim/woord:1"
QUOTED = "een%20geheim%2Fwoord%3A1"
PYMAP = """
from functools import partial
from pymap import config, main
config.BuiltinHash = partial(config.BuiltinHash, rounds=1)
main.main()
"""
"""Its half a million rounds for each login would take longer than the tests."""


class ImapServer:
    """A server with one mailbox; use as a context manager. `cert` and `key`: files, for one that speaks TLS."""

    def __init__(self, *, host: str = "127.0.0.1", cert: str = "", key: str = "") -> None:
        self.host, self.port = host, free_port()
        tls = ["--cert", cert, "--key", key] if cert else ["--no-tls"]
        options = ["--host", host, "--port", str(self.port), *tls]
        without = ["--no-service", "admin", "--no-service", "managesieve"]
        user = ["--demo-user", ADDRESS, "--demo-password", PASSWORD]
        self.process = subprocess.Popen(
            [sys.executable, "-c", PYMAP, *options, *without, "dict", *user],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> "ImapServer":
        end = time.monotonic() + 20
        while True:
            try:
                socket.create_connection((self.host, self.port), timeout=1).close()
                return self
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.terminate()
        self.process.wait()

    @property
    def url(self) -> str:
        """As MAILBOX_URL names it."""
        return f"imap://{ADDRESS.replace('@', '%40')}:{QUOTED}@{self.host}:{self.port}/INBOX"

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """Somebody who looks into the mailbox."""
        server = imaplib.IMAP4("127.0.0.1", self.port, timeout=30)
        server.login(ADDRESS, PASSWORD)
        try:
            yield server
        finally:
            server.logout()

    def put(self, raw: bytes, *, at: float | None = None) -> None:
        """A mail lands in the inbox."""
        with self.client() as server:
            when = imaplib.Time2Internaldate(at) if at else None
            server.append("INBOX", "", when, raw)

    def count(self, folder: str) -> int:
        """How many mails a folder has; 0 if there is no such folder."""
        with self.client() as server:
            status, found = server.select(folder, readonly=True)
            return int(found[0] or b"0") if status == "OK" else 0

    def empty(self) -> None:
        """Every folder without mails."""
        with self.client() as server:
            for folder in ("INBOX", "Verwerkt", "Onleesbaar"):
                if server.select(folder)[0] == "OK":
                    server.uid("STORE", "1:*", "+FLAGS.SILENT", r"(\Deleted)")
                    server.expunge()


class PostOffice:
    """Takes mails in: those to the editors go to their mailbox, the others lie in `sent`."""

    def __init__(self, imap: ImapServer) -> None:
        self.imap = imap
        self.sent: list[EmailMessage] = []
        self.controller: Any = Controller(self, hostname="127.0.0.1", port=free_port(), data_size_limit=60_000_000)

    async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:  # noqa: N802
        """One mail, as a mail server takes it: the sender of the envelope becomes the Return-Path."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        if ADDRESS in envelope.rcpt_tos:
            self.imap.put(f"Return-Path: <{envelope.mail_from}>\r\n".encode() + content)
        else:
            self.sent.append(message_from_bytes(content, policy=policy.default))
        return "250 taken"

    def __enter__(self) -> "PostOffice":
        self.controller.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.controller.stop()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.controller.port)

    def mail(self, content: EmailMessage | bytes, *, sender: str = "anna@example.org") -> None:
        """Somebody sends the editors a mail."""
        raw = content if isinstance(content, bytes) else content.as_bytes()
        with smtplib.SMTP("127.0.0.1", self.port, timeout=60) as client:
            client.sendmail(sender, [ADDRESS], raw)
