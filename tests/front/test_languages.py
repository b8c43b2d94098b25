"""The other languages: complete on every page that has them, English as a whole on the others."""

import re

import pytest
import time_machine as travelling
from django.core import mail
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.translation import gettext, override
from django.utils.translation.trans_real import translation
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from accounts.models import User
from casework.models import Letter, LetterText, Message
from casework.reference import read_rows
from exemptions.intake import drafts
from exemptions.models import Decision
from exemptions.reference import DATA
from tests import given
from tests.front.readers import EVERY, OTHERS, Reads
from tests.looping import each
from watches.models import Watch
from zesportal.languages import CARRIERS
from zones.models import Municipality

CODES = sorted({row["code"] for row in read_rows(DATA / "kinds.csv")} - {"DAG"})
FACTS = {"category": "van", "emission_class": "5", "first_admission": "2015-03-01"}
GERMAN_PLATE = {"plate": "B-XY 1234", "country": "DE", "on": ""}
FORMS = ("/mag-ik-erin/", "/account/login/", "/account/signup/", "/account/login/code/")
FOR_ALL = (*FORMS, "/", "/controle/", "/niet-hier/")
FOR_CARRIERS = (
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
    "/aanvragen/nieuw/",
    "/foto/geen/",
)
in_every_language = pytest.mark.parametrize("language", EVERY)


class Missing:
    """Takes the place of Django's fallback to Dutch, and records for which text."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def gettext(self, text: str) -> str:
        self.texts.append(text)
        return text

    def ngettext(self, one: str, many: str, number: int) -> str:
        self.texts.append(one)
        return one if number == 1 else many


@pytest.fixture
def missing(language: str, monkeypatch: pytest.MonkeyPatch) -> Missing:
    """What the pages of a test ask in vain of the catalogue of a language."""
    return look_for_missing(language, monkeypatch)


def look_for_missing(language: str, monkeypatch: pytest.MonkeyPatch) -> Missing:
    """Record what a catalogue lacks from now on."""
    spy = Missing()
    monkeypatch.setattr(translation(language), "_fallback", spy)
    return spy


def words(html: str) -> set[str]:
    """The sentences and labels of a page, without what is a name, a number or said in another language on purpose."""
    tree = HTMLParser(html)
    for away in tree.css("script, style, [lang]:not(html), .loket-plate, select[name=country]"):
        away.decompose()
    texts = tree.body.text(separator="\n").splitlines() if tree.body else []
    said = (line.strip() for line in texts)
    return {line for line in said if len(line.split()) > 3 and re.search(r"(?:^|\s)[a-z]{2}", line)}


def lines_of_others(page: str, same: dict[str, str]) -> set[str]:
    """Sentences of the page that are the same in its Dutch or English version."""
    return words(page) & (words(same["nl"]) | words(same["en"])) - {given.TYPED}


def test_every_page_that_has_other_languages_exists() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}

    assert names >= CARRIERS


@in_every_language
@pytest.mark.django_db
@each("path", FOR_ALL)
def test_a_page_about_access_is_wholly_in_the_readers_language(
    path: str, language: str, missing: Missing, reads: Reads
) -> None:
    check_page(path, language, missing, reads)


@pytest.mark.django_db
@each("path", FOR_CARRIERS)
def test_a_page_for_carriers_is_wholly_in_the_readers_language(
    path: str, language: str, missing: Missing, reads: Reads
) -> None:
    check_page(path, language, missing, reads)


def check_page(path: str, language: str, missing: Missing, reads: Reads) -> None:
    """Nothing on it is asked of the catalogue in vain, and nothing is the same as in Dutch or English."""
    page = reads(language).get(path).content.decode()

    assert missing.texts == []
    assert f'<html lang="{language}"' in page
    assert lines_of_others(page, {one: reads(one).get(path).content.decode() for one in ("nl", "en")}) == set()


@pytest.mark.parametrize(
    ("path", "heading"),
    [("/account/password/reset/", "Forgot your password?"), ("/account/login/code/", "Log in with a code")],
)
@pytest.mark.django_db
def test_logging_in_speaks_the_english_of_this_site(path: str, heading: str, reads: Reads) -> None:
    page = reads("en").get(path).content.decode()

    assert re.search(rf"<h1[^>]*>\s*{re.escape(heading)}\s*</h1>", page)
    assert not re.search("[Ss]ign[ -][Ii]n", page)


@in_every_language
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


@pytest.mark.django_db
def test_following_a_plate_is_in_the_readers_language(language: str, missing: Missing, reads: Reads) -> None:
    def follow(code: str) -> str:
        client = reads(code)
        client.post("/mag-ik-erin/", GERMAN_PLATE)
        client.post("/mag-ik-erin/antwoord/", FACTS)
        pages = [client.get("/kenteken-volgen/"), client.post("/kenteken-volgen/", {"email": "geen"})]
        pages.append(client.post("/kenteken-volgen/", {"email": f"{code}@example.org"}, follow=True))
        address = f"/kenteken-volgen/{Watch.objects.get(email=f'{code}@example.org').token}/"
        pages += [client.get(address), client.post(address, {"wish": "confirm"}, follow=True)]
        pages += [client.get("/kenteken-volgen/alles/geen/")]
        pages += [client.get("/kenteken-volgen/gestopt/"), client.get("/mag-ik-erin/einde.ics")]
        return " ".join(page.content.decode() for page in pages)

    page = follow(language)

    assert missing.texts == []
    assert lines_of_others(page, {one: follow(one) for one in ("nl", "en")}) == set()
    asked = Message.objects.get(to=f"{language}@example.org")
    with override(language):
        assert asked.subject == gettext("Confirm that you want to follow a number plate")


@pytest.mark.django_db
@each("code", CODES)
def test_every_screen_of_an_application_is_in_the_readers_language(
    code: str,
    reads: Reads,
    applicant: User,
    time_machine: travelling.TimeMachineFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    time_machine.move_to("2026-12-07T09:00Z")  # a day on which every kind is in force
    missing = {language: look_for_missing(language, monkeypatch) for language in OTHERS}
    draft = given.draft(by=applicant, code=code)
    readers = {language: reads(language, applicant) for language in (*OTHERS, "nl", "en")}

    for screen in drafts.SCREENS:
        address = f"/aanvragen/{draft.key}/invullen/{screen}/"
        pages = {language: read_texts(readers[language], address, empty=language in OTHERS) for language in readers}
        assert {language: lines_of_others(pages[language], pages) for language in OTHERS} == dict.fromkeys(
            OTHERS, set()
        )

    assert {language: spy.texts for language, spy in missing.items()} == dict.fromkeys(OTHERS, [])


def read_texts(client: Client, address: str, *, empty: bool) -> str:
    """A screen; `empty`: as it comes back to somebody who filled in nothing, if that is not enough."""
    if empty and (answer := client.post(address, {})).status_code == 200:
        return answer.content.decode()
    answer = client.get(address)
    assert answer.status_code in (200, 302)
    return answer.content.decode()


@pytest.mark.django_db
def test_the_errors_of_the_contact_form_are_in_the_readers_language(
    language: str, missing: Missing, reads: Reads
) -> None:
    page = reads(language).post("/contact/", {"email": "nobody"}).content.decode()

    assert missing.texts == []
    same = {one: reads(one).post("/contact/", {}).content.decode() for one in ("nl", "en")}
    assert lines_of_others(page, same) == set()


@in_every_language
@pytest.mark.django_db
def test_a_decision_that_is_checked_is_judged_in_the_readers_language(
    language: str, missing: Missing, reads: Reads, applicant: User, caseworker: User
) -> None:
    reference = Decision.objects.get(application=given.granted(by=applicant, desk=caseworker)).reference

    def check(code: str) -> str:
        client = reads(code)
        asked = [("K7RT-4MWD-9XHC", ""), *((reference, plate) for plate in ("", "VX-123-Z", "VX-999-Z", "1"))]
        pages = [client.post("/controle/", {"reference": one, "plate": plate}) for one, plate in asked]
        return " ".join(page.content.decode() for page in pages)

    page = check(language)

    assert missing.texts == []
    assert lines_of_others(page, {one: check(one) for one in ("nl", "en")}) == set()


@pytest.mark.django_db
def test_the_receipt_is_in_the_readers_language(language: str, missing: Missing, reads: Reads, applicant: User) -> None:
    application = given.filed(by=applicant)
    path = f"/aanvragen/{application.key}/ontvangst/"

    page = reads(language, applicant).get(path).content.decode()

    same = {one: reads(one, applicant).get(path).content.decode() for one in ("nl", "en")}
    assert missing.texts == []
    assert lines_of_others(page, same) == set()


@pytest.mark.django_db
def test_asking_for_a_change_comes_in_english_as_a_whole(
    language: str, reads: Reads, applicant: User, caseworker: User
) -> None:
    granted = given.granted(by=applicant, desk=caseworker)
    for wish in ("kenteken", "tijdelijk", "langer", "naam", "stoppen"):
        path = reverse("change", args=[granted.key, wish])
        page, dutch, english = (
            words(reads(one, applicant).get(path).content.decode()) for one in (language, "nl", "en")
        )

        assert english <= page, wish
        assert not page & dutch - english, wish


@pytest.mark.django_db
def test_who_applies_in_another_language_is_answered_in_english(language: str, applicant: User) -> None:
    with override(language):
        draft = drafts.start_draft(by=applicant)

    assert draft.language == "en"
    assert LetterText.objects.newest(kind="receipt", language=draft.language).language == "en"


@in_every_language
@pytest.mark.django_db
@each("path", FORMS)
def test_the_errors_of_a_form_are_in_the_readers_language(
    path: str, language: str, missing: Missing, reads: Reads
) -> None:
    page = reads(language).post(path, {"email": "nobody"}).content.decode()

    assert missing.texts == []
    assert lines_of_others(page, {one: reads(one).post(path, {}).content.decode() for one in ("nl", "en")}) == set()


@in_every_language
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


@in_every_language
@pytest.mark.django_db
def test_what_one_agrees_to_at_a_day_exemption_is_in_the_readers_language(
    language: str, missing: Missing, reads: Reads, applicant: User, never_asked: None
) -> None:
    about = {**DAY, "municipality": Municipality.objects.get(name="Utrecht").pk, "day": given.working_day(3)}

    page = reads(language, applicant).post("/dagontheffing/", about).content.decode()

    assert missing.texts == []
    assert 'name="channel"' in page
    assert "reached" not in page


@in_every_language
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
    sent = {field.attributes["name"]: field.attributes.get("value") or "" for field in state}
    done = client.post("/dagontheffing/", {**about, **sent, "ask": "1"}, follow=True)

    assert missing.texts == []
    assert f'<html lang="{language}"' in done.content.decode()
    assert Letter.objects.get().language == "en"
