"""Serve the whole product on this machine: `make run`. Ctrl-C or SIGTERM stops everything that it started.

Web server, worker and clock are the ones of production; only PostgreSQL and the queue are embedded, unless
DATABASE_URL and REDIS_URL say otherwise.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

import django
from django.conf import settings
from django.core.management import call_command

from zesportal import database_rights, embedded_postgresql

PATIENCE_S = 10  # after a polite request to stop
START_S = 60
Programs = dict[str, subprocess.Popen[bytes]]


def main() -> None:
    """Prepare, start, tell where, and wait until somebody stops it or a part of it ends."""
    parser = argparse.ArgumentParser(description="Serve the Loket with its worker and its clock on this machine.")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, exit_orderly)
    refuse_taken(port)
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    with suppress(KeyboardInterrupt):
        prepare_database()
        with run_programs(list_commands(port)) as programs:
            wait_until_served(port, programs)
            print_address(port)
            wait_for_end(programs)


def exit_orderly(_signal: int, _frame: FrameType | None) -> None:
    """Go by the ordinary way out, so that everything is stopped."""
    raise KeyboardInterrupt


def refuse_taken(port: int) -> None:
    """End with a hint when somebody else listens there."""
    if is_open(port):
        sys.exit(f"Something else already listens on port {port}. Take another one: PORT={port + 1} make run")


def is_open(port: int) -> bool:
    """Whether anybody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def prepare_database() -> None:
    """Bring the database up to date. Reading the settings starts the embedded PostgreSQL, which stays while we do."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zesportal.settings")
    os.environ.setdefault("STATIC_COLLECTED", "true")  # as visitors get them; "false" to work on them
    django.setup()
    print("Preparing the database, the reference data and the demo …", flush=True)
    call_command("migrate", verbosity=0)
    call_command("load_reference")
    call_command("load_demo")
    if not settings.DATABASE_URL:
        use_role_without_tables()
    if settings.STATIC_COLLECTED:
        call_command("collectstatic", interactive=False, verbosity=0)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # whitenoise looks there too


def use_role_without_tables() -> None:
    """What serves uses the embedded database by a role that owns nothing, as in production; its owner prepared it."""
    database_rights.make_role(database_rights.ROLE)
    database_rights.grant_rights(database_rights.ROLE)
    owner = embedded_postgresql.database_url(settings.VAR_DIR / "postgres")
    os.environ["DATABASE_URL"] = embedded_postgresql.by_role(owner, database_rights.ROLE)


def list_commands(port: int) -> dict[str, list[str]]:
    """What runs: the command line of each part by its name."""
    celery = [sys.executable, "-m", "celery", "--app=zesportal.celery", "--quiet"]
    worker = [*celery, "worker", "--loglevel=warning"]
    gunicorn = [sys.executable, "-m", "gunicorn", "zesportal.wsgi", f"--bind=127.0.0.1:{port}"]
    return {
        "web server": [*gunicorn, "--workers=2", "--threads=4", "--graceful-timeout=5", "--no-control-socket"],
        "worker": [*worker, "--concurrency=1", "--hostname=worker@%h"],
        "worker for mail": [*worker, "--pool=solo", "--queues=mail", "--hostname=mail@%h"],
        "clock": [*celery, "beat", "--loglevel=warning"],
    }


@contextmanager
def run_programs(commands: dict[str, list[str]]) -> Iterator[Programs]:
    """Start them, each in a session of its own so that Ctrl-C reaches only us; stop them whatever happens."""
    programs: Programs = {}
    try:
        for name, command in commands.items():
            programs[name] = subprocess.Popen(command, start_new_session=True)
        yield programs
    finally:
        # a second Ctrl-C must not leave half of them behind
        for unwanted in (signal.SIGINT, signal.SIGTERM):
            signal.signal(unwanted, signal.SIG_IGN)
        stop_programs(programs)


def stop_programs(programs: Programs) -> None:
    """Ask all to end, wait, and then end for good whatever is left of them and of what they started."""
    for program in programs.values():
        program.terminate()
    end = time.monotonic() + PATIENCE_S
    for program in programs.values():
        with suppress(subprocess.TimeoutExpired):
            program.wait(max(0.1, end - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def wait_until_served(port: int, programs: Programs) -> None:
    """Return when the web server answers; end when it does not."""
    end = time.monotonic() + START_S
    while not is_open(port):
        end_with_a_lost_one(programs)
        if time.monotonic() > end:
            sys.exit(f"The web server did not answer within {START_S} seconds.")
        time.sleep(0.1)


def print_address(port: int) -> None:
    """Where it is, and as whom one can log in."""
    print(f"\nThe Loket is at http://127.0.0.1:{port}/ and its desk at http://127.0.0.1:{port}/loket/\n", flush=True)
    call_command("demo_logins")
    print("\nCtrl-C stops it.", flush=True)


def wait_for_end(programs: Programs) -> None:
    """Until Ctrl-C, SIGTERM, or the end of one of them: without its worker or clock the product only seems to work."""
    while True:
        end_with_a_lost_one(programs)
        time.sleep(0.5)


def end_with_a_lost_one(programs: Programs) -> None:
    """End when a part has ended by itself; what it said is above."""
    for name, program in programs.items():
        if program.poll() is not None:
            sys.exit(f"The {name} ended by itself (exit code {program.returncode}), so everything stops.")


if __name__ == "__main__":
    main()
