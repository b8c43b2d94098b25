"""The pages: what one's own municipality hands in, month by month."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from reporting.deliveries.deliver import keep_delivery
from reporting.deliveries.overview import State
from reporting.models import ReturnVersion
from reporting.returns.kind import RETURNS
from tests import axe
from tests.reporting.returns.sheets import row, upload, xlsx

pytestmark = pytest.mark.django_db

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)
OF_JUNE = "/opgaven/GM0344/2025/6/"


def numbers(**given):
    return {**RETURNS.values_of(None), **given}


def hand_in(municipality, month, by, **given):
    return keep_delivery(
        RETURNS, municipality, month, values=numbers(**given), by=by, channel=ReturnVersion.Channel.FORM
    )


def send(browser: Client, **given):
    return browser.post(OF_JUNE, {"seen": "0", **given})


# --- Who may --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/opgaven/GM0344/", OF_JUNE, "/opgaven/sjabloon/xlsx/?municipality=GM0344"])
def test_another_municipality_does_not_exist(as_other_municipal_reporter, address):
    assert as_other_municipal_reporter.get(address).status_code == 404


@pytest.mark.parametrize("path", ["GM0344/2025/8/", "GM0344/2024/12/", "GM0344/2025/13/", "GM9999/", "GM0344/0/0/"])
def test_a_month_or_municipality_that_cannot_be_does_not_exist(as_municipal_reporter, path):
    assert as_municipal_reporter.get(f"/opgaven/{path}").status_code == 404


def test_who_hands_in_for_one_goes_there_at_once(as_municipal_reporter):
    assert as_municipal_reporter.get("/opgaven/").url == "/opgaven/GM0344/"


def test_the_way_there_stands_on_the_start_page_of_the_desk(as_municipal_reporter):
    assert reverse("returns") in as_municipal_reporter.get(reverse("admin:index")).content.decode()


def test_what_was_typed_survives_an_expired_login(client, municipal_reporter):
    send(client, warnings="17")
    client.force_login(municipal_reporter)

    assert client.get(OF_JUNE).context["form"]["warnings"].value() == "17"


# --- The months -----------------------------------------------------------------------------------------------


def test_the_months_since_the_zone_began_newest_first(as_municipal_reporter, utrecht, municipal_reporter):
    hand_in(utrecht, JUNE, municipal_reporter, warnings=1)
    hand_in(utrecht, MAY, municipal_reporter, warnings=1)
    hand_in(utrecht, MAY, municipal_reporter, warnings=2)

    cells = as_municipal_reporter.get("/opgaven/GM0344/").context["cells"]

    assert [cell.month.month for cell in cells] == [7, 6, 5, 4, 3, 2, 1]
    assert [cell.state for cell in cells[:4]] == [State.EXPECTED, State.HANDED_IN, State.CORRECTED, State.MISSING]


def test_a_month_without_numbers_is_handed_in_and_says_so(as_municipal_reporter, utrecht, municipal_reporter):
    hand_in(utrecht, JUNE, municipal_reporter, context="De camera's stonden uit.")

    assert as_municipal_reporter.get("/opgaven/GM0344/").context["cells"][1].state == State.WITHOUT_NUMBERS


# --- One month ------------------------------------------------------------------------------------------------


def test_the_month_before_stands_beside_it_and_what_seldom_changes_is_taken_over(
    as_municipal_reporter, utrecht, municipal_reporter
):
    hand_in(utrecht, MAY, municipal_reporter, warnings=1204, interval_days=7, zone_km2=3, context="Werk aan de weg.")

    context = as_municipal_reporter.get(OF_JUNE).context

    assert [before for _field, before in context["counts"]][:2] == ["1,204", "not handed in"]
    assert [context["form"][name].value() for name in ("interval_days", "zone_km2")] == ["7", "3"]
    assert (context["form"]["warnings"].value(), context["form"]["context"].value()) == ("", "")


def test_empty_is_not_handed_in_and_zero_is_zero(as_municipal_reporter):
    send(as_municipal_reporter, warnings="0", fines_van="")

    version = ReturnVersion.objects.get()
    assert (version.warnings, version.fines_van) == (0, None)


def test_a_wrong_number_keeps_everything_that_was_typed(as_municipal_reporter):
    page = send(as_municipal_reporter, warnings="1.204", context="Werk aan de weg.")

    assert "If you mean 1204, type 1204" in page.context["form"].errors["warnings"][0]
    assert page.context["form"]["context"].value() == "Werk aan de weg."
    assert not ReturnVersion.objects.exists()


def test_a_correction_shows_who_changed_what(as_municipal_reporter, as_reporter):
    send(as_reporter, warnings="10", passages_van="100", compliant_van="95")
    send(as_municipal_reporter, warnings="12", passages_van="100", compliant_van="95", seen="1")

    newest, first = as_municipal_reporter.get(OF_JUNE).context["history"]

    assert [(change.old, change.new) for change in newest["changes"]] == [("10", "12")]
    assert [str(one["version"].delivered_by) for one in (newest, first)] == ["Marit van Utrecht", "Rik Rapporteur"]


def test_two_clicks_are_one_delivery(as_municipal_reporter):
    answers = [send(as_municipal_reporter, warnings="10").status_code for _click in range(2)]

    assert answers == [302, 302]
    assert ReturnVersion.objects.count() == 1


def test_an_old_page_overwrites_nothing_and_gives_back_what_was_typed(as_municipal_reporter, as_reporter):
    send(as_reporter, warnings="10")

    page = send(as_municipal_reporter, warnings="99")

    assert page.status_code == 409
    assert "Rik Rapporteur handed in this month" in page.content.decode()
    assert "99" in page.content.decode()
    assert ReturnVersion.objects.get().warnings == 10


@pytest.mark.parametrize("value", ["a\0b", "9" * 5000, "-1", "²", "<script>alert(1)</script>", "x" * 150_000])
def test_what_no_honest_browser_sends_is_met_with_a_page(as_municipal_reporter, value):
    fields = dict.fromkeys([*numbers(), "seen"], value)

    assert as_municipal_reporter.post(OF_JUNE, fields).status_code in (200, 409)
    assert as_municipal_reporter.get("/opgaven/", {"year": value}).status_code in (302, 400)


# --- The overview ---------------------------------------------------------------------------------------------


def test_every_municipality_by_month(as_reporter, utrecht, reporter):
    hand_in(utrecht, JUNE, reporter, warnings=1)

    matrix = as_reporter.get("/opgaven/").context["matrix"]
    row_of = {str(one.subject): one for one in matrix.rows}

    assert [month.month for month in matrix.months] == [1, 2, 3, 4, 5, 6, 7]
    assert [cell.state for cell in row_of["Utrecht"].cells[-2:]] == [State.HANDED_IN, State.EXPECTED]
    assert (row_of["Utrecht"].missing, row_of["Amsterdam"].missing) == (5, 6)
    assert row_of["Enschede"].cells[:6] == [None] * 6


def test_it_says_where_nobody_hands_in(as_reporter, municipal_reporter):
    unstaffed = {str(one) for one in as_reporter.get("/opgaven/").context["unstaffed"]}

    assert "Amsterdam" in unstaffed
    assert "Utrecht" not in unstaffed


def test_the_number_of_queries_does_not_grow(as_reporter, utrecht, amsterdam, reporter, django_assert_max_num_queries):
    for municipality in (utrecht, amsterdam):
        for number in range(1, 8):
            hand_in(municipality, date(2025, number, 1), reporter, warnings=number)

    for address, most in (("/opgaven/", 14), ("/opgaven/GM0344/", 14), (OF_JUNE, 15)):
        with django_assert_max_num_queries(most):
            as_reporter.get(address)


# --- In a browser ---------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_accessible_and_fits(page: Page, sign_in, reporter, as_reporter, width):
    as_reporter.post(OF_JUNE, {"seen": "0", "warnings": "12"})
    as_reporter.post("/opgaven/bestand/", {"file": upload(xlsx(row(), row(month="2025-05", warnings="veel")))})
    sent = as_reporter.post("/opgaven/bestand/", {"file": upload(xlsx(row(), row(month="2025-04", warnings="x")))})
    sign_in(page.context, reporter)
    page.set_viewport_size({"width": width, "height": 900})

    for address in ("/opgaven/?year=2025", "/opgaven/GM0344/", OF_JUNE, "/opgaven/bestand/", sent.url):
        page.goto(address)
        assert axe.violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
