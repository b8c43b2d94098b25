"""Who is late is reminded: from the twelfth, once a month, one mail a municipality."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from casework.models import LetterText, Message
from exemptions.placeholders import find_unknown_placeholders, preview_text
from reporting.deliveries import reminders
from reporting.deliveries.deliver import keep_delivery
from reporting.models import MonthlyReturn, ReturnVersion
from reporting.returns.kind import RETURNS

pytestmark = pytest.mark.django_db


@pytest.fixture
def run_on() -> Callable[[int, int], int]:
    def run(month: int, day: int) -> int:
        with time_machine.travel(datetime(2025, month, day, 8, tzinfo=ZoneInfo("Europe/Amsterdam")), tick=False):
            return reminders.remind_all(RETURNS, today=timezone.localdate())

    return run


def mails(user):
    return Message.objects.filter(kind="mail_return_missing", to=user.email)


def test_one_mail_names_all_the_months_that_are_late(run_on, municipal_reporter):
    assert run_on(8, 12) == 7

    mail = mails(municipal_reporter).get()
    assert "Utrecht" in mail.subject
    assert [f"- {name} 2025" in mail.body for name in ("januari", "juli", "augustus")] == [True, True, False]
    assert "/opgaven/GM0344/" in mail.body


def test_before_the_twelfth_nobody_is_reminded(run_on, municipal_reporter):
    assert run_on(8, 11) == 0


def test_a_month_that_may_still_come_in_is_not_late(run_on, municipal_reporter, utrecht):
    for number in range(1, 7):
        values = {**RETURNS.values_of(None), "warnings": 1}
        keep_delivery(
            RETURNS, utrecht, date(2025, number, 1), values=values, by=None, channel=ReturnVersion.Channel.FORM
        )

    assert run_on(8, 12) == 1
    assert "juni" not in mails(municipal_reporter).get().body


def test_once_a_month_however_often_it_runs(run_on, municipal_reporter):
    for day in (12, 12, 13, 31):
        run_on(8, day)
    assert mails(municipal_reporter).count() == 1

    run_on(9, 12)

    assert mails(municipal_reporter).count() == 2


def test_a_day_on_which_nothing_ran_is_made_up_for(run_on, municipal_reporter):
    assert run_on(8, 25) == 7


def test_everybody_who_hands_in_for_it_and_nobody_else(
    run_on, municipal_reporter, municipal_caseworker, other_municipal_reporter, reporter
):
    run_on(8, 12)

    assert set(Message.objects.values_list("to", flat=True)) == {
        municipal_reporter.email,
        other_municipal_reporter.email,
    }


def test_in_the_language_of_its_reader(run_on, municipal_reporter):
    type(municipal_reporter).objects.update(language="en")

    run_on(8, 12)

    assert "- June 2025" in mails(municipal_reporter).get().body


def test_where_nobody_hands_in_it_stays_to_be_done(run_on):
    assert run_on(8, 12) == 0
    assert not MonthlyReturn.objects.exists()


def test_who_no_longer_logs_in_gets_no_mail(run_on, municipal_reporter):
    type(municipal_reporter).objects.update(is_active=False)

    assert run_on(8, 12) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once(municipal_reporter):
    def worker(_number):
        try:
            return reminders.remind_all(RETURNS, today=date(2025, 8, 12))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        assert sum(workers.map(worker, range(2))) == 7

    assert mails(municipal_reporter).count() == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_mail_is_there_and_names_what_it_knows(language):
    found = LetterText.objects.newest(kind="mail_return_missing", language=language)

    assert found.language == language
    assert find_unknown_placeholders(found.kind, found.subject, found.body) == []
    assert "{" not in preview_text(found).body
