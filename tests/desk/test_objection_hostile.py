"""What no honest browser sends to the forms about objections and appeals: never an error of ours."""

import pytest
from django.urls import reverse

from casework.desk.conflict import seen_now
from tests import contest, given
from tests.desk import pages
from tests.looping import each
from tests.project.test_hostile_input import HOSTILE, stuffed

pytestmark = pytest.mark.django_db

OF_OBJECTION = (
    "ask_repair",
    "offer_hearing",
    "plan_hearing",
    "waive_hearing",
    "uphold",
    "declare_inadmissible",
    "delay_further",
    "inquire_abroad",
    "suspend_decision_term",
    "receive_default_notice",
    "ask_relief",
    "withdraw",
    "assign",
    "note",
)
OF_APPEAL = ("take_number", "send_papers", "find_unfounded", "win_with_grant", "win_with_court_grant", "win_with_order")


@pytest.fixture
def handling(applicant, caseworker, other_caseworker, objection_officer):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    return contest.handling(rejected, by=applicant, desk=objection_officer, costs_asked=True)


@pytest.fixture
def appeal(handling, objection_officer):
    unfounded = contest.unfounded(handling, by=objection_officer, costs_because="Nee.")
    return contest.appeal(unfounded, desk=objection_officer)


@each("value", HOSTILE)
def test_every_form_of_an_objection_answers_with_a_page(as_objection_officer, handling, value):
    usual = {"seen": str(seen_now(handling)), "action": "preview"}
    register = reverse("admin:objections_objection_register", args=[handling.application.pk])
    addresses = [*(pages.step(handling, name) for name in OF_OBJECTION), register]

    assert {url for url in addresses if stuffed(as_objection_officer, url, value, **usual) >= 500} == set()


@each("value", HOSTILE)
def test_every_form_of_an_appeal_answers_with_a_page(as_objection_officer, handling, appeal, value):
    usual = {"seen": str(seen_now(appeal)), "action": "preview"}
    lodge = reverse("admin:objections_appeal_lodge", args=[handling.pk])
    addresses = [*(pages.step(appeal, name) for name in OF_APPEAL), lodge]

    assert {url for url in addresses if stuffed(as_objection_officer, url, value, **usual) >= 500} == set()


@pytest.mark.parametrize("name", ["list", "page"])
@pytest.mark.parametrize("value", ["nonsense", "²", "-1", "9" * 30])
def test_a_strange_address_of_a_list_breaks_nothing(as_objection_officer, name, value):
    for sort in ("objections_objection", "objections_appeal", "casework_defaultnotice"):
        address = reverse(f"admin:{sort}_changelist")

        assert as_objection_officer.get(address, {name: value}).status_code in (200, 404)


@pytest.mark.parametrize("name", ["save", "delete", "file", "register", "decide_again", "keep_to_order", "drop"])
def test_a_step_that_is_not_of_the_desk_has_no_page(name, as_objection_officer, handling):
    assert as_objection_officer.get(pages.step(handling, name)).status_code == 404
    assert pages.send(as_objection_officer, handling, name).status_code == 404
