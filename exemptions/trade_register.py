"""Client of the Trade Register (KvK, Basisprofiel v1): looks up a KvK number.

An answer is one of three: a business, none with that number, or the register is down. Each answer costs money, so it is
cached for a day. Only what the form asks is read, and never the home address of a sole trader.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from django.conf import settings

from casework.characters import drop_invisible
from connections.remote_service import RemoteService, ServiceDownError
from exemptions.demo_trade_register import DemoTradeRegister
from exemptions.models import Applicant

TRADE_REGISTER = RemoteService(
    name="Trade Register",
    setting="TRADE_REGISTER_URL",
    stand_in=DemoTradeRegister,
    timeout=httpx.Timeout(3.0, connect=2.0),  # seconds; somebody is waiting for the page
    headers=lambda: {"apikey": settings.TRADE_REGISTER_KEY},
    roots=lambda: settings.TRADE_REGISTER_CA,
)
ANSWERS = (httpx.codes.OK, httpx.codes.NOT_FOUND, httpx.codes.BAD_REQUEST)
NATURAL_PERSONS = ("eenmanszaak", "maatschap", "vennootschaponderfirma", "commanditairevennootschap")
"""Legal forms whose owner may be a person: the owner's address is then somebody's home."""
FILLED = ("name", "street", "postcode", "city")
"""The fields of an applicant that the register fills in."""


@dataclass(frozen=True)
class Business:
    """A business as registered; a shielded address is empty."""

    kvk_number: str
    name: str
    trade_name: str = ""
    """Another name by which it is known; empty if that is its name."""
    legal_form: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    has_ended: bool = False


def is_kept(number: str, *, service: RemoteService = TRADE_REGISTER) -> bool:
    """Whether an answer of the last day is cached, so that asking costs nothing."""
    return service.find_kept(number) is not None


def find_kept_business(number: str, *, service: RemoteService = TRADE_REGISTER) -> Business | None:
    """The business in a cached answer, if any."""
    kept = service.find_kept(number)
    return Business(**kept) if kept else None


def find_business(number: str, *, service: RemoteService = TRADE_REGISTER) -> Business | None:
    """The business with this eight-digit number; None if there is none. Raises ServiceDownError."""
    if is_kept(number, service=service):
        return find_kept_business(number, service=service)
    with service.connect() as connection:
        found = connection.ask(_read_answer, f"/basisprofielen/{number}", statuses=ANSWERS)
        if found and found.kvk_number != number:
            raise ServiceDownError("another number")
    service.keep(number, vars(found) if found else {})
    return found


def _read_answer(answer: Mapping[str, Any]) -> Business | None:
    """The profile; None if the register itself says that it has none."""
    return None if answer.get("fout") else _read_profile(answer)


def _read_profile(profile: Mapping[str, Any]) -> Business:
    """What the form asks; the statutory name takes precedence over the trade name."""
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
    """The visiting address, or else another one, in the Netherlands and not shielded; empty if there is none."""
    found = [
        one
        for one in part.get("adressen") or []
        if one.get("indAfgeschermd") != "Ja" and one.get("land", "Nederland") == "Nederland" and one.get("postcode")
    ]
    return min(found, key=lambda one: one.get("type") != "bezoekadres", default={})


def _write_street(address: Mapping[str, Any]) -> str:
    """Street and number, or the PO box, as on an envelope."""
    if address.get("postbusnummer"):
        return f"Postbus {address['postbusnummer']}"
    number = "".join(str(address.get(part) or "") for part in ("huisnummer", "huisletter"))
    addition = str(address.get("huisnummerToevoeging") or "")
    return " ".join(filter(None, [str(address.get("straatnaam") or ""), "-".join(filter(None, [number, addition]))]))


def _fit_column(column: str, text: str) -> str:
    """One line that fits in the field of an applicant."""
    longest: int = getattr(Applicant._meta.get_field(column), "max_length", 0)
    return " ".join(drop_invisible(text).split())[:longest]
