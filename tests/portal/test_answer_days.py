"""Days among the answers are held against today and each other, wherever they are filled in."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given as any_of
from hypothesis import strategies as st

from exemptions.intake import answer_days
from exemptions.models import KindQuestion
from tests import given
from tests.portal.wizard import ANSWERS, filled_in

TODAY = date(2026, 11, 29)
DAYS = st.dates(TODAY - timedelta(days=3000), TODAY + timedelta(days=3000))
ORDERED = KindQuestion(code="ordered_on", answer="date", label_en="Ordered?", not_after="today")
EXPECTED = KindQuestion(
    code="expected_on", answer="date", label_en="Delivered?", not_before="today ordered_on", outside_nl="Al geleverd?"
)


def problem(question, **answers):
    return answer_days.find_day_problem(question, answers, among=[ORDERED, EXPECTED], today=TODAY)


@any_of(DAYS, DAYS)
def test_a_day_is_taken_just_where_it_lies_within_its_bounds(ordered, expected):
    answers = {"ordered_on": ordered.isoformat(), "expected_on": expected}

    assert (problem(ORDERED, **answers) == "") == (ordered <= TODAY)
    assert (problem(EXPECTED, **answers) == "") == (expected >= max(ordered, TODAY))


@any_of(st.text(max_size=12) | st.none() | st.dates())
def test_what_is_no_day_is_never_a_reason_to_fail(typed):
    assert isinstance(problem(EXPECTED, expected_on=typed, ordered_on=typed), str)


def test_it_says_what_is_the_matter_and_what_it_means():
    future = "Deze dag ligt in de toekomst. Vul vandaag of een eerdere dag in."
    assert problem(ORDERED, ordered_on="2026-12-20") == future
    assert problem(EXPECTED, expected_on="2026-10-01") == "Deze dag is voorbij. Al geleverd?"
    assert "Kijk het jaar na" in problem(EXPECTED, expected_on="0026-10-01")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"ordered_on": "2039-01-01"}, "Deze dag ligt in de toekomst. Vul vandaag of een eerdere dag in."),
        ({"expected_on": "2026-10-01"}, "Is het voertuig al geleverd? Dan past deze ontheffing niet."),
    ],
)
def test_the_form_takes_no_day_that_cannot_be(as_applicant, applicant, days, words):
    begun = filled_in(as_applicant, applicant)

    assert words in begun.send("questions", **{**ANSWERS, **days}).content.decode()


@pytest.mark.django_db
def test_a_draft_that_waited_until_its_day_was_over_is_not_sent(applicant, time_machine):
    draft = given.draft(by=applicant)
    time_machine.move_to(timezone.localtime() + timedelta(days=200))

    with pytest.raises(given.Refused, match="Is het voertuig al geleverd"):
        draft.file(by=applicant)


@pytest.mark.django_db
def test_every_bound_that_is_shipped_names_a_question_with_a_date():
    for question in KindQuestion.objects.exclude(not_before="", not_after=""):
        dates = question.kind.questions.filter(answer="date").values_list("code", flat=True)
        assert {*question.not_before.split(), *question.not_after.split()} <= {"today", *dates}
        assert question.answer == "date"
