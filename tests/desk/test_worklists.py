"""Worklists are lists of Django's admin: what every one of them can do."""

import re

import pytest
from django.urls import reverse

from exemptions.admin.application import ApplicationAdmin
from tests import given
from tests.casework.exports.files import numbers
from tests.desk import pages

pytestmark = pytest.mark.django_db
LIST = reverse("admin:exemptions_application_changelist")


@pytest.fixture
def three(applicant, caseworker):
    """Two that nobody has yet, and one taken up."""
    new = [given.filed(by=applicant, plate=plate) for plate in ("V003AA", "V001AA")]
    return [*new, given.taken_up(by=applicant, desk=caseworker, plate="V002AA")]


def listed(client, **asked):
    """The rows of a page, in its order."""
    return list(client.get(LIST, asked).context["cl"].result_list)


def test_a_list_is_sorted_by_the_column_that_one_clicks(as_caseworker, three):
    page = as_caseworker.get(LIST, {"list": "open"})
    by_plate = re.search(r'href="(\?[^"]*)">Kenteken<', pages.text(page)).group(1).replace("&amp;", "&")

    found = as_caseworker.get(LIST + by_plate).context["cl"].result_list

    assert [one.plate for one in found] == ["V001AA", "V002AA", "V003AA"]


def test_a_status_is_a_filter_within_a_worklist_and_its_file(as_caseworker, three):
    chosen = {"list": "open", "status__exact": "in_review"}

    assert listed(as_caseworker, **chosen) == [three[2]]
    assert numbers(as_caseworker, **chosen) == [str(three[2])]


def test_a_tab_keeps_the_filter_and_every_tab_is_there(as_caseworker, three):
    page = pages.text(as_caseworker.get(LIST, {"list": "open", "status__exact": "in_review"}))

    assert 'href="?list=mine&amp;status__exact=in_review"' in page
    assert re.search(r'href="\?list=open[^"]*" aria-current="page">', page)


@pytest.mark.parametrize("lookup", ["plate", "applicant__name__startswith", "owner__password__startswith", "nonsense"])
def test_an_address_guesses_at_nothing_but_the_filters(as_caseworker, three, lookup):
    assert as_caseworker.get(LIST, {lookup: "V"}).status_code == 400


def test_the_words_of_a_search_stand_in_no_address_of_what_was_found(as_caseworker, three, monkeypatch):
    monkeypatch.setattr(ApplicationAdmin, "list_per_page", 2)
    page = pages.search(as_caseworker, "korst")
    addresses = re.findall(r'(?:href|action)="([^"]*)"', page)
    following = next(one for one in addresses if "p=2" in one).replace("&amp;", "&")

    assert [one for one in addresses if "korst" in one.lower()] == []
    second = as_caseworker.get(reverse("admin:exemptions_application_search") + following)
    assert len(second.context["cl"].result_list) == 1


def test_a_page_that_is_not_there_leads_to_the_list(as_caseworker, three):
    answer = as_caseworker.get(LIST, {"list": "open", "p": "7"})

    assert (answer.status_code, answer.url) == (302, f"{LIST}?e=1")
    assert len(listed(as_caseworker, e="1")) == 3


def test_a_tab_says_how_many_wait_and_is_quiet_where_nobody_does(as_caseworker, three):
    page = pages.text(as_caseworker.get(pages.worklist("open")))

    assert 'Alles wat openstaat <span class="desk-views__count">3</span></a>' in page
    assert 'class="board-lists__empty">Te laat</a>' in page


def test_what_is_seldom_asked_stands_under_more_lists_by_its_heading(as_caseworker, three):
    page = pages.text(as_caseworker.get(pages.worklist("open")))
    first, _fold, more = page.partition("Meer lijsten")

    assert "?list=duplicate" not in first
    assert "?list=duplicate" in more
    assert [more.index(f"<h2>{title}</h2>") for title in ("In behandeling", "Termijnen", "Na de toekenning")]


def test_the_list_that_is_open_is_a_tab_wherever_it_belongs(as_caseworker, three):
    page = pages.text(as_caseworker.get(pages.worklist("duplicate")))

    assert '<a href="?list=duplicate" aria-current="page">' in page.partition("Meer lijsten")[0]
