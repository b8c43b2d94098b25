"""What the letter says besides the figures: zones, who handed in, signals."""

from datetime import date
from typing import Any

import pytest

from reporting.letter import facts, lifecycle, numbers
from reporting.letter.blocks import Table
from reporting.models import BranchSignal
from reporting.period import Period, read_day
from tests.reporting.cases import moment
from tests.reporting.letter import history
from tests.reporting.test_handed_in import UTRECHT, handed_in
from zones.models import Municipality

pytestmark = pytest.mark.django_db


def period(first: str, last: str, as_of: str = "") -> Period:
    return Period(read_day(first), read_day(last), read_day(as_of or last))


def zones(first: str, last: str) -> dict[str, Any]:
    found: dict[str, Any] = facts.gather_facts(period(first, last))["zones"]
    return found


def test_zones_that_begin_on_one_day_are_named_together():
    begun = zones("2025-01-01", "2025-07-31")["begun"]

    assert (begun[0]["day"], begun[0]["count"]) == ("1 januari 2025", 14)
    assert begun[0]["names"].startswith("Amersfoort, Amsterdam")
    assert begun[-1] == {"day": "1 juli 2025", "names": "Enschede", "count": 1}


def test_the_zone_of_schiphol_came_in_2026_and_dordrecht_did_not():
    told = zones("2026-01-01", "2026-02-28")

    assert told["begun"] == [{"day": "1 januari 2026", "names": "Haarlemmermeer (Schiphol)", "count": 1}]
    assert (zones("2025-11-01", "2025-12-31")["count"], told["count"]) == (18, 19)


def test_a_warning_period_ends_with_the_first_day_of_fines():
    handed_in(UTRECHT, "2025-05", at="2025-06-10", warning_until=date(2025, 6, 30))

    assert "Utrecht" not in zones("2025-05-01", "2025-06-30")["ended"]
    assert "Utrecht" in zones("2025-07-01", "2025-08-31")["ended"]


@pytest.mark.parametrize(("first", "last"), [("2025-05-01", "2025-06-30"), ("2025-07-01", "2025-08-31")])
def test_the_letter_and_the_figure_know_as_many_municipalities_that_fine(first: str, last: str):
    handed_in(UTRECHT, "2025-05", at="2025-06-10", warning_until=date(2025, 6, 30))
    known = numbers.gather_numbers(period(first, last))
    fining = next(row["count"] for row in known["current"]["figures"]["R17"]["rows"] if row["key"] == "fining")

    assert known["facts"]["zones"]["fining"] == fining


def test_nobody_is_missed_before_there_was_a_zone():
    missing = facts.gather_facts(period("2024-11-01", "2025-01-31"))["returns"]["missing"]

    assert {one["months"] for one in missing} == {"januari 2025"}


def test_what_an_organisation_says_now_takes_the_place_of_what_it_said():
    about = {"organisation": "Bond", "topic": "Laden", "first": date(2025, 6, 1), "last": date(2025, 6, 30)}
    old = BranchSignal.objects.create(text="Te weinig.", noted_at=moment("2025-06-01"), **about)
    BranchSignal.objects.filter(pk=old.pk).update(replaced_at=moment("2025-07-10"))
    BranchSignal.objects.create(text="Veel te weinig.", noted_at=moment("2025-07-10"), replaces=old, **about)

    told = [
        facts.gather_facts(period("2025-06-01", "2025-06-30", day))["signals"] for day in ("2025-07-01", "2025-07-31")
    ]

    assert [[one["text"] for one in signals] for signals in told] == [["Te weinig."], ["Veel te weinig."]]


def test_a_month_that_was_not_handed_in_is_told_once():
    history.happen()
    handed_in(UTRECHT, "2025-06", at="2025-07-10", warnings=1, fines_van=0, passages_van=9, compliant_van=9)

    notes = [note for note in municipalities().notes if "Utrecht" in note]

    assert notes == ["(1) Utrecht: niet aangeleverd: juli 2025."]


def test_a_number_that_lacks_in_a_month_is_told_too():
    history.happen()
    for month in ("2025-06", "2025-07"):
        handed_in(UTRECHT, month, at="2025-07-31", warnings=1)
    place = Municipality.objects.get(cbs_code=UTRECHT)
    handed_in(UTRECHT, "2025-07", at="2025-07-31", fines_van=2)

    notes = [note for note in municipalities().notes if place.name in note]

    assert "waarschuwingsbrieven: 1 van de 2 maanden aangeleverd" in notes[0]
    assert "beboetbare overtredingen: 1 van de 2 maanden aangeleverd" in notes[0]


def municipalities() -> Table:
    """The annex of a letter."""
    blocks = lifecycle.prepare_standard(history.TWO_MONTHS).document.blocks
    return next(block for block in blocks if isinstance(block, Table) and block.name == "gemeenten")
