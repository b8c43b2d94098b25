"""Which day somebody means."""

from datetime import date

import pytest
from hypothesis import given, strategies

from helpdesk.assistant.dates import day_meant

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("mag AB-12-CD volgend jaar Utrecht in", date(2027, 1, 1)),
        ("en in 2028?", date(2028, 1, 1)),
        ("vanaf 1 maart", date(2027, 3, 1)),
        ("op 3 april 2028", date(2028, 4, 3)),
        ("morgen", date(2026, 11, 27)),
        ("overmorgen", date(2026, 11, 28)),
        ("over twee jaar nog", date(2028, 11, 26)),
        ("in de zomer van 2027", date(2027, 7, 1)),
        ("eind 2028", date(2028, 12, 31)),
        ("from March 2027", date(2027, 3, 1)),
        ("mijn bus uit 2019", TODAY),
        ("in 2026", TODAY),
        ("gewoon nu", TODAY),
        ("in het jaar 2099", TODAY),
    ],
)
def test_a_day_in_words(asked, day):
    assert day_meant(asked, today=TODAY) == day


@given(asked=strategies.text(max_size=300))
def test_no_text_means_a_day_that_has_passed(asked):
    assert day_meant(asked, today=TODAY) >= TODAY
