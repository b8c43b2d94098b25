"""Reads what a program sent into a question; the same for a single question and for a line of many."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from casework import clock
from enforcement.answers import Question
from zones import plates

ZONE = re.compile(r"GM\d{4}", re.ASCII)
COUNTRY = re.compile(r"[A-Z]{2}")
LONGEST_PLATE, LONGEST_MOMENT = 20, 40
YEARS = range(2000, 2101)


class QuestionRefused(Exception):
    """What was sent is not a valid question; `errors` says why, by field."""

    def __init__(self, **errors: str) -> None:
        super().__init__()
        self.errors = errors

    @property
    def sentence(self) -> str:
        """The errors in one line."""
        return " ".join(f"{field}: {message}" for field, message in self.errors.items())


def read_question(sent: object) -> Question:
    """The question, with the plate as we store it; raises QuestionRefused for the first error."""
    if not isinstance(sent, Mapping):
        raise QuestionRefused(question="Send an object with plate, country, zone and at.")
    country = read_country(sent.get("country", "NL"))
    return Question(
        plate=read_plate(sent.get("plate"), country=country),
        country=country,
        zone=read_zone(sent.get("zone")),
        at=read_moment(sent["at"]) if "at" in sent else clock.now(),
    )


def read_country(sent: Any) -> str:
    """Two capitals (ISO 3166)."""
    if not isinstance(sent, str) or not COUNTRY.fullmatch(sent):
        raise QuestionRefused(country="Give the country of the plate as two capitals, as in NL.")
    return sent


def read_plate(sent: Any, *, country: str) -> str:
    """Letters and digits, however typed."""
    if not isinstance(sent, str) or len(sent) > LONGEST_PLATE:
        raise QuestionRefused(plate=f"Give the plate as a text of at most {LONGEST_PLATE} characters.")
    plate = plates.normalise(sent)
    if problem := plates.find_plate_problem(plate, country=country):
        raise QuestionRefused(plate=problem)
    return plate


def read_zone(sent: Any) -> str:
    """The CBS code of the municipality."""
    if not isinstance(sent, str) or not ZONE.fullmatch(sent):
        raise QuestionRefused(zone="Give the CBS code of the zone's municipality, as in GM0344.")
    return sent


def read_moment(sent: Any) -> datetime:
    """A moment with its UTC offset (RFC 3339)."""
    moment = parse_moment(sent) if isinstance(sent, str) and len(sent) <= LONGEST_MOMENT else None
    if moment is None:
        raise QuestionRefused(
            at="Give a moment between 2000 and 2100 with its offset, as in 2026-12-01T10:00:00+01:00."
        )
    return moment


@lru_cache(maxsize=4096)
def parse_moment(text: str) -> datetime | None:
    """The moment; None if the text is not one or has no offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo and moment.year in YEARS else None
