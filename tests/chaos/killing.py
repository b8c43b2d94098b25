"""SIGKILL at random moments: KILLS is how often, SEED which moments, and a run prints both."""

import os
import random
import signal
import time
from collections.abc import Callable
from datetime import datetime
from multiprocessing.context import ForkServerProcess
from typing import Any

from tests.chaos import worker

KILLS = int(os.environ.get("KILLS") or 2)
SEED = int(os.environ.get("SEED") or time.time())
PATIENCE = 60.0
MOST_OF_A_STEP = 0.03
"""Seconds: somewhere in the step that is going on then."""
PART = 0.7
"""Of what the others leave, each kill lets at most so much be done: there is work left for the last one."""


def chance(scenario: str) -> random.Random:
    """The same moments again with the same seed."""
    return random.Random(f"{SEED} {scenario}")


def kill_in_turn(
    job: str,
    *,
    left: Callable[[], int],
    by: random.Random,
    kills: int = KILLS,
    at: datetime | None = None,
    **changed: Any,
) -> int:
    """Start workers and kill them, after a random part of what is left was done; half of the times two at once.

    Returns how many processes were killed. Nobody does the rest yet.
    """
    killed = 0
    for number in range(kills):
        todo = left()
        stop_at = todo - by.uniform(0, PART * todo / (kills - number))
        workers = [worker.start(job, at=at, **changed) for _one in range(by.choice((1, 2)))]
        wait_until(lambda: left() <= stop_at or not any(one.is_alive() for one in workers))  # noqa: B023
        time.sleep(by.uniform(0, MOST_OF_A_STEP))
        killed += sum(kill(one) for one in workers)
    return killed


def kill(process: ForkServerProcess) -> bool:
    """Whether it was killed; False if it had done all and was gone."""
    process.kill()
    process.join(PATIENCE)
    assert process.exitcode in (0, -signal.SIGKILL), f"the worker failed by itself: {process.exitcode}"
    return process.exitcode != 0


def finish(job: str, *, at: datetime | None = None, workers: int = 2, **changed: Any) -> None:
    """Let some workers at once do the rest."""
    for process in [worker.start(job, at=at, **changed) for _one in range(workers)]:
        process.join(10 * PATIENCE)
        assert process.exitcode == 0


def wait_until(true: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    """Return as soon as it is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "this took too long"
        time.sleep(0.005)
