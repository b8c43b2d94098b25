"""Lists as somebody wants them: columns of one's own, and views under a name, for oneself or for the team."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.desk.saved_views import MOST_VIEWS
from casework.models import SavedView
from tests import given
from tests.casework.exports.files import book, rows
from tests.desk import pages
from tests.looping import each

pytestmark = pytest.mark.django_db
LIST = reverse("admin:exemptions_application_changelist")
NARROWED = f"{LIST}?list=open&assigned=me&o=-decide_by&cols=number.plate.decide_by"


@pytest.fixture
def own(applicant, caseworker):
    """One of Kees, and one of nobody."""
    given.filed(by=applicant, plate="V002AA")
    return given.taken_up(by=applicant, desk=caseworker, plate="V001AA")


def save(client, name="Mijn lijst", *, address=NARROWED, **more):
    return client.post(address, {"save_view": "1", "name": name, **more}, follow=True)


def shown(client, address=LIST):
    """The views above a list, with their counts."""
    return {str(one.view): one.count for one in client.get(address).context["cl"].views}


def headings(page):
    return [column.name for column in page.context["cl"].list_display[1:]]


# --- Views --------------------------------------------------------------------------------------------------


def test_a_view_keeps_the_worklist_its_filters_order_and_columns(as_caseworker, own):
    save(as_caseworker)

    page = as_caseworker.get(f"{LIST}?list=new")
    (link,) = page.context["cl"].views
    opened = as_caseworker.get(link.url)
    assert [one.plate for one in opened.context["cl"].result_list] == ["V001AA"]
    assert headings(opened) == ["number", "plate", "decide_by"]
    assert opened.context["cl"].views[0].is_open
    assert not link.is_open


def test_it_is_counted_as_far_as_that_helps(as_caseworker, own, monkeypatch):
    monkeypatch.setattr("casework.desk.counting.MOST_COUNTED", 1)
    save(as_caseworker)
    save(as_caseworker, "Alles", address=f"{LIST}?list=open")

    assert shown(as_caseworker) == {"Mijn lijst": "1", "Alles": "1+"}


def test_ten_views_are_as_many_queries_as_two(as_caseworker, own):
    def count():
        with CaptureQueriesContext(connection) as queries:
            as_caseworker.get(LIST)
        return len(queries)

    for number in range(2):
        save(as_caseworker, f"Lijst {number}")
    few = count()
    for number in range(2, 10):
        save(as_caseworker, f"Lijst {number}", address=f"{LIST}?list=open&kind=LEV")

    assert count() == few


def test_it_is_its_owners_alone_until_a_team_lead_shares_one(as_caseworker, as_team_lead, as_other_caseworker, own):
    save(as_caseworker, is_shared="on")  # the box is not there for who may not share
    save(as_team_lead, "Van het team", is_shared="on")

    assert set(shown(as_other_caseworker)) == {"Van het team"}
    assert set(shown(as_caseworker)) == {"Mijn lijst", "Van het team"}


def test_a_shared_view_shows_each_their_own_cases(as_team_lead, as_caseworker, own):
    save(as_team_lead, "Van mij", address=f"{LIST}?list=open&assigned=me", is_shared="on")

    assert (shown(as_team_lead), shown(as_caseworker)) == ({"Van mij": "0"}, {"Van mij": "1"})


def test_the_same_name_replaces_it_and_a_second_click_makes_no_second(as_caseworker, own):
    for address in (NARROWED, NARROWED, f"{LIST}?list=mine"):
        save(as_caseworker, address=address)

    (view,) = SavedView.objects.all()
    assert view.filters == "list=mine"


@each("query", ["list=open&assigned=999999", "list=open&cols=password", "list=open&o=owner", "list=open&kind=%27"])
def test_an_address_that_the_list_does_not_understand_is_not_kept(query, as_caseworker, own):
    save(as_caseworker, address=f"{LIST}?{query}")

    assert not SavedView.objects.exists()


@each("query, status", [("owner__password__startswith=x", 400), ("list=nothing", 404)])
def test_an_address_that_guesses_is_refused(query, status, as_caseworker, own):
    answer = as_caseworker.post(f"{LIST}?{query}", {"save_view": "1", "name": "x"})

    assert answer.status_code == status
    assert not SavedView.objects.exists()


def test_what_is_no_filter_stays_out_of_it(as_caseworker, own):
    save(as_caseworker, address=f"{LIST}?list=open&p=1&page=9")

    assert SavedView.objects.get().filters == "list=open"


@each("name", ["", "   ", "\u200b", "x" * 61])
def test_it_needs_a_name_that_can_be_read(name, as_caseworker, own):
    save(as_caseworker, name)

    assert not SavedView.objects.exists()


def test_a_name_is_words_and_never_markup(as_caseworker, own):
    save(as_caseworker, "<script>alert(1)</script>")

    assert "<script>alert" not in pages.text(as_caseworker.get(LIST))


def test_a_view_whose_colleague_is_gone_says_so(as_caseworker, own, other_caseworker):
    save(as_caseworker, address=f"{LIST}?list=open&assigned={other_caseworker.pk}")
    other_caseworker.groups.clear()

    assert shown(as_caseworker) == {"Mijn lijst": "–"}


def test_nobody_has_more_than_can_be_looked_over(as_caseworker, own, caseworker):
    SavedView.objects.bulk_create(
        SavedView(owner=caseworker, listing="application", name=f"Lijst {number}") for number in range(MOST_VIEWS)
    )

    assert "Verwijder er eerst een" in pages.text(save(as_caseworker))


# --- Renaming and deleting ----------------------------------------------------------------------------------


def change(client, view, **sent):
    return client.post(reverse("admin:casework_savedview_change", args=[view.pk]), sent, follow=True)


def test_it_is_renamed_and_deleted_by_its_owner(as_caseworker, own):
    save(as_caseworker)
    view = SavedView.objects.get()

    change(as_caseworker, view, name="Anders")
    assert set(shown(as_caseworker)) == {"Anders"}
    as_caseworker.post(reverse("admin:casework_savedview_delete", args=[view.pk]), {"post": "yes"})

    assert shown(as_caseworker) == {}


def test_a_name_that_is_taken_is_said(as_caseworker, own):
    save(as_caseworker, "Een")
    save(as_caseworker, "Twee")

    page = change(as_caseworker, SavedView.objects.get(name="Twee"), name="Een")
    assert "heet al zo" in pages.text(page)


def test_a_colleague_neither_sees_nor_changes_it(as_caseworker, as_other_caseworker, own):
    save(as_caseworker)
    view = SavedView.objects.get()

    page = as_other_caseworker.get(reverse("admin:casework_savedview_changelist"))
    assert str(view) not in pages.text(page)
    change(as_other_caseworker, view, name="Van mij")
    as_other_caseworker.post(reverse("admin:casework_savedview_delete", args=[view.pk]), {"post": "yes"})
    assert SavedView.objects.get().name == "Mijn lijst"


def test_what_the_team_shares_is_read_and_not_changed(as_team_lead, as_caseworker, own):
    save(as_team_lead, "Van het team", is_shared="on")
    view = SavedView.objects.get()

    assert "Van het team" in pages.text(as_caseworker.get(reverse("admin:casework_savedview_changelist")))
    assert change(as_caseworker, view, name="Anders").status_code == 403


def test_who_may_not_share_does_not_by_renaming(as_caseworker, own):
    save(as_caseworker)

    change(as_caseworker, SavedView.objects.get(), name="Anders", is_shared="on")

    assert not SavedView.objects.get().is_shared


# --- Columns ------------------------------------------------------------------------------------------------


def choose(client, *names, how="keep", address=LIST):
    return client.post(address, {"choose_columns": how, "columns": names}, follow=True)


def test_somebody_sees_the_columns_that_they_chose_on_every_worklist(as_caseworker, as_team_lead, own):
    choose(as_caseworker, "number", "plate", "decide_by", "channel")

    assert headings(as_caseworker.get(f"{LIST}?list=open")) == ["number", "plate", "decide_by", "channel"]
    assert headings(as_caseworker.get(f"{LIST}?list=to-post")) == ["number", "plate", "effect_until", "channel"]
    assert "applicant" in headings(as_team_lead.get(f"{LIST}?list=open"))


def test_they_are_back_as_they_were_with_one_click(as_caseworker, own):
    before = headings(as_caseworker.get(f"{LIST}?list=open"))
    choose(as_caseworker, "number", "plate")

    choose(as_caseworker, how="reset")

    assert headings(as_caseworker.get(f"{LIST}?list=open")) == before


def test_a_column_that_there_is_not_is_not_kept(as_caseworker, own):
    choose(as_caseworker, "number", "password", "plate")

    assert headings(as_caseworker.get(LIST)) == ["number", "plate"]


def test_a_file_has_the_columns_and_the_order_of_the_page(as_caseworker, own):
    choose(as_caseworker, "number", "plate", "received")
    page = pages.text(as_caseworker.get(f"{LIST}?list=open&o=-plate"))

    asked = {"list": "open", "o": "-plate", "cols": "number.plate.received"}
    assert "cols=number.plate.received" in page
    found = rows(as_caseworker, "application", **asked)
    assert [(list(row), row["Kenteken"]) for row in found] == [
        (["Nummer", "Kenteken", "Ontvangen"], plate) for plate in ("V-002-AA", "V-001-AA")
    ]
    assert book(as_caseworker, "application", **asked).worksheets[1].max_column == 3


def test_a_file_without_a_choice_has_all_that_is_known(as_caseworker, own):
    (row, _other) = rows(as_caseworker, "application", list="open")

    assert {"Aanvrager", "Dwangsom tot vandaag in euro's", "Binnengekomen via"} <= set(row)
