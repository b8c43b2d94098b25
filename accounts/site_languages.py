"""The languages of the site and their coverage: the one place where a language is added.

Imports nothing from Django, because the settings read this table.
"""

from dataclasses import dataclass
from enum import IntEnum


class Coverage(IntEnum):
    """How much of the site is available in a language; each level includes the previous ones."""

    ACCESS = 1
    """The access check and its answer, the day exemption, and verifying that a decision is genuine."""
    CARRIERS = 2
    """Every page that a foreign carrier needs, and the mails about followed plates."""
    WHOLE = 3
    """Every page, the letters, and a column in the reference tables."""


@dataclass(frozen=True)
class SiteLanguage:
    """A language: its code, its name in itself and in English, and the conventions of its readers.

    `country`: where most of their vehicles that enter the zones are registered. `is_sign_behind`: whether the euro sign
    follows the amount.
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
    SiteLanguage("tr", "Türkçe", "Turkish", Coverage.ACCESS, "NL", is_sign_behind=False),
    SiteLanguage("ro", "Română", "Romanian", Coverage.ACCESS, "RO"),
    SiteLanguage("uk", "Українська", "Ukrainian", Coverage.ACCESS, "UA"),
)
"""In the order of the menu."""
BY_CODE = {one.code: one for one in SITE_LANGUAGES}


def list_choices() -> list[tuple[str, str]]:
    """Codes with native names, as `choices` of a field."""
    return [(one.code, one.name) for one in SITE_LANGUAGES]


def list_codes(coverage: Coverage) -> tuple[str, ...]:
    """Codes of the languages with at least this coverage."""
    return tuple(one.code for one in SITE_LANGUAGES if one.coverage >= coverage)


def has_coverage(code: str, coverage: Coverage) -> bool:
    """Whether a language has at least this coverage; False for languages that the site does not have."""
    return code in BY_CODE and BY_CODE[code].coverage >= coverage


def puts_sign_behind(code: str) -> bool:
    """Whether the euro sign follows the amount in a language."""
    return code in BY_CODE and BY_CODE[code].is_sign_behind


def find_country(code: str) -> str:
    """The country where most readers of a language have registered their vehicles; NL if unknown."""
    return BY_CODE[code].country if code in BY_CODE else "NL"
