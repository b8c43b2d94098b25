"""What every other test relies on."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import connection

from accounts import roles
from accounts.models import User
from zones.models import Municipality


@pytest.mark.django_db
def test_the_reference_data_are_there():
    assert set(roles.ROLES) == set(Group.objects.values_list("name", flat=True))
    assert Municipality.objects.filter(cbs_code="GM0344", name="Utrecht").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["once", "again"])
def test_a_test_with_real_transactions_finds_the_reference_data(time: str):
    assert Group.objects.exists()
    assert Municipality.objects.exists()


@pytest.mark.django_db
def test_loading_the_reference_data_twice_is_as_once():
    before = rows_per_table()

    call_command("load_reference")

    assert rows_per_table() == before


def rows_per_table() -> dict[str, int]:
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


@pytest.mark.django_db
def test_the_cache_is_a_real_redis():
    cache.set("greeting", "hallo")

    assert cache.get("greeting") == "hallo"
    assert caches["default"].client.get_client().ping()


@pytest.mark.django_db
def test_a_lost_redis_costs_no_error(redis_away: None):
    cache.set("greeting", "hallo")

    assert cache.get("greeting") == "hallo"  # in the memory of this process, until it is back


def test_the_municipal_caseworker_works_for_utrecht(municipal_caseworker: User):
    assert [m.name for m in municipal_caseworker.municipalities.all()] == ["Utrecht"]


def test_the_browser_is_a_dutch_reader(page: Any):
    page.goto("/")

    assert page.evaluate("navigator.language") == "nl-NL"
    assert page.locator("html").get_attribute("lang") == "nl"
