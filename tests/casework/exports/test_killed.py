"""A worker that is killed in the middle of a file, and two of them at once."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from casework.exports import builder
from casework.models import Export, Message
from casework.tasks import make_exports
from tests.casework.exports.files import asked, content, direct_rows, file_of, table
from tests.locks import count_blocked
from tests.renewals.test_killed import PATIENCE, in_thread, wait_until
from tests.services import BASE_DIR

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = """
import sys, django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from casework.tasks import make_exports
make_exports()
"""


def start_worker() -> "subprocess.Popen[bytes]":
    """A real process that makes what waits."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    database = str(connection.settings_dict["NAME"])
    return subprocess.Popen([sys.executable, "-c", WORKER, database], cwd=BASE_DIR, env=env)


def kill_while_it_reads() -> None:
    """Somebody else holds the rows, so that the worker waits for them; kill it there."""
    somebody = connection.copy()
    with closing(somebody), somebody.cursor() as cursor:
        cursor.execute("BEGIN; LOCK TABLE exemptions_applicant IN ACCESS EXCLUSIVE MODE")
        worker = start_worker()
        wait_until(lambda: Export.objects.filter(tries=1).exists() and count_blocked() > 0)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(timeout=PATIENCE)


def test_killed_in_the_middle_it_is_made_again_once_the_lease_is_over(as_caseworker, long_list, time_machine):
    export = asked(as_caseworker)
    kill_while_it_reads()
    assert make_exports() == 0
    assert Export.objects.get(pk=export.pk).tries == 1

    time_machine.move_to(timezone.now() + builder.LEASE + timedelta(seconds=5))
    assert make_exports() == 1

    as_caseworker.force_login(export.owner)
    assert len(table(content(as_caseworker.get(file_of(export))))) == 3
    assert Message.objects.filter(kind="mail_export_ready").count() == 1


def test_two_workers_at_once_make_each_file_once(as_caseworker, as_team_lead, long_list):
    direct_rows(1)
    asked(as_caseworker)
    asked(as_team_lead)

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(in_thread, [make_exports, make_exports]))
    make_exports()

    assert Export.objects.filter(tries=1).exclude(ready_at=None).count() == 2
    assert Message.objects.filter(kind="mail_export_ready").count() == 2
