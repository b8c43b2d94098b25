"""The numbers on tabs and on the start page: the SQL that counts is kept, and what it counts is never old."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.models import User
from casework.desk.counting import Count, write_count
from casework.models import EquatedDay
from casework.reference_cache import reading_once
from exemptions.worklists import APPLICATIONS
from tests import given

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(settings):
    """As it is outside the tests."""
    settings.REFERENCE_ANSWERS_KEPT = 500


@pytest.fixture
def selections() -> list[Any]:
    """For whom and for which day the one list of `worklists` was written."""
    return []


@pytest.fixture
def worklists(selections):
    def select(rows: Any, user: User, day: Any) -> Any:
        selections.append((user.pk, day))
        return rows.new()

    return replace(APPLICATIONS, lists=(replace(APPLICATIONS.lists[0], select=select),))


def counts(worklists, user):
    """As a page that asks for the user anew."""
    with reading_once():
        return worklists.count(worklists.lists, User.objects.get(pk=user.pk))


def test_what_counts_is_written_once_and_counts_what_is_there_now(worklists, selections, caseworker, applicant):
    assert counts(worklists, caseworker) == {"new": 0}

    given.filed(by=applicant)

    assert counts(worklists, caseworker) == {"new": 1}
    assert len(selections) == 1


def test_each_user_and_each_day_has_its_own(worklists, selections, caseworker, other_caseworker, time_machine):
    for user in (caseworker, other_caseworker):
        counts(worklists, user)
    time_machine.move_to(timezone.now() + timedelta(days=1))
    counts(worklists, caseworker)

    assert len(set(selections)) == len(selections) == 3


def test_it_is_written_again_when_a_setting_or_a_right_changes(worklists, selections, caseworker):
    counts(worklists, caseworker)
    EquatedDay.objects.create(day=timezone.localdate() + timedelta(days=40), source="KB")
    counts(worklists, caseworker)
    caseworker.user_permissions.add(Permission.objects.get(codename="change_policy"))
    counts(worklists, caseworker)

    assert len(selections) == 3


def test_who_loses_the_role_counts_nothing(worklists, caseworker, applicant):
    given.filed(by=applicant)
    assert counts(worklists, caseworker) == {"new": 1}

    caseworker.groups.clear()

    assert counts(worklists, caseworker) == {"new": 0}


def test_no_list_depends_on_the_hour(admin_user, time_machine):
    """Otherwise what was written in the morning would count too little in the afternoon."""
    sorts = {one.worklists for one in admin.site._registry.values() if hasattr(one, "worklists")}
    assert len(sorts) > 7

    def count_at(hour: int) -> list[Count]:
        day = timezone.localdate()
        time_machine.move_to(datetime.combine(day, time(hour), tzinfo=timezone.get_current_timezone()), tick=False)
        return [
            write_count({each.name: each.select(one.seen(admin_user), admin_user, day) for each in one.lists})
            for one in sorts
        ]

    assert count_at(8) == count_at(17)
