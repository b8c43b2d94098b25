"""A month has as many topics as its form can show, whichever way they come in."""

import pytest

from reporting.models import MailTopic
from reporting.site.deliver import MonthRefused
from reporting.site.forms import to_fill_in
from reporting.site.rules import MOST_TOPICS
from tests.reporting.site.sheets import NUMBERS, hand_in, mail, month, xlsx
from tests.reporting.site.test_rows import problems, read

pytestmark = pytest.mark.django_db

TOO_MANY = [month(mails=1000), *(mail(topic=f"Onderwerp {number}", count=1) for number in range(MOST_TOPICS + 1))]


def topics(number):
    return {(f"Onderwerp {place}", MailTopic.Tone.OTHER): 1 for place in range(number)}


def test_a_spreadsheet_with_more_is_refused(editor):
    assert list(problems(editor, *TOO_MANY)) == ["Maanden!A2"]
    assert "at most 200 rows of topics" in problems(editor, *TOO_MANY)["Maanden!A2"]


def test_the_most_that_a_spreadsheet_may_have_is_whole_in_the_form(editor):
    assert read(editor, xlsx(*TOO_MANY[:-1])).problems == []

    version = hand_in(numbers={**NUMBERS, "mails": 1000}, topics=topics(MOST_TOPICS))

    assert to_fill_in(version, None).topics.total_form_count() == MOST_TOPICS


def test_another_program_hands_in_no_more_either():
    with pytest.raises(MonthRefused, match="at most 200"):
        hand_in(numbers={**NUMBERS, "mails": 1000}, topics=topics(MOST_TOPICS + 1))
