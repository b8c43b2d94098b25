"""A month has as many topics as its form can show, whichever way they come in."""

import pytest

from reporting.deliveries.deliver import DeliveryRefused
from reporting.deliveries.overview import Cell
from reporting.models import MailTopic
from reporting.site.kind import SITE_MONTHS
from reporting.site.rules import MOST_TOPICS
from tests.reporting.site.handing_in import JUNE, NUMBERS, hand_in

pytestmark = pytest.mark.django_db


def topics(number):
    return {(f"Onderwerp {place}", MailTopic.Tone.OTHER): 1 for place in range(number)}


def test_the_most_that_a_month_may_have_is_whole_in_the_form():
    version = hand_in(numbers={**NUMBERS, "mails": 1000}, topics=topics(MOST_TOPICS))

    month = Cell(SITE_MONTHS, None, JUNE, version, None, JUNE)
    assert SITE_MONTHS.form(month, None, None).topics.total_form_count() == MOST_TOPICS


def test_a_program_hands_in_no_more():
    with pytest.raises(DeliveryRefused, match="at most 200"):
        hand_in(numbers={**NUMBERS, "mails": 1000}, topics=topics(MOST_TOPICS + 1))
