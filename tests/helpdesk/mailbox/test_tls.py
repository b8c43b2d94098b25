"""The mailbox over TLS: only a server for whom somebody vouches gets the password."""

import imaplib
import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpdesk.mailbox import collection, imap
from helpdesk.models import MailboxState
from tests.helpdesk.mailbox.servers import ADDRESS, PASSWORD, ImapServer

ELSEWHERE = "127.0.0.2"
"""This machine too, but not under a name to which the client speaks in the clear."""


def certificate(folder: Path, *, host: str) -> tuple[str, str]:
    """A certificate for a host that vouches for itself, and its key."""
    cert, key = str(folder / f"{host}.pem"), str(folder / f"{host}.key")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={host}"]
    named = ["-addext", f"subjectAltName=IP:{host}", "-keyout", key, "-out", cert]
    subprocess.run([*made, *named], check=True, capture_output=True)
    return cert, key


@pytest.fixture(scope="module")
def pair(tmp_path_factory: Any) -> tuple[str, str]:
    return certificate(tmp_path_factory.mktemp("tls"), host=ELSEWHERE)


@pytest.fixture(scope="module")
def starting_tls(pair: tuple[str, str]) -> Iterator[ImapServer]:
    """A server that begins in the clear and goes on over TLS."""
    cert, key = pair
    with ImapServer(host=ELSEWHERE, cert=cert, key=key) as server:
        yield server


@pytest.fixture
def tls_port(imap_server: ImapServer, pair: tuple[str, str]) -> Iterator[int]:
    """A port that speaks TLS from its first byte, before the usual server."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*pair)

    class Door(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                outside = context.wrap_socket(self.request, server_side=True)
            except OSError:
                return  # the client does not trust us
            with socket.create_connection((imap_server.host, imap_server.port)) as inside:
                threading.Thread(target=pour, args=(inside, outside), daemon=True).start()
                pour(outside, inside)

    with socketserver.ThreadingTCPServer((ELSEWHERE, 0), Door) as door:
        door.daemon_threads = True
        threading.Thread(target=door.serve_forever, daemon=True).start()
        yield door.server_address[1]
        door.shutdown()


def pour(source: socket.socket, target: socket.socket) -> None:
    """All that comes out of one goes into the other."""
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        return


def at_tls(port: int) -> str:
    user, password = ADDRESS.replace("@", "%40"), PASSWORD.replace(" ", "%20").replace("/", "%2F")
    return f"imaps://{user}:{password}@{ELSEWHERE}:{port}/INBOX"


def test_who_nobody_vouches_for_gets_no_password(starting_tls: ImapServer) -> None:
    with pytest.raises(ssl.SSLCertVerificationError), imap.open_mailbox(starting_tls.url):
        pass


def test_who_the_file_vouches_for_is_read(starting_tls: ImapServer, pair: tuple[str, str]) -> None:
    with imap.open_mailbox(f"{starting_tls.url}?ca={pair[0]}") as mailbox:
        assert mailbox.folder == "INBOX"
        assert isinstance(mailbox.server.sock, ssl.SSLSocket)


def test_the_same_holds_for_a_server_that_speaks_tls_from_the_beginning(tls_port: int, pair: tuple[str, str]) -> None:
    with pytest.raises(ssl.SSLCertVerificationError), imap.open_mailbox(at_tls(tls_port)):
        pass
    with imap.open_mailbox(f"{at_tls(tls_port)}?ca={pair[0]}") as mailbox:
        assert mailbox.folder == "INBOX"


def test_a_certificate_for_another_name_is_refused(tls_port: int, tmp_path: Path) -> None:
    other, _key = certificate(tmp_path, host="127.0.0.3")

    with pytest.raises(ssl.SSLCertVerificationError), imap.open_mailbox(f"{at_tls(tls_port)}?ca={other}"):
        pass


def test_a_server_without_tls_elsewhere_gets_no_password() -> None:
    with ImapServer(host=ELSEWHERE) as server, pytest.raises(imaplib.IMAP4.error), imap.open_mailbox(server.url):
        pass


def test_the_editors_hear_of_a_certificate_that_is_not_trusted(
    starting_tls: ImapServer, settings: Any, db: None
) -> None:
    settings.MAILBOX_URL = starting_tls.url

    collection.collect_mail()

    assert MailboxState.objects.get().error == "SSLCertVerificationError"
