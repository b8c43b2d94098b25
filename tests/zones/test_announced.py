"""Access that the government announced and the law does not give yet: decided, said, and never a ground by itself."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from zones import reference
from zones.access import VehicleFacts, decide
from zones.models import AccessRule, Municipality, current_rule_book
from zones.models.book import find_announcements
from zones.rules import Announcement

TODAY = date(2026, 6, 1)
VAN = VehicleFacts("van", None, "6", date(2018, 1, 1))
BY_LAW = Announcement(date(2025, 3, 14), date(2028, 1, 1))


def test_a_van_of_emission_class_6_has_access_until_2029_by_announcement():
    answer = decide(VAN, on=TODAY)

    assert (answer.allowed, answer.rule, answer.until) == (True, "V3b", date(2029, 1, 1))
    assert (answer.announcement, answer.until_by_law) == (BY_LAW, date(2028, 1, 1))


@pytest.mark.parametrize(
    ("on", "rests"), [(date(2027, 12, 31), False), (date(2028, 1, 1), True), (date(2029, 1, 1), False)]
)
def test_access_rests_on_the_announcement_alone_between_the_day_by_law_and_its_own(on, rests):
    assert decide(VAN, on=on).rests_on_announcement(on=on) is rests


def test_what_the_law_says_is_announced_by_nobody():
    answer = decide(VehicleFacts("van", None, "5", date(2018, 1, 1)), on=TODAY)

    assert (answer.announcement, answer.until_by_law) == (None, answer.until)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "nl",
            ["Toegang tot en met 31 december 2028.", "aangekondigd op 14 maart 2025", "tot en met 31 december 2027"],
        ),
        ("en", ["Access until 31 December 2028.", "announced this on 14 March 2025", "until 31 December 2027"]),
    ],
)
def test_the_reason_names_the_announcement_and_the_law(language, words):
    with override(language):
        reason = decide(VAN, on=TODAY).reason

    assert all(one in reason for one in words)


# --- In the database ----------------------------------------------------------------------------------


@pytest.fixture
def loaded(db):
    reference.load()
    return AccessRule.objects.get(code="V3b")


def test_a_database_of_before_learns_that_the_rule_is_announced(loaded):
    AccessRule.objects.filter(code="V3b").update(announced_on=None, until_by_law=None)

    reference.load()

    assert find_announcements(on=TODAY) == {"V3b": BY_LAW}


def test_the_publication_of_the_law_ends_the_announcement(loaded):
    values = AccessRule.objects.values().get(code="V3b") | {"id": None, "announced_on": None, "until_by_law": None}
    law = AccessRule(**values | {"valid_from": date(2026, 5, 1), "source": "Stb. 2026, 99"})
    AccessRule.objects.add_version(law, key=["code"])
    reference.load()

    answer = decide(VAN, on=TODAY, book=current_rule_book(on=TODAY))

    assert (answer.until, answer.announcement) == (date(2029, 1, 1), None)
    assert "Stb. 2026, 99" in answer.reason
    assert find_announcements(on=TODAY) == {}


@pytest.mark.parametrize("half", [{"until_by_law": None}, {"announced_on": None}, {"until_by_law": date(2029, 1, 1)}])
def test_an_announcement_has_its_day_and_an_earlier_one_by_law(loaded, half):
    with pytest.raises(IntegrityError, match="accessrule_announcement_is_whole"), transaction.atomic():
        AccessRule.objects.filter(code="V3b").update(**half)


def test_the_zone_of_schiphol_has_begun_in_2026_and_its_fines_are_not_known(loaded):
    (schiphol,) = Municipality.objects.get(cbs_code="GM0394").zones.all()

    assert (schiphol.name, schiphol.starts_on, schiphol.boundary) == ("Schiphol", date(2026, 1, 1), None)
    assert schiphol.municipality.fines_from is None
