"""The editors and the monitor are told that the mailbox cannot be reached, until it can be reached again."""

from typing import Any

import pytest
from django.test import Client

from helpdesk.mailbox import collection
from helpdesk.models import MailboxState, Question
from tests import loop
from tests.helpdesk.mailbox import mails
from tests.helpdesk.mailbox.servers import ImapServer

AWAY = "Sinds 3 november 2026, 10:00 konden geen mails worden opgehaald (ConnectionRefusedError)"


@pytest.fixture
def desk(login, editor, time_machine):
    time_machine.move_to("2026-11-03T08:59Z")
    return login(editor)


@pytest.fixture
def server(settings):
    """A mail server of our own, to stop."""
    with ImapServer() as started:
        settings.MAILBOX_URL, settings.MAILBOX_ADDRESS = started.url, ""
        yield started


def stop(server: ImapServer) -> None:
    server.process.terminate()
    server.process.wait()


def questions(desk: Client) -> str:
    return desk.get("/loket/vragen/").content.decode()


def test_the_editors_read_since_when_no_mail_could_be_collected(server, desk, time_machine):
    time_machine.move_to("2026-11-03T09:00Z")
    collection.collect_mail()
    assert "konden geen mails" not in questions(desk)

    stop(server)
    for minute in (1, 2):
        time_machine.move_to(f"2026-11-03T09:0{minute}Z")
        collection.collect_mail()

    assert AWAY in questions(desk)


def test_where_it_never_worked_it_is_since_the_first_failure(settings, desk, time_machine):
    settings.MAILBOX_URL = "imap://u:p@127.0.0.1:1/INBOX"
    for minute in (0, 1):
        time_machine.move_to(f"2026-11-03T09:0{minute}Z")
        collection.collect_mail()

    assert AWAY in questions(desk)


def test_once_it_is_reached_again_the_line_goes_and_what_waited_comes_in(inbox, settings, desk):
    settings.MAILBOX_URL = "imap://u:p@127.0.0.1:1/INBOX"
    collection.collect_mail()
    inbox.put(mails.mail().as_bytes())
    settings.MAILBOX_URL = inbox.url

    collection.collect_mail()

    assert "konden geen mails" not in questions(desk)
    assert Question.objects.count() == 1


def test_a_mailbox_that_is_turned_off_is_not_away(settings, desk):
    settings.MAILBOX_URL = "imap://u:p@127.0.0.1:1/INBOX"
    collection.collect_mail()
    settings.MAILBOX_URL = ""

    assert "konden geen mails" not in questions(desk)


def test_a_wrong_password_is_told_without_the_password(inbox, settings, desk):
    settings.MAILBOX_URL = inbox.url.replace("geheim", "mis")
    collection.collect_mail()

    assert "mis" not in MailboxState.objects.get().error
    assert "konden geen mails" in questions(desk)


@pytest.mark.django_db(transaction=True)  # the health check reads over another connection
def test_the_monitor_hears_of_it(settings: Any, client: Client) -> None:
    settings.MAILBOX_URL = "imap://u:p@127.0.0.1:1/INBOX"
    with loop.put_aside():
        assert "Mailbox(): OK" in client.get("/gezondheid/delen").content.decode()
    collection.collect_mail()

    with loop.put_aside():
        assert "Mailbox(): Unavailable: no mail since" in client.get("/gezondheid/delen").content.decode()
