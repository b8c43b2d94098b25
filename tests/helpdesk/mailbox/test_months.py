"""What the help desk counted goes to the report, and never over what a person handed in."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine as travelling
from django.core.management import CommandError, call_command

from helpdesk.mailbox import monthly_report
from helpdesk.mailbox.questions import open_question
from helpdesk.models import Conversation, MonthOfConversations, MonthOfQuestions, PageDay, Question, Topic, VisitorDay
from reporting.models import SiteMonthVersion
from reporting.site.deliver import deliver_site_month

pytestmark = pytest.mark.django_db
MONTH, MIDDLE = date(2026, 10, 1), datetime(2026, 10, 15, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_november(time_machine: travelling.TimeMachineFixture) -> None:
    """The month is over, and may still come in."""
    time_machine.move_to("2026-11-03T09:00Z")


def asked(**values: Any) -> Question:
    """Somebody asked in October."""
    question = open_question(channel="form", email="anna@example.org", text="Mag ik erin?")
    Question.objects.filter(pk=question.pk).update(asked_at=MIDDLE, **values)
    return question


def visited(day: int, *, views: int, visitors: int) -> None:
    PageDay.objects.create(day=MONTH.replace(day=day), page="home", language="nl", views=views)
    VisitorDay.objects.create(day=MONTH.replace(day=day), visitors=visitors)


def newest() -> SiteMonthVersion:
    return SiteMonthVersion.objects.get(site_month__month=MONTH)


def test_a_month_is_handed_in_with_its_topics_and_tones():
    first, second = Topic.objects.order_by("pk")[:2]
    asked(topic=first, tone="complaint", suggested_topic=second)
    asked(topic=None, suggested_topic=first, tone="", suggested_tone="complaint")
    asked(topic=None, suggested_topic=None)
    asked(status="spam")
    visited(1, views=30, visitors=10)
    visited(2, views=5, visitors=4)
    Conversation.objects.create(language="nl", began_at=MIDDLE)

    version = monthly_report.deliver_month(MONTH)

    assert version
    title = first.texts.filter(language="nl").order_by("-version")[0].question
    assert (version.visitors, version.pages, version.conversations, version.mails) == (14, 35, 1, 3)
    assert [(one.topic, one.tone, one.count) for one in version.topics.all()] == [(title, "complaint", 2)]


def test_twice_is_as_once_and_a_correction_is_the_next_version():
    question = asked(suggested_topic=None)
    monthly_report.deliver_month(MONTH)
    assert monthly_report.deliver_month(MONTH) is None

    Question.objects.filter(pk=question.pk).update(topic=Topic.objects.order_by("pk")[0], tone="practical")
    corrected = monthly_report.deliver_month(MONTH)

    assert corrected
    assert corrected.number == 2


def test_what_a_person_handed_in_stays(editor):
    asked()
    deliver_site_month(month=MONTH, numbers={"mails": 7}, topics={}, source="Geteld met de hand", by=editor)

    assert monthly_report.deliver_month(MONTH) is None
    assert newest().mails == 7


def test_what_a_person_corrects_stays(editor):
    asked()
    monthly_report.deliver_month(MONTH)
    deliver_site_month(month=MONTH, numbers={"mails": 7}, topics={}, source=monthly_report.SOURCE, by=editor)

    assert monthly_report.deliver_month(MONTH) is None


def test_a_month_in_which_the_help_desk_did_not_run_is_left_to_people():
    assert monthly_report.deliver_month(MONTH) is None
    assert not SiteMonthVersion.objects.filter(site_month__month=MONTH).exists()


def test_a_month_that_began_half_way_says_so():
    visited(14, views=3, visitors=2)
    version = monthly_report.deliver_month(MONTH)

    assert version
    assert "14 oktober 2026" in version.context


def test_conversations_that_were_removed_still_count():
    MonthOfConversations.objects.create(month=MONTH, topic="", conversations=12)
    Conversation.objects.create(language="nl", began_at=MIDDLE)
    version = monthly_report.deliver_month(MONTH)

    assert version
    assert version.conversations == 13


def test_it_is_handed_in_by_itself_in_the_first_days_of_the_next_month():
    asked()

    assert monthly_report.deliver_last(today=date(2026, 11, 11)) is None
    assert monthly_report.deliver_last(today=date(2026, 11, 2))


def test_the_numbers_stay_when_the_questions_go():
    asked(topic=Topic.objects.order_by("pk")[0], tone="informing")
    monthly_report.deliver_month(MONTH)
    Question.objects.all().delete()
    monthly_report.deliver_month(MONTH)

    assert [row.questions for row in MonthOfQuestions.objects.order_by("topic")] == [1, 1]


def test_the_command_hands_in_a_month_that_was_missed():
    asked()
    call_command("deliver_helpdesk_month", month="2026-10")

    assert newest().mails == 1


@pytest.mark.parametrize("month", ["2026-13", "oktober", "2099-01", "1999-01"])
def test_the_command_says_what_is_no_month(month):
    PageDay.objects.create(day=date(2099, 1, 1), page="home", language="nl")
    PageDay.objects.create(day=date(1999, 1, 1), page="home", language="nl")
    with pytest.raises(CommandError):
        call_command("deliver_helpdesk_month", month=month)
