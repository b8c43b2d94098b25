"""Complaining in the portal: once, by who is logged in, and followed there."""

from uuid import uuid4

import pytest
from django.urls import reverse

from casework.models import Policy
from complaints.models import Complaint
from tests.complaints import lodged
from tests.desk import pages

pytestmark = pytest.mark.django_db
COMPLAIN = reverse("complain")


def sent(**fields):
    return {"key": uuid4(), "about": lodged.ABOUT, "by_post": "no", **fields}


def test_a_complaint_is_sent_and_shown(login, applicant):
    page = login(applicant).post(COMPLAIN, sent(), follow=True)

    complaint = Complaint.objects.get()
    assert (complaint.complainant, complaint.status, complaint.email) == (applicant, "received", applicant.email)
    assert lodged.ABOUT in pages.text(page)
    assert str(complaint.dossier) in pages.text(page)


def test_two_clicks_send_one(login, applicant):
    portal, form = login(applicant), sent()
    for _click in range(2):
        portal.post(COMPLAIN, form)
    assert Complaint.objects.count() == 1


def test_more_than_the_policy_allows_in_a_day_is_refused_and_what_was_typed_stays(login, applicant):
    Policy.objects.filter(name="complaints_a_day").update(value=1)
    portal = login(applicant)
    portal.post(COMPLAIN, sent())

    page = portal.post(COMPLAIN, sent(about_whom="de heer Jansen"))

    assert "de heer Jansen" in pages.text(page)
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"about": ""}, {"by_post": "yes"}, {"happened_on": "2199-01-01"}])
def test_what_is_wrong_is_told_and_what_was_typed_stays(login, applicant, wrong):
    page = login(applicant).post(COMPLAIN, sent(about_whom="de heer Jansen", **wrong) | wrong)

    assert page.status_code == 422
    assert "de heer Jansen" in pages.text(page)


def test_who_is_not_logged_in_logs_in_first(client):
    assert client.get(COMPLAIN).status_code == 302


def test_a_colleague_of_the_firm_does_not_see_it(login, applicant, colleague):
    login(applicant).post(COMPLAIN, sent())
    address = reverse("complaint", args=[Complaint.objects.get().key])

    assert login(colleague).get(address).status_code == 404


def test_it_can_be_taken_back_once(login, applicant):
    portal = login(applicant)
    portal.post(COMPLAIN, sent())
    complaint = Complaint.objects.get()
    for _click in range(2):
        portal.post(reverse("complaint_withdraw", args=[complaint.key]))

    complaint.refresh_from_db()
    assert complaint.status == "withdrawn"
    assert complaint.dossier.letters.count() == 2


def test_it_stands_among_ones_own_cases(login, applicant):
    portal = login(applicant)
    portal.post(COMPLAIN, sent())
    assert str(Complaint.objects.get().dossier) in pages.text(portal.get(reverse("my_applications")))
