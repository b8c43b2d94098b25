"""Which language is spoken where.

Pages are read in the languages of `accounts.site_languages`. Letters, mails about a case and the rows of the reference
tables are written in two: Dutch for those who read Dutch, English for everybody else.
"""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import activate, get_language, gettext, override

from accounts.site_languages import Coverage, has_coverage, list_codes

WRITTEN = list_codes(Coverage.WHOLE)
"""The languages that we write letters in; every table of reference data has a column for each."""
PARAMETER = "taal"
"""By which an address names a language."""


def get_page_language() -> str:
    """The language of this page, two letters."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def choose_written_language(language: str = "") -> str:
    """In which of the two written languages a reader of a language (else: of this page) is written to."""
    return "nl" if (language or get_page_language())[:2] == "nl" else "en"


def choose_mail_language(language: str) -> str:
    """In which language somebody is mailed about a plate that they follow: their own where it has those mails."""
    return language if has_coverage(language, Coverage.CARRIERS) else choose_written_language(language)


def in_language(dutch: str, english: str, language: str = "") -> str:
    """A text of the reference tables in a language (else: of this page); Dutch where there is no English.

    Other languages translate the English text from their catalogue. When an administrator changes that text its
    translations are no longer used: a German page then shows it in English, never an outdated text.
    """
    language = (language or get_page_language())[:2]
    if language == "nl" or not english:
        return dutch
    if language == "en":
        return english
    with override(language):
        return gettext(english)


def in_english(request: HttpRequest) -> None:
    """Make the rest of this page English; it says so on top, in the language that the reader chose."""
    request.language_wanted = get_page_language()  # type: ignore[attr-defined]
    activate("en")
    request.LANGUAGE_CODE = "en"
