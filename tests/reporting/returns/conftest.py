"""Time is frozen here: it is 5 August 2025, and July may be handed in until the 10th."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from accounts.models import User
from tests.cast import Login
from zones.models import Municipality

NOW = datetime(2025, 8, 5, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture(autouse=True)
def on_5_august_2025(request: pytest.FixtureRequest) -> Iterator[None]:
    if "page" in request.fixturenames:  # a browser keeps its own time
        yield
        return
    with time_machine.travel(NOW, tick=False), override("en"):
        yield


@pytest.fixture
def utrecht(db: None) -> Municipality:
    return Municipality.objects.get(cbs_code="GM0344")


@pytest.fixture
def amsterdam(db: None) -> Municipality:
    return Municipality.objects.get(cbs_code="GM0363")


@pytest.fixture
def login(db: None) -> Login:
    """As everywhere, with a browser that asks for English."""

    def log_in(user: User) -> Client:
        browser = Client(headers={"accept-language": "en"})
        browser.force_login(user)
        return browser

    return log_in
