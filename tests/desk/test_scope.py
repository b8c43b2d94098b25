"""Who sees which case at the desk: every address × every role."""

import pytest
from django.urls import reverse

from tests import given
from tests.desk import pages

pytestmark = pytest.mark.django_db

SEES_ALL = ["as_caseworker", "as_other_caseworker", "as_team_lead", "as_objection_officer"]
SEES_NONE = ["as_reporter", "as_editor", "as_administrator"]
STRANGERS = ["as_applicant", "as_stranger", "client"]


@pytest.fixture
def national(applicant):
    return given.filed(by=applicant, plate="V001AA")


@pytest.fixture
def local(applicant):
    return given.filed(by=applicant, code="HAR", plate="V002AA")


def addresses(application):
    """Everything about one case."""
    document = application.dossier.documents.exclude(kind="letter").first()
    return [
        pages.case(application),
        pages.document(application, document.pk),
        pages.letter(application),
        pages.step(application, "note"),
    ]


@pytest.mark.parametrize("who", SEES_ALL)
def test_the_national_desk_opens_everything(who, national, local, request):
    client = request.getfixturevalue(who)
    allowed = {200, 403} if who == "as_objection_officer" else {200}

    for address in (*addresses(national), *addresses(local)):
        assert client.get(address).status_code in allowed


def test_an_objection_officer_reads_and_takes_no_step(as_objection_officer, national):
    assert as_objection_officer.get(pages.case(national)).status_code == 200
    assert as_objection_officer.get(pages.step(national, "note")).status_code == 403
    assert pages.send(as_objection_officer, national, "note", text="Gezien.").status_code == 403


def test_a_municipal_caseworker_opens_only_local_cases_of_the_own_municipality(
    as_municipal_caseworker, as_other_municipal_caseworker, national, local
):
    assert {as_municipal_caseworker.get(address).status_code for address in addresses(local)} == {200}
    assert {as_municipal_caseworker.get(address).status_code for address in addresses(national)} == {404}
    assert {as_other_municipal_caseworker.get(address).status_code for address in addresses(local)} == {404}


def test_a_municipal_caseworker_counts_and_lists_only_those(as_municipal_caseworker, national, local):
    group, *_others = as_municipal_caseworker.get("/loket/").context["groups"]
    counts = {one.worklist.name: one.count for one in group.lists}
    listed = pages.text(as_municipal_caseworker.get(pages.worklist("open")))

    assert counts["new"] == 1
    assert str(local) in listed
    assert str(national) not in listed


def test_the_case_page_links_no_case_that_one_may_not_see(as_municipal_caseworker, national, local):
    page = pages.text(as_municipal_caseworker.get(pages.case(local)))

    assert str(national) not in page


@pytest.mark.parametrize("who", SEES_NONE)
def test_other_roles_at_the_desk_see_no_case(who, national, request):
    client = request.getfixturevalue(who)
    everything = [*addresses(national), pages.worklist("open"), reverse("admin:exemptions_application_search")]

    assert {client.get(address).status_code for address in everything} == {404}
    assert client.post(everything[-1], {"q": "V001AA"}).status_code == 404
    assert pages.send(client, national, "note", text="Gezien.").status_code == 404


@pytest.mark.parametrize("who", STRANGERS)
def test_who_does_not_work_at_the_desk_is_sent_away(who, national, request):
    client = request.getfixturevalue(who)

    for address in ["/loket/", pages.worklist("open"), *addresses(national)]:
        answer = client.get(address, follow=True)
        assert answer.redirect_chain
        assert str(national) not in pages.text(answer)


def test_a_draft_is_not_at_the_desk(as_caseworker, applicant):
    assert as_caseworker.get(pages.case(given.draft(by=applicant))).status_code == 404


def test_a_file_of_one_case_is_not_opened_through_another(as_municipal_caseworker, national, local):
    document = national.dossier.documents.exclude(kind="letter").first()

    assert as_municipal_caseworker.get(pages.document(local, document.pk)).status_code == 404


@pytest.mark.parametrize("action", ["add", "delete", "history"])
def test_nobody_edits_a_row_by_hand(action, as_team_lead, national):
    base = reverse("admin:exemptions_application_changelist")
    address = f"{base}add/" if action == "add" else f"{base}{national.pk}/{action}/"

    assert as_team_lead.get(address).status_code == 404
    assert as_team_lead.post(address).status_code == 404
