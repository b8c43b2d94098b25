"""Playwright's event loop, which runs in the tests' own thread until the end.

An asynchronous view, asked by a later test in the same process, would refuse to run beside it.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_aside() -> Iterator[None]:
    """No loop runs in this thread meanwhile. Django then speaks to the database over another connection: what a test
    has written and not committed is not seen inside."""
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)
