"""Many cases in one test: as `parametrize`, but set up once, and one report names all that fail.

The cases share every fixture. Each finds the database as the fixtures left it, and no rate used up; what it does to an
object in memory the next one finds. With `django_db(transaction=True)` nothing is taken back between them.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from inspect import Parameter, Signature, signature
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction

Check = Callable[..., None]


def each(names: str, cases: Iterable[Any]) -> Callable[[Check], Check]:
    """`@each("slug, language", TEXTS)`: the body is taken for every case in turn, with the test's other fixtures."""
    keys = names.split(", ")
    every = [dict(zip(keys, case if len(keys) > 1 else (case,), strict=True)) for case in cases]

    def decorate(check: Check) -> Check:
        def looped(*, subtests: pytest.Subtests, **fixtures: Any) -> None:
            assert every
            for case in every:
                with subtests.test(**{name: str(value) for name, value in case.items()}), taken_back():
                    check(**case, **fixtures)

        others = [found for found in signature(check).parameters.values() if found.name not in keys]
        kept = [found.replace(kind=Parameter.KEYWORD_ONLY) for found in others]
        looped.__signature__ = Signature([Parameter("subtests", Parameter.KEYWORD_ONLY), *kept])  # type: ignore[attr-defined]
        looped.pytestmark = getattr(check, "pytestmark", [])  # type: ignore[attr-defined]
        looped.__name__, looped.__doc__, looped.__module__ = check.__name__, check.__doc__, check.__module__
        return looped

    return decorate


@contextmanager
def taken_back() -> Iterator[None]:
    """What happens within leaves no row behind."""
    if not connection.in_atomic_block:
        yield
        return
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
