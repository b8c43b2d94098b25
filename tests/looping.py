"""Many cases in one test: as `parametrize`, but set up once, and one report names all that fail.

For cases that leave nothing behind: they share the database and every fixture.
"""

from collections.abc import Callable, Iterable
from inspect import Parameter, Signature, signature
from typing import Any

import pytest

Check = Callable[..., None]


def each(names: str, cases: Iterable[Any]) -> Callable[[Check], Check]:
    """`@each("slug, language", TEXTS)`: the body is taken for every case in turn, with the test's other fixtures."""
    keys = names.split(", ")
    every = [dict(zip(keys, case if len(keys) > 1 else (case,), strict=True)) for case in cases]

    def decorate(check: Check) -> Check:
        def looped(*, subtests: pytest.Subtests, **fixtures: Any) -> None:
            assert every
            for case in every:
                with subtests.test(**{name: str(value) for name, value in case.items()}):
                    check(**case, **fixtures)

        others = [found for found in signature(check).parameters.values() if found.name not in keys]
        kept = [found.replace(kind=Parameter.KEYWORD_ONLY) for found in others]
        looped.__signature__ = Signature([Parameter("subtests", Parameter.KEYWORD_ONLY), *kept])  # type: ignore[attr-defined]
        looped.pytestmark = getattr(check, "pytestmark", [])  # type: ignore[attr-defined]
        looped.__name__, looped.__doc__, looped.__module__ = check.__name__, check.__doc__, check.__module__
        return looped

    return decorate
