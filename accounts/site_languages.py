"""The languages of the site, and how much of it each has: the one place where a language is added.

Nothing of Django is imported here: the settings read this table.
"""

from dataclasses import dataclass
from enum import IntEnum


class Coverage(IntEnum):
    """How much of the site a language has; each has all that the one before it has."""

    ACCESS = 1
    """Whether a vehicle may enter: the check and its answer, the day exemption, whether a decision is real."""
    CARRIERS = 2
    """Every page that a carrier from abroad needs, and the mails about followed plates."""
    WHOLE = 3
    """Every page, the letters, and a column in the reference tables."""


@dataclass(frozen=True)
class SiteLanguage:
    """A language: its code, its name in itself and in English, and what is usual among its readers.

    `country`: of most of their plates. `is_sign_behind`: whether the euro sign comes after the amount.
    """

    code: str
    name: str
    english_name: str
    coverage: Coverage
    country: str
    is_sign_behind: bool = True


SITE_LANGUAGES = (
    SiteLanguage("nl", "Nederlands", "Dutch", Coverage.WHOLE, "NL", is_sign_behind=False),
    SiteLanguage("en", "English", "English", Coverage.WHOLE, "NL", is_sign_behind=False),
    SiteLanguage("de", "Deutsch", "German", Coverage.CARRIERS, "DE"),
    SiteLanguage("fr", "Français", "French", Coverage.CARRIERS, "FR"),
    SiteLanguage("pl", "Polski", "Polish", Coverage.CARRIERS, "PL"),
    SiteLanguage("tr", "Türkçe", "Turkish", Coverage.ACCESS, "TR", is_sign_behind=False),
    SiteLanguage("ro", "Română", "Romanian", Coverage.ACCESS, "RO"),
    SiteLanguage("uk", "Українська", "Ukrainian", Coverage.ACCESS, "UA"),
)
"""In the order of the menu."""
BY_CODE = {one.code: one for one in SITE_LANGUAGES}


def list_choices() -> list[tuple[str, str]]:
    """Codes with the names that their readers know."""
    return [(one.code, one.name) for one in SITE_LANGUAGES]


def list_codes(coverage: Coverage) -> tuple[str, ...]:
    """The languages that have at least this much of the site."""
    return tuple(one.code for one in SITE_LANGUAGES if one.coverage >= coverage)


def has_coverage(code: str, coverage: Coverage) -> bool:
    """Whether a language has this much of the site; one that is not of the site has nothing."""
    return code in BY_CODE and BY_CODE[code].coverage >= coverage


def puts_sign_behind(code: str) -> bool:
    """Whether a language writes the euro sign after the amount."""
    return code in BY_CODE and BY_CODE[code].is_sign_behind


def find_country(code: str) -> str:
    """The country in which most readers of a language have their plates."""
    return BY_CODE[code].country if code in BY_CODE else "NL"
