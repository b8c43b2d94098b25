"""Rows about the site: every cell that is wrong by its address, and a month is good only with all of its rows."""

import pytest

from reporting.models import SiteMonth
from reporting.site import incoming
from tests.reporting.returns.sheets import saved, upload
from tests.reporting.site.sheets import as_csv, book, mail, month, xlsx

pytestmark = pytest.mark.django_db


def read(user, content):
    taken = incoming.take_in(upload(content), by=user)
    assert not SiteMonth.objects.exists()
    return taken


def problems(user, *rows, content=None):
    """What is wrong, by cell; nothing was handed in."""
    return {problem["cell"]: problem["words"] for problem in read(user, content or xlsx(*rows)).problems}


@pytest.mark.parametrize(
    ("cells", "cell", "sentence"),
    [
        ({"month": "2025-08"}, "A2", "August 2025 is not over yet"),
        ({"month": "2030-01"}, "A2", "not over yet"),
        ({"month": "2023-12"}, "A2", "too long ago: we count from January 2024"),
        ({"month": "1999-01"}, "A2", "The year 1999 cannot be right"),
        ({"month": "zomer"}, "A2", "“zomer” is not a month"),
        ({"month": None}, "A2", "The month is missing"),
        ({"visitors": -1}, "B2", "below zero"),
        ({"pages": 2.5}, "C2", "has decimals"),
        ({"conversations": "veel"}, "D2", "“veel” is not a number"),
        ({"visitors": "1.234"}, "B2", "If you mean 1234, type 1234"),
        ({"visitors": 200_000_000}, "B2", "too large"),
        ({"visitors": True}, "B2", "true or false"),
        ({"visitors": "=1+1"}, "B2", "Here is a formula: =1+1. Copy the cell, and paste it back as a value"),
        ({"source": None}, "F2", "where the numbers come from"),
        ({"source": "x" * 201}, "F2", "too long"),
        ({"context": "x" * 4001}, "G2", "too long"),
    ],
)
def test_a_wrong_cell_of_a_month(editor, cells, cell, sentence):
    found = problems(editor, month(**cells))

    assert list(found) == [f"Maanden!{cell}"]
    assert sentence in found[f"Maanden!{cell}"]


@pytest.mark.parametrize(
    ("cells", "cell", "sentence"),
    [
        ({"month": "2025-05"}, "A2", "May 2025 has no row with its numbers in this file"),
        ({"month": "2025-09"}, "A2", "not over yet"),
        ({"topic": None}, "B2", "The topic is missing"),
        ({"topic": "x" * 101}, "B2", "too long"),
        ({"tone": "boos"}, "C2", "“boos” is not a tone. Choose one of these: vraagt om informatie"),
        ({"tone": None}, "C2", "The tone is missing"),
        ({"count": None}, "D2", "The number is missing"),
        ({"count": "1,5"}, "D2", "has decimals"),
        ({"count": "=A1"}, "D2", "Here is a formula"),
    ],
)
def test_a_wrong_cell_of_the_mails(editor, cells, cell, sentence):
    found = problems(editor, month(), mail(**cells))

    assert list(found) == [f"Mails!{cell}"]
    assert sentence in found[f"Mails!{cell}"]


def test_several_wrong_cells_are_all_told_with_their_sheet(editor):
    found = problems(editor, month(visitors="x", mails=-1), mail(count="y"))

    assert list(found) == ["Maanden!B2", "Maanden!E2", "Mails!D2"]


def test_a_month_twice_is_wrong_in_both_rows(editor):
    found = problems(editor, month(), month(month="2025-05"), month(month="juni 2025"))

    assert ("also in row 4" in found["Maanden!A2"], "also in row 2" in found["Maanden!A4"]) == (True, True)
    assert list(found) == ["Maanden!A2", "Maanden!A4"]


def test_a_topic_twice_is_wrong_in_both_rows_however_it_is_spelled(editor):
    found = problems(editor, month(), mail(), mail(tone="overig"), mail(topic="KENTEKENS "))

    assert list(found) == ["Mails!B2", "Mails!B4"]


def test_the_topics_are_at_most_all_mails(editor):
    found = problems(editor, month(mails=60), mail(count=50), mail(tone="overig", count=11))

    assert "together have 61 emails, but 60 came in" in found["Maanden!E2"]


def test_a_month_with_a_wrong_mail_is_not_good_and_another_month_is(editor):
    taken = read(editor, xlsx(month(), month(month="2025-05"), mail(count="veel")))

    assert [kept["month"] for kept in taken.rows] == ["2025-05-01"]


def test_digits_that_are_text_are_a_number(editor):
    assert read(editor, xlsx(month(visitors="27000"))).rows[0]["numbers"]["visitors"] == 27000


def test_an_explanation_alone_says_why_there_are_no_numbers(editor):
    row = {"month": "2025-06", "source": "Statistiek", "context": "De telling lag stil."}

    assert read(editor, xlsx(row)).rows[0]["numbers"] == dict.fromkeys(("visitors", "pages", "conversations", "mails"))


def test_a_value_without_a_name_above_it(editor):
    made = book(month())
    made["Maanden"]["I2"] = 12

    assert "without a name above it" in problems(editor, content=saved(made))["Maanden!I2"]


# --- In CSV both kinds of rows stand below one header ---------------------------------------------------------


def test_a_csv_row_is_about_the_month_or_about_a_topic(editor):
    both = {**month(), **mail()}

    found = problems(editor, content=as_csv(both))

    assert "about the month and about a topic" in found["H2"]


def test_a_csv_row_of_mails_is_told_by_its_line(editor):
    found = problems(editor, content=as_csv(month(), mail(), mail(tone="overig", count="x")))

    assert list(found) == ["J4"]


def test_words_that_look_like_a_formula_are_words_in_csv(editor):
    taken = read(editor, as_csv(month(source="'=SOM(A1)"), mail(topic="'-5")))

    assert (taken.rows[0]["source"], taken.rows[0]["topics"][0][0]) == ("=SOM(A1)", "-5")
