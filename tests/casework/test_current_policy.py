"""Settings that policy can change: what holds on a day."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework.current_policy import CurrentPolicy, NotFilledIn, PolicyMiddleware
from casework.models import Policy
from casework.policy_settings import SETTINGS, find_setting, get_setting_title

pytestmark = pytest.mark.django_db


def setting(value, *, name="patience", days_ago=0):
    valid_from = timezone.localdate() - timedelta(days=days_ago)
    return Policy.objects.create(name=name, value=value, valid_from=valid_from, source="a test")


def today():
    return CurrentPolicy.on(timezone.localdate())


def test_the_newest_value_that_had_begun_holds():
    setting(14, days_ago=100)
    setting(21, days_ago=10)
    setting(28, days_ago=-10)

    assert today().number("patience") == 21


def test_a_day_in_the_past_has_the_value_of_then():
    setting(14, days_ago=100)
    setting(21, days_ago=10)

    assert CurrentPolicy.on(timezone.localdate() - timedelta(days=11)).number("patience") == 14


def test_a_value_can_be_taken_back_by_leaving_it_empty():
    setting(14, days_ago=100)
    setting(None, days_ago=10)

    with pytest.raises(NotFilledIn, match="patience"):
        today().number("patience")


def test_each_setting_answers_in_its_own_shape():
    setting(14)
    setting([60, 30, 7], name="notice")
    setting(["too_old", "not_needed"], name="grounds")
    setting(True, name="second-pair")
    setting("Straat 1", name="address")

    policy = today()

    assert policy.number("patience") == 14
    assert policy.numbers("notice") == [60, 30, 7]
    assert policy.codes("grounds") == {"too_old", "not_needed"}
    assert policy.switch("second-pair") is True
    assert policy.text("address") == "Straat 1"


@pytest.mark.parametrize("value", [None, "14", True, [14]])
def test_what_is_no_number_is_not_filled_in(value):
    setting(value)

    with pytest.raises(NotFilledIn):
        today().number("patience")


@pytest.mark.parametrize("value", [None, "yes", 1])
def test_what_is_neither_yes_nor_no_is_not_filled_in(value):
    setting(value)

    with pytest.raises(NotFilledIn):
        today().switch("patience")


@pytest.mark.parametrize("value", [None, 14, "14"])
def test_what_is_no_list_is_not_filled_in(value):
    setting(value)

    with pytest.raises(NotFilledIn):
        today().numbers("patience")


@pytest.mark.parametrize("ask", [CurrentPolicy.number, CurrentPolicy.switch, CurrentPolicy.numbers])
def test_a_setting_that_nobody_made_is_not_filled_in(ask):
    with pytest.raises(NotFilledIn, match="patience"):
        ask(today(), "patience")


def test_words_that_nobody_filled_in_are_empty():
    assert today().text("patience") == ""


def test_all_settings_of_a_day_take_one_query(django_assert_num_queries):
    setting(14)
    setting(True, name="second-pair")

    with django_assert_num_queries(1):
        policy = today()
        policy.number("patience")
        policy.switch("second-pair")


def test_a_page_that_is_looked_at_reads_the_settings_once(rf, django_assert_num_queries):
    setting(14)
    twice = PolicyMiddleware(lambda _request: [today().number("patience"), today().number("patience")])

    with django_assert_num_queries(1):
        assert twice(rf.get("/")) == [14, 14]


def test_the_next_page_finds_what_changed_meanwhile(rf):
    setting(14)
    ask = PolicyMiddleware(lambda _request: today().number("patience"))
    assert ask(rf.get("/")) == 14

    Policy.objects.filter(name="patience").update(value=21)

    assert (ask(rf.get("/")), today().number("patience")) == (21, 21)


def test_who_changes_a_setting_goes_on_with_its_new_value(rf):
    setting(14)

    def change(_request):
        before = today().number("patience")
        Policy.objects.filter(name="patience").update(value=21)
        return [before, today().number("patience")]

    assert PolicyMiddleware(change)(rf.post("/")) == [14, 21]


# --- What a setting is ---------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["21", -1, 0, True, 21.5, [21], 10_000])
def test_a_value_of_another_sort_or_out_of_bounds_is_refused(value):
    with pytest.raises(ValidationError, match="past niet"):
        Policy(name="completion_days", value=value, valid_from=timezone.localdate(), source="a test").full_clean()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("completion_days", 7),
        ("completion_days", None),
        ("second_pair_for_rejection", False),
        ("expiry_notice_days", []),
        ("register_grounds", ["too_old"]),
        ("sender_address", "Postbus 1\n1234 AB Plaats"),
    ],
)
def test_a_value_of_its_sort_is_taken(name, value):
    Policy(name=name, value=value, valid_from=timezone.localdate(), source="a test").full_clean()


def test_a_value_is_shown_as_people_write_numbers():
    assert SETTINGS["completion_days"].shown(20_000) == "20.000"
    assert SETTINGS["expiry_notice_days"].shown([60, 30, 7]) == "60, 30, 7"


def test_every_shipped_setting_has_its_title_its_bounds_and_a_value_within_them():
    for policy in Policy.objects.all():
        setting = SETTINGS[policy.name]
        assert setting.explanation
        setting.refuse(policy.value)


def test_a_setting_that_the_table_does_not_know_is_shown_by_its_name_and_value():
    assert (get_setting_title("patience"), find_setting("patience", [1, 2]).shown([1, 2])) == ("patience", "1, 2")
