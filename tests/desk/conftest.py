"""What the tests of the desk share."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType

from tests import given, services


@pytest.fixture
def application(applicant, caseworker):
    """The case that the caseworker handles."""
    return given.taken_up(by=applicant, desk=caseworker)


@pytest.fixture(scope="session")
def browser(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Browser]:
    """The whole Chromium: it shows a PDF beside the case in a viewer of its own."""
    with browser_type.launch(**{**browser_type_launch_args, "executable_path": services.chromium()}) as whole:
        yield whole
