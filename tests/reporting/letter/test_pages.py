"""The pages for those who make, check and publish the letters."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import Page

from reporting.models import ReportToParliament
from reporting.period import Period
from tests import axe
from tests.reporting.cases import case
from tests.reporting.letter import history
from tests.reporting.letter.doors import address, edit, take

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-0000-0000-000000000000"
BEGIN = {"from": "2025-06-01", "to": "2025-07-31", "as_of": "2025-07-31", "letter_on": "2025-09-29"}


# --- Who may see it -------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["as_reporter", "as_team_lead", "as_administrator"])
def test_some_roles_see_the_letters(person: str, report, request: pytest.FixtureRequest):
    client = request.getfixturevalue(person)

    assert client.get(reverse("letters")).status_code == 200
    assert client.get(address(report)).status_code == 200
    assert client.get(address(report, "letter_file", "json")).status_code == 200


@pytest.mark.parametrize(
    "person", ["as_caseworker", "as_municipal_caseworker", "as_objection_officer", "as_editor", "as_applicant"]
)
def test_the_others_are_told_that_they_may_not(person: str, report, request: pytest.FixtureRequest):
    client = request.getfixturevalue(person)

    for name, more in (("letter_to_parliament", ()), ("letter_details", ()), ("letter_block", ("zones",))):
        assert client.get(address(report, name, *more)).status_code == 403
    assert client.get(address(report, "letter_file", "pdf")).status_code == 403
    assert take(client, report, "approve").status_code == 403


def test_who_only_looks_changes_nothing(as_administrator: Client, report):
    page = as_administrator.get(address(report))

    assert page.context["buttons"] == []
    assert not page.context["may_write"]
    assert as_administrator.get(reverse("letter_begin")).status_code == 403
    assert edit(as_administrator, report, "Anders.").status_code == 403


def test_a_letter_that_is_not_there_is_not_found(as_reporter: Client, report):
    assert as_reporter.get(reverse("letter_to_parliament", args=[NOBODY])).status_code == 404
    assert as_reporter.get(address(report, "letter_block", "geen")).status_code == 404
    assert as_reporter.get(address(report, "letter_file", "odt")).status_code == 404
    assert as_reporter.post(address(report, "letter_step", "vernietig")).status_code == 404


# --- Making ---------------------------------------------------------------------------------------------


def test_the_form_opens_with_the_two_months_before_as_of_yesterday(as_reporter: Client):
    form = as_reporter.get(reverse("letter_begin")).context["form"]

    assert form["from"].value().day == 1
    assert form["to"].value() <= form["as_of"].value() < form["letter_on"].value()


def test_a_letter_is_made_once_however_often_one_clicks(as_reporter: Client, reporter):
    for _click in range(2):
        answer = as_reporter.post(reverse("letter_begin"), BEGIN)

    report = ReportToParliament.objects.get()
    assert answer["Location"] == address(report)
    assert (report.made_by, report.last, report.letter_on) == (reporter, date(2025, 7, 31), date(2025, 9, 29))


def test_days_that_make_no_period_stay_as_typed(as_reporter: Client):
    page = as_reporter.post(reverse("letter_begin"), {**BEGIN, "to": "2025-05-01"})

    assert page.status_code == 200
    assert page.context["form"]["to"].value() == "2025-05-01"
    assert page.context["form"].errors


def give_details(client: Client, report: ReportToParliament, **more: str):
    data = {**BEGIN, "title": report.title, "seen": report.details_stamp(), **more}
    return client.post(address(report, "letter_details"), data)


def test_the_second_of_two_who_change_the_title_sees_both_and_loses_nothing(
    as_reporter: Client, as_other_reporter: Client, report
):
    seen = report.details_stamp()
    give_details(as_other_reporter, report, title="Van de een")

    late = give_details(as_reporter, report, title="Van de ander", seen=seen)

    assert late.status_code == 409
    assert "Van de een" in late.content.decode()
    assert late.context["form"]["title"].value() == "Van de ander"
    again = late.context["form"]["seen"].value()
    assert give_details(as_reporter, report, title="Van beide", seen=again).status_code == 302
    assert ReportToParliament.objects.get().title == "Van beide"


def test_other_days_give_other_numbers(as_reporter: Client, report):
    give_details(as_reporter, report, **{"from": "2025-07-01", "title": "Alleen juli", "signed_by": "De minister"})
    page = as_reporter.get(address(report)).content.decode()

    assert "Alleen juli" in page
    assert "In juli 2025 is 1 landelijke ontheffing aangevraagd" in page
    assert "De minister" in page


# --- Writing --------------------------------------------------------------------------------------------


def test_words_are_kept_with_their_numbers_live(as_reporter: Client, report):
    edit(as_reporter, report, "Er zijn {{ R01.national }} aanvragen.")

    assert "Er zijn 3 aanvragen." in as_reporter.get(address(report)).content.decode()
    assert report.words() == {"zones": "Er zijn {{ R01.national }} aanvragen."}


def test_one_can_look_first(as_reporter: Client, report):
    page = edit(as_reporter, report, "Er zijn {{ R01.day }} dagen.", action="preview")

    assert "Er zijn 2 dagen." in page.content.decode()
    assert report.words() == {}


@pytest.mark.parametrize("body", ["{% include 'x' %}", "{{ onbekend }}", "[figuur R99]", "[tabel niets]"])
def test_a_text_that_cannot_be_used_gets_a_sentence_and_stays_as_typed(as_reporter: Client, report, body: str):
    page = edit(as_reporter, report, body)

    assert page.status_code == 200
    assert page.context["form"].errors["body"]
    assert page.context["form"]["body"].value() == body
    assert report.words() == {}


def test_back_to_the_standard_text_asks_first_and_shows_what_goes(as_reporter: Client, report):
    edit(as_reporter, report, "Anders.")

    page = edit(as_reporter, report, "Nog anders.", action="restore").content.decode()

    assert report.words() == {"zones": "Anders."}
    assert all(words in page for words in ("Anders.", "Nog anders.", "Ja, terug naar de standaardtekst"))


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 30, "²", "-1", ""])
def test_a_former_text_that_there_is_not_is_not_found(as_reporter: Client, report, number):
    assert edit(as_reporter, report, "", former=number).status_code == 404


def test_the_text_that_gave_way_can_be_put_back(as_reporter: Client, report, reporter):
    edit(as_reporter, report, "Anders.")
    edit(as_reporter, report, "Nog anders.", action="restore", sure="on")
    assert report.words() == {}
    assert {one.body for one in report.former_texts.all()} == {"Anders.", "Nog anders."}

    former = report.former_texts.get(body="Anders.")
    form = edit(as_reporter, report, "", former=str(former.pk)).context["form"]
    edit(as_reporter, report, form["body"].value(), seen=form["seen"].value())

    assert report.words() == {"zones": "Anders."}
    assert former.replaced_by == reporter


def test_no_to_the_standard_text_goes_on_with_what_was_typed(as_reporter: Client, report):
    page = edit(as_reporter, report, "Nog anders.", action="preview", sure="on")

    assert page.context["form"]["body"].value() == "Nog anders."


def test_each_text_that_was_replaced_stays(as_reporter: Client, as_other_reporter: Client, report):
    for client, words in ((as_reporter, "Een."), (as_other_reporter, "Twee."), (as_other_reporter, "Twee.")):
        edit(client, report, words)

    page = as_reporter.get(address(report, "letter_block", "zones"))

    assert [one.body for one in page.context["former"]] == ["Een."]
    assert "Zet deze tekst in het formulier" in page.content.decode()


def test_what_was_typed_is_there_to_copy_when_a_former_text_is_put_back(as_reporter: Client, report):
    edit(as_reporter, report, "Een.")
    edit(as_reporter, report, "Twee.")

    page = edit(as_reporter, report, "Drie.", former=str(report.former_texts.get().pk))

    assert page.context["form"]["body"].value() == "Een."
    assert "Drie." in page.content.decode()


def test_a_former_text_of_another_letter_is_not_found(as_reporter: Client, report):
    assert edit(as_reporter, report, "", former="999999").status_code == 404
    assert edit(as_reporter, report, "", former="x").status_code == 404


def test_the_second_of_two_editors_sees_both_texts_and_loses_nothing(
    as_reporter: Client, as_other_reporter: Client, report
):
    seen = report.stamp("zones")
    edit(as_other_reporter, report, "Van de een.")

    late = edit(as_reporter, report, "Van de ander.", seen=seen)

    assert late.status_code == 409
    assert "Van de een." in late.content.decode()
    assert late.context["form"]["body"].value() == "Van de ander."
    again = late.context["form"]["seen"].value()
    assert edit(as_reporter, report, "Van beide.", seen=again).status_code == 302
    assert report.words() == {"zones": "Van beide."}


def test_a_login_that_expired_keeps_the_text(client: Client, report, reporter):
    edit(client, report, "Lang over nagedacht.")
    client.force_login(reporter)

    page = client.get(address(report, "letter_block", "zones"))

    assert page.context["form"]["body"].value() == "Lang over nagedacht."
    assert report.words() == {}


def test_changing_a_checked_letter_makes_it_a_draft_and_says_so(as_reporter: Client, as_other_reporter: Client, report):
    take(as_other_reporter, report, "approve")

    edit(as_reporter, report, "Anders.")
    page = as_reporter.get(address(report))

    assert page.context["report"].status == "draft"
    assert [message.level_tag for message in page.context["messages"]] == ["warning"]


# --- Reading it ----------------------------------------------------------------------------------------


def test_the_annexes_begin_folded_and_one_link_unfolds_everything(as_reporter: Client, report):
    page = as_reporter.get(address(report))
    chapters = {part.title: part.is_open for part in page.context["parts"] if part.title}
    unfolded = as_reporter.get(f"{address(report)}?alles").content.decode()

    assert chapters["Cijfers Centraal Loket"]
    assert not chapters["Bijlage: hoe de cijfers zijn geteld"]
    assert page.content.decode().count('<details class="letter-part"') == unfolded.count(" open><summary><h3")


def test_a_text_that_is_not_right_yet_is_never_folded_away(as_reporter: Client, report):
    report.texts.create(block="annex-definitions", body="# Bijlage: hoe de cijfers zijn geteld\n\n[tabel niets]")

    parts = as_reporter.get(address(report)).context["parts"]

    assert next(part for part in parts if part.title == "Bijlage: hoe de cijfers zijn geteld").is_open


def test_each_part_can_be_gone_to(as_reporter: Client, report):
    page = as_reporter.get(address(report)).content.decode()
    wanted = re.findall(r'href="#((?:deel|kop|files|change|letter|work)[-0-9]*)"', page)

    assert len(wanted) > 15
    assert all(page.count(f'id="{one}"') == 1 for one in wanted)


@pytest.mark.django_db(transaction=True)
def test_on_paper_nothing_is_folded(page: Page, sign_in, report, reporter):
    sign_in(page.context, reporter)
    page.goto(address(report))
    page.emulate_media(media="print")

    annex = page.get_by_role("table", name="Hoe de cijfers in deze brief zijn geteld")
    assert annex.evaluate("table => table.getBoundingClientRect().height") > 100
    assert annex.evaluate("table => table.checkVisibility({contentVisibilityAuto: true})")


# --- How it holds up ------------------------------------------------------------------------------------


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


def test_the_list_asks_as_much_for_many_letters(as_reporter: Client, report, reporter):
    as_reporter.get(reverse("letters"))
    before = queries(as_reporter, reverse("letters"))
    for month in range(1, 6):
        history.begun(reporter, Period(date(2025, month, 1), date(2025, month, 28), date(2025, month, 28)))

    assert queries(as_reporter, reverse("letters")) == before <= 12


def test_a_letter_asks_as_much_for_many_cases(as_reporter: Client, report):
    as_reporter.get(address(report))
    kept = queries(as_reporter, address(report))
    cache.clear()
    before = queries(as_reporter, address(report))
    for number in range(4):
        case(file="2025-06-12", take_up="2025-06-13", reject="2025-06-20", ground="repeated", plate=f"VB{number}")
    cache.clear()

    assert queries(as_reporter, address(report)) == before <= 121
    assert kept <= 15


def test_a_published_letter_computes_nothing(as_reporter: Client, published):
    as_reporter.get(address(published))

    assert queries(as_reporter, address(published)) <= 12


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_any_page(page: Page, sign_in, report, reporter, width: int):
    sign_in(page.context, reporter)
    page.set_viewport_size({"width": width, "height": 900})
    for path in (
        reverse("letters"),
        reverse("letter_begin"),
        address(report),
        address(report, "letter_details"),
        address(report, "letter_block", "national"),
    ):
        answer = page.goto(path)

        assert answer is not None
        assert answer.ok, path

        assert axe.violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
