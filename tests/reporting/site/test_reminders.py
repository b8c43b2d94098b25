"""Editors who are late are reminded: from the twelfth, once a month, one mail with every month that is missing."""

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
from reporting.deliveries.reminders import remind_all
from reporting.models import SiteMonth
from reporting.site.kind import SITE_MONTHS
from reporting.tasks import remind_of_returns
from tests.reporting.site.handing_in import hand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def run_on() -> Callable[[int, int], int]:
    def run(month: int, day: int) -> int:
        with time_machine.travel(datetime(2025, month, day, 8, tzinfo=ZoneInfo("Europe/Amsterdam")), tick=False):
            return remind_all(SITE_MONTHS, today=timezone.localdate())

    return run


def mails(user):
    return Message.objects.filter(kind=SITE_MONTHS.mail, to=user.email)


def test_one_mail_names_all_the_months_that_are_late(run_on, editor):
    hand_in(date(2025, 3, 1))

    assert run_on(8, 12) == 6

    mail = mails(editor).get()
    assert [f"- {name} 2025" in mail.body for name in ("januari", "maart", "juli")] == [True, False, True]
    assert "/cijfers/site/" in mail.body


def test_before_the_twelfth_nobody_is_reminded(run_on, editor):
    assert run_on(8, 11) == 0
    assert not SiteMonth.objects.exists()


def test_who_handed_in_everything_is_left_alone(run_on, editor):
    for number in range(1, 8):
        hand_in(date(2025, number, 1), numbers={"visitors": 0})

    assert run_on(8, 12) == 0
    assert not mails(editor).exists()


def test_once_a_month_and_again_the_month_after(run_on, editor):
    for number in range(1, 7):
        hand_in(date(2025, number, 1))

    assert [run_on(8, 12), run_on(8, 13), run_on(8, 31), run_on(9, 12)] == [1, 0, 0, 2]
    assert mails(editor).count() == 2


def test_what_is_reminded_of_is_still_missing_and_not_zero(run_on, editor, as_editor):
    run_on(8, 12)

    row = as_editor.get("/cijfers/site/").context["rows"][-1][0]

    assert (row.month, row.newest) == (date(2025, 1, 1), None)


def test_those_who_keep_all_returns_get_no_mail(run_on, editor, reporter, administrator, municipal_reporter):
    run_on(8, 12)

    assert [mails(person).count() for person in (editor, reporter, administrator, municipal_reporter)] == [1, 0, 0, 0]


def test_without_an_editor_it_stays_to_be_done(run_on, request):
    assert run_on(8, 12) == 0

    request.getfixturevalue("editor")
    assert run_on(8, 13) == 7


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail(editor):
    def work(_number):
        try:
            return remind_all(SITE_MONTHS, today=date(2025, 8, 12))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        assert sorted(workers.map(work, range(2))) == [0, 7]

    assert mails(editor).count() == 1


def test_killed_half_way_nothing_is_kept(run_on, editor, monkeypatch):
    def dies(*_args, **_about):
        raise KeyboardInterrupt

    monkeypatch.setattr(reminders, "mail_person", dies)
    with pytest.raises(KeyboardInterrupt):
        run_on(8, 12)

    assert not SiteMonth.objects.exists()


def test_the_task_reminds_municipalities_and_editors(editor, municipal_reporter):
    with time_machine.travel(datetime(2025, 8, 12, 8, tzinfo=ZoneInfo("Europe/Amsterdam")), tick=False):
        assert remind_of_returns() == 14


def test_the_number_of_queries_does_not_grow_with_the_months_handed_in(editor, django_assert_max_num_queries):
    for number in range(1, 7):
        hand_in(date(2025, number, 1), topics={("Zones", "other"): number})

    with django_assert_max_num_queries(20):
        assert remind_all(SITE_MONTHS, today=date(2025, 8, 12)) == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_words_of_the_mail_can_be_filled_in(language):
    found = LetterText.objects.newest(kind=SITE_MONTHS.mail, language=language)

    assert find_unknown_placeholders(found.kind, found.subject, found.body) == []
    assert "2025" in preview_text(found).body
