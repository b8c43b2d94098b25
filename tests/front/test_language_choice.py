"""Which language a reader gets: the one that was chosen, or English for the whole page if it does not have that one."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.utils.formats import date_format
from django.utils.translation import ngettext, override
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from accounts.languages import choose_mail_language, choose_written_language, in_language
from accounts.models import User
from accounts.site_languages import Coverage, list_codes
from casework.formats import format_euros
from casework.models import LetterText
from exemptions.countries import list_country_choices
from helpdesk.models import LANGUAGES
from tests import given
from tests.front.readers import EVERY, OTHERS, Reads
from tests.looping import each

SENTENCES = {
    "de": "Diese Seite gibt es auf Englisch.",
    "fr": "Cette page existe en anglais.",
    "pl": "Ta strona jest dostępna po angielsku.",
    "tr": "Bu sayfa İngilizce olarak sunulmaktadır.",
    "ro": "Această pagină este disponibilă în limba engleză.",
    "uk": "Ця сторінка доступна англійською мовою.",
}


COUNTED = ("It may still enter for %(count)s day after today.", "It may still enter for %(count)s days after today.")
in_every_language = pytest.mark.parametrize("language", EVERY)


def test_every_language_of_the_site_is_tested() -> None:
    assert list_codes(Coverage.ACCESS) == ("nl", "en", *EVERY)
    assert list_codes(Coverage.CARRIERS) == ("nl", "en", *OTHERS) == tuple(dict(LANGUAGES))


@in_every_language
@pytest.mark.django_db
@each("path", ("/overgangsregels/", "/privacy/", "/zoeken/", "/vragen/bezwaar-maken/"))
def test_another_page_comes_in_english_and_says_so(path: str, language: str, reads: Reads) -> None:
    page = HTMLParser(reads(language).get(path).content.decode())
    english = HTMLParser(reads("en").get(path).content.decode())

    sentence = page.css(".loket-only-english")[0]
    assert (sentence.text(), sentence.attributes["lang"]) == (SENTENCES[language], language)
    assert page.css("html")[0].attributes["lang"] == "en"
    assert page.css("h1")[0].text() == english.css("h1")[0].text()


@pytest.mark.parametrize("language", ["tr", "ro", "uk"])
@pytest.mark.django_db
@each("path", ("/zones/", "/aanvragen/nieuw/", "/contact/"))
def test_a_page_for_carriers_comes_in_english_where_a_language_covers_access_only(
    path: str, language: str, reads: Reads
) -> None:
    page = HTMLParser(reads(language).get(path).content.decode())

    assert page.css("html")[0].attributes["lang"] == "en"
    assert page.css(".loket-only-english")[0].text() == SENTENCES[language]


@in_every_language
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


@in_every_language
@pytest.mark.django_db
def test_letters_to_other_readers_are_in_english(language: str, applicant: User) -> None:
    assert LetterText.objects.newest(kind="receipt", language=language).language == "en"
    assert (choose_written_language(language), in_language("ja", "", language)) == ("en", "ja")


@pytest.mark.parametrize(("language", "mailed"), [("nl", "nl"), ("de", "de"), ("tr", "en"), ("uk", "en"), ("xx", "en")])
def test_mails_about_plates_are_in_english_where_the_readers_language_has_none(language: str, mailed: str) -> None:
    assert choose_mail_language(language) == mailed


# --- Choosing -------------------------------------------------------------------------------------------


@in_every_language
@pytest.mark.django_db
def test_a_first_visit_follows_the_browser(language: str) -> None:
    page = Client(headers={"Accept-Language": f"{language}-XX,{language};q=0.9,en;q=0.5"}).get("/").content.decode()

    assert f'<html lang="{language}"' in page


@pytest.mark.django_db
def test_an_unknown_language_of_the_browser_gives_dutch() -> None:
    assert '<html lang="nl"' in Client(headers={"Accept-Language": "it"}).get("/").content.decode()


@in_every_language
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
    def list_addresses(path: str) -> dict[str | None, str | None]:
        page = HTMLParser(reads("nl").get(path).content.decode())
        return {link.attributes["hreflang"]: link.attributes["href"] for link in page.css("link[rel=alternate]")}

    assert list(list_addresses("/zones/")) == ["nl", "en", *OTHERS, "x-default"]
    found = list_addresses("/controle/")
    assert list(found) == ["nl", "en", *EVERY, "x-default"]
    address = (found["uk"] or "").removeprefix(settings.SITE_URL)
    assert '<html lang="uk"' in Client().get(address).content.decode()


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
    ("code", "day"),
    [
        ("nl", "1 januari 2030"),
        ("de", "1. Januar 2030"),
        ("pl", "1 stycznia 2030 roku"),
        ("tr", "1 Ocak 2030"),
        ("ro", "1 ianuarie 2030"),
        ("uk", "1 січня 2030 року"),
    ],
)
def test_a_day_is_written_as_the_language_does(code: str, day: str) -> None:
    with override(code):
        assert date_format(date(2030, 1, 1), "DATE_FORMAT") == day


@pytest.mark.parametrize(("code", "words"), [("nl", "€ 30"), ("tr", "€ 30"), ("ro", "30 €"), ("uk", "30 €")])
def test_an_amount_is_written_as_the_language_does(code: str, words: str) -> None:
    with override(code):
        assert format_euros(30).replace("\N{NO-BREAK SPACE}", " ") == words


def test_countries_stand_in_the_order_of_the_ukrainian_alphabet() -> None:
    with override("uk"):
        names = [name for code, name in list_country_choices() if code in ("LT", "LI", "LU")]

    assert names == ["Литва", "Ліхтенштейн", "Люксембург"]


@pytest.mark.parametrize(("code", "numbers"), [("ro", (1, 2, 20)), ("uk", (1, 2, 5))])
def test_days_are_counted_in_every_plural_form_of_a_language(code: str, numbers: tuple[int, ...]) -> None:
    with override(code):
        said = {ngettext(*COUNTED, number) for number in numbers}

    assert len(said - set(COUNTED)) == len(numbers)
