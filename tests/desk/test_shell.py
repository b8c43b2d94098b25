"""The frame of the desk: the same header and menu wherever somebody of the staff comes, also by an error."""

import pytest
from django.urls import reverse

from tests.desk import pages
from tests.looping import each
from zesportal.menu import MENU

pytestmark = pytest.mark.django_db

HEADER, PUBLIC_HEADER = 'class="shell-header"', 'class="loket-header"'
FOR_A_LEAD = ("admin:index", "statistics", "letters", "returns", "exports", "account_email")


@each("name", FOR_A_LEAD)
def test_staff_keep_the_header_of_the_desk(login, team_lead, name):
    page = pages.text(login(team_lead).get(reverse(name)))

    assert HEADER in page
    assert PUBLIC_HEADER not in page


@each("address", ["/nergens/", "/loket/nergens/", "/loket/accounts/user/"])
def test_an_error_throws_nobody_of_the_staff_out_of_the_desk(login, caseworker, address):
    response = login(caseworker).get(address)

    assert response.status_code in (403, 404)
    assert HEADER in pages.text(response)
    assert reverse("my_applications") not in pages.text(response)


@pytest.mark.urls("tests.front.site")
def test_a_fault_of_ours_leads_staff_back_to_the_desk(login, caseworker):
    client = login(caseworker)
    client.raise_request_exception = False

    page = pages.text(client.get("/broken/"))

    assert HEADER in page
    assert f'href="{reverse("admin:index")}"' in page


@each("address", ["/nergens/", "/lijsten/"])
def test_an_applicant_keeps_the_frame_of_the_portal(login, applicant, address):
    page = pages.text(login(applicant).get(address))

    assert PUBLIC_HEADER in page
    assert HEADER not in page


def test_the_menu_leads_only_where_somebody_may_enter(login, reporter):
    client = login(reporter)
    addresses = [item.url for group in MENU for item in group.items]

    page = pages.text(client.get(reverse("statistics")))

    header = page.partition("<main")[0]
    assert all(client.get(address).status_code == 200 for address in addresses if f'href="{address}"' in header)
    assert reverse("letters") in header
    assert reverse("admin:exemptions_application_changelist") not in header


def test_the_menu_tells_to_which_page_of_it_a_page_belongs(login, team_lead):
    page = pages.text(login(team_lead).get(reverse("letter_begin")))

    assert f'<a href="{reverse("letters")}" aria-current="true">' in page
    assert f'<a href="{reverse("statistics")}">' in page


def test_who_works_on_a_page_of_their_own_keeps_its_frame(login, enforcement_officer):
    page = pages.text(login(enforcement_officer).get(reverse("vehicle_check")))

    assert HEADER not in page


def test_few_pages_stand_beside_each_other_and_more_of_them_under_their_group(login, reporter, team_lead):
    few, many = (
        pages.text(login(one).get(reverse("statistics"))).partition("<main")[0] for one in (reporter, team_lead)
    )

    assert "<details" not in few
    assert "<summary>Zaken</summary>" in many
