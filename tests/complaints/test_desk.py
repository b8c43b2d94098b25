"""Complaints at the desk: registered by a form, handled on their page, seen by who handles them."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from complaints.admin.desk_steps import COMPLAINTS_DESK
from complaints.models import Complaint
from tests.complaints import lodged
from tests.desk import pages

pytestmark = pytest.mark.django_db
REGISTER = reverse("admin:complaints_complaint_register")


def sent(**fields):
    usual = {
        "key": uuid4(),
        "channel": "phone",
        "received_on": timezone.localdate(),
        "name": "Anna de Bakker",
        "email": "anna@example.org",
        "language": "nl",
        "about": lodged.ABOUT,
    }
    return {**usual, **fields}


def test_registered_by_phone_it_has_its_page(login, objection_officer):
    page = login(objection_officer).post(REGISTER, sent(), follow=True)

    complaint = Complaint.objects.get()
    assert (complaint.channel, complaint.status) == ("phone", "received")
    assert lodged.ABOUT in pages.text(page)


def test_two_clicks_make_one_complaint(login, objection_officer):
    desk, form = login(objection_officer), sent()
    for _click in range(2):
        assert desk.post(REGISTER, form).status_code == 302
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"by_post": "on"}, {"email": ""}, {"about": ""}, {"application": "ZES-2026-999999"}])
def test_what_cannot_be_is_told_and_nothing_is_lost(login, objection_officer, wrong):
    page = login(objection_officer).post(REGISTER, sent(**wrong))

    assert page.status_code == 422
    assert "Anna de Bakker" in pages.text(page)
    assert not Complaint.objects.exists()


def test_nobody_else_comes_here(login, caseworker, objection_officer):
    complaint = lodged.registered(by=objection_officer)
    desk = login(caseworker)
    assert [desk.get(one).status_code for one in (REGISTER, pages.case(complaint))] == [404, 404]


def test_the_buttons_of_each_stage(objection_officer):
    def offered(complaint):
        return {step.name for step in COMPLAINTS_DESK.offered(complaint, objection_officer)}

    both = {"name_person", "assign", "settle", "decline", "withdraw", "forward", "link_application", "note"}
    of_hearing = {"offer_hearing", "plan_hearing", "hold_hearing", "waive_hearing"}
    of_term = {"ask_adviser", "adjourn", "delay_further"}
    assert offered(lodged.registered(by=objection_officer)) == {*both, "take_up"}
    assert offered(lodged.handled(by=objection_officer)) == {*both, *of_hearing, *of_term, "snooze"}
    assert offered(lodged.heard(by=objection_officer)) == {*both, *of_term, "conclude", "snooze"}


def test_the_outcome_is_looked_at_before_it_goes_out(login, objection_officer):
    complaint = lodged.heard(by=objection_officer)
    typed = {"outcome": "justified", "findings": "Twee keer opgehangen.", "judgment": "Dat mocht niet."}
    page = login(objection_officer).post(pages.step(complaint, "conclude"), typed)

    assert "Twee keer opgehangen." in pages.text(page)
    assert Complaint.objects.get().status == "handling"


def test_who_it_is_about_reads_it_and_has_no_button(login, objection_officer, other_officer):
    complaint = lodged.handled(by=objection_officer)
    complaint.name_person(by=objection_officer, person=other_officer)

    assert COMPLAINTS_DESK.offered(complaint, other_officer) == []
    assert login(other_officer).get(pages.case(complaint)).status_code == 200


def test_nine_complaints_take_as_many_queries_as_three(
    login, objection_officer, django_assert_max_num_queries, django_assert_num_queries
):
    desk, url = login(objection_officer), pages.worklist("open", of="complaints_complaint")

    def fill(count):
        for _number in range(count):
            lodged.handled(by=objection_officer)

    fill(3)
    desk.get(url)
    with django_assert_max_num_queries(40) as few:
        desk.get(url)
    fill(6)
    with django_assert_num_queries(len(few)):
        page = desk.get(url)
    assert pages.text(page).count("Anna de Bakker") == 9
