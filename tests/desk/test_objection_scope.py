"""Who sees objections and appeals at the desk: every address × every role."""

import pytest
from django.urls import reverse

from casework.letter_pdfs import store_missing
from tests import contest, given
from tests.desk import pages

pytestmark = pytest.mark.django_db

READERS = ["as_objection_officer", "as_team_lead"]
STRANGERS = ["as_caseworker", "as_municipal_caseworker", "as_reporter", "as_editor", "as_administrator"]


@pytest.fixture
def objection(applicant, caseworker, other_caseworker, objection_officer):
    """Handled, with a file of its own."""
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    objection.documents.add(given.attach(rejected.evidence_items.first(), name="brief.pdf"))
    return objection


@pytest.fixture
def appeal(objection, objection_officer):
    return contest.appeal(contest.unfounded(objection, by=objection_officer), desk=objection_officer)


def addresses(objection, appeal):
    lists = [pages.worklist("open", of=f"objections_{sort}") for sort in ("objection", "appeal")]
    document = objection.documents.get()
    return [
        *lists,
        pages.case(objection),
        pages.letter(objection),
        pages.document(objection, document.pk),
        pages.case(appeal),
    ]


@pytest.mark.parametrize("who", READERS)
def test_who_has_objections_opens_everything_about_them(who, objection, appeal, request):
    client = request.getfixturevalue(who)

    assert {client.get(address).status_code for address in addresses(objection, appeal)} == {200}


@pytest.mark.parametrize("who", STRANGERS)
def test_for_other_roles_there_are_no_objections(who, objection, appeal, request):
    client = request.getfixturevalue(who)
    register = reverse("admin:objections_objection_register", args=[objection.application.pk])
    lodge = reverse("admin:objections_appeal_lodge", args=[objection.pk])

    everything = [*addresses(objection, appeal), pages.step(objection, "note"), register, lodge]
    assert {client.get(address).status_code for address in everything} == {404}
    assert pages.send(client, objection, "note", text="Gezien.").status_code == 404


@pytest.mark.parametrize("who", ["as_applicant", "as_stranger", "client"])
def test_who_does_not_work_at_the_desk_is_sent_away(who, objection, appeal, request):
    client = request.getfixturevalue(who)

    for address in addresses(objection, appeal):
        assert client.get(address).status_code == 302


def test_a_team_lead_reads_and_takes_no_step(as_team_lead, objection, appeal):
    assert as_team_lead.get(pages.case(objection)).context["steps"] == []
    assert as_team_lead.get(pages.case(appeal)).context["steps"] == []
    assert pages.send(as_team_lead, objection, "note", text="Gezien.").status_code == 403
    assert as_team_lead.get(reverse("admin:objections_appeal_lodge", args=[objection.pk])).status_code == 403
    register = reverse("admin:objections_objection_register", args=[objection.application.pk])
    assert as_team_lead.get(register).status_code == 403


def test_a_draft_of_the_objector_is_not_at_the_desk(as_objection_officer, applicant, caseworker, other_caseworker):
    draft = contest.draft(given.rejected(by=applicant, desk=caseworker, second=other_caseworker), by=applicant)

    assert as_objection_officer.get(pages.case(draft)).status_code == 404
    assert str(draft.key) not in pages.text(as_objection_officer.get(pages.case(draft.application)))


def test_the_application_and_its_objections_link_to_each_other(as_objection_officer, objection, appeal):
    of_application = pages.text(as_objection_officer.get(pages.case(objection.application)))
    of_objection = pages.text(as_objection_officer.get(pages.case(objection)))

    assert pages.case(objection) in of_application
    assert pages.case(appeal) in of_application
    assert pages.case(objection.application) in of_objection
    assert pages.case(appeal) in of_objection


def test_a_caseworker_sees_no_link_to_an_objection_and_none_of_its_files(as_caseworker, objection):
    page = pages.text(as_caseworker.get(pages.case(objection.application)))
    document = objection.documents.get()

    assert pages.case(objection) not in page
    assert as_caseworker.get(pages.document(objection.application, document.pk)).status_code == 404


def test_a_court_paper_opens_from_its_appeal_alone(as_objection_officer, appeal, objection, objection_officer):
    paper = given.attach(objection.application.evidence_items.first(), name="verweer.pdf")
    appeal.send_papers(by=objection_officer, title="Verweerschrift", dated_on=appeal.filed_on, document=paper)

    assert as_objection_officer.get(pages.document(appeal, paper.pk)).status_code == 200
    assert as_objection_officer.get(pages.document(objection, paper.pk)).status_code == 404
    assert as_objection_officer.get(pages.document(objection.application, paper.pk)).status_code == 404


@pytest.mark.parametrize("action", ["add", "delete", "history"])
@pytest.mark.parametrize("sort", ["objections_objection", "objections_appeal", "casework_defaultnotice"])
def test_nobody_edits_a_row_by_hand(action, sort, as_objection_officer, objection):
    base = reverse(f"admin:{sort}_changelist")
    address = f"{base}add/" if action == "add" else f"{base}{objection.pk}/{action}/"

    assert as_objection_officer.get(address).status_code == 404
    assert as_objection_officer.post(address).status_code == 404


def test_letters_of_an_objection_stand_there_and_not_at_the_application(objection, as_caseworker, as_objection_officer):
    theirs = objection.dossier.letters.filter(case_type=objection.CASE_TYPE).first()
    own = objection.dossier.letters.filter(case_type=objection.application.CASE_TYPE).first()
    by_application = [pages.address("letter", objection.application, one.pk) for one in (theirs, own)]

    assert [as_caseworker.get(address).status_code for address in by_application] == [404, 200]
    page = pages.text(as_caseworker.get(pages.case(objection.application)))
    assert (theirs.subject in page, own.subject in page) == (False, True)
    assert as_objection_officer.get(pages.address("letter", objection, theirs.pk)).status_code == 200


def test_the_pdf_of_such_a_letter_is_no_way_round(objection, as_caseworker):
    theirs = objection.dossier.letters.filter(case_type=objection.CASE_TYPE).first()
    store_missing()
    theirs.refresh_from_db()

    assert as_caseworker.get(pages.document(objection.application, theirs.pdf_id)).status_code == 404
