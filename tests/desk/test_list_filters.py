"""The filters of a list: they combine with its tab and a search, stand in the address, and are never let go unsaid."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from exemptions.models import Application
from tests import contest, given
from tests.casework.exports.files import numbers
from tests.desk import pages
from tests.looping import each
from tests.posting import choose_post

pytestmark = pytest.mark.django_db
LIST = reverse("admin:exemptions_application_changelist")
OBJECTIONS = reverse("admin:objections_objection_changelist")


def plates(client, **asked):
    """The rows of a page, by their plates."""
    page = client.get(LIST, {"list": "open", **asked})
    assert page.status_code == 200
    return sorted(one.plate for one in page.context["cl"].result_list)


@pytest.fixture
def cases(applicant, caseworker, other_caseworker):
    """One of Kees, one of Olga for a local kind in Utrecht, and one of nobody that came in four weeks ago."""
    given.taken_up(by=applicant, desk=caseworker, plate="V001AA")
    given.taken_up(by=applicant, desk=other_caseworker, plate="V002AA", code="HAR")
    old = given.filed(by=applicant, plate="V003AA")
    received = timezone.now() - timedelta(weeks=4, days=2)
    due = timezone.localdate() - timedelta(days=1)
    Application.objects.filter(pk=old.pk).update(received_at=received, decide_by=due, facts_verified=False)


@each(
    "asked, found",
    [
        ({"assigned": "me"}, ["V001AA"]),
        ({"assigned": "nobody"}, ["V003AA"]),
        ({"age": "4"}, ["V003AA"]),
        ({"age": "6"}, []),
        ({"due": "overdue"}, ["V003AA"]),
        ({"due": "week"}, []),
        ({"kind": "LEV"}, ["V001AA", "V003AA"]),
        ({"flag": "unverified"}, ["V003AA"]),
        ({"flag": "penalty"}, []),
        ({"flag": "suspended"}, []),
        ({"flag": "silent"}, []),
        ({"flag": "disputed"}, []),
        ({"channel__exact": "post"}, []),
        ({"status__exact": "submitted", "age": "2"}, ["V003AA"]),
        ({"assigned": "me", "kind": "HAR"}, []),
        ({"list": "mine", "kind": "LEV"}, ["V001AA"]),
    ],
)
def test_a_filter_leaves_what_fits(asked, found, as_caseworker, cases):
    assert plates(as_caseworker, **asked) == found


def test_a_colleague_is_a_filter(as_caseworker, cases, other_caseworker):
    assert plates(as_caseworker, assigned=str(other_caseworker.pk)) == ["V002AA"]


def test_a_colleague_who_is_gone_is_one_as_long_as_cases_are_theirs(as_caseworker, cases, other_caseworker):
    other_caseworker.groups.clear()

    assert plates(as_caseworker, assigned=str(other_caseworker.pk)) == ["V002AA"]


def test_a_municipality_is_a_filter(as_caseworker, cases):
    assert plates(as_caseworker, municipality="GM0344") == ["V002AA"]


def test_letters_by_post_are_a_flag(as_caseworker, cases, organisation, applicant):
    assert plates(as_caseworker, flag="by-post") == []
    choose_post(organisation, by=applicant)

    assert plates(as_caseworker, flag="by-post") == ["V001AA", "V002AA", "V003AA"]


def test_a_search_is_narrowed_too(as_caseworker, cases):
    found = as_caseworker.post(reverse("admin:exemptions_application_search"), {"q": "korst"})

    page = as_caseworker.get(found.url + "&assigned=nobody")
    assert [one.plate for one in page.context["cl"].result_list] == ["V003AA"]


def test_a_file_has_the_filters_of_the_page(as_caseworker, cases):
    (fits,) = Application.objects.filter(plate="V003AA")

    assert numbers(as_caseworker, list="open", assigned="nobody", age="4") == [str(fits)]


# --- Never let go unsaid ------------------------------------------------------------------------------------


@each(
    "name, value",
    [
        ("assigned", "5000000"),
        ("assigned", "x"),
        ("kind", "XXX"),
        ("municipality", "GM9999"),
        ("age", "3"),
        ("age", "-1"),
        ("due", "soon"),
        ("flag", "' OR 1=1"),
        ("status__exact", "nonsense"),
        ("status__exact", "draft"),
        ("channel__exact", "pigeon"),
        ("cols", "number.password"),
        ("o", "-owner"),
    ],
)
def test_a_value_that_is_not_offered_is_told(name, value, as_caseworker, cases):
    page = as_caseworker.get(LIST, {"list": "open", name: value}, follow=True)

    assert page.redirect_chain == [(f"{LIST}?e=1", 302)]
    assert "Het adres noemde een filter" in pages.text(page)
    assert as_caseworker.get("/lijsten/application/csv/", {"list": "open", name: value}).status_code == 404


@each("name", ["status__regex", "status__in", "assigned_to", "assigned__exact", "kind__kind", "colour"])
def test_a_filter_that_does_not_exist_is_refused(name, as_caseworker):
    assert as_caseworker.get(LIST, {name: "x"}).status_code == 400


def test_paper_says_how_a_list_was_narrowed(as_caseworker, cases):
    page = as_caseworker.get(LIST, {"list": "open", "assigned": "nobody", "age": "4"})

    assert page.context["cl"].narrowed_by == "toegewezen aan: niemand; ontvangen: meer dan 4 weken geleden"


def test_boxes_that_stay_at_all_are_not_in_the_address(as_caseworker, cases):
    answer = as_caseworker.get(LIST, {"list": "open", "assigned": "me", "kind": "", "age": "", "e": "1"})

    assert (answer.status_code, answer.url) == (302, f"{LIST}?list=open&assigned=me")


def test_a_municipality_has_its_own_alone(as_municipal_caseworker, applicant):
    page = as_municipal_caseworker.get(LIST, {"list": "open"})

    (box,) = (one for one in page.context["cl"].boxes if one.parameter_name == "municipality")
    assert dict(box.lookup_choices) == {"GM0344": "Utrecht"}
    told = as_municipal_caseworker.get(LIST, {"municipality": "GM0363"})
    assert told.url == f"{LIST}?e=1"


# --- Order --------------------------------------------------------------------------------------------------


def test_an_order_is_asked_by_the_name_of_a_column(as_caseworker, cases):
    page = as_caseworker.get(LIST, {"list": "open", "o": "-plate"})

    assert [one.plate for one in page.context["cl"].result_list] == ["V003AA", "V002AA", "V001AA"]


def test_what_has_ended_is_sorted_by_what_has_an_index_alone(as_caseworker, cases):
    page = as_caseworker.get(LIST, {"list": "ended"})

    sortable = {one.name for one in page.context["cl"].sortable_by}
    assert sortable == {"number", "plate", "received", "decide_by"}


# --- What it costs ------------------------------------------------------------------------------------------


def test_more_rows_and_more_colleagues_are_no_more_queries(as_caseworker, applicant, caseworker, other_caseworker):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            as_caseworker.get(LIST, {"list": "open", "flag": "unverified", "age": "1", "assigned": "me"})
            as_caseworker.get(LIST, {"list": "open"})
        return len(queries)

    for number in range(3):
        given.taken_up(by=applicant, desk=caseworker, plate=f"V00{number}AA")
    few = asked()
    for number in range(3, 9):
        given.taken_up(by=applicant, desk=other_caseworker, plate=f"V00{number}AA")

    assert asked() == few


@pytest.fixture
def objection(applicant, caseworker, other_caseworker):
    return contest.filed(given.rejected(by=applicant, desk=caseworker, second=other_caseworker), by=applicant)


@each("asked, number", [({"kind": "LEV"}, 1), ({"kind": "HAR"}, 0), ({"assigned": "nobody"}, 1), ({"age": "1"}, 0)])
def test_objections_have_the_same_filters(asked, number, as_objection_officer, objection):
    page = as_objection_officer.get(OBJECTIONS, {"list": "open", **asked})

    assert len(page.context["cl"].result_list) == number
