"""The page of an objection: its status, what happens next, what was decided, what the court said."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from casework import deadline_words
from casework.deadline_words import format_day as in_words
from casework.models import Document
from exemptions.models import Ground
from objections.models import ObjectionStatus
from objections.portal import progress, sentences
from tests import contest, given
from tests.portal.objecting import page, url

pytestmark = pytest.mark.django_db
WORDS = "Het contract is op 3 maart getekend."
STEPS = ("objection_repair", "objection_hearing", "objection_papers", "objection_withdraw", "objection_late")


def test_the_sum_of_the_last_day_stands_there(as_applicant, rejected, applicant):
    objection = contest.filed(rejected, by=applicant)

    assert deadline_words.describe_decision_deadline(objection) in page(as_applicant, objection)


@pytest.mark.parametrize(
    ("build", "name"),
    [(contest.in_repair, "objection_repair"), (contest.hearing_offered, "objection_hearing")],
)
def test_what_is_asked_stands_on_top_of_my_applications(as_applicant, rejected, parties, build, name):
    objection = build(rejected, **parties)

    group = as_applicant.get(reverse("my_applications")).context["groups"][0]

    assert group.besides[0].action.url == url(objection, name)
    assert url(objection, name) in page(as_applicant, objection)
    assert url(objection, name) in as_applicant.get(reverse("application", args=[rejected.key])).content.decode()


def test_a_hearing_shows_its_days(as_applicant, rejected, parties):
    hearing = contest.hearing_planned(rejected, **parties).current_hearing

    words = page(as_applicant, hearing.objection)

    assert "Stadskantoor, kamer 3" in words
    for day in (hearing.papers_until, hearing.file_open_from):
        assert translation_of(day) in words


def verified(client, reference, plate=""):
    """The state that anybody reads of a reference, with a plate or without."""
    if not plate:
        return client.get(reverse("verify_reference", args=[reference])).context["found"].state
    return client.post(reverse("verify"), {"reference": reference, "plate": plate}).context["found"].state


def translation_of(day: date) -> str:
    with translation.override("nl"):
        return in_words(day)


def test_a_hearing_that_was_held_shows_its_report(as_applicant, rejected, parties, login, applicant):
    objection = contest.hearing_planned(rejected, **parties)
    with time_machine.travel(timezone.localtime() + timedelta(days=22)):
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
    assert verified(client, new.reference, plate=new.exemption.plate) == "valid"
    assert verified(client, old.reference) == "replaced"


def test_a_better_exemption_after_an_objection_is_the_one_that_shows(as_applicant, applicant, caseworker, parties):
    application = given.granted(by=applicant, desk=caseworker, days=10)
    contest.upheld(contest.handling(application, **parties), by=parties["desk"])

    case = as_applicant.get(reverse("application", args=[application.key])).context["case"]

    assert case.last_day == given.as_asked(application)["ends_on"] > timezone.localdate() + timedelta(days=10)
    assert case.exemption.revoked_at is None
    assert case.cause == "objection"


def test_what_was_decided_in_its_place_says_so(as_applicant, client, applicant, caseworker, parties):
    application = set_aside(applicant, caseworker)
    objection = contest.handling(application, **parties)
    reference = application.decisions.get().reference
    contest.heard(objection, by=applicant, desk=parties["desk"])
    contest.upheld_and_rejected(objection, by=parties["desk"])

    assert "over uw aanvraag beslist: u krijgt geen ontheffing" in page(as_applicant, objection)
    words = as_applicant.get(reverse("application", args=[application.key])).content.decode()
    assert reference in words
    assert verified(client, reference) == "replaced"


def set_aside(applicant, caseworker):
    application = given.supplied(by=applicant, desk=caseworker)
    application.set_aside(by=caseworker, ground=Ground.objects.get(code="wrong_data"), explanation=given.EXPLAINED)
    return application


def test_an_appeal_shows_court_and_number(as_applicant, rejected, parties):
    objection = contest.unfounded(contest.handling(rejected, **parties), by=parties["desk"])
    contest.appeal(objection, desk=parties["desk"], case_number="UTR 26/1234")

    words = page(as_applicant, objection)

    assert "Rechtbank Midden-Nederland" in words
    assert "UTR 26/1234" in words


def test_what_comes_next_at_the_court_is_said(as_applicant, rejected, parties):
    objection = contest.unfounded(contest.handling(rejected, **parties), by=parties["desk"])
    appeal = contest.appeal(objection, desk=parties["desk"])
    assert "Wij sturen de rechter de stukken van uw zaak" in page(as_applicant, objection)

    appeal.send_papers(by=parties["desk"], title="Verweerschrift", dated_on=timezone.localdate())
    assert "De rechter heeft de stukken van uw zaak" in page(as_applicant, objection)

    appeal.find_unfounded(by=parties["desk"], judged_on=timezone.localdate(), judgment="Ongegrond.")
    assert "of u nog hoger beroep kunt instellen" in page(as_applicant, objection)


def test_a_decision_that_a_court_annulled_is_not_shown_as_what_holds(as_applicant, rejected, parties):
    objection = contest.unfounded(contest.handling(rejected, **parties), by=parties["desk"])
    stays = str(progress.build_case(objection).label)
    appeal, today = contest.appeal(objection, desk=parties["desk"]), timezone.localdate()
    grant = {"ground": given.ground(Ground.Outcome.GRANT, rejected), "starts_on": today, "ends_on": today}
    appeal.win_with_grant(by=parties["desk"], judged_on=today, judgment="Gegrond.", explanation=given.SHORTER, **grant)

    words = page(as_applicant, objection)

    assert stays not in words
    assert all(sentence in words for sentence in progress.build_case(objection).next)
    assert sentences.describe_unfounded(progress.build_case(objection))[0] not in words


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

    assert (response.status_code, response.context["found"].state) == (200, "other")
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


def test_every_status_has_its_words():
    assert set(progress.LABELS) == set(sentences.NEXT) == set(ObjectionStatus)


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
            plates = [f"V{number}{more}{sort}AA" for sort in range(3)]
            one, two, three = (given.granted(by=applicant, desk=caseworker, plate=plate) for plate in plates)
            contest.in_repair(one, **parties)
            contest.filed(two, by=applicant)
            contest.draft(three, by=applicant)
        with CaptureQueriesContext(connection) as queries:
            as_applicant.get(reverse("my_applications"))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_advice_of_a_committee_stands_with_the_decision(as_applicant, rejected, parties):
    objection = contest.referred(contest.handling(rejected, **parties), desk=parties["desk"])
    contest.advised(contest.heard(objection, **parties), desk=parties["desk"])
    link = reverse("document", args=[rejected.key, objection.current_committee.advice.pk])
    assert link not in page(as_applicant, objection)
    assert as_applicant.get(link).status_code == 404

    contest.unfounded(objection, by=parties["desk"])

    assert link in page(as_applicant, objection)
    assert as_applicant.get(link).status_code == 200
