"""The web server in production. WEB_CONCURRENCY says how many processes; gunicorn reads it itself."""

import os
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


def child_exit(_server: Any, worker: Any) -> None:
    """What it measured at this moment does not count any more."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(worker.pid)
