"""No mail is lost; a copy goes out only where a worker is killed between the server's yes and the commit."""

from collections import Counter
from datetime import timedelta
from threading import Event

import pytest
from django.utils import timezone

from casework import outbox
from casework.models import Message
from tests.casework.mailserver import MailServer
from tests.chaos import killing, worker

pytestmark = pytest.mark.django_db(transaction=True)

JOB = "casework.tasks.send_outbox"
REFUSED, FULL = "gone@example.org", "full@example.org"
GOOD = "applicant@example.org"


@pytest.fixture
def mail_server(settings):
    with MailServer() as server:
        server.refused = {REFUSED: "550 no such mailbox", FULL: "452 mailbox full"}
        yield server


def smtp(server):
    """The settings of a sender that uses it."""
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": server.port,
        "EMAIL_HOST_USER": "loket",
        "EMAIL_HOST_PASSWORD": "secret",
    }


def waiting(count, to=GOOD):
    return Message.objects.bulk_create(
        Message(kind="receipt", to=to, subject="Ontvangen", body="Dank u wel.") for _number in range(count)
    )


def left():
    return Message.objects.to_send(now=timezone.now()).count()


def copies(server):
    """How many mails went out how often."""
    return Counter(Counter(server.message_ids).values())


def test_mails_while_workers_are_killed(mail_server, tell):
    good = waiting(30 * killing.KILLS)
    waiting(killing.KILLS, to=REFUSED)
    waiting(killing.KILLS, to=FULL)

    killed = killing.kill_in_turn(JOB, left=left, by=killing.chance("mails"), **smtp(mail_server))
    killing.finish(JOB, **smtp(mail_server))

    arrived = copies(mail_server)
    more = len(mail_server.mails) - len(good)
    tell(mails=len(good), killed=killed, lost=len(good) - arrived.total(), copies=more)
    assert set(mail_server.message_ids) == {message.message_id for message in good}
    assert more <= killed
    assert Message.objects.exclude(sent_at=None).count() == len(good)
    assert Message.objects.failed().filter(to=REFUSED).count() == killing.KILLS
    assert Message.objects.filter(to=FULL, attempts=1, given_up_at=None).count() == killing.KILLS


def test_mails_of_workers_killed_between_the_yes_and_the_commit(mail_server, tell):
    good, taken, chance = waiting(5 * killing.KILLS), Event(), killing.chance("yes")
    mail_server.replies["."] = 0.1
    for _kill in range(killing.KILLS):
        kill_after(chance.randint(2, 4), mail_server, taken)
    mail_server.replies.clear()
    killing.finish(JOB, **smtp(mail_server))

    arrived = copies(mail_server)
    tell(mails=len(good), killed=killing.KILLS, lost=len(good) - arrived.total(), copies=arrived[2], more=arrived[3])
    assert set(mail_server.message_ids) == {message.message_id for message in good}
    assert set(arrived) <= {1, 2}


def kill_after(mails, server, taken):
    """Kill a worker while the server withholds its answer to the last of a number of mails."""
    begun = iter(range(1, mails))
    server.on_mail = lambda: next(begun, None) or taken.set()
    taken.clear()
    process = worker.start(JOB, **smtp(server))
    assert taken.wait(killing.PATIENCE)
    process.join(0.05)
    assert killing.kill(process)


@pytest.mark.parametrize(
    ("word", "reply"), [("HELLO", "421 too busy"), ("AUTH", "535 wrong password"), ("MAIL", "451 local error")]
)
def test_a_server_that_takes_nothing(mail_server, tell, word, reply):
    good = waiting(20 * killing.KILLS)
    mail_server.replies[word] = reply

    turns = killing.KILLS
    for _turn in range(turns):
        killing.finish(JOB, workers=1, **smtp(mail_server))

    attempts = sum(Message.objects.values_list("attempts", flat=True))
    tell(reply=reply, mails=len(good), turns=turns, connections=mail_server.connections, attempts=attempts)
    assert mail_server.connections <= turns
    assert attempts <= (turns if word == "MAIL" else 0)
    assert not Message.objects.failed().exists()


def test_mails_after_a_night_without_a_server(mail_server, tell):
    good = waiting(20 * killing.KILLS)
    mail_server.replies["HELLO"] = "421 too busy"
    for _turn in range(outbox.MAX_ATTEMPTS + 1):
        killing.finish(JOB, workers=1, **smtp(mail_server))
    mail_server.replies.clear()
    killing.finish(JOB, at=timezone.now() + timedelta(hours=12), **smtp(mail_server))

    tell(mails=len(good), sent=len(mail_server.mails))
    assert copies(mail_server) == {1: len(good)}
