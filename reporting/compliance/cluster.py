"""The same count on many machines, with Dask: each file goes to a free worker, and the counts are added up.

Needs the extra `cluster`. A worker needs this software, its settings, the files under the same names, and read access
to the database. Only counts travel, never passages.
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
    """Count each file on a worker of a scheduler, by its address. Raises PassagesRefused if a file is unusable."""
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
    """The job of a worker, in a process or thread of its own: count one file."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zesportal.settings")
    django.setup()
    from reporting.compliance.files import count_file

    try:
        return count_file(Path(file), zone, facts=Path(facts) if facts else None)
    finally:
        connections.close_all()
