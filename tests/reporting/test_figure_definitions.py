"""What a figure declares holds together, whichever figure it is."""

import re

import pytest

from reporting.figures import FIGURES, Figure
from reporting.figures.base import no_row

every_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)


@every_figure
def test_a_number_leads_to_cases_or_to_where_it_was_handed_in_and_never_to_both(figure: Figure):
    assert not (figure.cases and figure.source)


@every_figure
def test_a_chart_of_the_letter_is_one_picture(figure: Figure):
    if time := figure.timeline:
        assert not time.caption or time.stacked or not time.series


@every_figure
def test_no_name_of_the_letter_is_a_row_by_two_rules(figure: Figure):
    names = {*figure.letter.rows, *figure.letter.sums}

    assert not [name for name in names if re.fullmatch(figure.letter.pattern, name)]
    assert not names & {"all", "rows", "months"}


@every_figure
def test_what_is_measured_of_one_thing_has_no_sum(figure: Figure):
    assert not figure.measures or figure.adds_up is no_row


@every_figure
def test_of_what_is_handed_in_the_next_letter_corrects_the_last(figure: Figure):
    assert not figure.handed_in or figure.settles
