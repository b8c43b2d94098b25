"""A mail server that is real enough: it listens on a port, speaks SMTP, and keeps what it got."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer


class MailServer(ThreadingTCPServer):
    """Use as a context manager. `on_mail` runs before it takes a mail.

    `refused` maps an address to the reply it gets, `replies` a word of the sender (MAIL, AUTH, `.` after a mail, HELLO
    when the connection opens) to a reply other than yes: an empty one hangs up, and a number is the seconds until yes.
    """

    daemon_threads = True

    def __init__(self, port: int = 0, *, on_mail: Callable[[], object] = lambda: None) -> None:
        self.allow_reuse_address = True
        super().__init__(("127.0.0.1", port), Conversation)
        self.mails: list[EmailMessage] = []
        self.refused: dict[str, str] = {}
        self.replies: dict[str, str | float] = {}
        self.connections = 0
        self.on_mail = on_mail
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def __exit__(self, *error: object) -> None:
        self.shutdown()
        self.server_close()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    @property
    def message_ids(self) -> list[str]:
        """The Message-IDs of the mails it took, in order."""
        return [mail["Message-ID"] for mail in self.mails]


class HungUp(Exception):
    """The server ends the connection without a word."""


class Conversation(StreamRequestHandler):
    """One connection."""

    server: MailServer

    def handle(self) -> None:
        self.server.connections += 1
        with suppress(HungUp, ConnectionError):
            self.say(self.reply_to("HELLO", "220 ready"))
            while line := self.rfile.readline().decode().strip():
                self.say(self.answer(line))
                if line.upper() == "QUIT":
                    return

    def answer(self, line: str) -> str:
        word = line.upper().partition(" ")[0]
        if word == "RCPT":
            address = line.partition("<")[2].partition(">")[0]
            return self.server.refused.get(address, "250 ok")
        if word == "EHLO":
            return "250-ready\r\n250 AUTH PLAIN"
        if word == "DATA":
            self.say("354 go on")
            self.server.on_mail()
            mail = self.read_mail()
            reply = self.reply_to(".", "250 ok")
            self.server.mails.append(mail)
            return reply
        return self.reply_to(word, {"QUIT": "221 bye", "AUTH": "235 come in"}.get(word, "250 ok"))

    def reply_to(self, word: str, usual: str) -> str:
        reply = self.server.replies.get(word, usual)
        if isinstance(reply, float):
            time.sleep(reply)
            return usual
        if not reply:
            raise HungUp
        return reply

    def read_mail(self) -> EmailMessage:
        lines = iter(self.rfile.readline, b".\r\n")
        return message_from_bytes(b"".join(lines), policy=policy.default)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
