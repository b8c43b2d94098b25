"""The mail servers, and a mailbox that is read."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from casework import outbox
from helpdesk.mailbox import collection
from helpdesk.models import Question
from tests.helpdesk.mailbox.servers import ImapServer, PostOffice


@pytest.fixture(scope="session")
def imap_server() -> Iterator[ImapServer]:
    with ImapServer() as server:
        yield server


@pytest.fixture(scope="session")
def post_office_running(imap_server: ImapServer) -> Iterator[PostOffice]:
    with PostOffice(imap_server) as office:
        yield office


@pytest.fixture
def inbox(imap_server: ImapServer, settings: Any) -> ImapServer:
    """An empty mailbox, which the product reads."""
    imap_server.empty()
    settings.MAILBOX_URL, settings.MAILBOX_ADDRESS = imap_server.url, ""
    return imap_server


@pytest.fixture
def post_office(post_office_running: PostOffice, inbox: ImapServer, settings: Any) -> PostOffice:
    """Mails go out and come in through a real mail server."""
    post_office_running.sent.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post_office_running.port
    settings.EMAIL_USE_TLS = False
    return post_office_running


@pytest.fixture
def receive(inbox: ImapServer, db: None) -> Callable[[Any], Question]:
    """A mail lands in the mailbox and is read; the question that it is part of."""

    def received(content: Any) -> Question:
        inbox.put(content if isinstance(content, bytes) else content.as_bytes())
        collection.collect_mail()
        newest: Question = Question.objects.order_by("-changed_at", "-pk")[0]
        return newest

    return received


@pytest.fixture
def send_all() -> Callable[[], None]:
    """The outbox sends what waits."""

    def send() -> None:
        outbox.send_waiting()

    return send


@pytest.fixture(autouse=True)
def files_of_its_own(settings: Any, tmp_path: Any) -> None:
    """Each test has attachments of its own."""
    settings.MEDIA_ROOT = tmp_path / "documents"
