"""Two real Celery workers: a mail server that hangs holds up no letter, and a Redis that was gone is found again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis
from django.db import connection

from casework.models import Letter, Message
from tests import given
from tests.casework.mailserver import MailServer
from tests.chaos import killing
from tests.chaos.redis_server import RedisServer
from tests.services import BASE_DIR, STARTED, worker_number
from zesportal.celery import app
from zesportal.schedule import SCHEDULE

pytestmark = pytest.mark.django_db(transaction=True)

SLOW = 60.0 if killing.KILLS >= 25 else 5.0
"""Seconds in which the mail server says yes to one mail."""
MAIL, OTHER = "casework.tasks.send_outbox", "casework.tasks.store_letters"


@contextmanager
def celery_worker(server: RedisServer, mail: MailServer, *options: str) -> Iterator[None]:
    """As compose starts it; killed at the end."""
    command = [sys.executable, "-m", "celery", "--app=zesportal.celery", "--quiet", "worker", "--loglevel=error"]
    about = {
        "DJANGO_SETTINGS_MODULE": "tests.chaos.worker_settings",
        "TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "TEST_MAIL_PORT": str(mail.port),
        STARTED: server.url,
    }
    process = subprocess.Popen([*command, *options], cwd=BASE_DIR, env={**os.environ, **about}, start_new_session=True)
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def send(server: RedisServer, task: str) -> None:
    """What the clock sends every minute."""
    (entry,) = (entry for entry in SCHEDULE.values() if entry["task"] == task)
    with app.connection_for_write(f"{server.url}/{worker_number()}") as broker:
        app.send_task(task, connection=broker, **{**entry["options"], "expires": None})


def waiting(server: RedisServer, queue: str) -> int:
    return int(redis.Redis.from_url(f"{server.url}/{worker_number()}").llen(queue))


def missing() -> int:
    return Letter.objects.filter(pdf=None).count()


def seconds_until_made() -> float:
    begun = time.monotonic()
    killing.wait_until(lambda: missing() == 0, seconds=SLOW + killing.PATIENCE)
    return time.monotonic() - begun


def test_a_slow_mail_server_and_a_redis_that_was_gone(applicant, tell):
    for number in range(3 * killing.KILLS):
        given.filed(by=applicant, plate=f"VX{number:03}Z")
    with RedisServer() as server, MailServer() as mail:
        mail.replies["."] = SLOW
        with celery_worker(server, mail, "--concurrency=2", "--queues=mail", "--hostname=mail@%h"):
            send(server, OTHER)
            for _minute in range(5):
                send(server, MAIL)
            killing.wait_until(lambda: mail.connections == 2)  # both of its processes hang now
            assert waiting(server, "celery") == 1
            assert missing() == Letter.objects.count()
            with celery_worker(server, mail, "--concurrency=2", "--hostname=other@%h"):
                letters, sent = seconds_until_made(), len(mail.mails)
                server.stop()
                given.filed(by=applicant, plate="VX999Z")
                server.start()
                send(server, OTHER)
                back = seconds_until_made()

    tell(
        letters=Letter.objects.count(),
        slow=SLOW,
        letters_made_after=round(letters, 1),
        mails_sent_meanwhile=sent,
        seconds_after_redis_was_back=round(back, 1),
        attempts_lost=sum(Message.objects.filter(sent_at=None).values_list("attempts", flat=True)),
    )
    assert letters < 60
    assert sent <= 2 + 2 * letters / SLOW
    assert back < 60
