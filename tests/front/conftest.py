"""Who reads a page, and in which language."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from tests.front.readers import OTHERS


@pytest.fixture(params=OTHERS)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reads(login: Callable[[User], Client]) -> Callable[..., Client]:
    """A client whose reader chose a language."""

    def reader(language: str, user: User | None = None) -> Client:
        client = login(user) if user else Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return client

    return reader
