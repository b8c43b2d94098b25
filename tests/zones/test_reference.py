from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from hypothesis import given
from hypothesis.extra.django import TestCase

from tests.zones.test_access_always import days, vehicles
from zones import reference
from zones.access import decide
from zones.models import AccessRule, AutomaticExemption, MunicipalAuthority, Municipality, Zone, current_rule_book

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
MODELS = (Municipality, MunicipalAuthority, Zone, AccessRule, AutomaticExemption)


@pytest.fixture(autouse=True)
def loaded():
    reference.load()


def everything():
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


def test_the_tables_are_whole():
    assert [model.objects.count() for model in MODELS] == [19, 19, 19, 13, 3]


def test_loading_twice_is_as_once():
    before = everything()

    reference.load()

    assert everything() == before


def test_what_an_administrator_added_or_changed_stays():
    AccessRule.objects.filter(code="V2").update(explanation_en="Ours.", valid_until=date(2026, 1, 1))
    Municipality.objects.filter(name="Assen").update(fines_from=date(2026, 2, 1), fines_from_is="published")
    Municipality.objects.create(name="Ede", cbs_code="GM0228")
    before = everything()

    reference.load()

    assert everything() == before


def test_an_empty_cell_is_filled_where_the_table_knows_better():
    Municipality.objects.filter(name="Gouda").update(fines_from=None, fines_from_is="unknown")

    reference.load()

    gouda = Municipality.objects.get(name="Gouda")
    assert (gouda.fines_from, gouda.fines_from_is) == (date(2025, 7, 1), "published")


def test_the_shipped_values_come_back_when_somebody_asks_for_them():
    AccessRule.objects.filter(code="V2").update(until=date(2031, 1, 1))

    reference.load(overwrite=True)

    assert AccessRule.objects.get(code="V2").until == date(2027, 1, 1)


# --- The database decides as the shipped tables do ----------------------------------------------------


class EveryVehicle(TestCase):
    @given(vehicles, days)
    def test_gets_the_same_answer_from_the_database(self, facts, on):
        book = self.book = getattr(self, "book", None) or current_rule_book(on=TODAY)

        assert decide(facts, on=on, book=book) == decide(facts, on=on)

    def setUp(self):
        reference.load()


def test_the_rule_for_euro_6_vans_has_two_versions():
    def end(known_on):
        (rule,) = (rule for rule in current_rule_book(on=known_on).rules if rule.code.startswith("V3"))
        return rule.code, rule.until

    assert end(date(2025, 3, 13)) == ("V3a", date(2028, 1, 1))
    assert end(date(2025, 3, 14)) == ("V3b", date(2029, 1, 1))


def test_an_announced_rule_decides_nothing():
    AccessRule.objects.filter(code="V2").update(status=AccessRule.Status.ANNOUNCED)

    assert "V2" not in {rule.code for rule in current_rule_book(on=TODAY).rules}


def test_the_rule_book_takes_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        current_rule_book(on=TODAY)


# --- Dates and constraints ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "is_known"), [(date(2024, 6, 30), False), (date(2024, 7, 1), True), (date(2027, 1, 1), False)]
)
def test_a_zone_is_known_from_its_first_day_until_its_end(on, is_known):
    Zone.objects.filter(name="Utrecht").update(valid_until=date(2027, 1, 1))

    assert Zone.objects.in_force(on=on).filter(name="Utrecht").exists() == is_known


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_until": date(2024, 1, 1)},
        {"emission_classes": ["7"]},
        {"emission_classes": []},
        {"allowed": False},
    ],
)
def test_the_database_refuses_a_rule_that_cannot_be(wrong):
    with pytest.raises(IntegrityError):
        AccessRule.objects.filter(code="V2").update(**wrong)


def test_a_second_version_of_a_rule_on_the_same_day_is_refused():
    rule = AccessRule.objects.get(code="V2")
    rule.pk = None

    with pytest.raises(IntegrityError):
        rule.save()


def test_a_wrong_emission_class_is_answered_in_words():
    rule = AccessRule.objects.get(code="V2")
    rule.emission_classes = ["5", "9"]

    with pytest.raises(ValidationError, match="9"):
        rule.full_clean()


@pytest.mark.parametrize("code", ["0344", "GM344", "gm0344", "GM03444"])
def test_a_cbs_code_has_one_form(code):
    with pytest.raises((IntegrityError, ValidationError)):
        Municipality(name="Ergens", cbs_code=code).full_clean()


def test_rows_call_themselves_by_what_people_know():
    assert str(Municipality.objects.get(cbs_code="GM0796")) == "'s-Hertogenbosch"
    assert str(Zone.objects.get(municipality__cbs_code="GM0344")) == "Utrecht"
    assert str(AccessRule.objects.get(code="V2")) == "V2 (1 januari 2025)"
