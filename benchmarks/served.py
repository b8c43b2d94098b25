"""The product as visitors get it: its own web server, with collected static files, on the benchmark's database."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import httpx

START_S = 60


@contextmanager
def product(*, workers: int = 1) -> Iterator[str]:
    """Serve the product; yields its base URL."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {**os.environ, "DATABASE_URL": database_url(), "VAR_DIR": folder, "STATIC_COLLECTED": "true"}
        python = [sys.executable, "-m"]
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
        subprocess.run(collect, env=environment, check=True)
        serve = [
            *python,
            "gunicorn",
            "benchmarks.served_wsgi",
            f"--bind=127.0.0.1:{port}",
            "--threads=4",
            f"--workers={workers}",
        ]
        server = subprocess.Popen([*serve, "--no-control-socket", "--log-level=error"], env=environment)
        try:
            wait_for(address := f"http://127.0.0.1:{port}")
            yield address
        finally:
            server.terminate()
            server.wait()


def free_port() -> int:
    """A port that no process listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_url() -> str:
    """The URL at which another process reaches the benchmark's database."""
    from django.conf import settings
    from django.db import connection

    from zesportal import embedded_postgresql

    configured = settings.DATABASE_URL or embedded_postgresql.database_url(settings.VAR_DIR / "postgres")
    return urlsplit(configured)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def wait_for(address: str) -> None:
    """Wait until the server responds."""
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        with suppress(httpx.HTTPError):
            httpx.get(f"{address}/bare/")
            return
        time.sleep(0.2)
    sys.exit(f"The web server did not answer within {START_S} seconds.")
