"""The one search box."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from casework.models import Dossier
from exemptions.models import Applicant, FactsRecord, Ground
from exemptions.search import keys_found
from exemptions.steps.amendment import Vehicle
from helpdesk.models import Question
from tests import contest, given
from tests.desk import pages
from tests.looping import each

pytestmark = pytest.mark.django_db

SEARCH = reverse("admin:exemptions_application_search")


BY_NAME = ("korst", "De Kor", "KORST bak", "bakk. de kor", "orst", "akkerij")
BY_PLACE = ("Oudegracht 1", "gracht utr", "3511AA", "3511 aa", "utrecht korst", "POST@bakkerij.example", "@bakkerij.ex")
BY_PHONE = ("030-1234567", "+31 30 123 45 67", "0031301234567", "030 1234567")


@each("words", ["VX123Z", "vx-123-z", "vx 123 z", "12345678", "1234 5678", *BY_NAME, *BY_PLACE, *BY_PHONE])
def test_a_case_is_found_by_plate_kvk_number_and_any_part_of_a_name_an_address_or_a_phone(
    words, as_caseworker, applicant
):
    application = given.filed(by=applicant, plate="VX123Z")
    Applicant.objects.update(phone="(030) 123 45 67")

    assert str(application) in pages.search(as_caseworker, words)


@pytest.fixture
def moved(applicant, caseworker):
    """Granted for V001AA, moved to V002AA, and from today for a day on V003AA."""
    application = given.granted(by=applicant, desk=caseworker, plate="V001AA")
    own, lent = (Vehicle(plate, "NL", given.VAN, FactsRecord.Source.REGISTER) for plate in ("V002AA", "V003AA"))
    application.replace_vehicle(by=caseworker, vehicle=own)
    today = timezone.localdate()
    application.allow_temporary_vehicle(by=caseworker, vehicle=lent, starts_on=today, ends_on=today)
    return application


def test_an_exemption_is_found_by_its_present_and_its_earlier_plates(as_caseworker, moved):
    for words in ("v-001-aa", "V002AA", "V 003 AA"):
        assert str(moved) in pages.search(as_caseworker, words)
    assert "Niets gevonden" in pages.search(as_caseworker, "V004AA")


def test_who_may_not_see_a_case_does_not_find_it_by_a_later_plate(as_municipal_caseworker, moved):
    assert str(moved) not in pages.search(as_municipal_caseworker, "V002AA")


def test_a_plate_is_looked_up_by_an_index(moved):
    with connection.cursor() as cursor:  # as in a full table: of some rows each index is as good
        cursor.execute("UPDATE pg_class SET reltuples = 1000000, relpages = 1 WHERE relname ~ '^exemptions_'")
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = keys_found("V002AA").explain()

    assert "exemption_by_plate" in plan
    assert "application_by_plate" in plan


def test_a_part_is_looked_up_by_an_index(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Applicant.objects.with_parts("racht", "UT").explain()

    assert "applicant_by_contact" in plan
    assert "Seq Scan" not in plan


def test_a_case_is_found_by_its_number_in_any_form(as_caseworker, applicant):
    application = given.filed(by=applicant)
    _zes, year, serial = str(application).split("-")

    for words in (str(application), str(application).lower(), f"{year}-{serial}", f"{year}-{int(serial)}", serial):
        assert str(application) in pages.search(as_caseworker, words)


def test_a_case_is_found_by_the_reference_of_its_decision(as_caseworker, applicant, caseworker):
    application = given.granted(by=applicant, desk=caseworker)
    reference = application.decisions.get().reference

    assert str(application) in pages.search(as_caseworker, reference.lower())


def test_a_case_is_found_by_the_reference_of_the_decision_on_its_objection(
    as_caseworker, applicant, caseworker, other_caseworker, objection_officer
):
    application = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(application, by=applicant, desk=objection_officer)
    contest.unfounded(objection, by=objection_officer)

    assert str(application) in pages.search(as_caseworker, objection.decisions.get().reference)


@pytest.mark.parametrize(
    "words",
    ["VX124Z", "12345679", "orts", "Bakkerij Vlot", "%", "___", "%%%", "b_kkerij", "'; --", "!", "& | :*", "a" * 500],
)
def test_nothing_is_found_that_does_not_fit(as_caseworker, applicant, words):
    application = given.filed(by=applicant, plate="VX123Z")

    page = pages.search(as_caseworker, words)

    assert str(application) not in page
    assert "Niets gevonden" in page


def test_open_cases_come_first(as_caseworker, applicant, caseworker):
    ended = given.granted(by=applicant, desk=caseworker, plate="V001AA")
    still_open = given.taken_up(by=applicant, desk=caseworker, plate="V002AA")

    page = pages.search(as_caseworker, "bakkerij")

    assert page.index(str(still_open)) < page.index(str(ended))


def test_a_draft_is_not_found(as_caseworker, applicant):
    given.draft(by=applicant, plate="VX123Z")

    assert "Niets gevonden" in pages.search(as_caseworker, "VX123Z")


def test_a_municipal_caseworker_finds_the_local_kinds_of_the_own_municipality_only(
    as_municipal_caseworker, as_other_municipal_caseworker, applicant
):
    local = given.filed(by=applicant, code="HAR", plate="V001AA")
    national = given.filed(by=applicant, plate="V002AA")

    assert str(local) in pages.search(as_municipal_caseworker, "korst")
    assert str(national) not in pages.search(as_municipal_caseworker, "korst")
    assert "Niets gevonden" in pages.search(as_other_municipal_caseworker, "korst")


def test_what_was_searched_never_stands_in_an_address(as_caseworker):
    asked = as_caseworker.get(SEARCH + "?q=VX123Z")
    sent = as_caseworker.post(SEARCH, {"q": "VX123Z"})

    assert (asked.status_code, sent.status_code) == (302, 302)
    assert "VX123Z" not in asked.url + sent.url


def test_back_and_a_second_tab_show_what_each_searched(as_caseworker, applicant):
    first, second = given.filed(by=applicant, plate="V001AA"), given.filed(by=applicant, plate="V002AA")
    tabs = [as_caseworker.post(SEARCH, {"q": one.plate}).url for one in (first, second)]

    assert str(first) in pages.text(as_caseworker.get(tabs[0]))
    assert str(second) in pages.text(as_caseworker.get(tabs[1]))


def test_a_colleague_learns_nothing_from_the_address_of_a_search(as_caseworker, as_municipal_caseworker, applicant):
    given.filed(by=applicant, plate="V001AA")
    given.filed(by=applicant, plate="V002AA")
    found = as_caseworker.post(SEARCH, {"q": "korst"}).url

    assert as_municipal_caseworker.get(found).url == reverse("admin:index")


def test_of_many_searches_the_oldest_are_forgotten(as_caseworker):
    first, *_others, last = [as_caseworker.post(SEARCH, {"q": f"V{number:03}AA"}).url for number in range(25)]

    assert as_caseworker.get(first).status_code == 302
    assert as_caseworker.get(last).status_code == 200


def test_a_search_takes_the_same_number_of_queries_for_three_and_for_nine(
    as_caseworker, applicant, django_assert_num_queries
):
    for number in range(3):
        given.filed(by=applicant, plate=f"V{number:03}AA")
    found = as_caseworker.post(SEARCH, {"q": "korst"}).url

    with django_assert_num_queries(15):
        as_caseworker.get(found)
    for number in range(3, 9):
        given.filed(by=applicant, plate=f"V{number:03}AA")
    with django_assert_num_queries(15):
        as_caseworker.get(found)


def test_the_word_of_a_ground_is_no_name(as_caseworker, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)
    ground = given.ground(Ground.Outcome.REJECT, application)

    assert "Niets gevonden" in pages.search(as_caseworker, ground.code)


def test_the_only_case_that_is_found_opens_at_once(as_caseworker, as_municipal_caseworker, applicant):
    application = given.filed(by=applicant, plate="V001AA")
    given.filed(by=applicant, plate="V002AA")

    assert as_caseworker.post(SEARCH, {"q": "V001AA"}).url == pages.case(application)
    assert SEARCH in as_caseworker.post(SEARCH, {"q": "korst"}).url
    assert SEARCH in as_municipal_caseworker.post(SEARCH, {"q": "V001AA"}).url


def test_a_number_finds_its_case_and_not_everybody_who_has_its_digits(as_caseworker, applicant):
    application = given.filed(by=applicant, plate="V001AA")
    given.filed(by=applicant, plate="V002AA")
    serial = str(application).rpartition("-")[2]
    Applicant.objects.update(street=f"Kade {serial}")

    for words in (str(application), serial):
        assert as_caseworker.post(SEARCH, {"q": words}).url == pages.case(application)


def test_the_number_of_a_court_leads_to_its_case_and_finds_the_application(
    as_objection_officer, as_caseworker, objection_officer, applicant, caseworker, other_caseworker
):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.unfounded(
        contest.handling(rejected, by=applicant, desk=objection_officer), by=objection_officer
    )
    appeal = contest.appeal(objection, desk=objection_officer)
    type(appeal).objects.update(case_number="UTR 26 / 789")

    for words in ("UTR 26 / 789", "utr26/789", "UTR 26/789"):
        assert as_objection_officer.post(SEARCH, {"q": words}).url == pages.case(appeal)
    assert as_caseworker.post(SEARCH, {"q": "UTR 26/789"}).url == pages.case(rejected)


def test_the_number_of_a_question_leads_to_the_case_that_it_is_about(as_caseworker, applicant):
    application = given.filed(by=applicant)
    question = Question.objects.create(
        number="V-2026-00007", email="a@b.example", dossier=Dossier.objects.create(), case_dossier=application.dossier
    )

    assert as_caseworker.post(SEARCH, {"q": str(question)}).url == pages.case(application)


def test_what_was_found_goes_on_on_a_next_page(as_caseworker, applicant):
    for number in range(52):
        given.filed(by=applicant, plate=f"V{number:03}AA")
    found = as_caseworker.post(SEARCH, {"q": "korst"}).url

    pages_of = [as_caseworker.get(f"{found}&p={page}").context["cl"].result_list for page in (1, 2)]

    assert [len(rows) for rows in pages_of] == [50, 2]


def test_a_word_that_very_many_have_finds_some_and_says_so(as_caseworker, applicant, monkeypatch):
    for plate in ("V001AA", "V002AA"):
        given.filed(by=applicant, plate=plate)
    Applicant.objects.create(name="Bakkerij Twee", form=Applicant.Form.ORGANISATION, kvk_number="87654321")
    monkeypatch.setattr("exemptions.search.MOST_APPLICANTS", 1)

    assert "Heel veel aanvragers" in pages.search(as_caseworker, "bakkerij")
    assert "Heel veel aanvragers" not in pages.search(as_caseworker, "12345678")
