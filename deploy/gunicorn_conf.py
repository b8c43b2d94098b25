"""The web server in production. WEB_CONCURRENCY says how many processes; gunicorn reads it itself."""

import gc
import os
import time
from collections.abc import Callable
from typing import Any

from prometheus_client import multiprocess

bind = "0.0.0.0:8000"
wsgi_app = "zesportal.wsgi"
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 30
max_requests = 5000  # a slow leak never grows old …
max_requests_jitter = 500  # … and they do not all leave at once
control_socket_disable = True

SILENCE_S = 30
"""So long a visitor may keep a thread waiting for the next byte, in either direction."""
GRACE_S, SLOWEST = 5, 10_000
"""The time for a form, and the speed of a file in bytes a second: else forty connections hold all threads."""


def post_worker_init(_worker: Any) -> None:
    """What is loaded by now stays: a search through all of it for what is left over stops a request for 0.2 seconds."""
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def pre_request(_worker: Any, request: Any) -> None:
    """A body that dribbles in frees its thread. The proxy of `compose.yaml` takes in forms and files before it asks."""
    request.unreader.sock.settimeout(SILENCE_S)
    request.unreader.chunk = paced(request.unreader)


def post_request(_worker: Any, request: Any, _environ: Any, _response: Any) -> None:
    """The connection waits for its next request as long as it likes."""
    vars(request.unreader).pop("chunk", None)


def paced(unreader: Any) -> Callable[..., bytes]:
    """How to take in the next bytes of a body; raises TimeoutError if they come too slowly."""
    receive, began, received = type(unreader).chunk, time.monotonic(), 0

    def chunk(*args: Any, **kwargs: Any) -> bytes:
        nonlocal received
        if time.monotonic() > began + GRACE_S + received / SLOWEST:
            raise TimeoutError("the body comes too slowly")
        data: bytes = receive(unreader, *args, **kwargs)
        received += len(data)
        return data

    return chunk


def child_exit(_server: Any, worker: Any) -> None:
    """What it measured at this moment no longer counts."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(worker.pid)
