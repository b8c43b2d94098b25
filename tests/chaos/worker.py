"""A worker that can be killed: a process forked from one that has everything loaded, so that 25 cost seconds.

This module is loaded by that process first, which makes Django ready there.
"""

from contextlib import ExitStack
from datetime import datetime
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from typing import Any

import django
import time_machine
from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

django.setup()
import_module(settings.WIRING)
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])


def start(job: str, *, at: datetime | None = None, **changed: Any) -> ForkServerProcess:
    """A process that does a job, such as `casework.tasks.send_outbox`, in the test's database.

    `at` is what its clock says when it begins; the rest are settings.
    """
    process = PROCESSES.Process(target=work, args=(job, str(connection.settings_dict["NAME"]), at, changed))
    process.start()
    return process


def work(job: str, database: str, at: datetime | None, changed: dict[str, Any]) -> None:
    """What the process does."""
    connection.settings_dict["NAME"] = database
    for name, value in changed.items():
        setattr(settings, name, value)
    with ExitStack() as clock:
        if at is not None:
            clock.enter_context(time_machine.travel(at))
        import_string(job)()
