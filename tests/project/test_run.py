"""`make run` keeps the product running: a part that ends is started again, and no file of its queue ends one."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from scripts import run
from tests.services import free_port
from zesportal import queue_connection, stores

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
LEAVES_A_CHILD = [sys.executable, "-c", f"import subprocess; subprocess.Popen({SLEEPS}); print('begun', flush=True)"]


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Short pauses; and what listens to Ctrl-C is put back."""
    for name in ("FIRST_PAUSE_S", "LOOK_S"):
        monkeypatch.setattr(run, name, 0.05)
    heard = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    yield
    for one, handler in heard.items():
        signal.signal(one, handler)


def wait_for(happened: Callable[[], object], programs: run.Programs) -> None:
    """Keep the programs running until something has happened."""
    end = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < end
        for program in programs:
            program.keep_running()
        time.sleep(0.01)


def test_a_killed_part_is_started_again(capfd):
    with run.run_programs({"worker": SLEEPS, "clock": SLEEPS}) as (worker, clock):
        killed, other = clock.process.pid, worker.process.pid
        os.kill(killed, signal.SIGKILL)

        wait_for(lambda: clock.process.pid != killed and not clock.has_ended, [worker, clock])

        assert worker.process.pid == other
    assert capfd.readouterr().out == "The clock ended by itself (exit code -9). It is started again in 0.05 s.\n"
    assert worker.has_ended
    assert clock.has_ended


def test_the_pause_grows_with_each_time(capfd, monkeypatch):
    monkeypatch.setattr(run, "LONGEST_PAUSE_S", 0.2)
    said: list[str] = []
    with run.run_programs({"clock": ["false"]}) as programs:
        wait_for(lambda: said.extend(capfd.readouterr().out.splitlines()) or len(said) >= 4, programs)

    assert [line.rsplit(" in ")[1] for line in said[:4]] == ["0.05 s.", "0.1 s.", "0.2 s.", "0.2 s."]


def test_what_a_part_started_ends_with_it():
    with run.run_programs({"worker": LEAVES_A_CHILD}) as programs:
        group = programs[0].process.pid
        wait_for(lambda: programs[0].again_at, programs)

        with pytest.raises(ProcessLookupError):
            wait_for(lambda: os.killpg(group, 0), [])


def test_a_web_server_that_cannot_begin_is_told_at_once():
    with run.run_programs({"web server": ["false"]}) as (web,), pytest.raises(SystemExit, match="before it answered"):
        run.wait_until_served(free_port(), web)


def test_the_address_is_told_when_a_page_comes(tmp_path):
    port = free_port()
    serve = [sys.executable, "-m", "http.server", "--bind=127.0.0.1", f"--directory={tmp_path}", str(port)]
    with run.run_programs({"web server": serve}) as (web,):
        assert not run.is_served(free_port())

        run.wait_until_served(port, web)

        assert run.is_served(port)


# --- The queue in files ---------------------------------------------------------------------------------


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """To the queue of the demo, as its processes have it."""
    address, options = stores.build_broker("", tmp_path)
    with Connection(address, transport=queue_connection.FileTransport, transport_options=options) as opened:
        yield opened


def test_a_list_of_queues_that_nobody_wrote_to_its_end_is_written_again(connection, tmp_path, monkeypatch):
    monkeypatch.setattr(queue_connection, "PAUSE_S", 0.001)
    (tmp_path / "queue-control/jobs.exchange").touch()

    jobs = connection.SimpleQueue("jobs")
    jobs.put({"task": 1})

    assert jobs.get(timeout=5).payload == {"task": 1}


def test_an_empty_job_is_passed_over(connection, tmp_path):
    (tmp_path / "queue/1_killed.jobs.msg").touch()

    with pytest.raises(Empty):
        connection.SimpleQueue("jobs").get(block=False)
    assert list((tmp_path / "queue").iterdir()) == []


def test_no_job_is_read_before_it_is_written(connection):
    channel, read = connection.channel(), []
    with ThreadPoolExecutor(4) as pool:
        written = [pool.submit(channel._put, "jobs", number) for number in range(200)]
        while len(read) < 200 and not any(one.exception() for one in written if one.done()):
            with suppress(Empty):
                read.append(channel._get("jobs"))

    assert sorted(read) == list(range(200))
