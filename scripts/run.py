"""Serves the whole product on this machine: `make run`. Ctrl-C or SIGTERM stops everything that it started."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from typing import NoReturn

import django
from django.conf import settings
from django.core.management import call_command

from zesportal import database_rights, embedded_postgresql

PATIENCE_S = 10  # after SIGTERM
START_S = 120
LOOK_S = 0.5
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
"""Before a process is restarted; the pause doubles each time, until the process has run for as long as the longest."""


class Program:
    """A part of the product: a process that is restarted whenever it ends."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name, self.command, self.pause_s = name, command, FIRST_PAUSE_S
        self.start()

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only us."""
        self.process = subprocess.Popen(self.command, start_new_session=True)
        self.began, self.again_at = time.monotonic(), 0.0

    @property
    def has_ended(self) -> bool:
        """Whether it ended by itself."""
        return self.process.poll() is not None

    def keep_running(self) -> None:
        """Report that it ended, and restart it after a pause."""
        now = time.monotonic()
        if self.again_at and now >= self.again_at:
            self.start()
        elif not self.again_at and self.has_ended:
            self.end_rest()
            self.pause_s = FIRST_PAUSE_S if now - self.began > LONGEST_PAUSE_S else self.pause_s
            code, pause = self.process.returncode, f"{self.pause_s:g}"
            print(f"The {self.name} ended by itself (exit code {code}). It is started again in {pause} s.", flush=True)
            self.again_at = now + self.pause_s
            self.pause_s = min(2 * self.pause_s, LONGEST_PAUSE_S)

    def stop(self, *, by: float) -> None:
        """Wait until a moment for a process that was asked to stop, and then kill it."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, by - time.monotonic()))
        self.end_rest()
        self.process.wait()

    def end_rest(self) -> None:
        """Kill what is left of it and of its children."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


Programs = list[Program]


def main() -> None:
    """Prepare, start, print the address, and keep everything running until stopped."""
    parser = argparse.ArgumentParser(description="Serve the Loket with its worker and its clock on this machine.")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args().port
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, exit_orderly)
    refuse_taken(port)
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    with suppress(KeyboardInterrupt):
        prepare_database()
        with run_programs({"web server": list_server_words(port)}) as (web,):
            wait_until_served(port, web)
            print_address(port)
            with run_programs(list_celery_commands()) as others:  # not earlier: the first page has all cores to itself
                keep_running([web, *others])


def exit_orderly(_signal: int, _frame: FrameType | None) -> None:
    """Exit the ordinary way, so that everything is stopped."""
    raise KeyboardInterrupt


def refuse_taken(port: int) -> None:
    """Exit with a hint if the port is in use."""
    if is_open(port):
        sys.exit(f"Something else already listens on port {port}. Take another one: PORT={port + 1} make run")


def is_open(port: int) -> bool:
    """Whether anything listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def prepare_database() -> None:
    """Migrate the database. Reading the settings starts the embedded PostgreSQL, which stays up as long as we do."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zesportal.settings")
    os.environ.setdefault("STATIC_COLLECTED", "true")  # as visitors get them; "false" while working on them
    django.setup()
    print("Preparing the database, the reference data and the demo …", flush=True)
    with collecting_static_files():
        call_command("migrate", verbosity=0)
        call_command("load_reference")
        call_command("load_demo")
    if not settings.DATABASE_URL:
        use_role_without_tables()


@contextmanager
def collecting_static_files() -> Iterator[None]:
    """Collect static files in the meantime: it takes a core some ten seconds, and no database."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # whitenoise looks there in any case
    if not settings.STATIC_COLLECTED:
        yield
        return
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    nowhere = {**os.environ, "DATABASE_URL": "postgres://nobody@localhost/nothing"}
    collecting = subprocess.Popen(collect, cwd=settings.BASE_DIR, env=nowhere)
    try:
        yield
        if collecting.wait():
            sys.exit("The static files could not be collected; what went wrong is above.")
    finally:
        collecting.kill()


def use_role_without_tables() -> None:
    """Have the servers use the embedded database with a role that owns nothing, as in production."""
    database_rights.make_role(database_rights.ROLE)
    database_rights.grant_rights(database_rights.ROLE)
    owner = embedded_postgresql.database_url(settings.VAR_DIR / "postgres")
    os.environ["DATABASE_URL"] = embedded_postgresql.by_role(owner, database_rights.ROLE)


def list_server_words(port: int) -> list[str]:
    """The command line of the web server."""
    gunicorn = [sys.executable, "-m", "gunicorn", "zesportal.wsgi", f"--bind=127.0.0.1:{port}"]
    return [*gunicorn, "--workers=2", "--threads=4", "--graceful-timeout=5", "--no-control-socket"]


def list_celery_commands() -> dict[str, list[str]]:
    """The command line of each other process, by name."""
    celery = [sys.executable, "-m", "celery", "--app=zesportal.celery", "--quiet"]
    worker = [*celery, "worker", "--loglevel=warning"]
    return {
        "worker": [*worker, "--concurrency=1", "--hostname=worker@%h"],
        "worker for mail": [*worker, "--pool=solo", "--queues=mail", "--hostname=mail@%h"],
        "clock": [*celery, "beat", "--loglevel=warning"],
    }


@contextmanager
def run_programs(commands: dict[str, list[str]]) -> Iterator[Programs]:
    """Start programs, and stop them whatever happens."""
    programs: Programs = []
    try:
        for name, command in commands.items():
            programs.append(Program(name, command))
        yield programs
    finally:
        # a second Ctrl-C must not leave half of them behind
        for unwanted in (signal.SIGINT, signal.SIGTERM):
            signal.signal(unwanted, signal.SIG_IGN)
        stop_programs(programs)


def stop_programs(programs: Programs) -> None:
    """Ask all of them to stop, and wait."""
    for program in programs:
        program.process.terminate()
    end = time.monotonic() + PATIENCE_S
    for program in programs:
        program.stop(by=end)


def wait_until_served(port: int, web: Program) -> None:
    """Return when the web server serves a page; exit if it does not."""
    end = time.monotonic() + START_S
    while not is_served(port):
        if web.has_ended:
            sys.exit("The web server ended before it answered; what it said is above.")
        if time.monotonic() > end:
            sys.exit(f"The web server did not answer within {START_S} seconds.")
        time.sleep(0.1)


def is_served(port: int) -> bool:
    """Whether a page is served there."""
    asked = HTTPConnection("127.0.0.1", port, timeout=START_S)
    with suppress(OSError, HTTPException), closing(asked):
        asked.request("GET", "/robots.txt")
        return bool(asked.getresponse().status)
    return False


def print_address(port: int) -> None:
    """Print where it is, and the logins."""
    print(f"\nThe Loket is at http://127.0.0.1:{port}/ and its desk at http://127.0.0.1:{port}/loket/\n", flush=True)
    call_command("demo_logins")
    print("\nCtrl-C stops it.", flush=True)


def keep_running(programs: Programs) -> NoReturn:
    """Keep programs running until Ctrl-C or SIGTERM."""
    while True:
        for program in programs:
            program.keep_running()
        time.sleep(LOOK_S)


if __name__ == "__main__":
    main()
