"""An application that is for another body is forwarded there, and the applicant is told (Awb 2:3(1))."""

import pytest

from casework import clock
from casework.deadline_words import format_day
from casework.models import Letter, OtherBody, PostalCopy
from exemptions.models import Application, Status
from tests import given
from tests.desk import pages
from tests.objections.look import letters, terms
from tests.posting import choose_post, post

pytestmark = pytest.mark.django_db
WHY = "U vraagt iets over uw verkeersboete."


@pytest.fixture
def cvom() -> OtherBody:
    found: OtherBody = OtherBody.objects.get(code="cvom")
    return found


def letter(application: Application, kind: str) -> Letter:
    found: Letter = application.dossier.letters.get(kind=kind)
    return found


def test_2_3_an_application_for_another_goes_there_and_the_applicant_reads_to_whom(applicant, caseworker, cvom):
    application = given.taken_up(by=applicant, desk=caseworker)
    application.forward(by=caseworker, body=cvom, because=WHY)

    assert (application.status, terms(application)) == (Status.FORWARDED, {})
    told = letter(application, "forwarded")
    assert told.made_known_on == clock.today()
    assert "Postbus 50000" in told.body
    assert WHY in told.body


def test_2_3_who_wants_post_is_told_by_post(applicant, organisation, caseworker, cvom):
    choose_post(organisation, by=applicant)
    application = given.taken_up(by=applicant, desk=caseworker)
    application.forward(by=caseworker, body=cvom, because=WHY)

    assert letter(application, "forwarded").made_known_on is None
    post(application, by=caseworker)
    assert letter(application, "forwarded").made_known_on == clock.today()
    assert application.status == Status.FORWARDED


def test_2_3_the_other_body_gets_a_letter_with_the_day_of_receipt(organisation, caseworker, cvom):
    application = given.on_paper(desk=caseworker, applicant=organisation, days_ago=3)
    application.forward(by=caseworker, body=cvom, because=WHY)

    note = letter(application, "forwarding_note")
    assert note.address.startswith("Parket")
    assert "3500 MJ Utrecht" in note.address
    assert format_day(application.received_on) in note.subject
    assert PostalCopy.objects.to_post().filter(letter=note).exists()


def test_nobody_need_decide_any_more_and_no_penalty_grows(applicant, caseworker, cvom):
    application = given.proposed(by=applicant, desk=caseworker)
    application.forward(by=caseworker, body=cvom, because=WHY)

    assert not application.proposals.filter(settled_at=None).exists()
    assert application not in Application.objects.open()
    assert letters(application)[-2:] == ["forwarded", "forwarding_note"]


def test_the_desk_forwards_it(applicant, caseworker, as_caseworker, cvom):
    application = given.taken_up(by=applicant, desk=caseworker)
    pages.send(as_caseworker, application, "forward", body=cvom.pk, because=WHY)

    assert pages.status(application) == "forwarded"
    assert "Parket" in pages.text(as_caseworker.get(pages.case(application)))


def test_the_applicant_reads_on_the_page_that_it_was_sent_on(applicant, caseworker, as_applicant, cvom):
    application = given.taken_up(by=applicant, desk=caseworker)
    application.forward(by=caseworker, body=cvom, because=WHY)

    page = pages.text(as_applicant.get(f"/aanvragen/{application.key}/"))
    assert "Wij hebben uw aanvraag doorgestuurd, omdat een ander daarover beslist." in page
