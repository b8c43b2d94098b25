"""Fills in an applicant from the Trade Register. It only proposes: what people typed themselves stays, and counts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest

from casework.limits import is_within_limit
from connections.remote_service import ServiceDownError
from exemptions import trade_register
from exemptions.models import Applicant
from exemptions.trade_register import FILLED, Business

EMPTY = dict.fromkeys(FILLED, "")


class Outcome(StrEnum):
    """The result of a look-up in the register."""

    FOUND = "found"
    ENDED = "ended"
    WITHOUT_ADDRESS = "without_address"
    UNKNOWN = "unknown"
    INVALID = "invalid"
    TOO_MANY = "too_many"
    DOWN = "down"


@dataclass(frozen=True)
class BusinessLookup:
    """The answer to a number as somebody typed it."""

    outcome: Outcome
    number: str
    business: Business | None = None

    @property
    def is_usual(self) -> bool:
        """Whether there is nothing that somebody must look into."""
        return self.outcome in (Outcome.FOUND, Outcome.WITHOUT_ADDRESS)


def look_up_business(request: HttpRequest, typed: str) -> BusinessLookup:
    """Look a number up, unless it is malformed or this account has asked too often."""
    number = read_number(typed)
    if not re.fullmatch(r"[0-9]{8}", number):
        return BusinessLookup(Outcome.INVALID, number)
    if not trade_register.is_kept(number) and not is_within_limit(request, "business_lookups_an_hour"):
        return BusinessLookup(Outcome.TOO_MANY, number)
    try:
        found = trade_register.find_business(number)
    except ServiceDownError:
        return BusinessLookup(Outcome.DOWN, number)
    return BusinessLookup(judge_business(found), number, found)


def judge_business(found: Business | None) -> Outcome:
    """The outcome for what the register returned."""
    if found is None:
        return Outcome.UNKNOWN
    if found.has_ended:
        return Outcome.ENDED
    return Outcome.FOUND if found.street else Outcome.WITHOUT_ADDRESS


def read_number(typed: str) -> str:
    """The number without what people put between its digits."""
    return re.sub(r"[\s.\0]", "", typed)


def fill_in(typed: Mapping[str, str], answer: BusinessLookup, *, known: Mapping[str, str]) -> dict[str, str]:
    """Complete the form as typed, from the register.

    Only fills a field that is empty or that holds what the page itself put there: what we knew of the account
    (`known`), or what the register said about the previously looked up number (`looked_up`).
    """
    before = trade_register.find_kept_business(read_number(typed.get("looked_up", "")))
    earlier = {name: getattr(before, name) for name in FILLED} if before else EMPTY
    found = {name: getattr(answer.business, name) for name in FILLED} if answer.business else EMPTY
    filled = dict(typed)
    for name in FILLED:
        own = typed.get(name, "").strip()
        if own == earlier[name] or (found[name] and own in ("", known.get(name, ""))):
            filled[name] = found[name]
    if answer.business:
        filled |= {"form": Applicant.Form.ORGANISATION, "country": "NL"}
    return filled


def has_only_number(typed: Mapping[str, str]) -> bool:
    """Whether only the number was typed, so that the rest is expected to be filled in."""
    return bool(typed.get("kvk_number", "").strip()) and not any(typed.get(name, "").strip() for name in FILLED)
