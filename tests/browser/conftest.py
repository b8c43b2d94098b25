"""The browsers in which the journeys are made, and the days on which they continue."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine as travelling
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import User
from exemptions.models import Application
from tests import given
from tests.browser.journeys import BrowserFor, browser_of

Later = Callable[[int], None]
SCREENS: dict[str, dict[str, Any]] = {
    "telephone": {"viewport": {"width": 360, "height": 780}},
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "without JavaScript": {"viewport": {"width": 360, "height": 780}, "java_script_enabled": False},
}


@pytest.fixture
def browser_for(
    browser: Browser,
    browser_context_args: dict[str, Any],
    base_url: str,
    sign_in: Callable[[BrowserContext, User], None],
) -> Iterator[BrowserFor]:
    """Opens a browser of one person, `browser_for(caseworker)`; without a person, of anybody."""
    options = {**browser_context_args, "base_url": base_url}
    with ExitStack() as opened:

        def open_for(user: User | None = None) -> Page:
            def enter(context: BrowserContext) -> None:
                if user is not None:
                    sign_in(context, user)

            return opened.enter_context(browser_of(browser, options, enter))

        yield open_for


@pytest.fixture(params=SCREENS, ids=list(SCREENS))
def browser_for_me(
    request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict[str, Any], base_url: str, sign_in: Any
) -> Callable[[User], Any]:
    """Opens a browser of one person on each of the screens in turn."""
    options = {**browser_context_args, "base_url": base_url}
    return lambda user: browser_of(browser, options, partial(sign_in, user=user), **SCREENS[request.param])


@pytest.fixture
def days_later(time_machine: travelling.TimeMachineFixture) -> Later:
    """A number of days go by, `days_later(8)`, or are taken back, `days_later(-60)`. Nobody is logged in then."""
    return lambda days: time_machine.move_to(timezone.localtime() + timedelta(days=days))


@pytest.fixture
def rejected(live_server: Any, applicant: User, caseworker: User, other_caseworker: User) -> Application:
    """Refused today, by two pairs of eyes."""
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
