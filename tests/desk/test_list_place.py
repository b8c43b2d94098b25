"""A case knows the list that it was opened from: where it stands there, and what comes before and after it."""

import re
from html import unescape

import pytest
from django.urls import reverse

from exemptions.admin.application import ApplicationAdmin
from tests import contest, given
from tests.desk import pages
from tests.looping import each

pytestmark = pytest.mark.django_db
LIST = reverse("admin:exemptions_application_changelist")


@pytest.fixture
def five(applicant, caseworker):
    """Five that nobody has yet, in the order of the list."""
    return [given.filed(by=applicant, plate=f"V{number:03}AA") for number in range(5)]


def opened(client, row, name="new", address=LIST, **filters):
    """The page of a row, opened from the list."""
    page = pages.text(client.get(address, {"list": name, **filters}))
    link = re.search(rf'href="({re.escape(pages.case(row))}[^"]*)"', page)
    return client.get(unescape(link[1]))


def place(response):
    return response.context["place"]


def follow(client, address):
    """The place of the case behind a link."""
    return place(client.get(address))


def at(response):
    """The case that a page is about."""
    return response.context["case"]


def test_a_case_tells_its_list_and_where_it_stands_there(as_caseworker, five):
    page = opened(as_caseworker, five[2])

    text = pages.text(page)
    assert f'<a href="{pages.worklist("new")}">Nieuw</a>' in text
    assert "3 van 5" in text
    assert [at(as_caseworker.get(way)) for way in (place(page).previous, place(page).following)] == [five[1], five[3]]


def test_the_first_has_none_before_it_and_the_last_none_after(as_caseworker, five):
    first, last = place(opened(as_caseworker, five[0])), place(opened(as_caseworker, five[4]))

    assert (first.number, first.previous, last.number, last.following) == (1, "", 5, "")


def test_one_walks_the_whole_list_from_case_to_case(as_caseworker, five):
    page, walked = opened(as_caseworker, five[0]), []
    while page:
        walked.append(at(page))
        page = as_caseworker.get(place(page).following) if place(page).following else None

    assert walked == five


def test_filters_and_order_of_the_list_are_kept(as_caseworker, five, caseworker):
    five[1].take_up(by=caseworker)
    listed = as_caseworker.get(LIST, {"list": "open", "status__exact": "submitted"})
    by_plate = re.search(r'href="(\?[^"]*)">Kenteken<', pages.text(listed))[1].replace("&amp;", "&")
    backwards = as_caseworker.get(LIST + by_plate + "&o=-" + re.search(r"o=(\d+)", by_plate)[1])

    found = list(backwards.context["cl"].result_list)
    link = re.search(rf'href="({re.escape(pages.case(found[0]))}[^"]*)"', pages.text(backwards))[1]

    assert at(as_caseworker.get(follow(as_caseworker, unescape(link)).following)) == found[1]


def test_after_a_step_that_takes_the_case_off_its_list_the_next_one_is_the_first_button(as_caseworker, five):
    page = opened(as_caseworker, five[2])
    take_up = re.search(r'action="([^"]*/step/take_up/[^"]*)"', pages.text(page))[1]

    done = as_caseworker.post(unescape(take_up), {"action": "send", "seen": page.context["seen"]}, follow=True)

    assert at(done) == five[2]
    assert "Volgende in Nieuw (4)" in pages.text(done)
    assert "niet meer op deze lijst" in pages.text(done)
    assert [at(as_caseworker.get(way)) for way in (place(done).previous, place(done).following)] == [five[1], five[3]]


def test_the_form_and_the_letter_of_a_step_lead_on_too(as_caseworker, five, caseworker):
    mine = [five[number] for number in (1, 3)]
    for one in mine:
        one.take_up(by=caseworker)
    page = opened(as_caseworker, mine[0], "mine")
    form = as_caseworker.get(unescape(re.search(r'href="([^"]*/step/withdraw/[^"]*)"', pages.text(page))[1]))
    action = re.search(r'<form method="post" action="([^"]*/step/withdraw/[^"]*)"', pages.text(form))[1]
    assert f"{pages.case(mine[0])}?from=" in pages.text(form)  # back to the case

    sent = {"action": "send", "seen": form.context["seen"], "because": "Auto verkocht."}
    done = as_caseworker.post(unescape(action), sent, follow=True)

    assert "Volgende in Van mij (1)" in pages.text(done)
    assert at(as_caseworker.get(place(done).following)) == mine[1]


def test_a_letter_can_be_sent_and_the_next_case_opened_by_one_button(as_caseworker, five, caseworker):
    for one in five[:2]:
        one.take_up(by=caseworker)
    here = {"from": f"application?list=mine&row={five[0].pk}"}
    form = as_caseworker.get(pages.step(five[0], "withdraw"), here)
    action = re.search(r'<form method="post" action="([^"]*/step/withdraw/[^"]*)"', pages.text(form))[1]
    sent = {"seen": form.context["seen"], "because": "Auto verkocht."}
    preview = as_caseworker.post(unescape(action), {**sent, "action": "preview"})
    onward = re.search(r'formaction="([^"]*)"[^>]*>Versturen, en door naar de volgende<', pages.text(preview))[1]

    done = as_caseworker.post(unescape(onward), {**sent, "action": "send"}, follow=True)

    assert at(done) == five[1]
    assert f"{five[0]}: Ingetrokken." in pages.text(done)
    assert "Volgende in" not in pages.text(done)  # this one is still to be done


def test_the_end_of_the_list_is_told(as_caseworker, five, caseworker):
    page = opened(as_caseworker, five[4])

    five[4].take_up(by=caseworker)
    again = as_caseworker.get(page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"])

    assert "Dat was de laatste van deze lijst." in pages.text(again)
    assert "Terug naar Nieuw (4)" in pages.text(again)
    assert place(again).following == ""


def test_a_list_whose_rows_have_changed_goes_on_at_the_first_where_nothing_is_known(as_caseworker, five, caseworker):
    page = opened(as_caseworker, five[2])
    for gone in (five[2], five[3]):
        gone.take_up(by=caseworker)

    again = as_caseworker.get(page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"])

    assert at(as_caseworker.get(place(again).following)) == five[0]


def test_two_tabs_keep_two_lists(as_caseworker, five, caseworker):
    five[2].take_up(by=caseworker)
    tabs = [opened(as_caseworker, five[2], name) for name in ("mine", "open")]

    assert [(place(tab).title, place(tab).count) for tab in tabs] == [("Van mij", 1), ("Alles wat openstaat", 5)]


def test_what_a_search_found_is_a_list_too(as_caseworker, five):
    found = as_caseworker.post(reverse("admin:exemptions_application_search"), {"q": "korst"}).url
    page = as_caseworker.get(found)
    link = unescape(re.search(rf'href="({re.escape(pages.case(five[0]))}[^"]*)"', pages.text(page))[1])

    assert follow(as_caseworker, link).count == 5
    assert follow(as_caseworker, link).url == found
    assert "korst" not in link.lower()


def test_a_search_of_somebody_else_leads_to_no_list(as_caseworker, as_team_lead, five):
    found = as_caseworker.post(reverse("admin:exemptions_application_search"), {"q": "korst"}).url
    link = re.search(rf'href="({re.escape(pages.case(five[0]))}[^"]*)"', pages.text(as_caseworker.get(found)))[1]

    seen = follow(as_team_lead, unescape(link))

    assert seen.title != "Zoeken"
    assert "korst" not in pages.text(as_team_lead.get(unescape(link))).partition("</nav>")[0].lower()


HOSTILE = (
    "https://evil.example/",
    "//evil.example?list=new&row=1",
    "application",
    "application?list=new",
    "application?list=nonsense&row=1",
    "application?list=new&row=-1",
    "application?list=new&row=²",
    "application?list=new&row=99999999999999999999999",
    "application?plate__startswith=V&row=1&p=0",
    "application?list=new&row=1&p=x&o=9999.x.-7&q=VX",
    "application?status__exact=%00&row=1",
    "user?row=1",
    "question?list=open&row=1",
    "defaultnotice?row=1&next=2",
    "application?search=guessed&row=1",
    "x" * 5000,
)


@each("sent", HOSTILE)
def test_a_made_up_list_breaks_nothing_and_leads_nowhere_else(sent, as_caseworker, five):
    page = as_caseworker.get(pages.case(five[0]), {"from": sent})

    assert page.status_code == 200
    assert "evil" not in pages.text(page)


def test_who_has_no_right_to_the_list_gets_the_case_without_it(as_caseworker, as_reporter, five):
    approving = f"application?list=to-approve&row={five[0].pk}"
    objections = f"objection?list=open&row={five[0].pk}"

    assert place(as_caseworker.get(pages.case(five[0]), {"from": objections})) is None
    assert as_reporter.get(pages.case(five[0]), {"from": approving}).status_code == 404


def test_beyond_the_first_page_a_case_knows_its_place(as_caseworker, applicant, monkeypatch):
    monkeypatch.setattr(ApplicationAdmin, "list_per_page", 2)
    monkeypatch.setattr("casework.desk.list_place.LOOKED_AT", 5)
    rows = [given.filed(by=applicant, plate=f"V{number:03}AA") for number in range(9)]

    page, walked = opened(as_caseworker, rows[0]), []
    while page:
        walked.append((at(page), place(page).number))
        page = as_caseworker.get(place(page).following) if place(page).following else None

    assert walked == [(row, number) for number, row in enumerate(rows, 1)]


def test_the_place_costs_the_rows_and_the_chosen_columns_however_long_the_list(
    as_caseworker, five, applicant, django_assert_max_num_queries
):
    as_caseworker.get(pages.case(five[0]))
    counted = []
    for more in (0, 4):
        for number in range(more):
            given.filed(by=applicant, plate=f"W{number:03}AA")
        with django_assert_max_num_queries(200) as bare:
            as_caseworker.get(pages.case(five[0]))
        with django_assert_max_num_queries(200) as placed:
            as_caseworker.get(pages.case(five[0]), {"from": f"application?list=new&row={five[0].pk}"})
        counted.append(len(placed) - len(bare))

    assert counted == [2, 2]


def test_objections_stand_on_their_list_and_penalties_lead_through_their_cases(
    as_objection_officer, objection_officer, applicant, caseworker, other_caseworker
):
    rejected = [
        given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate=f"V00{number}AA")
        for number in range(2)
    ]
    objections = [contest.handling(one, by=applicant, desk=objection_officer) for one in rejected]

    page = opened(as_objection_officer, objections[0], "mine", reverse("admin:objections_objection_changelist"))

    assert (place(page).number, place(page).count) == (1, 2)
    assert at(as_objection_officer.get(place(page).following)) == objections[1]
