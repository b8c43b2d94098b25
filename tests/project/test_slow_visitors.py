"""A visitor who sends a form byte by byte holds no thread of the web server for long."""

import socket
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from gunicorn.http.unreader import SocketUnreader  # type: ignore[import-untyped]

from deploy import gunicorn_conf


@pytest.fixture
def visitor() -> Iterator[tuple[socket.socket, Any]]:
    """The visitor's end of a connection, and a request that the web server is about to read from the other."""
    theirs, ours = socket.socketpair()
    with theirs, ours:
        request = SimpleNamespace(unreader=SocketUnreader(ours))
        gunicorn_conf.pre_request(None, request)
        yield theirs, request


def dribble(connection: socket.socket, *, seconds: float, step: int = 1) -> None:
    """A byte, or a few, each twentieth of a second."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        connection.sendall(b"x" * step)
        time.sleep(0.05)


def test_a_body_that_dribbles_in_is_given_up(visitor: tuple[socket.socket, Any], monkeypatch: pytest.MonkeyPatch):
    theirs, request = visitor
    monkeypatch.setattr(gunicorn_conf, "GRACE_S", 0.3)
    sending = threading.Thread(target=dribble, args=[theirs], kwargs={"seconds": 1})
    sending.start()

    with pytest.raises(TimeoutError):
        request.unreader.read(100_000)
    sending.join()


def test_nobody_waits_for_a_visitor_who_is_silent(visitor: tuple[socket.socket, Any]):
    _theirs, request = visitor
    assert request.unreader.sock.gettimeout() == gunicorn_conf.SILENCE_S


def test_a_file_that_goes_on_coming_is_taken_in(visitor: tuple[socket.socket, Any], monkeypatch: pytest.MonkeyPatch):
    theirs, request = visitor
    monkeypatch.setattr(gunicorn_conf, "GRACE_S", 0.3)
    sending = threading.Thread(target=dribble, args=[theirs], kwargs={"seconds": 1, "step": 1000})
    sending.start()

    assert len(request.unreader.read(15_000)) == 15_000
    sending.join()


def test_the_next_request_of_a_connection_has_all_its_time(
    visitor: tuple[socket.socket, Any], monkeypatch: pytest.MonkeyPatch
):
    theirs, request = visitor
    monkeypatch.setattr(gunicorn_conf, "GRACE_S", -1)
    gunicorn_conf.post_request(None, request, None, None)
    theirs.sendall(b"GET / HTTP/1.1")

    assert request.unreader.read(14) == b"GET / HTTP/1.1"
