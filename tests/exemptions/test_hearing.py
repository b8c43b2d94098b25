"""A request for a view names what was given and what was found, or it does not go out."""

from dataclasses import replace
from datetime import date

import pytest

from casework.letter_pdfs import render_letter_html, render_letter_pdf
from casework.steps import StepRefused
from exemptions import differences
from exemptions.models import FactsRecord, ViewRequest
from exemptions.models.completion import Difference
from tests import given

pytestmark = pytest.mark.django_db
HOSTILE = Difference("Tarief | **vet**", "<script>alert(1)</script>\n| --- |", "\\|`x`")


@pytest.mark.parametrize("named", [[], [Difference("Tarief", " ", "gewoon")], [Difference("", "a", "b")]])
def test_the_step_refuses_a_letter_without_data(applicant, caseworker, named):
    application = given.taken_up(by=applicant, desk=caseworker)

    with pytest.raises(StepRefused):
        application.offer_hearing(by=caseworker, differences=named, ends_on=given.working_day())

    assert not ViewRequest.objects.exists()
    assert not application.dossier.letters.filter(kind="hearing_offer").exists()


def test_what_people_typed_stays_in_its_cell(applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)
    application.offer_hearing(
        by=caseworker, differences=[HOSTILE], ends_on=given.working_day(), differing_data="# Kop\n| a | b |"
    )
    letter = application.dossier.letters.get(kind="hearing_offer")

    page = render_letter_html(letter.body)

    assert page.count("<tr>") == 2
    assert "<td>Tarief | **vet**</td>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; | --- |" in page
    assert render_letter_pdf(letter).startswith(b"%PDF")


def test_the_versions_of_a_vehicle_tell_what_differs(applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker, source=FactsRecord.Source.APPLICANT)
    found = replace(given.VAN, first_admission=date(2012, 5, 2))
    application.correct_facts(by=caseworker, facts=found, reason="Kentekencard gezien.")

    (one,) = differences.of_vehicle(application)

    assert (one.given, one.found) == ("1 mei 2014", "2 mei 2012 (verbeterd door het loket)")


def test_what_the_register_said_from_the_start_differs_from_nothing(applicant):
    assert differences.of_vehicle(given.filed(by=applicant)) == []


def test_a_request_of_before_shows_its_words(as_applicant, applicant, caseworker):
    application = given.taken_up(by=applicant, desk=caseworker)
    application.offer_hearing(by=caseworker, differences=given.DIFFERING, ends_on=given.working_day())
    application.view_requests.update(differences=[], differing_data="Het register noemt Euro 3.")

    page = as_applicant.get(f"/aanvragen/{application.key}/zienswijze/").content.decode()

    assert "Het register noemt Euro 3." in page
    assert "<table" not in page
