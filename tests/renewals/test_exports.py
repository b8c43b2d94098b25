"""Runs of deciding again, and the cases of one, as files."""

from dataclasses import replace

import pytest

from renewals.models import Action, Renewal
from renewals.publication import make_list
from tests.casework.exports.files import address, rows
from tests.desk.pages import text
from tests.renewals.changes import HEAVY, version

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(reject, team_lead) -> Renewal:
    """A list with a case to grant and one for a person."""
    reject(), reject(facts=replace(HEAVY, payload_kg=None))
    made: Renewal = make_list(version(), by=team_lead)
    return made


def test_a_list_of_runs_says_how_many_cases_each_has(as_team_lead, run):
    (row,) = rows(as_team_lead, "renewal", list="to-review")

    assert (row["Nummer"], row["Aantal zaken"]) == (str(run.dossier), "2")


def test_the_cases_of_a_run_are_those_that_its_page_shows(as_team_lead, run):
    everything = rows(as_team_lead, "renewalitem", run=str(run.pk))
    grants = rows(as_team_lead, "renewalitem", run=str(run.pk), action=Action.GRANT.value)

    assert len(everything) == 2
    assert [row["Aanvrager"] for row in grants] == ["Bakkerij De Korst"]
    assert {row["Krijgt"] for row in grants} == {str(Action.GRANT.label)}


def test_the_page_of_a_run_links_to_its_files_with_what_was_chosen(as_team_lead, run):
    page = text(as_team_lead.get(f"/loket/renewals/renewal/{run.pk}/change/?action=grant"))

    assert f'href="/lijsten/renewalitem/csv/?action=grant&amp;run={run.pk}"' in page


@pytest.mark.parametrize("who", ["as_caseworker", "as_municipal_caseworker", "as_administrator", "as_applicant"])
def test_who_sees_no_runs_gets_no_file_of_them(who, run, request):
    client = request.getfixturevalue(who)

    assert client.get(address("renewal")).status_code == 404
    assert client.get(address("renewalitem"), {"run": run.pk}).status_code == 404


@pytest.mark.parametrize("number", ["", "0", "x", "٣", "9" * 30, "1 OR 1=1"])
def test_a_run_that_does_not_exist_is_not_found(as_team_lead, number):
    assert as_team_lead.get(address("renewalitem"), {"run": number}).status_code == 404
