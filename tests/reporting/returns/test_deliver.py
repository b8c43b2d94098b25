"""Handing in: the next version, never a change of the last; idempotent; nobody for somebody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from reporting.deliveries.deliver import DeliveryRefused, Overtaken, keep_delivery
from reporting.models import MonthlyReturn, ReturnVersion
from reporting.returns.kind import RETURNS

pytestmark = pytest.mark.django_db

JUNE = date(2025, 6, 1)
FORM = ReturnVersion.Channel.FORM


def numbers(**given):
    return {**RETURNS.values_of(None), "warnings": 10, **given}


def test_a_first_delivery_is_version_one(utrecht, municipal_reporter):
    version = keep_delivery(RETURNS, utrecht, JUNE, values=numbers(fines_van=0), by=municipal_reporter, channel=FORM)

    assert (version.number, version.warnings, version.fines_van, version.fines_truck) == (1, 10, 0, None)
    assert version.delivered_by == municipal_reporter


def test_a_correction_is_the_next_version_and_the_first_stays(utrecht, municipal_reporter):
    keep_delivery(RETURNS, utrecht, JUNE, values=numbers(), by=municipal_reporter, channel=FORM)
    keep_delivery(RETURNS, utrecht, JUNE, values=numbers(warnings=12), by=municipal_reporter, channel=FORM)

    assert list(ReturnVersion.objects.values_list("number", "warnings")) == [(1, 10), (2, 12)]


def test_the_same_numbers_again_are_no_new_version(utrecht, municipal_reporter):
    for _time in range(2):
        keep_delivery(RETURNS, utrecht, JUNE, values=numbers(), by=municipal_reporter, channel=FORM, expected=0)

    assert ReturnVersion.objects.count() == 1


def test_who_did_not_see_the_last_version_overwrites_nothing(utrecht, municipal_reporter, reporter):
    keep_delivery(RETURNS, utrecht, JUNE, values=numbers(), by=reporter, channel=FORM)

    with pytest.raises(Overtaken) as met:
        keep_delivery(
            RETURNS, utrecht, JUNE, values=numbers(warnings=12), by=municipal_reporter, channel=FORM, expected=0
        )

    assert met.value.newest.delivered_by == reporter
    assert ReturnVersion.objects.get().warnings == 10


@pytest.mark.parametrize(
    ("month", "sentence"),
    [(date(2025, 8, 1), "not over yet"), (date(2026, 1, 1), "not over yet"), (date(2024, 12, 1), "before the zone")],
)
def test_a_month_that_cannot_be_is_refused(utrecht, municipal_reporter, month, sentence):
    with pytest.raises(DeliveryRefused, match=sentence):
        keep_delivery(RETURNS, utrecht, month, values=numbers(), by=municipal_reporter, channel=FORM)

    assert not MonthlyReturn.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"compliant_van": 5}, {"passages_van": 4, "compliant_van": 5}, {"warnings": None}],
    ids=["compliant without passages", "more compliant than passed", "nothing at all"],
)
def test_numbers_that_cannot_be_are_refused(utrecht, municipal_reporter, wrong):
    with pytest.raises(DeliveryRefused):
        keep_delivery(RETURNS, utrecht, JUNE, values=numbers(**wrong), by=municipal_reporter, channel=FORM)

    assert not MonthlyReturn.objects.exists()


@pytest.mark.parametrize("person", ["other_municipal_reporter", "municipal_caseworker", "applicant"])
def test_nobody_hands_in_for_a_municipality_that_is_not_theirs(utrecht, person, request):
    with pytest.raises(PermissionDenied):
        keep_delivery(RETURNS, utrecht, JUNE, values=numbers(), by=request.getfixturevalue(person), channel=FORM)


@pytest.mark.parametrize("person", ["reporter", "team_lead", "administrator"])
def test_who_keeps_all_returns_hands_in_for_every_municipality(utrecht, person, request):
    assert keep_delivery(RETURNS, utrecht, JUNE, values=numbers(), by=request.getfixturevalue(person), channel=FORM)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_first_and_the_other_is_told(utrecht, municipal_reporter):
    def hand_in(warnings):
        try:
            keep_delivery(
                RETURNS,
                utrecht,
                JUNE,
                values=numbers(warnings=warnings),
                by=municipal_reporter,
                channel=FORM,
                expected=0,
            )
        except Overtaken:
            return "told"
        finally:
            connection.close()
        return "first"

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(hand_in, (1, 2))) == ["first", "told"]

    assert ReturnVersion.objects.count() == 1
