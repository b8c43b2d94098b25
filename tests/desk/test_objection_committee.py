"""An advisory committee at the desk: named, its advice uploaded, and what deciding asks after it (Awb 7:13)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from objections.admin.desk_steps import OBJECTIONS
from tests import contest, given
from tests.desk import pages
from tests.desk.pages import refused, status
from tests.posting import choose_post

pytestmark = pytest.mark.django_db

NAMED = {"chair": "mr. C. de Vries", "members": "J. Bakker\n\nS. Yilmaz", "is_independent": "on"}


@pytest.fixture
def handling(applicant, caseworker, other_caseworker, objection_officer):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    return contest.handling(rejected, by=applicant, desk=objection_officer)


@pytest.fixture
def referred(handling, objection_officer):
    """A committee is to advise."""
    return contest.referred(handling, desk=objection_officer)


def fields_of(client, objection, name):
    return set(client.get(pages.step(objection, name)).context["form"].fields)


def test_the_committee_is_named_and_stands_on_the_page(as_objection_officer, handling):
    pages.send(as_objection_officer, handling, "refer_to_committee", **NAMED)

    assert handling.current_committee.members == ["J. Bakker", "S. Yilmaz"]
    assert "J. Bakker, S. Yilmaz" in pages.text(as_objection_officer.get(pages.case(handling)))


@pytest.mark.parametrize("about", [{"chair": ""}, {"members": "J. Bakker"}, {"is_independent": ""}])
def test_a_committee_that_is_none_is_refused(as_objection_officer, handling, about):
    assert pages.send(as_objection_officer, handling, "refer_to_committee", **{**NAMED, **about}).status_code == 422


def test_no_deciding_step_is_offered_before_the_advice(referred, objection_officer):
    deciding = ("uphold", "uphold_in_part", "uphold_and_reject", "declare_unfounded", "declare_inadmissible")
    hindered = [OBJECTIONS.hindrance(OBJECTIONS.by_name[name], referred, objection_officer) for name in deciding]

    assert all("receive_advice" in one.repair for one in hindered)
    assert set(deciding).isdisjoint(step.name for step in OBJECTIONS.offered(referred, objection_officer))


def test_the_hearing_names_nobody_of_us(as_objection_officer, referred):
    assert {"heard_by", "members"}.isdisjoint(fields_of(as_objection_officer, referred, "plan_hearing"))


def test_the_advice_is_uploaded_and_opens_from_the_page(as_objection_officer, referred, applicant, objection_officer):
    contest.heard(referred, by=applicant, desk=objection_officer)
    file = SimpleUploadedFile("advies.pdf", given.PDF, "application/pdf")
    fields = {"advised_on": timezone.localdate(), "conclusion": "unfounded", "document": file}

    pages.send(as_objection_officer, referred, "receive_advice", **fields)

    advice = referred.current_committee.advice
    assert as_objection_officer.get(pages.document(referred, advice.pk)).status_code == 200
    assert pages.document(referred, advice.pk) in pages.text(as_objection_officer.get(pages.case(referred)))


def test_who_decides_otherwise_is_asked_why(as_objection_officer, referred, applicant, objection_officer):
    contest.heard(referred, by=applicant, desk=objection_officer)
    contest.advised(referred, desk=objection_officer, conclusion="upheld")
    assert "deviation" in fields_of(as_objection_officer, referred, "declare_unfounded")

    answer = pages.send(as_objection_officer, referred, "declare_unfounded", explanation="Nee.")
    refused(answer, "De commissie adviseert anders (gegrond)")
    pages.send(as_objection_officer, referred, "declare_unfounded", explanation="Nee.", deviation="Zij miste een stuk.")

    assert status(referred) == "unfounded"


def test_without_a_committee_nobody_is_asked_about_advice(as_objection_officer, handling):
    assert "deviation" not in fields_of(as_objection_officer, handling, "declare_unfounded")


def test_7_13_by_post_the_page_says_that_the_advice_goes_along(
    as_objection_officer, referred, organisation, applicant, objection_officer
):
    choose_post(organisation, by=applicant)
    contest.heard(referred, by=applicant, desk=objection_officer)
    contest.unfounded(contest.advised(referred, desk=objection_officer), by=objection_officer)

    page = pages.text(as_objection_officer.get(pages.case(referred)))

    assert "Doe het advies van de commissie bij de beslissing" in page
