"""Applicants who file at a real server, and keep trying: `Load(live_server.url, drafts).run(threads=4)`."""

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from exemptions.models import Application
from tests.portal.wizard import SIGNED

TOKEN = "a" * 32
MOST_TRIES = 50


def visitor(url: str, user: User) -> httpx.Client:
    """Somebody's browser, logged in."""
    client = Client()
    client.force_login(user)
    cookies = {settings.SESSION_COOKIE_NAME: str(client.session.session_key), settings.CSRF_COOKIE_NAME: TOKEN}
    return httpx.Client(base_url=url, cookies=cookies, timeout=30)


class Load:
    """Drafts to be sent, each until the server says that it has it; counts every answer and keeps the slowest."""

    def __init__(self, url: str, drafts: list[Application], user: User) -> None:
        self.drafts, self.visitor = drafts, visitor(url, user)
        self.answers: Counter[int] = Counter()
        self.slowest = 0.0

    @contextmanager
    def running(self, *, threads: int = 4) -> Iterator[None]:
        """The block runs at the same time; at its end all is filed."""
        with ThreadPoolExecutor(threads) as people:
            sending = [people.submit(self.send, draft) for draft in self.drafts]
            yield
            assert max(one.result() for one in sending) < MOST_TRIES

    def send(self, draft: Application) -> int:
        """Press the last button until it works; returns how often."""
        for tried in range(MOST_TRIES):
            if self.ask("POST", reverse("apply", args=[draft.key, "check"])) == 302:
                return tried
        return MOST_TRIES

    def ask(self, method: str, path: str) -> int:
        """The status of an answer."""
        form = {**SIGNED, "csrfmiddlewaretoken": TOKEN} if method == "POST" else None
        begun = time.monotonic()
        status = self.visitor.request(method, path, data=form).status_code
        self.slowest = max(self.slowest, time.monotonic() - begun)
        self.answers[status] += 1
        return status


def told(application: Application) -> tuple[int, int, int]:
    """How many events of filing, receipts and mails a case has."""
    dossier = application.dossier
    return dossier.events.filter(step="file").count(), dossier.letters.count(), dossier.outgoing_mail.count()


def numbers(drafts: list[Application]) -> list[int]:
    """The last part of the numbers that they got, in order."""
    found = Application.objects.filter(pk__in=[one.pk for one in drafts]).values_list("dossier__number", flat=True)
    return sorted(int(str(number).rpartition("-")[2]) for number in found)
