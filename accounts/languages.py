"""Which language is used where.

Pages exist in the languages of `accounts.site_languages`. Letters, mails about a case and the reference tables exist in
two: Dutch for readers of Dutch, English for everybody else.
"""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import activate, get_language, gettext, override

from accounts.site_languages import Coverage, has_coverage, list_codes

WRITTEN = list_codes(Coverage.WHOLE)
"""The languages of letters; every reference table has a column for each."""
PARAMETER = "taal"
"""The query parameter that selects a language."""


def get_page_language() -> str:
    """The language of this page, two letters."""
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def choose_written_language(language: str = "") -> str:
    """The written language, Dutch or English, for a reader of `language` (default: of this page)."""
    return "nl" if (language or get_page_language())[:2] == "nl" else "en"


def choose_mail_language(language: str) -> str:
    """The language of mails about a followed plate: the reader's own if those mails exist in it, else a written one."""
    return language if has_coverage(language, Coverage.CARRIERS) else choose_written_language(language)


def in_language(dutch: str, english: str, language: str = "") -> str:
    """A reference text in `language` (default: of this page); Dutch if there is no English.

    Other languages translate the English text through their catalogue. When an administrator changes that text, its
    translations no longer apply: a German page then shows it in English, never an outdated text.
    """
    language = (language or get_page_language())[:2]
    if language == "nl" or not english:
        return dutch
    if language == "en":
        return english
    with override(language):
        return gettext(english)


def in_english(request: HttpRequest) -> None:
    """Show the rest of this page in English; a notice on top says so in the reader's own language."""
    request.language_wanted = get_page_language()  # type: ignore[attr-defined]
    activate("en")
    request.LANGUAGE_CODE = "en"
