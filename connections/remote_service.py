"""A service of somebody else that is asked over HTTP: where it is, how long we wait, what is kept of its answers.

An answer is usable or there is none: `ServiceDownError`. What was asked, be it a plate, a number or an address, stands
in no log line and in no error, and in the cache's keys only as a digest.
"""

import logging
import ssl
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Self, TypeVar

import httpx
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

DEMO = "demo:"
"""The address of a stand-in, which answers in this process."""
DEMO_URL = "https://stand-in.invalid"
PASSING = {429, 500, 502, 503, 504}
NOT_TAKEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)

Answer = TypeVar("Answer")
logger = logging.getLogger("loket.services")
# httpx writes the whole address of each call, with what is asked, at INFO.
logging.getLogger("httpx").addFilter(lambda record: record.levelno >= logging.WARNING)


class ServiceDownError(Exception):
    """There is no usable answer; the reason is the sort of fault, or `status`, what the service said in HTTP.

    `may_be_done`: the service may have done what was asked all the same.
    """

    def __init__(self, reason: str, *, status: int | None = None, may_be_done: bool = True) -> None:
        super().__init__(reason)
        self.status, self.may_be_done = status, may_be_done


class _PassingError(ServiceDownError):
    """… but the next one may be usable."""


@dataclass(frozen=True, kw_only=True)
class RemoteService:
    """A service: `name` as in 'the … gave no usable answer', `setting` names the setting with its address.

    `headers`: what goes along with every question, such as a key; an empty one stays away. `roots`: a PEM file with
    certificates that are trusted besides those of the system. `waits_twice`: a slow answer is asked for once more.
    """

    name: str
    setting: str
    stand_in: Callable[[], httpx.BaseTransport]
    timeout: httpx.Timeout
    headers: Callable[[], Mapping[str, str]] = dict
    roots: Callable[[], str] = str
    attempts: int = 2
    waits_twice: bool = False
    kept: timedelta = timedelta(days=1)
    elsewhere: str = ""
    network: httpx.BaseTransport | None = None

    def at(self, address: str, network: httpx.BaseTransport | None = None) -> Self:
        """The same service at another address than that of the installation, over another network."""
        return replace(self, elsewhere=address, network=network)

    @property
    def address(self) -> str:
        """Where it is; empty if it is not connected."""
        return self.elsewhere or str(getattr(settings, self.setting))

    @property
    def is_connected(self) -> bool:
        """Whether this installation has one to ask."""
        return bool(self.address)

    @contextmanager
    def connect(self) -> Iterator["Connection"]:
        """A connection for one or several questions; that there is no usable answer is logged once."""
        is_demo = self.address == DEMO
        try:
            with httpx.Client(
                transport=self.stand_in() if is_demo else self.network,
                timeout=self.timeout,
                headers={name: value for name, value in self.headers().items() if value},
                verify=_build_trust(self.roots()),
            ) as client:
                yield Connection(self, client, DEMO_URL if is_demo else self.address.rstrip("/"))
        except ServiceDownError as error:
            logger.warning("The %s gave no usable answer: %s", self.name, error)
            raise

    def find_kept(self, asked: str) -> Any:
        """The answer that was kept of a question; None if there is none."""
        return cache.get(self._key(asked))

    def keep(self, asked: str, answer: object, *, kept: timedelta | None = None) -> None:
        """Remember an answer, for as long as this service's answers are good."""
        cache.set(self._key(asked), answer, (kept or self.kept).total_seconds())

    def _key(self, asked: str) -> str:
        return f"{self.setting.lower()}-{salted_hmac('connections', self.address + asked).hexdigest()}"


@dataclass(frozen=True)
class Connection:
    """A connection that is open; threads may share it."""

    service: RemoteService
    client: httpx.Client
    url: str

    def ask(
        self,
        read: Callable[[Any], Answer],
        path: str = "",
        *,
        statuses: Collection[int] = (httpx.codes.OK,),
        method: str = "GET",
        **content: Any,
    ) -> Answer:
        """What `read` makes of the JSON that comes back under one of these statuses. Raises ServiceDownError.

        `read` need not mind the shape: where it stumbles, the answer is not usable. `content`: `params` or `json`.
        """
        tries = Retrying(
            stop=stop_after_attempt(self.service.attempts),
            wait=wait_exponential(multiplier=0.2, max=1),
            retry=retry_if_exception_type(_PassingError),
            reraise=True,
        )
        response = tries(self._send, method, self.url + path, **content)
        if response.status_code not in statuses:
            raise _judge_status(ServiceDownError, response)
        try:
            return read(response.json())
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise ServiceDownError(type(error).__name__) from None  # its message may hold what was asked

    def _send(self, method: str, url: str, **content: Any) -> httpx.Response:
        try:
            response = self.client.request(method, url, **content)
        except httpx.HTTPError as error:
            is_last = isinstance(error, httpx.TimeoutException) and not self.service.waits_twice
            sort = ServiceDownError if is_last else _PassingError
            raise sort(type(error).__name__, may_be_done=not isinstance(error, NOT_TAKEN)) from None
        if response.status_code in PASSING:
            raise _judge_status(_PassingError, response)
        return response


def _judge_status(sort: type[ServiceDownError], response: httpx.Response) -> ServiceDownError:
    """A refusal is one for sure, and so is 'not now'; after any other fault of the service nobody knows."""
    status = response.status_code
    refused = status < httpx.codes.INTERNAL_SERVER_ERROR or status == httpx.codes.SERVICE_UNAVAILABLE
    return sort(f"HTTP {status}", status=status, may_be_done=not refused)


def _build_trust(roots: str) -> ssl.SSLContext | bool:
    if not roots:
        return True
    context = ssl.create_default_context()
    context.load_verify_locations(roots)
    return context
