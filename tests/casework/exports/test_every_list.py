"""Every page with a list has its files: found by walking through the desk and the rooms, not by a list of our own."""

import re
from datetime import date
from html import unescape

import pytest
from django.contrib import admin
from django.urls import reverse

from casework.exports import changelists, listing
from casework.models import EquatedDay, Message
from exemptions.models import Exemption
from reporting.letter import lifecycle
from reporting.period import Period
from reporting.site.signals import services
from reporting.site.signals.services import SignalDetails
from tests import contest, given
from tests.casework.exports.files import content, table
from tests.cast import staff
from tests.desk import pages
from tests.renewals import changes

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a [^>]*href="(/lijsten/[^"]+/csv/[^"]*)"')
FORM = re.compile(r'<form class="loket-export"[^>]* action="(/lijsten/[^"]+/csv/[^"]*)"')
ROOMS = ("letters", "signals", "site_months", "returns")


@pytest.fixture
def something_in_every_list(applicant, caseworker, other_caseworker, objection_officer, team_lead, reporter):
    """Cases of every sort, a run, a letter, a signal, a mail that failed."""
    first, second = (
        given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate=f"V01{number}AA")
        for number in range(2)
    )
    contest.filed(first, by=applicant)
    contest.appeal(contest.hearing_planned(second, by=applicant, desk=objection_officer), desk=objection_officer)
    given.granted(by=applicant, desk=caseworker, plate="V003AA")
    given.waiting(by=applicant, desk=caseworker, plate="V004AA")
    given.filed(by=applicant, plate="V005AA")
    changes.listed(changes.version(), by=staff("Theo Teamleider", "team lead"))
    lifecycle.begin_draft(
        Period(date(2025, 5, 1), date(2025, 6, 30), date(2025, 6, 30)), letter_on=date(2025, 7, 1), by=reporter
    )
    said = SignalDetails("Bond van Vervoerders", "Laden", "Te weinig palen.", date(2025, 6, 1), date(2025, 6, 30))
    services.note_signal(said=said, by=reporter)
    EquatedDay.objects.create(day=date(2040, 5, 6), source="KB")
    Message.objects.create(kind="x", to="a@example.org", subject="x", body="x", given_up_at=first.changed_at)


def links(page):
    """Where the page leads for its CSV file."""
    return {unescape(found) for found in LINK.findall(page)}


def lists_of(client):
    """Every page with rows that the start page of the desk leads to: worklists, what the role keeps, the mails."""
    start = client.get("/loket/").context
    worklists = {one.url for group in start["groups"] for one in group.lists}
    keeps = {one["admin_url"] for app in start["app_list"] for one in app["models"]}
    return sorted(worklists | {one for one in keeps if one})


def rows_on(response):
    """How many rows a list shows; None if the page is no list of the admin or the desk."""
    context = response.context
    if "cl" in context:
        return context["cl"].result_count
    return len(context["versions"]) if "versions" in context else None


@pytest.mark.parametrize("who", ["as_team_lead", "as_administrator", "as_caseworker", "as_objection_officer"])
def test_every_list_of_the_desk_has_a_file_with_the_rows_that_it_shows(who, something_in_every_list, request):
    client = request.getfixturevalue(who)
    seen, exported = {}, {}
    for one in lists_of(client):
        response = client.get(one)
        if number := rows_on(response):
            (link,) = links(pages.text(response)) or {""}
            seen[one] = number
            exported[one] = len(table(content(client.get(link)))) - 1 if link else "no link"

    assert exported == seen
    assert len(seen) > 3


@pytest.mark.parametrize("who", ["as_team_lead", "as_administrator", "as_caseworker"])
@pytest.mark.parametrize("model", [one.model._meta.label for one in changelists.list_admins()])
def test_every_list_of_the_admin_answers_as_its_page_does(who, model, request):
    client = request.getfixturevalue(who)
    one = next(one for one in changelists.list_admins() if one.model._meta.label == model)
    file = client.get(f"/lijsten/{changelists.name_of(one)}/csv/")

    page = client.get(changelists.build_changelist_url(one))
    assert file.status_code == page.status_code
    if page.status_code == 200:
        lines = table(content(file))
        assert len(lines) == page.context["cl"].result_count + 1
        assert len(lines[0]) == len(changelists.columns_of(one))


def test_every_list_of_the_admin_is_one_of_the_admin_or_one_of_our_own():
    own = {one.name for one in listing.list_listings()}
    others = {one.model._meta.model_name for one in admin.site._registry.values() if not changelists.is_changelist(one)}

    assert others <= own


def test_no_name_is_longer_than_is_kept_of_it():
    names = [changelists.name_of(one) for one in changelists.list_admins()] + [
        one.name for one in listing.list_listings()
    ]

    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 40


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_with_a_list_has_a_file_of_it(room, something_in_every_list, client):
    client.force_login(staff("Alie Alles", "reporter", "editor"))
    response = client.get(reverse(room))
    (link,) = links(pages.text(response))

    assert len(table(content(client.get(link)))) > 1


@pytest.mark.parametrize("mine", ["my_applications", "my_exemptions"])
def test_one_s_own_lists_have_a_file(mine, something_in_every_list, as_applicant, as_stranger):
    page = pages.text(as_applicant.get(reverse(mine)))
    (link,) = links(page)
    found = [line[0] for line in table(content(as_applicant.get(link)))[1:]]

    assert found
    assert [number for number in found if number not in page] == []
    assert len(table(content(as_stranger.get(link)))) == 1
    assert not links(pages.text(as_stranger.get(reverse(mine))))
    assert Exemption.objects.exists()


def test_what_a_search_found_has_a_file(as_caseworker, something_in_every_list):
    page = pages.search(as_caseworker, "korst")
    (action,) = FORM.findall(page)

    found = table(content(as_caseworker.post(action, {"q": "korst"})))
    assert len(found) - 1 == page.count('<th scope="row" ')
