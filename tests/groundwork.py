"""What tests begin with is made once for those in a row that begin with the same: people, and cases by real steps.

The rows that the fixtures of a test write lie in savepoints beneath its own transaction, where they stay for the next
tests of the file; what the fixtures returned is copied as it was then. So each test finds what it would find if its
fixtures ran again, at the moment to which they moved the clock.

A fixture is laid beneath if it is a plain function of the database, the clock (`time_machine`) and fixtures that are
laid too, and returns plain data, rows, somebody's client, a `partial`, or an object of the tests that holds such. The
first other one (it yields, patches, or makes another function) ends that: what comes after it is made for each test. So
is everything of a test with real transactions, and of a file with fixtures that live longer than a test.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from inspect import isgeneratorfunction
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone, translation
from time_machine import TimeMachineFixture

from accounts.models import User
from exemptions.models import Applicant
from tests.cast import Visitor

Fixture = Any  # pytest.FixtureDef, with its function
Values = dict[str, Any]

DATABASE = {"db", "_django_db_helper"}
GO_TO = "go_to"
"""The fixture of several folders that moves the clock to a day."""
HARMLESS = {GO_TO, "in_dutch", "letters_read_well", "login", "with_an_empty_cache"}
"""Of themselves they change nothing that a case is made of, nor does what plug-ins bring."""
OWN_TRANSACTIONS = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}
PLAIN = (Visitor, Model, str, bytes, int, float, Decimal, UUID, date, timedelta, Path, type(None))


class Clock(TimeMachineFixture):
    """`time_machine` for a fixture that is laid: knows where it was moved, and whether it ticks there."""

    moved: tuple[Any, bool] | None = None

    def move_to(self, destination: Any, tick: bool | None = None) -> None:
        ticks = tick if tick is not None else self.moved is None or self.moved[1]
        self.moved = (destination, ticks)
        super().move_to(destination, ticks)

    def shift(self, delta: timedelta | float) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        if self.moved and self.moved[1]:
            self.moved = (timezone.now(), True)  # nothing that comes after is earlier
        super().stop()


@dataclass
class Layer:
    """The rows of one fixture in a savepoint, and all values so far as they were then."""

    fixture: Fixture
    atomic: Any
    values: Values
    clock: Clock


class Groundwork:
    """The layers beneath the tests of the file that runs; a plug-in of pytest."""

    def __init__(self) -> None:
        self.layers: list[Layer] = []
        self.on: date | None = None
        self.never: set[Fixture] = set()
        self.apart: set[Path] = set()
        self.values: Values = {}
        self.blocker: Any = None

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        self.apart = {item.path for item in items if any(lives_longer(found) for found in fixtures_of(item).values())}

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Fixture, request: Any) -> Generator[None, object, object]:
        name = fixturedef.argname
        if name == "_django_db_helper":
            self.blocker = request.getfixturevalue("django_db_blocker")
            with self.blocker.unblock(), translation.override(settings.LANGUAGE_CODE):
                self.lay(request.node)
        layer = next((layer for layer in self.layers if layer.fixture is fixturedef), None)
        if layer is None or name not in self.values:
            return (yield)
        if moved := self.layers[-1].clock.moved:
            request.getfixturevalue("time_machine").move_to(*moved)
        with answering(fixturedef, self.values[name]):
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, None, None]:
        try:
            yield
        finally:
            self.values = {}
            if self.layers and (nextitem is None or nextitem.path != item.path):
                with self.blocker.unblock():
                    self.keep(0)

    def lay(self, item: pytest.Item) -> None:
        """Put beneath the test what its fixtures write, as far as it does not lie there."""
        wanted = [] if self.is_apart(item) else list(self.plan(item))
        is_sound = connection.in_atomic_block and not connection.closed_in_transaction
        self.keep(count_common(self.layers, wanted) if is_sound and self.on == timezone.localdate() else 0)
        self.on = timezone.localdate()
        laid = [layer.fixture for layer in self.layers]
        all(self.add(item, fixture) for fixture in wanted if fixture not in laid)
        self.values = deepcopy(self.layers[-1].values) if self.layers else {}

    def is_apart(self, item: pytest.Item) -> bool:
        marker = item.get_closest_marker("django_db")
        names = set(getattr(item, "fixturenames", ()))
        return bool(item.path in self.apart or OWN_TRANSACTIONS & names or (marker and (marker.args or marker.kwargs)))

    def plan(self, item: pytest.Item) -> Iterator[Fixture]:
        """What can be laid, in the order in which pytest would set it up; ends at the first that cannot."""
        fixtures, seen = fixtures_of(item), {*DATABASE, GO_TO, "login", "time_machine"}
        asked = {name for fixture in fixtures.values() if is_ours(fixture) for name in fixture.argnames}
        for name in in_order(list(getattr(item, "fixturenames", ())), fixtures):
            found = fixtures.get(name)
            if found is None or is_harmless(found) or (is_client(found) and name not in asked):
                continue
            if found in self.never or not is_plain_function(found, seen):
                return
            seen.add(name)
            yield found

    def add(self, item: pytest.Item, fixture: Fixture) -> bool:
        """Lay what it writes on top of the rest; whether that could be."""
        below = self.layers[-1] if self.layers else None
        atomic, clock, sent = transaction.atomic(), Clock(), len(mail.outbox)
        atomic._from_testcase = True  # type: ignore[attr-defined]  # a durable block may begin in it
        atomic.__enter__()
        self.layers.append(Layer(fixture, atomic, deepcopy(below.values) if below else {}, clock))
        cache.clear()  # an earlier test may have used up a rate
        try:
            self.call(item, fixture)
        except (Exception, pytest.skip.Exception, pytest.fail.Exception):  # the test itself will say why
            self.never.add(fixture)
        finally:
            clock.stop()
        if not is_plain(self.layers[-1].values.get(fixture.argname)) or len(mail.outbox) != sent:
            self.never.add(fixture)
        if fixture in self.never:
            self.keep(len(self.layers) - 1)
        return fixture not in self.never

    def call(self, item: pytest.Item, fixture: Fixture) -> None:
        """Run it at the moment where the layers beneath left the clock."""
        layer = self.layers[-1]
        if len(self.layers) > 1 and (moved := self.layers[-2].clock.moved):
            layer.clock.move_to(*moved)
        given: Values = {**layer.values, **dict.fromkeys(DATABASE), "time_machine": layer.clock}
        for name in {GO_TO, "login"} & set(fixture.argnames):
            asked = fixtures_of(item)[name]
            given[name] = asked.func(**{name: given[name] for name in asked.argnames})
        layer.values[fixture.argname] = fixture.func(**{name: given[name] for name in fixture.argnames})
        connection.check_constraints()  # now, once: else every test would check these rows at its end

    def keep(self, number: int) -> None:
        """Take away the layers above this number."""
        while len(self.layers) > number:
            layer = self.layers.pop()
            transaction.set_rollback(True)
            layer.atomic.__exit__(None, None, None)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Groundwork())


def fixtures_of(item: pytest.Item) -> dict[str, Fixture]:
    """The fixtures that a test can ask by name."""
    known = getattr(item, "_fixtureinfo", None)
    return {name: found[-1] for name, found in known.name2fixturedefs.items() if found} if known else {}


def in_order(names: list[str], fixtures: dict[str, Fixture]) -> Iterator[str]:
    """Each name after those that it asks."""
    done: set[str] = set()

    def visit(name: str) -> Iterator[str]:
        if name in done:
            return
        done.add(name)
        for asked in fixtures[name].argnames if name in fixtures else ():
            yield from visit(asked)
        yield name

    for name in names:
        yield from visit(name)


def lives_longer(fixture: Fixture) -> bool:
    """Whether several tests of a file or folder share it."""
    return is_ours(fixture) and fixture.scope in ("class", "module", "package")


def is_ours(fixture: Fixture) -> bool:
    """Not of a plug-in, and no name of `parametrize`."""
    return str(fixture.func.__module__).partition(".")[0] == "tests"


def is_harmless(fixture: Fixture) -> bool:
    return not is_ours(fixture) or fixture.scope == "session" or fixture.argname in HARMLESS


def is_client(fixture: Fixture) -> bool:
    return fixture.func.__module__ == "tests.cast" and str(fixture.argname).startswith("as_")


def is_person(fixture: Fixture) -> bool:
    """People do not know of cases: it does not matter who was there first."""
    return fixture.func.__module__ == "tests.cast" and fixture.func.__annotations__["return"] in (User, Applicant)


def is_plain_function(fixture: Fixture, known: set[str]) -> bool:
    return (
        fixture.scope == "function"
        and not fixture.params
        and not isgeneratorfunction(fixture.func)
        and not hasattr(fixture.func, "__self__")
        and set(fixture.argnames) <= known
    )


def is_plain(value: Any) -> bool:
    """Whether a copy of it is as good."""
    if type(value).__module__.startswith("tests.") and not isinstance(value, PLAIN):
        return is_plain(vars(value))
    if isinstance(value, dict):
        return all(map(is_plain, [*value, *value.values()]))
    if isinstance(value, partial):
        return is_plain([*value.args, *value.keywords.values()])
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(is_plain, value))
    return isinstance(value, PLAIN)


def count_common(layers: list[Layer], wanted: list[Fixture]) -> int:
    """How many layers can stay: all are wanted, and the cases lie in the order in which they are wanted."""
    cases = iter([fixture for fixture in wanted if not is_person(fixture)])
    for number, layer in enumerate(layers):
        if layer.fixture not in wanted or not (is_person(layer.fixture) or next(cases) is layer.fixture):
            return number
    return len(layers)


@contextmanager
def answering(fixture: Fixture, value: object) -> Iterator[None]:
    """Let the fixture return the value."""
    own = fixture.func
    fixture.func = lambda **_asked: value
    try:
        yield
    finally:
        fixture.func = own
