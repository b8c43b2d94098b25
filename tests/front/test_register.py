"""The other languages are as formal as Dutch, and keep the two words for an exemption apart."""

import re
from pathlib import Path

import polib
from django.conf import settings

from tests.front.readers import EVERY, OTHERS

AS_TO_A_FRIEND = {
    "de": r"\b[Dd](u|ich|ir|ein\w{0,2})\b",
    "fr": r"\b([Tt](u|oi|on|es))\b",
    "pl": r"\b([Tt](wój|woj\w*|obie|obą)|[Cc](iebie|ię|i)|(?!\w*([Nn]a|pi)sz\b)\w+([aei]sz|ysz))\b",
    "tr": r"\b[Ss]en(in|i)?\b|\b[Ss]ana\b",
    "ro": r"\b([Tt](u|ău|ăi)|[Țț]ie|[Îî]ți|[Ee]ști)\b",
    "uk": r"\b[Тт](и|вій|воя|воє|ебе|обі)\b",
}
AUTOMATIC = {"de": "befreiung", "fr": "exemption", "pl": "zwolni", "uk": "звільн"}
"""The word for what need not be applied for; an exemption that we grant has another."""
POLISH_ORDERS = re.compile(
    r"\b(wpisz|sprawdź|odczekaj|podaj|wybierz|zaloguj|dodaj|zmień|zapytaj|napisz|zapisz|wydrukuj|wyślij|popraw|zacznij|podpisz)\b",
    re.IGNORECASE,
)
BUTTON = re.compile(r"<a .*?</a>|„.*?”")


def read_catalogue(language: str) -> dict[str, str]:
    """What a catalogue says for each English text."""
    entries = polib.pofile(str(Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES/django.po"))
    return {entry.msgid: " / ".join((entry.msgstr, *entry.msgstr_plural.values())) for entry in entries}


def read_answers(language: str) -> dict[str, str]:
    """The answers to the frequent questions."""
    folder = Path(settings.BASE_DIR) / "helpdesk/data/faq"
    return {path.name: path.read_text() for path in folder.glob(f"*.{language}.md")}


def test_no_text_addresses_the_reader_as_a_friend() -> None:
    texts = {language: read_catalogue(language) | read_answers(language) for language in EVERY}

    assert {
        language: [text for text in said.values() if re.search(AS_TO_A_FRIEND[language], text)]
        for language, said in texts.items()
    } == dict.fromkeys(EVERY, [])


def test_a_polish_sentence_asks_and_only_a_button_orders() -> None:
    texts = (read_catalogue("pl") | read_answers("pl")).values()

    sentences = [BUTTON.sub("", text) for text in texts if re.search(r"[.!?](\s|$)", text)]

    assert [text for text in sentences if POLISH_ORDERS.search(text)] == []


def test_an_exemption_that_we_grant_is_never_called_automatic() -> None:
    granted = {
        language: [
            said
            for text, said in read_catalogue(language).items()
            if "exemption" in text and "utomatic exemption" not in text and re.search(word, said, re.IGNORECASE)
        ]
        for language, word in AUTOMATIC.items()
    }

    assert granted == dict.fromkeys(AUTOMATIC, [])
    assert set(OTHERS) <= set(AUTOMATIC)
