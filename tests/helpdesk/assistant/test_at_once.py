"""Two tabs at once, and a night's work that is killed: each question is kept once and counted once."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from helpdesk import tasks
from helpdesk.models import Conversation, MonthOfConversations, Turn
from tests.locks import count_blocked, wait_until_blocked
from tests.services import BASE_DIR

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from helpdesk import tasks
tasks.count_conversations()
"""


def tab_of(client: Client) -> Client:
    """Another tab of the same browser: the same cookies."""
    tab = Client()
    tab.cookies = client.cookies
    return tab


def ask(tab: Client, question: str) -> int:
    """In a thread of its own, so with a connection of its own."""
    try:
        return tab.post(reverse("assistant"), {"question": question}).status_code
    finally:
        connection.close()


def numbers() -> list[tuple[int, int]]:
    return list(Turn.objects.order_by("number").values_list("conversation", "number"))


def test_two_tabs_at_once_begin_one_conversation(as_applicant):
    with ThreadPoolExecutor(2) as browser:
        with transaction.atomic():
            Session.objects.select_for_update().get()
            asked = [browser.submit(ask, tab_of(as_applicant), f"wat kost dag {number}") for number in (1, 2)]
            wait_until_blocked(2)
        assert [one.result() for one in asked] == [302, 302]

    conversation = Conversation.objects.get()
    assert numbers() == [(conversation.pk, 1), (conversation.pk, 2)]
    assert as_applicant.get(reverse("assistant")).content.decode().count("wat kost dag") == 2


def test_two_tabs_at_once_go_on_with_one_conversation(client):
    ask(client, "wat kost een dagontheffing")
    with ThreadPoolExecutor(2) as browser:
        with transaction.atomic():
            Conversation.objects.select_for_update().get()
            asked = [browser.submit(ask, tab_of(client), "hoe hoog is de boete") for _tab in range(2)]
            wait_until_blocked(2)
        assert [one.result() for one in asked] == [302, 302]

    assert [number for _conversation, number in numbers()] == [1, 2, 3]


def test_counting_that_is_killed_in_the_middle_counts_once_in_the_end(client):
    ask(client, "wat kost een dagontheffing")
    Conversation.objects.update(last_at=timezone.now() - timedelta(hours=5))
    row = MonthOfConversations.objects.create(month=timezone.localdate().replace(day=1))
    with transaction.atomic():
        MonthOfConversations.objects.select_for_update().get(pk=row.pk)
        worker = counting()
        wait_until_it_waits(worker)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(timeout=30)
    assert Conversation.objects.get().counted_at is None

    for _night in range(2):
        tasks.count_conversations()

    assert {(one.topic, one.conversations, one.questions) for one in MonthOfConversations.objects.all()} == {
        ("", 1, 1),
        ("kosten", 1, 1),
    }


def counting() -> "subprocess.Popen[bytes]":
    """The night's work, in a process that can be killed."""
    name = str(connection.settings_dict["NAME"])
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.Popen([sys.executable, "-c", WORKER, name], env=environment, cwd=BASE_DIR)


def wait_until_it_waits(worker: "subprocess.Popen[bytes]") -> None:
    """It starts first, and then comes to a row that we hold."""
    end = time.monotonic() + 60
    while count_blocked() < 1:
        assert worker.poll() is None, "it ended before it came to wait"
        assert time.monotonic() < end, "it never came to wait"
        time.sleep(0.05)
