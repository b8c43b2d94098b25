"""The real services under the tests: a PostgreSQL, a Redis and a browser of their own. Nothing missing is skipped."""

import atexit
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
import redis
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
IN_CI = os.environ.get("CI", "").lower() == "true"
STARTED = "LOKET_TEST_SERVICES"  # set once they run: workers and subprocesses inherit it and join
DATABASES = 64
OF_ALL = DATABASES - 1  # the Redis database that is no worker's own
NOT_HERE = (
    "PRODUCTION",
    "DEBUG",
    "DEMO",
    "SITE_URL",
    "REGISTER_URL",
    "ADDRESS_SEARCH_URL",
    "TRADE_REGISTER_URL",
    "SMS_GATEWAY_URL",
    "ZONE_MAP_TILES",
    "EMAIL_HOST",
    "CLAMAV_HOST",
    "S3_BUCKET",
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HEADLESS_SHELL = "chromium-headless-shell"
"""The same Chromium without windows, and without a viewer of PDF: a journey takes a third less."""


def prepare() -> None:
    """Set the environment variables with the addresses of the tests' own services; start Redis the first time."""
    if STARTED not in os.environ:
        for name in NOT_HERE:
            os.environ.pop(name, None)
        os.environ["VAR_DIR"] = str(Path(os.environ.get("VAR_DIR", BASE_DIR / "var")) / "test")
        os.environ[STARTED] = start_redis()
    os.environ["REDIS_URL"] = f"{os.environ[STARTED]}/{worker_number()}"


def worker_number() -> int:
    """0 for a run in one process, else 1, 2, … of the xdist worker: the Redis database that is only its own."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    return int(worker.removeprefix("gw")) + 1 if worker else 0


def start_redis() -> str:
    """Start a Redis that keeps nothing and ends with this process; returns its address."""
    program = shutil.which("redis-server")
    if program is None:
        raise ImproperlyConfigured(
            "The tests need a real Redis and found no redis-server. `make test` installs it; "
            "or type: sudo apt-get install redis-server"
        )
    port, folder = free_port(), tempfile.mkdtemp(prefix="loket-redis-")
    options = {"port": port, "bind": "127.0.0.1", "save": "", "appendonly": "no", "databases": DATABASES, "dir": folder}
    process = subprocess.Popen(
        [program, *(word for name, value in options.items() for word in (f"--{name}", str(value)))],
        stdout=subprocess.DEVNULL,
    )
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(process.wait)
    atexit.register(process.terminate)
    address = f"redis://127.0.0.1:{port}"
    wait_for_redis(address)
    return address


def wait_for_redis(address: str) -> None:
    """Return as soon as it answers; raises after ten seconds."""
    end = time.monotonic() + 10
    while True:
        try:
            redis.Redis.from_url(address).ping()
            return
        except redis.exceptions.ConnectionError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def hurry(database_url: str) -> None:
    """Tell the tests' PostgreSQL not to wait for the disk, for what is in it may be lost.

    Each test leaves rows that were rolled back: they are vacuumed every few seconds, or all tables would become slow.
    """
    with psycopg.connect(database_url, autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("ALTER SYSTEM SET autovacuum_naptime = '5s'")
        connection.execute("SELECT pg_reload_conf()")


def chromium() -> str:
    """The path of the browser; raises with what to do if there is none."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise ImproperlyConfigured(
        "The browser journeys need Chromium. `make test` installs it; or type: sudo apt-get install chromium"
    )


def headless_shell() -> str:
    """The path of the browser without windows; of the whole one where there is none."""
    return shutil.which(HEADLESS_SHELL) or chromium()
