"""Five languages for foreign carriers: complete on every page that has them, English as a whole on the others."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import get_resolver
from django.utils.formats import date_format
from django.utils.translation import override
from django.utils.translation.trans_real import translation
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from accounts.languages import in_language, written
from accounts.models import User
from casework.models import Letter, LetterText
from exemptions.filing import drafts
from tests import given
from zesportal.languages import FIVE
from zones.models import Municipality

OTHERS = ("de", "fr", "pl")
CODES = ("LEV", "NEV", "PAR", "HAN", "BEO", "NET", "VHZ", "LKR", "PHV", "EXC", "HAR")
FACTS = {"category": "van", "emission_class": "5", "first_admission": "2015-03-01"}
GERMAN_PLATE = {"plate": "B-XY 1234", "country": "DE", "on": ""}
PUBLIC = (
    "/",
    "/zones/",
    "/zones/utrecht/",
    "/ontheffingen/",
    *(f"/ontheffingen/{code.lower()}/" for code in (*CODES, "DAG")),
    "/kosten/",
    "/vragen/",
    "/vragen/buitenlands-kenteken/",
    "/contact/",
    "/contact/ontvangen/",
    "/assistent/",
    "/assistent/doorgeven/",
    "/mag-ik-erin/",
    "/aanvragen/nieuw/",
    "/account/login/",
    "/account/login/code/",
    "/account/signup/",
    "/niet-hier/",
)


class Missing:
    """Stands where Django would fall back to Dutch, and writes down for what."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def gettext(self, text: str) -> str:
        self.texts.append(text)
        return text

    def ngettext(self, one: str, many: str, number: int) -> str:
        self.texts.append(one)
        return one if number == 1 else many


@pytest.fixture(params=OTHERS)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def missing(language: str, monkeypatch: pytest.MonkeyPatch) -> Missing:
    """What the pages of a test ask in vain of the catalogue of a language."""
    spy = Missing()
    monkeypatch.setattr(translation(language), "_fallback", spy)
    return spy


@pytest.fixture
def reads(login: Callable[[User], Client]) -> Callable[..., Client]:
    """A client whose reader chose a language."""

    def reader(language: str, user: User | None = None) -> Client:
        client = login(user) if user else Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return client

    return reader


Reads = Callable[..., Client]


def words(html: str) -> set[str]:
    """The sentences and labels of a page, without what is a name, a number or said in another language on purpose."""
    tree = HTMLParser(html)
    for away in tree.css("script, style, [lang]:not(html), .loket-plate, select[name=country]"):
        away.decompose()
    texts = tree.body.text(separator="\n").splitlines() if tree.body else []
    said = (line.strip() for line in texts)
    return {line for line in said if len(line.split()) > 3 and re.search(r"(?:^|\s)[a-z]{2}", line)}


def lines_of_others(page: str, same: dict[str, str]) -> set[str]:
    """Sentences of the page that stand so in its Dutch or English version too."""
    return words(page) & (words(same["nl"]) | words(same["en"])) - {given.TYPED}


def test_every_page_that_has_five_languages_exists() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    assert names >= FIVE


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.django_db
def test_a_public_page_is_wholly_in_the_readers_language(
    path: str, language: str, missing: Missing, reads: Reads
) -> None:
    page = reads(language).get(path).content.decode()

    assert missing.texts == []
    assert f'<html lang="{language}"' in page
    assert lines_of_others(page, {one: reads(one).get(path).content.decode() for one in ("nl", "en")}) == set()


@pytest.mark.django_db
def test_an_answer_about_a_foreign_plate_is_in_the_readers_language(
    language: str, missing: Missing, reads: Reads
) -> None:
    def ask(code: str) -> str:
        client = reads(code)
        client.post("/mag-ik-erin/", GERMAN_PLATE)
        client.post("/mag-ik-erin/antwoord/", FACTS)
        return client.get("/mag-ik-erin/antwoord/").content.decode()

    page = ask(language)

    assert missing.texts == []
    assert lines_of_others(page, {one: ask(one) for one in ("nl", "en")}) == set()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.django_db
def test_every_screen_of_an_application_is_in_the_readers_language(
    code: str, language: str, missing: Missing, reads: Reads, applicant: User
) -> None:
    draft = given.draft(by=applicant, code=code)
    client = reads(language, applicant)

    for screen in drafts.SCREENS:
        empty = client.post(f"/aanvragen/{draft.key}/invullen/{screen}/", {})
        page = client.get(f"/aanvragen/{draft.key}/invullen/{screen}/")
        assert {empty.status_code, page.status_code} <= {200, 302}
        same = {one: reads(one, applicant).get(page.request["PATH_INFO"]).content.decode() for one in ("nl", "en")}
        assert lines_of_others(page.content.decode(), same) == set()

    assert missing.texts == []


@pytest.mark.django_db
def test_the_receipt_is_in_the_readers_language(language: str, missing: Missing, reads: Reads, applicant: User) -> None:
    application = given.filed(by=applicant)
    path = f"/aanvragen/{application.key}/ontvangst/"

    page = reads(language, applicant).get(path).content.decode()

    same = {one: reads(one, applicant).get(path).content.decode() for one in ("nl", "en")}
    assert missing.texts == []
    assert lines_of_others(page, same) == set()


@pytest.mark.django_db
def test_who_applies_in_another_language_is_answered_in_english(language: str, applicant: User) -> None:
    with override(language):
        draft = drafts.start(by=applicant)

    assert draft.language == "en"
    assert LetterText.objects.newest(kind="receipt", language=draft.language).language == "en"


@pytest.mark.parametrize(
    "path", ["/mag-ik-erin/", "/contact/", "/account/login/", "/account/signup/", "/account/login/code/"]
)
@pytest.mark.django_db
def test_the_errors_of_a_form_are_in_the_readers_language(
    path: str, language: str, missing: Missing, reads: Reads
) -> None:
    page = reads(language).post(path, {"email": "nobody"}).content.decode()

    assert missing.texts == []
    assert lines_of_others(page, {one: reads(one).post(path, {}).content.decode() for one in ("nl", "en")}) == set()


@pytest.mark.django_db
def test_a_code_to_log_in_is_mailed_in_the_readers_language(
    language: str, missing: Missing, reads: Reads, applicant: User
) -> None:
    applicant.language = language
    applicant.save()

    reads(language).post("/account/login/code/", {"email": applicant.email})

    assert missing.texts == []
    with override("en"):
        assert "Your code" not in mail.outbox[-1].subject


DAY = {"plate": "B-XY 1234", "country": "DE", "municipality": "", "day": "", "vehicle_class": "van"}


@pytest.mark.django_db
def test_a_day_exemption_is_granted_in_the_readers_language(
    language: str, missing: Missing, reads: Reads, applicant: User
) -> None:
    client, utrecht = reads(language, applicant), Municipality.objects.get(name="Utrecht")
    about = {**DAY, "municipality": utrecht.pk, "day": given.working_day(3).isoformat()}

    pages = [
        client.get("/dagontheffing/aanvrager/"),
        client.post("/dagontheffing/", {}),
        client.post("/dagontheffing/", about),
    ]
    state = HTMLParser(pages[-1].content.decode()).css("main form input[type=hidden]")
    sent = {field.attributes["name"]: field.attributes["value"] or "" for field in state}
    done = client.post("/dagontheffing/", {**about, **sent, "ask": "1"}, follow=True)

    assert missing.texts == []
    assert f'<html lang="{language}"' in done.content.decode()
    assert Letter.objects.get().language == "en"


# --- What is not in five languages ----------------------------------------------------------------------


SENTENCES = {
    "de": "Diese Seite gibt es nur auf Englisch.",
    "fr": "Cette page n'existe qu'en anglais.",
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
    assert (written(language), in_language("ja", "", language)) == ("en", "ja")


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
    ("code", "day"), [("nl", "1 januari 2030"), ("de", "1. Januar 2030"), ("pl", "1 stycznia 2030")]
)
def test_a_day_is_written_as_the_language_does(code: str, day: str) -> None:
    with override(code):
        assert date_format(date(2030, 1, 1), "DATE_FORMAT") == day
