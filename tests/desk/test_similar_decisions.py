"""An open application shows what was decided lately in cases like it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exemptions.admin.similar_decisions import build_similar_panel, find_similar_decisions
from exemptions.models import Decision, FactsRecord
from tests import given
from tests.desk import pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(applicant, caseworker):
    return given.taken_up(by=applicant, desk=caseworker, plate="V001AA")


def similar(application, user, *, ground=None):
    return list(find_similar_decisions(application, ground=ground, user=user))


def test_the_latest_ten_of_its_kind_stand_there_with_outcome_and_link(
    as_caseworker, application, applicant, caseworker
):
    granted = [given.granted(by=applicant, desk=caseworker, plate=f"V0{number}BB") for number in range(10, 22)]

    page = pages.text(as_caseworker.get(pages.case(application)))

    assert "Besluiten zoals deze" in page
    shown = [one.application for one in similar(application, caseworker)]
    assert shown == granted[:1:-1]
    assert all(pages.case(one) in page for one in shown)


def test_those_of_the_same_make_and_model_stand_first(as_caseworker, applicant, caseworker):
    model = {"make": "VOLKSWAGEN", "model": "TRANSPORTER"}
    same, other = (given.granted(by=applicant, desk=caseworker, plate=f"V00{number}AA") for number in (2, 3))
    application = given.taken_up(by=applicant, desk=caseworker, plate="V004AA")
    for one, facts in ((same, model), (other, {**model, "model": "CADDY"}), (application, model)):
        one.record_facts(source=FactsRecord.Source.REGISTER, facts=facts)

    assert [one.application for one in similar(application, caseworker)] == [same, other]
    assert pages.text(as_caseworker.get(pages.case(application))).count("zelfde merk en model") == 1


def test_another_kind_and_another_class_are_not_like_it(application, applicant, caseworker):
    given.granted(by=applicant, desk=caseworker, code="NEV", plate="V002AA")
    truck = given.granted(by=applicant, desk=caseworker, plate="V003AA")
    type(truck).objects.filter(pk=truck.pk).update(vehicle_class="truck")

    assert similar(application, caseworker) == []
    assert build_similar_panel(application, caseworker) is None


def test_what_is_proposed_narrows_it_to_its_ground(applicant, caseworker, other_caseworker):
    given.granted(by=applicant, desk=caseworker, plate="V002AA")
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate="V003AA")
    proposed = given.proposed(by=applicant, desk=caseworker, plate="V004AA")

    panel = build_similar_panel(proposed, caseworker)

    assert [one.application for one in panel.context["decisions"]] == [rejected]


def test_what_the_user_may_not_see_is_not_there(application, applicant, caseworker, municipal_caseworker):
    given.granted(by=applicant, desk=caseworker, plate="V002AA")

    assert similar(application, municipal_caseworker) == []


def test_a_decided_case_has_no_panel_and_is_not_like_itself(applicant, caseworker):
    granted = given.granted(by=applicant, desk=caseworker, plate="V002AA")

    assert build_similar_panel(granted, caseworker) is None
    assert Decision.objects.count() == 1
    assert similar(granted, caseworker) == []


def test_it_is_one_query_whatever_there_is(application, applicant, caseworker):
    assert caseworker.get_all_permissions()
    assert application.current_facts
    for number in range(4):
        given.granted(by=applicant, desk=caseworker, plate=f"V0{number}CC")
        with CaptureQueriesContext(connection) as queries:
            found = similar(application, caseworker)
            assert all(str(one.application.dossier) and str(one.ground) for one in found)
        assert len(queries) == 1
