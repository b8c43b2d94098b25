"""What an answer may not be, and how to ask again as if one had never asked."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from typing import Any

from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from redis.exceptions import RedisError

LIVE = ("<script>pwn(", "<img src=pwn", "50337")
"""What no page may have: a script of somebody's, or the answer of a sum that was to stay text, 7191 × 7."""


@contextmanager
def taken_back(browser: Client) -> Iterator[None]:
    """Everything inside is undone, so that the next attempt starts from the same rows, mails, limits and login."""
    cookies = deepcopy(browser.cookies)
    forget_limits()
    mail.outbox.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    browser.cookies = cookies


def forget_limits() -> None:
    """In Redis, and where they are while that is away."""
    with suppress(RedisError):
        cache.clear()
    cache.spare.clear()  # type: ignore[attr-defined]  # of our LastingCache


def faults_of_page(answer: Any) -> Iterator[str]:
    """What is wrong with an answer, or with the page that it led to."""
    codes = (answer.status_code, *(code for _url, code in answer.redirect_chain))
    yield from (f"status {code}" for code in codes if code >= 500)
    if not answer.streaming and "html" in answer.headers.get("Content-Type", ""):
        text = answer.content.decode()
        yield from (f"alive: {sign}" for sign in LIVE if sign in text)
