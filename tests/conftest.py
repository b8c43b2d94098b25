"""What every test needs: real services, the reference data, a browser, and the cast."""

import gc
import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client, TransactionTestCase
from django.utils import translation
from django.utils.cache import patch_cache_control
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import BrowserContext, Playwright, expect
from xdist.scheduler import LoadScopeScheduling

from accounts.models import User
from casework.models import Policy
from helpdesk.tasks import learn_ways_to_ask
from tests import database, services, snapshot

pytest_plugins = ["tests.cast", "tests.groundwork"]

# A property is about dates and facts, not about how busy the machine is.
hypothesis_settings.register_profile("patient", hypothesis_settings(), deadline=None)
hypothesis_settings.load_profile("patient")

TESTS = Path(__file__).resolve().parent
SLOW = (
    "api/test_api_fuzz.py",
    "chaos",
    "helpdesk/assistant/test_evaluation_set.py",
    "helpdesk/assistant/test_learning.py",
    "lives",
    "project/demo",
    "project/test_backup.py",
    "project/test_benchmarks.py",
    "project/test_roles.py",
    "project/test_static_files.py",
)
"""What `make test-fast` leaves out: half a minute and more each."""
LONGEST = (
    "browser/test_every_page.py",
    "project/test_roles.py",
    "project/demo",
    "project/test_demo_history.py",
    "lives",
    "helpdesk/assistant",
    "desk/test_browser.py",
    "browser",
)
"""What is begun with: in the end no worker shall wait for the other."""
TOGETHER = ("project/demo",)
"""Folders that begin with the same, as otherwise each file does."""

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
# A journey is about what is seen, not about how busy the machine is.
expect.set_options(timeout=30_000)

ALLOW_ASYNC = "DJANGO_ALLOW_ASYNC_UNSAFE"


# --- With CI=true nothing is skipped: what is missing must be installed ---------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    refuse_skip(report)
    return report


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if services.IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI does not allow: {report.longrepr}"


# --- Speed ------------------------------------------------------------------------------------------


def pytest_collection() -> None:
    """All that is imported and collected stays to the end: to look for what is left over took a third of the time."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Nobody need look through it again and again from now on either."""
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
    gc.enable()


class Scheduling(LoadScopeScheduling):
    """A file is of one worker: what its tests begin with is made once (`tests.groundwork`)."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return next((folder for folder in TOGETHER if path.startswith(f"tests/{folder}/")), path)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    config.option.loadscopereorder = False  # in the order of `put_longest_first`
    return Scheduling(config, log)


def put_longest_first(items: list[pytest.Item]) -> None:
    """Files in the order of `LONGEST`, then all others."""
    ranks = {name: rank for rank, name in enumerate(LONGEST)}

    def rank(item: pytest.Item) -> int:
        return min((ranks[name] for name in LONGEST if item.path.is_relative_to(TESTS / name)), default=len(LONGEST))

    items.sort(key=rank)


# --- Data -------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """Each worker's database begins as a copy of one that is migrated already."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = database.find_model()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Load the reference data once: tests see the kinds, policies, texts and municipalities."""
    with django_db_blocker.unblock():
        call_command("load_reference")
        learn_ways_to_ask()
        Policy.objects.filter(name="take_back_minutes").update(value=0)  # what the desk does is there at once
        snapshot.keep()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: snapshot.put_back())
        yield


@pytest.fixture(autouse=True)
def with_an_empty_cache(request: pytest.FixtureRequest) -> None:
    """Each test that touches the database finds an empty cache: no rate is used up yet."""
    if request.node.get_closest_marker("django_db") or DATABASE_FIXTURES & set(request.fixturenames):
        request.getfixturevalue("db")  # transactional where the test asks that
        cache.clear()


@pytest.fixture(autouse=True)
def in_dutch(settings: Any) -> None:
    """No language is left over from a page that an earlier test asked for."""
    translation.activate(settings.LANGUAGE_CODE)


# --- The outside world when it is away ----------------------------------------------------------------


@pytest.fixture
def redis_away(settings: Any) -> None:
    """Nobody answers where Redis was."""
    away = {"LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {name: {**cache, **away} for name, cache in settings.CACHES.items()}


@pytest.fixture
def mail_server_away(settings: Any) -> None:
    """The mail server no longer answers."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


# --- Browser ----------------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """The marks before `-m` chooses by them; the order after every plug-in has had its say."""
    mark(items)
    yield
    put_longest_first(items)


def mark(items: list[pytest.Item]) -> None:
    """What is in a browser, and what `make test-fast` leaves out."""
    for item in items:
        if "playwright" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
            item.add_marker(pytest.mark.flaky(reruns=1))  # by a busy machine, once; the last line counts it
        if any(item.path.is_relative_to(TESTS / name) for name in SLOW):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def queries_beside_playwright() -> Iterator[None]:
    """Playwright keeps an event loop in the test's own thread, where Django would refuse to query."""
    os.environ[ALLOW_ASYNC] = "true"
    yield
    del os.environ[ALLOW_ASYNC]


@pytest.fixture(scope="session")
def playwright(queries_beside_playwright: None, playwright: Playwright) -> Playwright:
    return playwright


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, which neither updates itself nor speaks to anybody but us."""
    quiet = ["background-networking", "component-update", "dev-shm-usage", "gpu", "sync"]
    args = ["--no-first-run", *(f"--disable-{part}" for part in quiet)]
    if os.geteuid() == 0:
        args.append("--no-sandbox")  # Chromium has no sandbox for root
    return {**browser_type_launch_args, "executable_path": services.headless_shell(), "args": args}


@pytest.fixture(scope="session")
def base_url(live_server: Any) -> Iterator[str]:
    """`page.goto("/")` asks the test's own server, and asks only once for a file that nobody changes meanwhile."""
    serve = StaticFilesHandler.serve

    def serve_for_good(handler: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        answer = serve(handler, request)
        patch_cache_control(answer, max_age=86_400, immutable=True)
        return answer

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(StaticFilesHandler, "serve", serve_for_good)
        yield str(live_server.url)


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A Dutch reader in Amsterdam."""
    return {**browser_context_args, "locale": "nl-NL", "timezone_id": "Europe/Amsterdam"}


@pytest.fixture
def sign_in(base_url: str, settings: Any) -> Callable[[BrowserContext, User], None]:
    """Make a browser somebody's, without the login form: `sign_in(page.context, caseworker)`."""

    def become(context: BrowserContext, user: User) -> None:
        client = Client()
        client.force_login(user)
        assert client.session[SESSION_KEY] == str(user.pk)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base_url}])

    return become
