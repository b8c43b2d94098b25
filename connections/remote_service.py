"""An external service that is queried over HTTP: its address, timeouts, and cached answers.

A query has a usable answer or raises `ServiceDownError`. What is asked, be it a plate, a number or an address, never
appears in a log line or an error, and in cache keys only as a digest.
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
"""The address of a stand-in, which answers within this process."""
DEMO_URL = "https://stand-in.invalid"
PASSING = {429, 500, 502, 503, 504}
NOT_TAKEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)

Answer = TypeVar("Answer")
logger = logging.getLogger("loket.services")
# At INFO, httpx logs the whole URL of each call, including what is asked.
logging.getLogger("httpx").addFilter(lambda record: record.levelno >= logging.WARNING)


class ServiceDownError(Exception):
    """There is no usable answer. The message is the kind of failure; `status` is the HTTP status, if there was one.

    `may_be_done`: the service may nevertheless have done what was asked.
    """

    def __init__(self, reason: str, *, status: int | None = None, may_be_done: bool = True) -> None:
        super().__init__(reason)
        self.status, self.may_be_done = status, may_be_done


class _PassingError(ServiceDownError):
    """A temporary failure: the next attempt may succeed."""


@dataclass(frozen=True, kw_only=True)
class RemoteService:
    """A service: `name` as in 'the … gave no usable answer', `setting` is the name of the setting with its address.

    `headers`: sent with every request, such as a key; empty ones are omitted. `roots`: a PEM file with certificates
    that are trusted in addition to the system's. `waits_twice`: retry after a timeout. `kept`: how long answers are
    cached.
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
        """The same service at another address than the installation's, over another network."""
        return replace(self, elsewhere=address, network=network)

    @property
    def address(self) -> str:
        """The address; empty if the service is not connected."""
        return self.elsewhere or str(getattr(settings, self.setting))

    @property
    def is_connected(self) -> bool:
        """Whether this installation has an address for the service."""
        return bool(self.address)

    @contextmanager
    def connect(self) -> Iterator["Connection"]:
        """A connection for one or more queries; the lack of a usable answer is logged once."""
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
        """The cached answer to a query; None if there is none."""
        return cache.get(self._key(asked))

    def keep(self, asked: str, answer: object, *, kept: timedelta | None = None) -> None:
        """Cache an answer, by default for as long as this service's answers stay valid."""
        cache.set(self._key(asked), answer, (kept or self.kept).total_seconds())

    def _key(self, asked: str) -> str:
        return f"{self.setting.lower()}-{salted_hmac('connections', self.address + asked).hexdigest()}"


@dataclass(frozen=True)
class Connection:
    """An open connection; thread-safe."""

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
        """What `read` makes of the JSON of a response with one of these statuses. Raises ServiceDownError.

        `read` need not check the structure: if it fails, the answer is not usable. `content`: `params` or `json`.
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
            raise ServiceDownError(type(error).__name__) from None  # its message may contain what was asked

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
    """4xx and 503 mean that nothing was done; after any other server error, nobody knows."""
    status = response.status_code
    refused = status < httpx.codes.INTERNAL_SERVER_ERROR or status == httpx.codes.SERVICE_UNAVAILABLE
    return sort(f"HTTP {status}", status=status, may_be_done=not refused)


def _build_trust(roots: str) -> ssl.SSLContext | bool:
    if not roots:
        return True
    context = ssl.create_default_context()
    context.load_verify_locations(roots)
    return context
