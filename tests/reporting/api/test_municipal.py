"""The figures by municipality: one month at a time, small numbers hidden, and what would give them away."""

from datetime import date

import pytest

from reporting.models import MonthlyReturn, ReturnVersion
from tests.reporting.api.conftest import rows
from tests.reporting.cases import case, day_exemption, moment
from zones.models import Municipality

pytestmark = pytest.mark.django_db
UTRECHT, AMSTERDAM, ASSEN = "GM0344", "GM0363", "GM0106"


def handed_in(code: str, month: str, *, at: str, **numbers: object) -> None:
    place = Municipality.objects.get(cbs_code=code)
    one, _created = MonthlyReturn.objects.get_or_create(municipality=place, month=date.fromisoformat(f"{month}-01"))
    number = one.versions.count() + 1
    ReturnVersion.objects.create(monthly_return=one, number=number, delivered_at=moment(at), channel="form", **numbers)


# --- What is counted of cases ----------------------------------------------------------------------------------


def test_small_numbers_are_hidden_and_zero_and_large_ones_are_shown(ask, some_cases):
    found = rows(ask("cijfers/R07/gemeenten"))

    assert found[f"{UTRECHT}:van"]["count"] == 6
    assert found[f"{UTRECHT}:truck"]["count"] == 0
    assert (found[f"{AMSTERDAM}:van"]["count"], found[f"{AMSTERDAM}:van"]["suppressed"]) == (None, True)


def test_one_small_number_would_follow_from_the_national_total_so_all_are_hidden(ask):
    for number in range(7):
        day_exemption("2025-03-10", plate=f"VAA{number:02}A", where="Assen" if number < 2 else "Utrecht")

    found = rows(ask("cijfers/R07/gemeenten"))

    assert rows(ask("cijfers/R07", **{"from": "2025-03-01"}))["van"]["count"] == 7
    assert {row["count"] for key, row in found.items() if key.endswith("van")} == {None}


def test_a_sum_is_hidden_where_a_part_of_it_is(ask, some_cases):
    found = rows(ask("cijfers/R01/gemeenten"))

    assert found[f"{UTRECHT}:day"]["count"] == 6
    assert found[f"{AMSTERDAM}:day"]["suppressed"] is True


@pytest.mark.parametrize("name", ["R01", "R06", "R07", "R09", "R24"])
def test_numbers_of_cases_are_bare_without_what_they_are_a_part_of(ask, some_cases, name):
    found = rows(ask(f"cijfers/{name}/gemeenten"))

    assert found
    assert all(row["of"] is None and row["percent"] is None for row in found.values())


@pytest.mark.parametrize("name", ["R01", "R06", "R07", "R09", "R24"])
def test_no_number_below_five_but_zero_is_in_any_answer(ask, some_cases, name):
    for number in range(20):
        case(
            "HAR", file="2025-03-12", where=("Assen", "Delft", "Zwolle", "Utrecht")[number % 4], plate=f"V{number:03}AA"
        )

    counts = [row["count"] for row in rows(ask(f"cijfers/{name}/gemeenten")).values()]

    assert all(count is None or count == 0 or count >= 5 for count in counts)


def test_local_kinds_by_municipality(ask):
    for number in range(12):
        case("HAR", file="2025-03-12", where="Utrecht" if number < 7 else "Assen", plate=f"V{number:03}AA")

    found = rows(ask("cijfers/R09/gemeenten"))

    assert (found[f"{UTRECHT}:HAR"]["count"], found[f"{ASSEN}:HAR"]["count"]) == (7, 5)
    assert rows(ask("cijfers/R01/gemeenten"))[f"{UTRECHT}:local"]["count"] == 7


def test_plates_from_abroad_are_a_bare_count(ask):
    for number in range(12):
        country = "DE" if number < 6 else "NL"
        case("HAR", file="2025-03-12", where="Utrecht", plate=f"V{number:03}AA", country=country)

    found = rows(ask("cijfers/R24/gemeenten"))

    assert found[f"{UTRECHT}:abroad"]["count"] == 6
    assert found[f"{ASSEN}:abroad"]["count"] == 0


def test_one_municipality_can_be_chosen(ask, some_cases):
    everything = rows(ask("cijfers/R07/gemeenten"))

    found = rows(ask("cijfers/R07/gemeenten", municipality=AMSTERDAM))

    assert found == {key: row for key, row in everything.items() if key.startswith(AMSTERDAM)}
    assert len(found) == 2


# --- What is handed in -----------------------------------------------------------------------------------------


def test_what_is_handed_in_is_about_the_month_before_by_default(ask):
    handed_in(UTRECHT, "2025-02", at="2025-03-08", warnings=120)

    answer = ask("cijfers/R14/gemeenten")

    assert answer.json()["month"] == "2025-02"
    assert rows(answer)[f"{UTRECHT}:all"]["count"] == 120


def test_not_handed_in_is_neither_zero_nor_hidden(ask):
    row = rows(ask("cijfers/R14/gemeenten"))[f"{ASSEN}:all"]

    assert (row["count"], row["suppressed"]) == (None, False)
    assert row["note"]


def test_a_small_number_of_fines_hides_the_sum_too(ask):
    handed_in(UTRECHT, "2025-02", at="2025-03-08", fines_van=3, fines_truck=40)

    found = rows(ask("cijfers/R15/gemeenten"))

    assert found[f"{UTRECHT}:truck"]["count"] == 40
    assert [found[f"{UTRECHT}:{key}"]["suppressed"] for key in ("van", "all")] == [True, True]


def test_a_share_is_hidden_where_few_do_not_comply(ask):
    handed_in(UTRECHT, "2025-02", at="2025-03-08", passages_van=1000, compliant_van=998)
    handed_in(AMSTERDAM, "2025-02", at="2025-03-08", passages_van=1000, compliant_van=950)

    found = rows(ask("cijfers/R16/gemeenten"))

    hidden, shown = found[f"{UTRECHT}:compliant"], found[f"{AMSTERDAM}:compliant"]
    assert (hidden["count"], hidden["of"], hidden["percent"]) == (None, None, None)
    assert (shown["count"], shown["of"], shown["percent"]) == (950, 1000, 95)


def test_what_came_in_after_the_last_month_is_not_known_yet(ask):
    handed_in(UTRECHT, "2025-02", at="2025-03-08", warnings=120)
    handed_in(UTRECHT, "2025-02", at="2025-04-08", warnings=121)

    assert rows(ask("cijfers/R14/gemeenten"))[f"{UTRECHT}:all"]["count"] == 120


def test_what_a_municipality_explains_is_not_published(ask):
    handed_in(UTRECHT, "2025-02", at="2025-03-08", warnings=120, context="Ons teamlid Jansen was ziek")

    assert "Jansen" not in ask("cijfers/R14/gemeenten").content.decode()


# --- Lists ------------------------------------------------------------------------------------------------------


def test_municipalities_have_their_code_zone_and_first_day(ask):
    found = ask("gemeenten").json()["results"]

    assert {"municipality": UTRECHT, "name": "Utrecht", "zone": "Utrecht", "since": "2025-01-01"} in found


def test_a_kind_that_changed_is_there_twice(ask):
    found = [(one["scope"], one["valid_from"]) for one in ask("soorten").json()["results"] if one["code"] == "BEO"]

    assert found == [("local", "2024-07-01"), ("national", "2026-01-01")]
