"""Which language a reader gets: the one that was chosen, or English for the whole page if it does not have that one."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.utils.formats import date_format
from django.utils.translation import override
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from accounts.languages import choose_written_language, in_language
from accounts.models import User
from casework.models import LetterText
from tests import given
from tests.front.readers import Reads

SENTENCES = {
    "de": "Diese Seite gibt es auf Englisch.",
    "fr": "Cette page existe en anglais.",
    "pl": "Ta strona jest dostępna po angielsku.",
}


@pytest.mark.parametrize("path", ["/overgangsregels/", "/privacy/", "/zoeken/", "/vragen/bezwaar-maken/"])
@pytest.mark.django_db
def test_another_page_comes_in_english_and_says_so(path: str, language: str, reads: Reads) -> None:
    page = HTMLParser(reads(language).get(path).content.decode())
    english = HTMLParser(reads("en").get(path).content.decode())

    sentence = page.css(".loket-only-english")[0]
    assert (sentence.text(), sentence.attributes["lang"]) == (SENTENCES[language], language)
    assert page.css("html")[0].attributes["lang"] == "en"
    assert page.css("h1")[0].text() == english.css("h1")[0].text()


@pytest.mark.django_db
def test_the_choice_outlives_an_english_page(language: str, reads: Reads) -> None:
    client = reads(language)
    client.get("/privacy/")

    assert f'<html lang="{language}"' in client.get("/").content.decode()


@pytest.mark.django_db
def test_no_sentence_stands_where_the_reader_reads_dutch_or_english(reads: Reads) -> None:
    assert [b"loket-only-english" in reads(one).get("/privacy/").content for one in ("nl", "en")] == [False, False]


@pytest.mark.django_db
def test_what_the_desk_rewrote_is_told_in_english_never_in_an_old_translation() -> None:
    kind = given.kind("LEV")
    kind.name_en = "Delivery takes long"

    assert kind.text("name", "de") == "Delivery takes long"
    assert given.kind("LEV").text("name", "de") == "Lange Lieferzeit"


@pytest.mark.django_db
def test_letters_to_other_readers_are_in_english(language: str, applicant: User) -> None:
    assert LetterText.objects.newest(kind="receipt", language=language).language == "en"
    assert (choose_written_language(language), in_language("ja", "", language)) == ("en", "ja")


# --- Choosing -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_first_visit_follows_the_browser(language: str) -> None:
    page = Client(headers={"Accept-Language": f"{language}-XX,{language};q=0.9,en;q=0.5"}).get("/").content.decode()

    assert f'<html lang="{language}"' in page


@pytest.mark.django_db
def test_an_unknown_language_of_the_browser_gives_dutch() -> None:
    assert '<html lang="nl"' in Client(headers={"Accept-Language": "it"}).get("/").content.decode()


@pytest.mark.django_db
def test_a_choice_is_kept_by_who_is_logged_in_and_by_their_next_visit(
    language: str, applicant: User, reads: Reads
) -> None:
    reads("nl", applicant).post("/taal/", {"language": language, "next": "/"})

    applicant.refresh_from_db()
    assert applicant.language == language


@pytest.mark.parametrize("asked", ["xx", "", "de\0", "<script>"])
@pytest.mark.django_db
def test_an_address_that_names_no_language_of_ours_changes_nothing(asked: str, reads: Reads) -> None:
    response = reads("fr").get("/", {"taal": asked})

    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies


@pytest.mark.django_db
def test_search_engines_find_every_language_of_a_page(reads: Reads) -> None:
    page = HTMLParser(reads("nl").get("/zones/").content.decode())

    found = {link.attributes["hreflang"]: link.attributes["href"] for link in page.css("link[rel=alternate]")}
    assert list(found) == ["nl", "en", "de", "fr", "pl", "x-default"]
    address = (found["de"] or "").removeprefix(settings.SITE_URL)
    assert '<html lang="de"' in Client().get(address).content.decode()


@pytest.mark.django_db
def test_a_question_without_a_text_in_german_is_not_offered_in_german(reads: Reads) -> None:
    page = HTMLParser(reads("de").get("/vragen/bezwaar-maken/").content.decode())

    assert [link.attributes["hreflang"] for link in page.css("link[rel=alternate]")] == ["nl", "en", "x-default"]


@pytest.mark.django_db
def test_the_country_of_the_language_is_offered_and_another_can_be_chosen(reads: Reads) -> None:
    page = HTMLParser(reads("pl").get("/mag-ik-erin/").content.decode())
    answer = reads("pl")

    assert page.css("select[name=country] [selected]")[0].attributes["value"] == "PL"
    assert answer.post("/mag-ik-erin/", {"plate": "VX-123-Z", "country": "NL", "on": ""}).status_code == 302


@pytest.mark.parametrize(
    ("code", "day"), [("nl", "1 januari 2030"), ("de", "1. Januar 2030"), ("pl", "1 stycznia 2030 roku")]
)
def test_a_day_is_written_as_the_language_does(code: str, day: str) -> None:
    with override(code):
        assert date_format(date(2030, 1, 1), "DATE_FORMAT") == day
