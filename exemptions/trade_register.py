"""The client of the Trade Register (KvK, Basisprofiel v1): what it says of a KvK number.

The answer is honest: a business, none with that number, or the register is down. Each answer costs money, so it is kept
for a day. Only what the form asks is taken, and of a sole trader never the owner's own address. A number stands in no
log line, and in the cache's keys only as a digest.
"""

import logging
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from casework.characters import drop_invisible
from exemptions.demo_trade_register import DEMO_URL, DemoTradeRegister
from exemptions.models import Applicant

KEPT = timedelta(days=1)
TIMEOUT = httpx.Timeout(3.0, connect=2.0)  # seconds; somebody waits for the page
ATTEMPTS = 2
SECOND_CHANCE = {429, 500, 502, 503, 504}
NATURAL_PERSONS = ("eenmanszaak", "maatschap", "vennootschaponderfirma", "commanditairevennootschap")
"""Legal forms whose owner may be a person: the address of the owner is then somebody's home."""
FILLED = ("name", "street", "postcode", "city")
"""The columns of an applicant that the register fills in."""

logger = logging.getLogger("loket.trade_register")
# httpx writes the whole address of each call, number included, at INFO.
logging.getLogger("httpx").addFilter(lambda record: record.levelno >= logging.WARNING)


@dataclass(frozen=True)
class Business:
    """A business as registered; an address that is shielded is empty."""

    kvk_number: str
    name: str
    trade_name: str = ""
    """Under which it is known as well; empty where that is its name."""
    legal_form: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    has_ended: bool = False


class RegisterDownError(Exception):
    """The register gave no usable answer."""


class _PassingError(RegisterDownError):
    """… but the next one may be."""


def is_connected() -> bool:
    """Whether this installation has a register to ask."""
    return bool(settings.TRADE_REGISTER_URL)


def connect_register() -> "TradeRegister":
    """The register of this installation."""
    if settings.TRADE_REGISTER_URL == "demo:":
        return TradeRegister(DEMO_URL, transport=DemoTradeRegister())
    return TradeRegister(settings.TRADE_REGISTER_URL, key=settings.TRADE_REGISTER_KEY)


class TradeRegister:
    """The register at an address; `transport` is the network unless given."""

    def __init__(self, url: str, *, key: str = "", transport: httpx.BaseTransport | None = None) -> None:
        self._url, self._key, self._transport = url.rstrip("/"), key, transport

    def is_kept(self, number: str) -> bool:
        """Whether an answer of the last day is at hand, so that asking costs nothing."""
        return cache.get(self._cache_key(number)) is not None

    def find_kept(self, number: str) -> Business | None:
        """The business of an answer that is at hand."""
        kept = cache.get(self._cache_key(number)) or {}
        return Business(**kept) if kept else None

    def find_business(self, number: str) -> Business | None:
        """The business with this number of eight digits; None if there is none. Raises RegisterDownError."""
        if self.is_kept(number):
            return self.find_kept(number)
        tries = Retrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=wait_exponential(multiplier=0.2, max=1),
            retry=retry_if_exception_type(_PassingError),
            reraise=True,
        )
        try:
            found = tries(self._ask, number)
        except RegisterDownError as error:
            logger.warning("The Trade Register gave no usable answer: %s", error)
            raise
        cache.set(self._cache_key(number), vars(found) if found else {}, KEPT.total_seconds())
        return found

    def _ask(self, number: str) -> Business | None:
        try:
            with httpx.Client(transport=self._transport, timeout=TIMEOUT, verify=_build_trust()) as client:
                response = client.get(f"{self._url}/basisprofielen/{number}", headers={"apikey": self._key})
        except httpx.TimeoutException as error:  # a second wait would be one too long
            raise RegisterDownError(type(error).__name__) from None
        except httpx.HTTPError as error:
            raise _PassingError(type(error).__name__) from None  # its message may hold the address
        if response.status_code in SECOND_CHANCE:
            raise _PassingError(f"HTTP {response.status_code}")
        return _read_answer(response, number)

    def _cache_key(self, number: str) -> str:
        return f"business-{salted_hmac('exemptions.trade_register', self._url + number).hexdigest()}"


def _build_trust() -> ssl.SSLContext | bool:
    """The certificates that are trusted: those of the system, and the root of the register where one is given."""
    if not settings.TRADE_REGISTER_CA:
        return True
    context = ssl.create_default_context()
    context.load_verify_locations(settings.TRADE_REGISTER_CA)
    return context


def _read_answer(response: httpx.Response, number: str) -> Business | None:
    """A profile of this number; None where the register says itself that it has none."""
    try:
        answer = response.json()
        if response.status_code in (httpx.codes.NOT_FOUND, httpx.codes.BAD_REQUEST) and answer["fout"]:
            return None
        if response.status_code == httpx.codes.OK and answer["kvkNummer"] == number:
            return _read_profile(answer)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RegisterDownError("not a profile") from None
    raise RegisterDownError(f"HTTP {response.status_code}")


def _read_profile(profile: Mapping[str, Any]) -> Business:
    """What the form asks; the name in the articles before the one that it trades under."""
    parts = profile.get("_embedded") or {}
    owner, branch = parts.get("eigenaar") or {}, parts.get("hoofdvestiging") or {}
    legal_form = str(owner.get("rechtsvorm") or "")
    trade_name = str(branch.get("eersteHandelsnaam") or profile.get("naam") or "")
    name = str(profile.get("statutaireNaam") or profile.get("naam") or trade_name)
    address = _find_address(branch) or ({} if _may_be_home(legal_form) else _find_address(owner))
    return Business(
        kvk_number=profile["kvkNummer"],
        name=_fit_column("name", name),
        trade_name="" if trade_name.casefold() == name.casefold() else _fit_column("name", trade_name),
        legal_form=_fit_column("name", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", legal_form)),
        street=_fit_column("street", _write_street(address)),
        postcode=_fit_column(
            "postcode", re.sub(r"^(\d{4}) ?([A-Z]{2})$", r"\1 \2", str(address.get("postcode") or ""))
        ),
        city=_fit_column("city", str(address.get("plaats") or "")),
        has_ended=bool((profile.get("materieleRegistratie") or {}).get("datumEinde")),
    )


def _may_be_home(legal_form: str) -> bool:
    bare = re.sub(r"\W", "", legal_form).casefold()
    return not bare or bare.startswith(NATURAL_PERSONS)


def _find_address(part: Mapping[str, Any]) -> Mapping[str, Any]:
    """The address where letters go, in the Netherlands and open to all; empty if there is none."""
    found = [
        one
        for one in part.get("adressen") or []
        if one.get("indAfgeschermd") != "Ja" and one.get("land", "Nederland") == "Nederland" and one.get("postcode")
    ]
    return min(found, key=lambda one: one.get("type") != "bezoekadres", default={})


def _write_street(address: Mapping[str, Any]) -> str:
    """Street and number, or the post box, as on an envelope."""
    if address.get("postbusnummer"):
        return f"Postbus {address['postbusnummer']}"
    number = "".join(str(address.get(part) or "") for part in ("huisnummer", "huisletter"))
    addition = str(address.get("huisnummerToevoeging") or "")
    return " ".join(filter(None, [str(address.get("straatnaam") or ""), "-".join(filter(None, [number, addition]))]))


def _fit_column(column: str, text: str) -> str:
    """One line that fits in the column of an applicant."""
    longest: int = getattr(Applicant._meta.get_field(column), "max_length", 0)
    return " ".join(drop_invisible(text).split())[:longest]
