"""The pages of whoever makes, checks and publishes the letters."""

import hashlib
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from reporting.letter import making
from reporting.models import ReportToParliament
from reporting.period import Period
from tests import axe
from tests.cast import staff
from tests.reporting.cases import case
from tests.reporting.letter import history
from tests.reporting.test_handed_in import UTRECHT, handed_in

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-0000-0000-000000000000"
BEGIN = {"from": "2025-06-01", "to": "2025-07-31", "as_of": "2025-07-31", "letter_on": "2025-09-29"}


@pytest.fixture
def other_reporter(db):
    return staff("Renske Rapporteur", "reporter")


@pytest.fixture
def as_other_reporter(login, other_reporter):
    return login(other_reporter)


@pytest.fixture
def report(reporter):
    history.happen()
    return history.begun(reporter)


def address(report: ReportToParliament, name: str = "letter_to_parliament", *more: str) -> str:
    return reverse(name, args=[report.key, *more])


def edit(client: Client, report: ReportToParliament, body: str, **more: str):
    data = {"body": body, "seen": report.stamp("zones"), "action": "keep", **more}
    return client.post(address(report, "letter_block", "zones"), data)


def take(client: Client, report: ReportToParliament, name: str, seen: str | None = None):
    """As the button of the page does it; `seen` is what an older page had seen."""
    page = client.get(address(report))
    numbers = page.context["numbers_seen"] if page.status_code == 200 else ""
    told = {"seen": seen or report.fingerprint(), "numbers_seen": numbers}
    return client.post(address(report, "letter_step", name), told)


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
    assert form["to"].value() < form["as_of"].value() < form["letter_on"].value()


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


def test_other_days_give_other_numbers(as_reporter: Client, report):
    data = {**BEGIN, "from": "2025-07-01", "title": "Alleen juli", "signed_by": "De minister"}

    as_reporter.post(address(report, "letter_details"), data)
    page = as_reporter.get(address(report)).content.decode()

    assert "Alleen juli" in page
    assert "landelijke ontheffingen: 1, " in page
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


def test_back_to_the_standard_text(as_reporter: Client, report):
    edit(as_reporter, report, "Anders.")
    edit(as_reporter, report, "Nog anders.", action="restore")

    assert report.words() == {}


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


# --- Signing --------------------------------------------------------------------------------------------


def buttons(client: Client, report: ReportToParliament) -> list[str]:
    return [button.name for button in client.get(address(report)).context["buttons"]]


def test_each_sees_only_the_steps_that_are_theirs(
    as_reporter: Client, as_other_reporter: Client, as_team_lead: Client, report
):
    assert buttons(as_reporter, report) == []
    assert buttons(as_other_reporter, report) == ["approve"]
    take(as_other_reporter, report, "approve")

    assert buttons(as_team_lead, report) == ["publish", "send_back"]
    assert buttons(as_reporter, report) == ["send_back"]


def test_signing_for_an_older_version_is_refused_with_what_happened(
    as_reporter: Client, as_other_reporter: Client, report
):
    seen = report.fingerprint()
    edit(as_reporter, report, "Anders.")

    answer = take(as_other_reporter, report, "approve", seen)

    assert answer.status_code == 409
    assert ReportToParliament.objects.get().status == "draft"


def test_numbers_that_changed_since_the_page_was_opened_are_looked_at_first(
    as_other_reporter: Client, as_team_lead: Client, report
):
    take(as_other_reporter, report, "approve")
    page = as_team_lead.get(address(report)).context
    told = {"seen": page["seen"], "numbers_seen": page["numbers_seen"]}
    handed_in(UTRECHT, "2025-06", at="2025-07-10", warnings=7)

    answer = as_team_lead.post(address(report, "letter_step", "publish"), told)

    assert answer.status_code == 409
    assert answer.context["numbers_seen"] != told["numbers_seen"]
    assert take(as_team_lead, report, "publish").status_code == 302


def test_who_sends_no_numbers_has_seen_none(as_other_reporter: Client, report):
    told = {"seen": report.fingerprint()}

    assert as_other_reporter.post(address(report, "letter_step", "approve"), told).status_code == 409


def test_a_letter_whose_day_is_not_over_offers_no_signature_and_says_why(as_other_reporter: Client, reporter):
    today = timezone.localdate()
    report = history.begun(reporter, Period(today.replace(day=1), today, today))

    page = as_other_reporter.get(address(report))

    assert page.context["buttons"] == []
    assert page.context["waiting"]
    assert take(as_other_reporter, report, "approve").status_code == 409


def test_a_period_that_goes_on_after_what_is_known_is_told(as_other_reporter: Client, reporter):
    report = history.begun(reporter, Period(date(2025, 6, 1), date(2025, 7, 31), date(2025, 7, 9)))

    assert "stand op" in as_other_reporter.get(address(report)).context["waiting"]


def test_a_step_that_is_past_gives_the_page_of_a_changed_case(as_other_reporter: Client, report):
    take(as_other_reporter, report, "approve")

    assert take(as_other_reporter, report, "approve").status_code == 409


def test_from_draft_to_published(as_other_reporter: Client, as_team_lead: Client, as_reporter: Client, report):
    take(as_other_reporter, report, "approve")
    take(as_team_lead, report, "publish")

    report = ReportToParliament.objects.get()
    page = as_reporter.get(address(report)).content.decode()
    assert report.status == "published"
    assert report.sha256 in page
    assert all(one.sha256 in page for one in report.files.all())
    assert edit(as_reporter, report, "Anders.").status_code == 409


@pytest.fixture
def published(report, other_reporter, team_lead):
    report.approve(by=other_reporter, seen=report.fingerprint())
    making.publish(report, by=team_lead, seen=report.fingerprint())
    return report


def test_a_published_file_is_the_one_that_was_kept(as_reporter: Client, published):
    for kept in published.files.all():
        answer = as_reporter.get(address(published, "letter_file", kept.format))

        assert hashlib.sha256(b"".join(answer)).hexdigest() == kept.sha256
        assert 'filename="kamerbrief-2025-06-01-2025-07-31' in answer["Content-Disposition"]


def test_a_file_of_a_draft_says_so_in_its_name(as_reporter: Client, report):
    answer = as_reporter.get(address(report, "letter_file", "pdf"))

    assert answer["Content-Disposition"] == 'attachment; filename="concept-kamerbrief-2025-06-01-2025-07-31.pdf"'


def test_a_published_letter_shows_what_was_kept(as_reporter: Client, published):
    before = as_reporter.get(address(published)).context["letter"]
    case(file="2025-07-20", plate="VAA33A")

    assert as_reporter.get(address(published)).context["letter"] == before


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

    assert queries(as_reporter, address(report)) == before <= 110
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
