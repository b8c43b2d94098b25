"""What a cell says: never guessed, and every refusal in words."""

from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from reporting.deliveries import readers
from reporting.deliveries.readers import NotRead


@pytest.mark.parametrize(
    ("typed", "number"),
    [(None, None), ("", None), ("  ", None), ("0", 0), (0, 0), ("0012", 12), (12.0, 12), ("\u00a01234 ", 1234)],
)
def test_a_whole_number_is_read_and_nothing_is_not_zero(typed, number):
    assert readers.read_whole_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1.234", "“1.234” has a dot, comma or space in it. If you mean 1234, type 1234"),
        ("1,234", "If you mean 1234"),
        ("1 234", "If you mean 1234"),
        ("12.345.678", "If you mean 12345678"),
        (1.234, "has decimals"),
        ("12,5", "has decimals"),
        (12.5, "has decimals"),
        (-3, "below zero"),
        ("-3", "below zero"),
        ("− 3", "below zero"),
        ("n.v.t.", "type 0 only if it was zero"),
        ("onbekend", "not a number"),
        ("#VERW!", "not a number"),
        ("²", "not a number"),
        ("٣", "not a number"),
        (True, "true or false"),
        (date(2025, 6, 1), "turned this into a date"),
        (10**9, "too large"),
        ("9" * 5000, "too large"),
        (float("inf"), "decimals"),
        (float("nan"), "decimals"),
        (1e300, "too large"),
    ],
)
def test_what_is_no_whole_number_gets_a_sentence(typed, sentence):
    with pytest.raises(NotRead, match=sentence.replace(".", r"\.")):
        readers.read_whole_number(typed)


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.none()))
def test_anything_is_read_or_refused_and_a_number_is_what_its_digits_say(typed):
    number = None
    with suppress(NotRead):
        number = readers.read_whole_number(typed)
    assert number is None or (0 <= number <= readers.MOST and int(str(typed).strip().split(".")[0]) == number)


@pytest.mark.parametrize("read", [readers.square_km, readers.read_day, readers.read_month, readers.read_days])
@given(typed=st.one_of(st.text(), st.text("0123456789-/., "), st.floats(), st.integers()))
def test_no_reader_fails_on_anything(read, typed):
    with suppress(NotRead):
        read(typed)


@pytest.mark.parametrize(("typed", "size"), [("3,25", "3.25"), ("3.25", "3.25"), (3.1, "3.1"), (4, "4"), ("", None)])
def test_a_size_has_a_comma_or_a_point(typed, size):
    assert readers.square_km(typed) == (Decimal(size) if size else None)


def test_a_number_with_dots_and_decimals_is_told_that_it_has_decimals():
    with override("nl"), pytest.raises(NotRead, match="cijfers achter de komma"):
        readers.read_whole_number("1.234,5")


def test_a_bound_is_written_as_people_write_numbers():
    with override("nl"), pytest.raises(NotRead, match=r"100\.000\.000"):
        readers.read_whole_number("99999999999")


@pytest.mark.parametrize("typed", ["1.234,5", "3,255", "0", "-1", "groot", 100000, True])
def test_what_is_no_size_is_refused(typed):
    with pytest.raises(NotRead):
        readers.square_km(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2025-06",
        "2025-6",
        "2025-06-01",
        "06-2025",
        "1-6-2025",
        "juni 2025",
        "June 2025",
        datetime(2025, 6, 1, tzinfo=UTC),
    ],
)
def test_a_month_in_every_way_that_leaves_no_doubt(typed):
    assert readers.read_month(typed) == date(2025, 6, 1)


@pytest.mark.parametrize(
    "typed", ["2025-13", "2025", "zomer", "06-25", "15-06-2025", date(2025, 6, 15), "1825-06", 45809]
)
def test_what_is_no_month_is_refused(typed):
    with pytest.raises(NotRead):
        readers.read_month(typed)


@pytest.mark.parametrize("typed", ["2025-06-30", "30-6-2025", "30/06/2025", date(2025, 6, 30)])
def test_a_day(typed):
    assert readers.read_day(typed) == date(2025, 6, 30)


@pytest.mark.parametrize("typed", ["30 juni", "2025-02-30", "30-6-25", "0001-01-01"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(NotRead):
        readers.read_day(typed)


def test_an_explanation_is_kept_without_signs_that_no_file_can_hold():
    assert readers.read_text("Soft\x1f hyphen\r\nand\tmore\ufffe\0 ") == "Soft hyphen\nand\tmore"
