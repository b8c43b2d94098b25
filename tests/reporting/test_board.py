"""The board of the figures: each part by itself, with the number that a figure begins with."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from reporting import board
from reporting.figures import FIGURES, Row
from reporting.figures.base import no_row
from tests.looping import each
from tests.reporting.cases import case

pytestmark = pytest.mark.django_db
MARCH = {"from": "2025-03-01", "to": "2025-03-31", "as_of": "2025-03-31"}


def shown(page) -> dict[str, board.Card]:
    return {card.section.computed.figure.id: card for card in page.context["cards"]}


def count_queries(client: Client, **asked: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get("/cijfers/", MARCH | asked)
    return len(queries)


def test_every_figure_is_told_in_one_part():
    told = [figure.id for part in board.SUBJECTS for figure in part.figures]

    assert sorted(told) == sorted(FIGURES)


@each("part", board.PARTS)
def test_a_part_shows_its_own_figures_and_computes_no_other(as_reporter: Client, part):
    page = as_reporter.get("/cijfers/", MARCH | {"part": part.name})

    assert sorted(shown(page)) == sorted(part.by_id)
    assert f'<h1 class="utrecht-heading-1">Cijfers: {part.title}</h1>' in page.content.decode()


def test_a_part_asks_less_of_the_database_than_the_whole(as_reporter: Client):
    count_queries(as_reporter)

    assert count_queries(as_reporter, part="bezwaren") < count_queries(as_reporter, part="alles")


def test_without_a_question_it_opens_with_the_overview(as_reporter: Client):
    assert as_reporter.get("/cijfers/").context["part"] is board.OVERVIEW


def test_the_overview_has_its_charts_last(as_reporter: Client):
    cards = as_reporter.get("/cijfers/", MARCH | {"part": board.OVERVIEW.name}).context["cards"]

    has_chart = [bool(card.section.charts) for card in cards]
    assert has_chart == sorted(has_chart)
    assert any(has_chart)


def test_who_sees_no_cases_is_told_why_no_number_leads_to_them(as_reporter: Client, login, team_lead: User):
    words = "uw rol ziet geen zaken"

    assert words in as_reporter.get("/cijfers/").content.decode()
    assert words not in login(team_lead).get("/cijfers/").content.decode()


def test_an_address_with_a_period_alone_is_the_whole_report(as_reporter: Client):
    assert list(shown(as_reporter.get("/cijfers/", MARCH))) == list(FIGURES)


def test_a_part_that_does_not_exist_is_not_found(as_reporter: Client):
    assert as_reporter.get("/cijfers/?part=winst").status_code == 404


def test_the_way_to_another_part_keeps_the_filters(as_reporter: Client):
    page = as_reporter.get("/cijfers/", MARCH | {"part": "aanvragen", "municipality": "GM0344"}).content.decode()

    assert "?part=besluiten&amp;from=2025-03-01&amp;to=2025-03-31&amp;as_of=2025-03-31&amp;municipality=GM0344" in page
    assert '<input type="hidden" name="part" value="aanvragen">' in page


def test_a_figure_begins_with_its_sum_and_the_change_since_the_period_before(as_reporter: Client):
    case(file="2025-02-03")
    case(file="2025-03-03")
    case(file="2025-03-04")
    card = shown(as_reporter.get("/cijfers/", MARCH | {"part": "aanvragen"}))["R01"]

    assert (card.count, card.change) == ("2", "+1")


def test_a_figure_whose_rows_make_no_sum_begins_with_its_table(as_reporter: Client):
    page = as_reporter.get("/cijfers/", MARCH | {"part": "besluiten"})

    assert FIGURES["R22"].adds_up is no_row
    assert shown(page)["R22"].count == ""


@each("row", [Row("GM0344", "Utrecht", None), Row("GM0344", "Utrecht", 3, partial=True)])
def test_what_was_not_handed_in_whole_is_no_part_of_a_sum(row):
    assert board.add_up(FIGURES["R14"], [Row("GM0363", "Amsterdam", 5), row]) is None


def test_parts_of_a_row_are_not_added_to_it():
    figure = FIGURES["R15"]

    assert board.add_up(figure, [Row("GM0344", "Utrecht", 5), Row("GM0344:van", "Utrecht, vans", 2)]) == 5
