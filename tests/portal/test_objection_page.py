"""The page of an objection, and what its side does there: repair, answer, add papers, withdraw, say that we are late."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from casework.models import DefaultNotice, Document
from objections.models import ObjectionStatus
from tests import contest, given
from tests.portal import files
from tests.portal.files import upload

pytestmark = pytest.mark.django_db
WORDS = "Het contract is op 3 maart getekend."
STEPS = ("objection_repair", "objection_hearing", "objection_papers", "objection_withdraw", "objection_late")


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def parties(applicant, objection_officer):
    return {"by": applicant, "desk": objection_officer}


def url(objection, name="objection"):
    return reverse(name, args=[objection.key])


def page(client, objection, name="objection") -> str:
    response = client.get(url(objection, name))
    assert response.status_code == 200
    return response.content.decode()


def send(client, objection, name, **fields: Any) -> Any:
    return client.post(url(objection, name), {"send": "1", **fields})


def is_back(response, objection) -> bool:
    return response.status_code == 302 and response.headers["Location"] == url(objection)


def now(objection) -> str:
    objection.refresh_from_db()
    return str(objection.status)


# --- What it shows ----------------------------------------------------------------------------------------


def test_the_sum_of_the_last_day_stands_there(as_applicant, rejected, applicant):
    from objections import deadline_words

    objection = contest.filed(rejected, by=applicant)

    assert deadline_words.decide(objection) in page(as_applicant, objection)


@pytest.mark.parametrize(
    ("build", "name"),
    [(contest.in_repair, "objection_repair"), (contest.hearing_offered, "objection_hearing")],
)
def test_what_is_asked_stands_on_top_of_my_applications(as_applicant, rejected, parties, build, name):
    objection = build(rejected, **parties)

    group = as_applicant.get(reverse("my_applications")).context["groups"][0]

    assert [one.action.url for one in group.besides] == [url(objection, name)]
    assert url(objection, name) in page(as_applicant, objection)
    assert url(objection, name) in as_applicant.get(reverse("application", args=[rejected.key])).content.decode()


def test_a_hearing_shows_its_days(as_applicant, rejected, parties):
    hearing = contest.hearing_planned(rejected, **parties).current_hearing

    words = page(as_applicant, hearing.objection)

    assert "Stadskantoor, kamer 3" in words
    for day in (hearing.papers_until, hearing.file_open_from):
        assert translation_of(day) in words


def translation_of(day: date) -> str:
    from casework.deadline_words import day as in_words

    with translation.override("nl"):
        return in_words(day)


def test_a_hearing_that_was_held_shows_its_report(as_applicant, rejected, parties, login, applicant):
    objection = contest.hearing_planned(rejected, **parties)
    with time_machine.travel(timezone.now() + timedelta(days=22)):
        objection.hold_hearing(by=parties["desk"], attended=True, report="De bus is bekeken.")
        assert "De bus is bekeken." in page(login(applicant), objection)


def test_what_the_desk_keeps_inside_is_not_shown(as_applicant, rejected, parties, objection_officer):
    objection = contest.handling(rejected, **parties)
    objection.note(by=objection_officer, text="Belt vaak.")

    words = page(as_applicant, objection)

    assert "Belt vaak" not in words
    assert objection_officer.name not in words


def test_a_decision_shows_its_outcome_and_until_when_one_can_appeal(as_applicant, rejected, parties):
    objection = contest.unfounded(contest.handling(rejected, **parties), by=parties["desk"])

    words = page(as_applicant, objection)

    decision = objection.decisions.get()
    assert decision.reference in words
    assert translation_of(decision.appeal_until) in words


def test_an_upheld_objection_leads_to_the_exemption(as_applicant, client, rejected, parties):
    objection = contest.upheld(contest.handling(rejected, **parties), by=parties["desk"])
    old, new = rejected.decisions.order_by("pk")

    assert reverse("verify_reference", args=[new.reference]) in page(as_applicant, objection)
    context = as_applicant.get(reverse("application", args=[rejected.key])).context
    assert context["case"].exemption.decision == new
    assert [(one.decision, one.stands) for one in context["decisions"]] == [(new, True), (old, False)]
    assert client.get(reverse("verify_reference", args=[new.reference])).context["state"] == "valid"
    assert client.get(reverse("verify_reference", args=[old.reference])).context["state"] == "replaced"


def test_a_better_exemption_after_an_objection_is_the_one_that_shows(as_applicant, applicant, caseworker, parties):
    application = given.granted(by=applicant, desk=caseworker, days=10)
    contest.upheld(contest.handling(application, **parties), by=parties["desk"], days=200)

    case = as_applicant.get(reverse("application", args=[application.key])).context["case"]

    assert case.last_day == timezone.localdate() + timedelta(days=200)
    assert case.exemption.revoked_at is None
    assert case.cause == "objection"


def test_an_application_that_is_taken_up_again_says_so(as_applicant, client, applicant, caseworker, parties):
    application = set_aside(applicant, caseworker)
    objection = contest.handling(application, **parties)
    reference = application.decisions.get().reference
    objection.uphold_and_reopen(by=parties["desk"], explanation="U was wel op tijd.", skip_hearing=True)

    assert page(as_applicant, objection)
    words = as_applicant.get(reverse("application", args=[application.key])).content.decode()
    assert reference in words
    assert client.get(reverse("verify_reference", args=[reference])).context["state"] == "reopened"


def set_aside(applicant, caseworker):
    with time_machine.travel(timezone.now() - timedelta(days=30)):
        application = given.waiting(by=applicant, desk=caseworker)
    with time_machine.travel(timezone.now() - timedelta(days=5)):
        application.let_lapse(by=caseworker)
        application.set_aside(
            by=caseworker, ground=given.ground("set_aside", application), explanation="Niets gehoord."
        )
    return application


def test_an_appeal_shows_court_and_number(as_applicant, rejected, parties):
    objection = contest.unfounded(contest.handling(rejected, **parties), by=parties["desk"])
    contest.appeal(objection, desk=parties["desk"], case_number="UTR 26/1234")

    words = page(as_applicant, objection)

    assert "Rechtbank Midden-Nederland" in words
    assert "UTR 26/1234" in words


def test_papers_of_the_court_stay_inside(as_applicant, rejected, parties):
    objection = contest.unfounded(contest.handling(rejected, **parties), by=parties["desk"])
    appeal = contest.appeal(objection, desk=parties["desk"])
    paper = stored(rejected, "verweerschrift.pdf", by=parties["desk"])
    appeal.send_papers(by=parties["desk"], title="Verweerschrift", dated_on=timezone.localdate(), document=paper)

    assert as_applicant.get(reverse("document", args=[rejected.key, paper.pk])).status_code == 404
    assert "verweerschrift" not in page(as_applicant, objection)


def stored(application, name, *, by):
    document = Document(dossier=application.dossier, added_by=by)
    document.fill(given.PDF, name=name, content_type="application/pdf")
    document.save()
    return document


def test_the_reference_of_a_decision_on_an_objection_is_genuine(client, rejected, parties):
    objection = contest.unfounded(contest.handling(rejected, **parties), by=parties["desk"])
    decision = objection.decisions.get()

    response = client.get(reverse("verify_reference", args=[decision.reference]))

    assert (response.status_code, response.context["state"]) == (200, "other")
    assert translation_of(decision.announced_on) in response.content.decode()
    assert str(rejected.dossier) not in response.content.decode()


def test_letters_belong_to_their_own_objection(as_applicant, rejected, applicant):
    first = contest.filed(rejected, by=applicant)
    first.withdraw(by=applicant)
    second = contest.filed(rejected, by=applicant)

    letters = [as_applicant.get(url(one)).context["letters"] for one in (first, second)]

    assert [[letter.kind for letter in each] for each in letters] == [
        ["objection_withdrawn", "objection_receipt"],
        ["objection_receipt"],
    ]


def test_every_status_has_a_page_and_a_row(as_applicant, rejected, parties):
    from objections.following import progress

    assert set(progress.LABELS) == set(progress.NEXT) == set(ObjectionStatus)


def test_the_page_asks_as_many_queries_with_more_in_it(as_applicant, rejected, parties):
    objection = contest.hearing_offered(rejected, **parties)
    with CaptureQueriesContext(connection) as few:
        page(as_applicant, objection)
    for number in range(3):
        objection.documents.add(stored(rejected, f"{number}.pdf", by=parties["by"]))
        objection.reliefs.create(court="Rechtbank", asked_on=timezone.localdate())
    with CaptureQueriesContext(connection) as many:
        page(as_applicant, objection)

    assert len(many) == len(few)


def test_my_applications_asks_as_many_queries_with_more_objections(as_applicant, applicant, caseworker, parties):
    counts = []
    for number in (1, 4):
        for more in range(number):
            application = given.granted(by=applicant, desk=caseworker, plate=f"V{number}{more}1AA")
            contest.in_repair(application, **parties)
        with CaptureQueriesContext(connection) as queries:
            as_applicant.get(reverse("my_applications"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


# --- Steps --------------------------------------------------------------------------------------------------


def test_what_was_missing_comes_in_words_and_files(as_colleague, rejected, parties):
    objection = contest.in_repair(rejected, **parties)

    response = send(as_colleague, objection, "objection_repair", answer=WORDS, files=[upload(files.PDF, "gronden.pdf")])

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
    added = as_applicant.post(address, {"add": "1", "answer": WORDS, "files": [upload(files.PDF, "een.pdf")]})
    assert WORDS in added.content.decode()
    as_applicant.post(address, {"add": "1", "files": [upload(files.PNG, "twee.png")]})
    as_applicant.post(address, {"remove": Document.objects.get(name="een.pdf").pk})
    assert not objection.documents.exists()

    assert is_back(send(as_colleague, objection, "objection_repair"), objection)

    assert [document.name for document in objection.documents.all()] == ["twee.png"]


def test_a_bad_file_stops_the_repair_and_the_good_one_and_the_words_are_kept(as_applicant, rejected, parties):
    objection = contest.in_repair(rejected, **parties)
    both = [upload(b"MZ", "kwaad.pdf"), upload(files.PDF, "goed.pdf")]

    words = send(as_applicant, objection, "objection_repair", answer=WORDS, files=both).content.decode()

    assert "kwaad.pdf" in words
    assert "goed.pdf</a>" in words
    assert WORDS in words
    assert now(objection) == ObjectionStatus.REPAIR


def test_papers_of_the_desk_are_not_taken_for_ones_own(as_applicant, rejected, parties, objection_officer):
    objection = contest.handling(rejected, **parties)
    loose = stored(rejected, "intern.pdf", by=objection_officer)

    as_applicant.post(url(objection, "objection_papers"), {"remove": loose.pk})
    send(as_applicant, objection, "objection_papers", files=[upload(files.PDF, "eigen.pdf")])

    assert Document.objects.filter(pk=loose.pk).exists()
    assert [document.name for document in objection.documents.all()] == ["eigen.pdf"]


def test_a_double_click_on_papers_adds_them_once(as_applicant, rejected, parties):
    objection = contest.handling(rejected, **parties)
    answers = [
        send(as_applicant, objection, "objection_papers", files=[upload(files.PDF, "eigen.pdf")]) for _click in range(2)
    ]

    assert all(is_back(answer, objection) for answer in answers)
    assert objection.dossier.events.filter(step="add_papers").count() == 1


def test_papers_come_in_until_ten_days_before_the_hearing(rejected, parties, login, applicant):
    objection = contest.hearing_planned(rejected, **parties)

    for days, possible in ((11, True), (12, False)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            assert (url(objection, "objection_papers") in page(login(applicant), objection)) is possible


@pytest.mark.parametrize(("choice", "wants"), [("yes", True), ("no", False)])
def test_the_hearing_is_answered(as_representative, rejected, parties, choice, wants):
    objection = contest.hearing_offered(rejected, **parties)

    response = send(as_representative, objection, "objection_hearing", wants=choice, reply="Liefst in de ochtend.")

    assert is_back(response, objection)
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
    with time_machine.travel(timezone.now() + timedelta(days=120)):
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
    with time_machine.travel(timezone.now() + timedelta(days=70)):
        browser = login(applicant)
        assert "€\xa01.442" in browser.get(address).content.decode()
        assert browser.post(address, {"sure": "on"}).status_code == 302
    first_day = DefaultNotice.objects.get().first_day
    assert first_day is not None

    for days, amount in ((0, 23), (13, 322), (14, 357)):
        with time_machine.travel(first_day + timedelta(days=days, hours=12) if False else noon(first_day, days)):
            words = login(applicant).get(reverse("application", args=[application.key])).content.decode()
            assert f"€\xa0{amount}" in words


def noon(day: date, days: int) -> Any:
    from datetime import datetime, time

    return datetime.combine(day + timedelta(days=days), time(12), timezone.get_default_timezone())
