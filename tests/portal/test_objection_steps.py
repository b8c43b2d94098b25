"""What the objector's side does with an objection: repair, answer, add papers, withdraw, tell us that we are late."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from casework.models import DefaultNotice, Document
from objections.models import ObjectionStatus
from tests import contest, given
from tests.looping import each
from tests.portal import files
from tests.portal.files import upload
from tests.portal.objecting import page, url
from tests.project.test_hostile_input import HOSTILE, stuffed

pytestmark = pytest.mark.django_db
WORDS = "Het contract is op 3 maart getekend."
STEPS = ("objection_repair", "objection_hearing", "objection_papers", "objection_withdraw", "objection_late")


def send(client, objection, name, **fields: Any) -> Any:
    return client.post(url(objection, name), {"send": "1", **fields})


def is_back(response, objection) -> bool:
    return bool(response.status_code == 302 and response.headers["Location"] == url(objection))


def now(objection) -> str:
    objection.refresh_from_db()
    return str(objection.status)


def stored(application, name, *, by):
    document = Document(dossier=application.dossier, added_by=by)
    document.fill(given.PDF, name=name, content_type="application/pdf")
    document.save()
    return document


def test_what_was_missing_comes_in_words_and_files(as_colleague, rejected, parties):
    objection = contest.in_repair(rejected, **parties)

    response = send(as_colleague, objection, "objection_repair", answer=WORDS, added=[upload(files.PDF, "gronden.pdf")])

    assert is_back(response, objection)
    assert (now(objection), objection.grounds) == (ObjectionStatus.REGISTERED, WORDS)
    assert [document.name for document in objection.documents.all()] == ["gronden.pdf"]


def test_an_empty_repair_is_refused(as_applicant, rejected, parties):
    objection = contest.in_repair(rejected, **parties)

    response = send(as_applicant, objection, "objection_repair", answer="  ")

    assert response.context["form"].errors
    assert now(objection) == ObjectionStatus.REPAIR


def test_files_are_added_first_and_sent_later(as_applicant, as_colleague, rejected, parties):
    objection = contest.in_repair(rejected, **parties)
    address = url(objection, "objection_repair")
    added = as_applicant.post(address, {"add": "1", "answer": WORDS, "added": [upload(files.PDF, "een.pdf")]})
    assert WORDS in added.content.decode()
    as_applicant.post(address, {"add": "1", "added": [upload(files.PNG, "twee.png")]})
    as_applicant.post(address, {"remove": Document.objects.get(name="een.pdf").pk})
    assert not objection.documents.exists()

    assert is_back(send(as_colleague, objection, "objection_repair"), objection)

    assert [document.name for document in objection.documents.all()] == ["twee.png"]


def test_a_bad_file_stops_the_repair_and_the_good_one_and_the_words_are_kept(as_applicant, rejected, parties):
    objection = contest.in_repair(rejected, **parties)
    both = [upload(b"MZ", "kwaad.pdf"), upload(files.PDF, "goed.pdf")]

    words = send(as_applicant, objection, "objection_repair", answer=WORDS, added=both).content.decode()

    assert "kwaad.pdf" in words
    assert "goed.pdf</a>" in words
    assert WORDS in words
    assert now(objection) == ObjectionStatus.REPAIR


def test_papers_of_the_desk_are_not_taken_for_ones_own(as_applicant, rejected, parties, objection_officer):
    objection = contest.handling(rejected, **parties)
    loose = stored(rejected, "intern.pdf", by=objection_officer)

    as_applicant.post(url(objection, "objection_papers"), {"remove": loose.pk})
    send(as_applicant, objection, "objection_papers", added=[upload(files.PDF, "eigen.pdf")])

    assert Document.objects.filter(pk=loose.pk).exists()
    assert [document.name for document in objection.documents.all()] == ["eigen.pdf"]


def test_a_double_click_on_papers_adds_them_once(as_applicant, rejected, parties):
    objection = contest.handling(rejected, **parties)
    answers = [
        send(as_applicant, objection, "objection_papers", added=[upload(files.PDF, "eigen.pdf")]) for _click in range(2)
    ]

    assert all(is_back(answer, objection) for answer in answers)
    assert objection.dossier.events.filter(step="add_papers").count() == 1


def test_papers_come_in_until_the_eleventh_day_before_the_hearing(rejected, parties, login, applicant):
    objection = contest.hearing_planned(rejected, **parties)

    for days, possible in ((10, True), (11, False)):
        with time_machine.travel(timezone.localtime() + timedelta(days=days)):
            assert (url(objection, "objection_papers") in page(login(applicant), objection)) is possible


def test_who_was_invited_can_say_that_they_do_not_want_a_hearing_any_more(as_applicant, rejected, parties):
    objection = contest.hearing_planned(rejected, **parties)
    assert "Ik wil niet meer gehoord worden" in page(as_applicant, objection)

    assert send(as_applicant, objection, "objection_hearing").status_code == 200  # the box is not ticked
    send(as_applicant, objection, "objection_hearing", sure="on", reply="Het is zo duidelijk.")

    assert (now(objection), objection.current_hearing.wanted) == (ObjectionStatus.HANDLING, False)
    assert "Ik wil niet meer gehoord worden" not in page(as_applicant, objection)


@pytest.mark.parametrize(("choice", "wants"), [("yes", True), ("no", False)])
def test_the_hearing_is_answered(as_representative, rejected, parties, choice, wants):
    objection = contest.hearing_offered(rejected, **parties)

    response = send(as_representative, objection, "objection_hearing", wants=choice, reply="Liefst in de ochtend.")

    assert is_back(response, objection)
    objection.refresh_from_db()
    hearing = objection.current_hearing
    assert (hearing.wanted, hearing.reply, now(objection)) == (wants, "Liefst in de ochtend.", ObjectionStatus.HANDLING)


def test_no_choice_is_refused_and_the_words_are_kept(as_applicant, rejected, parties):
    objection = contest.hearing_offered(rejected, **parties)

    response = send(as_applicant, objection, "objection_hearing", reply=WORDS)

    assert WORDS in response.content.decode()
    assert now(objection) == ObjectionStatus.HEARING_OFFERED


def test_taking_it_back_needs_a_tick(as_applicant, rejected, parties):
    objection = contest.handling(rejected, **parties)

    assert send(as_applicant, objection, "objection_withdraw", reason=WORDS).status_code == 200
    assert is_back(send(as_applicant, objection, "objection_withdraw", sure="on"), objection)

    assert now(objection) == ObjectionStatus.WITHDRAWN


GOOD: dict[str, dict[str, str]] = {
    "objection_repair": {"answer": WORDS},
    "objection_hearing": {"wants": "yes", "reply": WORDS},
    "objection_withdraw": {"sure": "on", "reason": WORDS},
    "objection_papers": {},
    "objection_late": {"sure": "on"},
}


@pytest.mark.parametrize("name", STEPS)
def test_a_step_that_is_too_late_tells_what_happened_and_loses_no_words(as_applicant, rejected, parties, name):
    objection = contest.handling(rejected, **parties)
    objection.withdraw(by=parties["by"])

    late = send(as_applicant, objection, name, **GOOD[name])

    assert late.status_code == 409
    assert all(value in late.content.decode() for value in GOOD[name].values() if value == WORDS)
    assert url(objection) in late.content.decode()
    assert is_back(as_applicant.get(url(objection, name)), objection)


@pytest.mark.parametrize("name", [name for name in STEPS if WORDS in GOOD[name].values()])
def test_words_typed_before_the_login_expired_come_back(client, rejected, parties, name):
    build = {"objection_repair": contest.in_repair, "objection_hearing": contest.hearing_offered}
    objection = build.get(name, contest.handling)(rejected, **parties)
    send(client, objection, name, **GOOD[name])

    client.force_login(parties["by"])

    assert WORDS in page(client, objection, name)


@pytest.mark.parametrize("who", ["as_stranger", "as_caseworker", "as_objection_officer", "as_administrator"])
def test_for_others_there_is_nothing(request, rejected, parties, who):
    objection = contest.in_repair(rejected, **parties)
    browser = request.getfixturevalue(who)

    for name in ("objection", "objection_pdf", *STEPS):
        assert browser.get(url(objection, name)).status_code == 404
        if name in STEPS:
            assert send(browser, objection, name, **GOOD[name]).status_code == 404
    assert now(objection) == ObjectionStatus.REPAIR


def test_a_draft_has_no_page_but_its_form(as_applicant, rejected, applicant):
    draft = contest.draft(rejected, by=applicant)

    assert as_applicant.get(url(draft)).headers["Location"] == reverse("object_to", args=[rejected.key])
    assert as_applicant.get(url(draft, "objection_pdf")).status_code == 404
    for name in STEPS:
        assert as_applicant.get(url(draft, name)).status_code == 302


# --- Being late -------------------------------------------------------------------------------------------


def test_once_we_are_late_one_can_say_so_once(rejected, parties, login, applicant):
    objection = contest.handling(rejected, **parties)
    with time_machine.travel(timezone.localtime() + timedelta(days=120)):
        browser = login(applicant)
        assert url(objection, "objection_late") in page(browser, objection)
        assert is_back(send(browser, objection, "objection_late", sure="on"), objection)

        assert url(objection, "objection_late") not in page(browser, objection)
        assert send(browser, objection, "objection_late", sure="on").status_code == 409
    assert DefaultNotice.objects.get().has_effect


def test_in_time_one_cannot(as_applicant, rejected, parties):
    objection = contest.handling(rejected, **parties)

    assert is_back(as_applicant.get(url(objection, "objection_late")), objection)
    assert send(as_applicant, objection, "objection_late", sure="on").status_code == 409


def test_the_amount_runs_up_on_the_page_of_a_late_application(applicant, caseworker, login):
    application = given.taken_up(by=applicant, desk=caseworker)
    address = reverse("default_notice", args=[application.key])
    with time_machine.travel(timezone.localtime() + timedelta(days=70)):
        browser = login(applicant)
        assert "€\xa01.442" in browser.get(address).content.decode()
        assert browser.post(address, {"sure": "on"}).status_code == 302
    first_day = DefaultNotice.objects.get().first_day
    assert first_day is not None

    for days, amount in ((0, 23), (13, 322), (14, 357)):
        with time_machine.travel(noon(first_day, days)):
            words = login(applicant).get(reverse("application", args=[application.key])).content.decode()
            assert f"€\xa0{amount}" in words


def noon(day: date, days: int) -> Any:
    return datetime.combine(day + timedelta(days=days), time(12), timezone.get_default_timezone())


@pytest.fixture
def in_repair(rejected, parties):
    return contest.in_repair(rejected, **parties)


@pytest.fixture
def to_be_heard(applicant, caseworker, parties):
    return contest.hearing_offered(given.granted(by=applicant, desk=caseworker, plate="V001AA"), **parties)


@each("value", HOSTILE)
def test_whatever_is_typed_is_met_with_a_page(as_applicant, in_repair, to_be_heard, value):
    pages = [url(in_repair, name) for name in ("objection_repair", "objection_papers", "objection_withdraw")]

    assert {page for page in pages if stuffed(as_applicant, page, value, send="1") >= 500} == set()
    assert stuffed(as_applicant, url(to_be_heard, "objection_hearing"), value) < 500


def test_costs_are_asked_with_one_button(rejected, as_applicant, applicant, objection_officer):
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)

    as_applicant.post(reverse("objection_costs", args=[objection.key]))

    objection = type(objection).objects.get(pk=objection.pk)
    assert objection.costs_asked
    assert (
        reverse("objection_costs", args=[objection.key])
        not in as_applicant.get(reverse("objection", args=[objection.key])).content.decode()
    )
