"""The sum of a term in words: what follows the = is what the parts add up to."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from casework.deadline_words import in_words
from casework.models import Deadline, EquatedDay

A_YEAR = [date(2026, 1, 1) + timedelta(days=number) for number in range(366)]


def objection_term(announced: date) -> Deadline:
    due = EquatedDay.calendar().next_working_day(announced + timedelta(weeks=6))
    basis = {"announced": announced.isoformat(), "weeks": 6}
    return Deadline(kind=Deadline.Kind.OBJECT, due=due, basis=basis)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("announced", "words"),
    [
        (date(2026, 11, 27), "27 november 2026 + 6 weken = 8 januari 2027"),
        (
            date(2026, 11, 29),
            "29 november 2026 + 6 weken = zondag 10 januari 2027; dan wordt het maandag 11 januari 2027",
        ),
        (
            date(2026, 11, 20),
            "20 november 2026 + 6 weken = vrijdag 1 januari 2027 (Nieuwjaarsdag); dan wordt het maandag 4 januari 2027",
        ),
    ],
)
def test_a_day_off_stands_in_the_sum_and_the_working_day_behind_it(announced, words):
    assert in_words(objection_term(announced)) == words


def test_the_term_to_decide_has_the_same_words():
    basis = {"received": "2026-11-07", "weeks": 8, "suspended_days": 1, "raw": "2027-01-03", "extended_to": None}
    deadline = Deadline(kind=Deadline.Kind.DECIDE, due=date(2027, 1, 4), basis=basis)

    with override("en"):
        assert in_words(deadline, to_applicant=True) == (
            "received 7 November 2026 + 8 weeks + 1 day waiting for you = Sunday 3 January 2027; "
            "so it becomes Monday 4 January 2027"
        )


@pytest.mark.django_db
def test_no_sum_of_a_whole_year_is_untrue():
    with override("en"):
        for announced in A_YEAR:
            after = in_words(objection_term(announced)).split(" = ")[1].split(";")[0]
            raw = announced + timedelta(weeks=6)
            assert f"{raw.day} {raw:%B} {raw.year}" in after
