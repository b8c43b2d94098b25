"""The same count on many machines, with Dask: each file on the worker that is free, the counts added up.

Needs the extra `cluster`. A worker has this software, its settings, and the files under the same names, and may
read the database. Only counts travel, never passages.
"""

import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.db import connections
from django.utils.translation import gettext as _

from reporting.compliance.refusal import PassagesRefused

if TYPE_CHECKING:
    from reporting.compliance.counting import Counted


def count_on_cluster(files: Sequence[Path], zone: str, *, facts: Path | None, scheduler: str) -> "list[Counted]":
    """Count each file on a worker of the scheduler at an address. Raises PassagesRefused if one is of no use."""
    try:
        distributed = import_module("dask.distributed")
    except ImportError:
        raise PassagesRefused(
            _("Counting on a cluster needs Dask. Install this software with its extra cluster, and try again.")
        ) from None
    with distributed.Client(scheduler) as client:
        told = None if facts is None else str(facts)
        parts = client.map(count_part, [str(file) for file in files], zone=zone, facts=told, pure=False)
        return list(client.gather(parts))


def count_part(file: str, *, zone: str, facts: str | None) -> "Counted":
    """What a worker does, in a process or thread of its own: the whole job for one file."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zesportal.settings")
    django.setup()
    from reporting.compliance.result import count_file

    try:
        return count_file(Path(file), zone, facts=Path(facts) if facts else None)
    finally:
        connections.close_all()
