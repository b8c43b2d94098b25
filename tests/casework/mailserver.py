"""A mail server that is real enough: it listens on a port, speaks SMTP, and keeps what it got."""

import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer


class MailServer(ThreadingTCPServer):
    """Use as a context manager. `refused` maps an address to the reply it gets; `on_mail` runs before it takes one."""

    daemon_threads = True

    def __init__(self, port: int = 0, *, on_mail: Callable[[], object] = lambda: None) -> None:
        self.allow_reuse_address = True
        super().__init__(("127.0.0.1", port), Conversation)
        self.mails: list[EmailMessage] = []
        self.refused: dict[str, str] = {}
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


class Conversation(StreamRequestHandler):
    """One connection."""

    server: MailServer

    def handle(self) -> None:
        self.say("220 ready")
        while line := self.rfile.readline().decode().strip():
            self.say(self.answer(line))
            if line.upper() == "QUIT":
                return

    def answer(self, line: str) -> str:
        if line.upper().startswith("RCPT"):
            address = line.partition("<")[2].partition(">")[0]
            return self.server.refused.get(address, "250 ok")
        if line.upper() == "DATA":
            self.say("354 go on")
            self.server.on_mail()
            self.server.mails.append(self.read_mail())
        return "221 bye" if line.upper() == "QUIT" else "250 ok"

    def read_mail(self) -> EmailMessage:
        lines = iter(self.rfile.readline, b".\r\n")
        return message_from_bytes(b"".join(lines), policy=policy.default)

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
