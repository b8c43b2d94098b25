"""A question that cannot be answered gets a sentence that says why, and what would be right."""

import pytest
import time_machine

from tests.reporting.api.conftest import rows

pytestmark = pytest.mark.django_db


def refused(answer) -> dict[str, list[str]]:
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    found: dict[str, list[str]] = answer.json()["errors"]
    return found


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"from": "2025-03-02"}, "from"),  # a free day: two of them would tell what happened between
        ({"to": "2025-03-30"}, "to"),
        ({"asOf": "2025-03-30"}, "asOf"),
        ({"to": "2025-04-30"}, "to"),  # the month is not over
        ({"asOf": "2025-04-30"}, "asOf"),
        ({"from": "2030-01-01", "to": "2030-01-31"}, "to"),
        ({"to": "9999-12-31"}, "to"),  # no day comes after it
        ({"asOf": "9999-12-31"}, "asOf"),
        ({"from": "9999-12-01"}, "to"),
        ({"from": "2024-06-01"}, "from"),  # before the opening
        ({"from": "2025-03-01", "to": "2025-02-28"}, "to"),
        ({"to": "2025-03-31", "asOf": "2025-02-28"}, "asOf"),
        ({"from": "gisteren"}, "from"),
        ({"from": ""}, "from"),
        ({"to": "2025-02-30"}, "to"),
        ({"scope": "provincial"}, "scope"),
        ({"kind": "XXX"}, "kind"),
        ({"kind": "DROP TABLE"}, "kind"),
        ({"format": ""}, "format"),
        ({"gemeente": "GM0344"}, "gemeente"),
        ({"municipality": "GM0344"}, "municipality"),
        ({"as_of": "2025-03-31"}, "as_of"),
    ],
)
def test_a_bad_question_about_a_figure(ask, query, name):
    errors = refused(ask("cijfers/R01", **query))

    assert list(errors) == [name]
    assert errors[name][0].endswith((".", "maand."))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"month": "2025-04"}, "month"),  # not over
        ({"month": "2024-06"}, "month"),  # before the opening
        ({"month": "2025-13"}, "month"),
        ({"month": "2025-3"}, "month"),
        ({"month": "maart"}, "month"),
        ({"month": "2\N{ARABIC-INDIC DIGIT ZERO}25-03"}, "month"),
        ({"month": ""}, "month"),
        ({"municipality": "GM0000"}, "municipality"),
        ({"municipality": "Utrecht"}, "municipality"),
        ({"from": "2025-01-01"}, "from"),
        ({"to": "2025-03-31"}, "to"),
        ({"asOf": "2025-02-28"}, "asOf"),  # two states of one month would differ by one correction
        ({"kind": "HAR"}, "kind"),  # a kind in a municipality is too few
    ],
)
def test_a_bad_question_by_municipality(ask, query, name):
    errors = refused(ask("cijfers/R07/gemeenten", **query))

    assert list(errors) == [name]
    assert errors[name][0].endswith(".")


@pytest.mark.parametrize(
    ("path", "query", "said"),
    [
        ("cijfers/R01", {"from": "gisteren"}, "2025-07-31"),
        ("cijfers/R01", {"scope": "provincial"}, "Kies national, local of day."),
        ("cijfers/R01", {"kind": "LANG"}, "LEV"),
        ("cijfers/R07/gemeenten", {"municipality": "Utrecht"}, "GM0344"),
    ],
)
def test_a_slip_is_answered_with_what_would_be_right(ask, path, query, said):
    (sentences,) = refused(ask(path, **query)).values()

    assert said in sentences[0]


def test_every_error_is_told_at_once(ask):
    errors = refused(ask("cijfers/R01", **{"from": "gisteren", "scope": "nowhere"}))

    assert set(errors) == {"from", "scope"}


def test_why_only_whole_months(ask):
    assert "hele maanden" in refused(ask("cijfers/R01", **{"from": "2025-03-02"}))["from"][0]


def test_whoever_asks_a_municipality_is_led_to_where_it_is(ask):
    errors = refused(ask("cijfers/R07", municipality="GM0344"))

    assert "/api/v1/cijfers/R07/gemeenten" in errors["municipality"][0]


def test_a_parameter_that_is_there_twice(client):
    errors = refused(client.get("/api/v1/cijfers/R01?from=2025-01-01&from=2025-02-01"))

    assert list(errors) == ["from"]


@pytest.mark.parametrize(
    ("figure", "query"),
    [("R17", {"kind": "LEV"}), ("R09", {"kind": "LEV"}), ("R24", {"kind": "HAR"})],
)
def test_what_a_figure_cannot_be_counted_by(ask, figure, query):
    errors = refused(ask(f"cijfers/{figure}", **query))

    assert list(errors) == list(query)
    assert figure in next(iter(errors.values()))[0]


@pytest.mark.parametrize("path", ["cijfers", "gemeenten", "soorten", "catalogus"])
def test_a_list_takes_no_parameters(ask, path):
    assert list(refused(ask(path, page="2"))) == ["page"]


def test_a_nul_in_a_question_is_no_crash(client):
    answer = client.get("/api/v1/cijfers/R01?kind=%00")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_before_the_first_month_is_over_nothing_is_public(ask):
    with time_machine.travel("2024-07-20T12:00+02:00", tick=False):
        answers = [ask("cijfers/R01"), ask("cijfers/R07/gemeenten")]
        others = [ask("cijfers"), ask("catalogus")]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert [answer.status_code for answer in others] == [200, 200]


def test_on_the_first_of_a_month_the_month_before_is_added(ask, some_cases):
    with time_machine.travel("2025-05-01T00:00+02:00", tick=False):
        answer = ask("cijfers/R01")

    assert answer.json()["to"] == "2025-04-30"
    assert rows(answer)["national"]["count"] == 3
