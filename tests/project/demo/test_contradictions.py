"""What the letter of 29 September 2025 contradicts itself in, the letter over the same months does not."""

import re

import pytest

from tests.project.demo import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def words() -> str:
    return published.words()


def between(words: str, begin: str, end: str) -> str:
    """A part of the letter."""
    return words[words.index(begin) : words.index(end, words.index(begin))]


def test_each_share_names_its_number_of_how_many_and_as_of_when(words: str):
    told = between(words, "zijn in totaal 4.102 landelijke", "In de categorie")

    assert "afgehandelde" not in words
    assert "Daarvan was 87% (3.577) op 31 juli 2025 toegekend. Daarnaast is 7% (277) buiten behandeling gesteld" in told
    assert "en is 2% (84) afgewezen. Op die dag waren nog 164 aanvragen in behandeling (4%)" in told
    assert (87 + 7 + 2 + 4, 3577 + 277 + 84 + 164) == (100, 4102)


def test_each_figure_that_is_told_of_says_what_was_counted_of_what_on_which_day():
    kept = published.letter().numbers
    figures = kept["cumulative"]["figures"]

    assert {"R01", "R02", "R03", "R04", "R05", "R06", "R07", "R09", "R10", "R11", "R12"} <= set(kept["used"])
    assert all(figures[name][part] for name in kept["used"] for part in ("numerator", "denominator", "counted_on"))


def test_no_number_is_from_before_the_opening(words: str):
    local = between(words, "Lokale ontheffingen worden", "Dagontheffingen ")

    assert "Van 1 juli 2024 tot en met 31 juli 2025 zijn 849 lokale ontheffingen aangevraagd" in local
    assert "juni 2024" not in words
    assert published.letter().numbers["cumulative"]["from"] == "2024-07-01"


def test_a_withdrawal_counts_in_one_place_and_the_letter_says_in_which(words: str):
    set_aside = between(words, "In de categorie", "Daarnaast zijn in totaal 84")
    rejected = between(words, "Daarnaast zijn in totaal 84", "Bezwaren en beroep")

    assert "ingetrokken voordat deze in behandeling is genomen (47%, 130)" in set_aside
    assert "in behandeling genomen en daarna ingetrokken door de aanvrager zelf (5%, 4)" in rejected
    assert "Een intrekking vóór de behandeling telt niet hier, maar bij ‘buiten behandeling’" in rejected


def test_a_conversion_counts_once(words: str):
    figures = published.letter().numbers["cumulative"]["figures"]
    converted = next(row["count"] for row in figures["R03"]["rows"] if row["key"] == "converted")

    assert sum(row["count"] for row in figures["R23"]["rows"]) == converted == 70
    assert sum(row["count"] for row in figures["R02"]["rows"]) == figures["R01"]["rows"][0]["count"] == 4102
    assert "De omgezette aanvraag telt één keer mee, onder de soort die het eerst is aangevraagd" in words


@pytest.mark.parametrize(
    ("begin", "end", "number_of"),
    [("In de categorie", "Daarnaast zijn in totaal 84", 4), ("Daarnaast zijn in totaal 84", "Bezwaren en beroep", 3)],
)
def test_as_many_reasons_as_percentages(words: str, begin: str, end: str, number_of: int):
    told = between(words, begin, end)
    percentages = [int(share) for share in re.findall(r"\((\d+)%, [\d.]+\)", told)]

    assert len(percentages) == number_of
    assert sum(percentages) == 100
    assert {4: "om vier mogelijke redenen", 3: "Redenen hiervoor zijn"}[number_of] in told


def test_it_says_that_of_day_exemptions_only_those_granted_count_and_they_are_the_same_number(words: str):
    figures = published.letter().numbers["cumulative"]["figures"]
    asked = next(row["count"] for row in figures["R01"]["rows"] if row["key"] == "day")

    assert "Bij dagontheffingen worden alleen de toegekende ontheffingen geteld" in words
    assert sum(row["count"] for row in figures["R07"]["rows"]) == asked == 8351
