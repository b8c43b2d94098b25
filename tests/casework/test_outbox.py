"""Mails wait in the database and go out at least once, whatever breaks."""

import socket
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from casework import outbox
from casework.models import Message
from casework.models.letter import Words
from casework.tasks import send_outbox
from tests.casework.mailserver import MailServer

pytestmark = pytest.mark.django_db

LATER = timedelta(days=1)


@pytest.fixture
def mail_server(settings):
    with MailServer() as server:
        use(settings, server.port)
        yield server


@pytest.fixture
def closed_port(settings):
    """The port of a mail server that is away."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    use(settings, port)
    return port


@pytest.fixture
def full_mailbox(mail_server):
    """A mail to somebody whose mailbox is full, time and again."""
    mail_server.refused["full@example.org"] = "452 mailbox full"
    return waiting_mail(to="full@example.org")


def use(settings, port):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""


def waiting_mail(to="applicant@example.org", **fields):
    return Message.objects.create(
        kind="receipt", to=to, subject="Ontvangen: één aanvraag", body="Dank u wel.", **fields
    )


def test_a_mail_goes_out_with_its_own_words(mail_server):
    message = waiting_mail()

    assert outbox.send_waiting()

    (mail,) = mail_server.mails
    assert mail["To"] == "applicant@example.org"
    assert mail["Subject"] == "Ontvangen: één aanvraag"
    assert mail["Message-ID"] == message.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().strip() == "Dank u wel."
    message.refresh_from_db()
    assert (message.attempts, message.error) == (1, "")
    assert message.sent_at


def test_a_mail_that_belongs_to_no_dossier_is_placed_with_its_headers(mail_server):
    words = Words(kind="mail_export_ready", language="nl", subject="Uw lijst is klaar", body="Haal hem op.")
    message = Message.objects.place_mail(words, "anna@example.org", headers={"In-Reply-To": "<1@example.org>"})

    assert outbox.send_waiting()

    (mail,) = mail_server.mails
    assert (message.dossier, message.kind) == (None, "mail_export_ready")
    assert (mail["To"], mail["Subject"], mail["In-Reply-To"]) == (
        "anna@example.org",
        "Uw lijst is klaar",
        "<1@example.org>",
    )


def test_a_mail_goes_out_once(mail_server):
    waiting_mail()

    assert [outbox.send_waiting(), outbox.send_waiting()] == [1, 0]
    assert len(mail_server.mails) == 1


def test_the_oldest_mail_goes_first(mail_server):
    younger = waiting_mail()
    older = waiting_mail(not_before=timezone.now() - LATER)

    outbox.send_waiting()
    outbox.send_waiting()

    assert mail_server.message_ids == [older.message_id, younger.message_id]


def test_a_mail_for_later_waits(mail_server):
    waiting_mail(not_before=timezone.now() + LATER)

    assert not outbox.send_waiting()
    assert mail_server.mails == []


def test_the_worker_sends_all_that_waits(mail_server):
    messages = [waiting_mail().message_id for _number in range(3)]

    assert send_outbox() == 3
    assert mail_server.message_ids == messages


def test_a_mail_waits_while_the_server_is_away_and_goes_when_it_is_back(closed_port):
    message = waiting_mail()

    assert not outbox.send_waiting()
    message.refresh_from_db()
    assert message.sent_at is None
    assert "ConnectionRefusedError" in message.error

    with MailServer(closed_port) as back, time_machine.travel(timezone.now() + LATER):
        assert outbox.send_waiting()
    assert back.message_ids == [message.message_id]


def attempts():
    return list(Message.objects.order_by("pk").values_list("attempts", flat=True))


def test_a_closed_port_costs_no_mail_an_attempt_and_every_mail_says_why(closed_port):
    waiting_mail()
    waiting_mail()

    assert outbox.send_waiting() == 0

    assert attempts() == [0, 0]
    assert {str(message.failure) for message in Message.objects.all()} == {"de mailserver was niet bereikbaar"}


@pytest.mark.parametrize(
    ("word", "reply"), [("HELLO", "421 too busy"), ("AUTH", "535 wrong password"), ("MAIL", "451 local error")]
)
def test_a_server_that_takes_nothing_is_asked_once_and_costs_the_others_no_attempt(mail_server, settings, word, reply):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "loket", "expired"
    mail_server.replies[word] = reply
    for _number in range(50):
        waiting_mail()

    outbox.send_waiting()

    assert mail_server.connections == 1
    assert sum(attempts()) == (1 if word == "MAIL" else 0)  # the one mail that got that far


def test_a_wrong_password_is_said_in_words(mail_server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "loket", "expired"
    mail_server.replies["AUTH"] = "535 wrong password"
    message = waiting_mail()

    outbox.send_waiting()

    message.refresh_from_db()
    assert "accepteert ons wachtwoord niet" in str(message.failure)


def test_a_turn_needs_one_connection(mail_server):
    for _number in range(20):
        waiting_mail()

    assert outbox.send_waiting() == 20
    assert mail_server.connections == 1


def test_without_mail_nobody_connects(mail_server):
    assert outbox.send_waiting() == 0
    assert mail_server.connections == 0


def test_a_server_that_thinks_long_gets_no_copies(mail_server, settings):
    settings.EMAIL_TIMEOUT = 0.2
    mail_server.replies["."] = 1.0
    message = waiting_mail()

    outbox.send_waiting()
    with time_machine.travel(timezone.now() + LATER):
        outbox.send_waiting()

    assert mail_server.message_ids == [message.message_id]


def test_a_slow_server_ends_the_turn_and_not_the_mails(mail_server):
    mail_server.replies["."] = 0.3
    for _number in range(4):
        waiting_mail()

    assert outbox.send_waiting(seconds=0.5) == 2
    assert attempts() == [1, 1, 0, 0]


def test_mails_on_which_the_server_hangs_up_do_not_hold_up_the_others(mail_server):
    bad = [waiting_mail() for _number in range(2)]
    good = waiting_mail()
    replies = iter(["", "", "250 ok"])
    mail_server.on_mail = lambda: mail_server.replies.update({".": next(replies)})

    outbox.send_waiting()

    assert mail_server.message_ids == [good.message_id]
    assert [message.attempts for message in Message.objects.filter(pk__in=[one.pk for one in bad])] == [1, 1]


def test_after_three_mails_in_a_row_without_an_answer_the_turn_ends(mail_server):
    mail_server.replies["."] = ""
    for _number in range(10):
        waiting_mail()

    outbox.send_waiting()

    assert sum(attempts()) == 3


def test_after_a_failure_a_mail_is_left_alone_ever_longer(full_mailbox):
    message, waits = full_mailbox, []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _attempt in range(outbox.MAX_ATTEMPTS - 1):
            outbox.send_waiting()
            message.refresh_from_db()
            waits.append((message.not_before - timezone.now()).total_seconds() / 60)
            clock.move_to(message.not_before)

    assert waits == [1, 3, 9, 27, 81, 243, 729]


def test_after_eight_attempts_a_person_must_look(full_mailbox):
    failed = []
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _attempt in range(8):
            outbox.send_waiting()
            clock.shift(LATER)
            failed.append(Message.objects.failed().count())

    assert failed == [0] * 7 + [1]
    assert Message.objects.failed().get() == full_mailbox


def test_a_mail_that_was_given_up_can_be_tried_again(mail_server):
    message = waiting_mail(attempts=8, error="TimeoutError: ", given_up_at=timezone.now())
    assert not outbox.send_waiting()

    message.try_again()

    assert outbox.send_waiting()
    assert mail_server.message_ids == [message.message_id]
    assert not Message.objects.failed().exists()


@pytest.mark.parametrize(
    "address", ["", "nobody@", "two@example.org, three@example.org", "name@example.org\nBcc: x@y.nl"]
)
def test_a_broken_address_is_told_at_once_and_never_counts_as_sent(mail_server, address):
    message = waiting_mail(to=address)

    assert outbox.send_waiting()

    assert Message.objects.failed().get() == message
    assert message.sent_at is None
    assert mail_server.mails == []


def test_an_address_that_the_server_refuses_for_good_is_told_at_once(mail_server):
    mail_server.refused["gone@example.org"] = "550 no such mailbox"
    message = waiting_mail(to="gone@example.org")

    outbox.send_waiting()

    assert "no such mailbox" in Message.objects.failed().get(pk=message.pk).error


def test_an_address_that_is_refused_for_now_is_tried_later(mail_server):
    mail_server.refused["full@example.org"] = "452 mailbox full"
    message = waiting_mail(to="full@example.org")

    outbox.send_waiting()
    mail_server.refused.clear()
    with time_machine.travel(timezone.now() + LATER):
        outbox.send_waiting()

    assert mail_server.message_ids == [message.message_id]


def test_one_bad_mail_does_not_hold_up_the_others(mail_server):
    waiting_mail(to="nobody@")
    good = waiting_mail()

    outbox.send_waiting()

    assert mail_server.message_ids == [good.message_id]


def test_a_worker_that_dies_after_sending_sends_again_under_the_same_message_id(mail_server):
    message = waiting_mail()

    with transaction.atomic():
        outbox.send_waiting()
        transaction.set_rollback(True)  # what PostgreSQL does when the worker's connection is gone
    outbox.send_waiting()

    assert mail_server.message_ids == [message.message_id, message.message_id]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_never_send_one_mail_twice(mail_server):
    # Each mail is held until both workers hold one: they would meet here if a row were locked by both or by neither.
    mail_server.on_mail = Barrier(2, timeout=10).wait
    messages = {waiting_mail().message_id for _number in range(10)}

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(send_all, range(2)))

    assert sorted(mail_server.message_ids) == sorted(messages)


def send_all(_worker):
    try:
        return outbox.send_waiting()
    finally:
        connection.close()


def test_a_mail_that_waits_for_half_of_the_legal_time_needs_a_person():
    late = waiting_mail(created_at=timezone.now() - timedelta(hours=25))
    waiting_mail()

    assert outbox.find_mails_to_check().get() == late
