"""What others hand in, with missing months or classes of vehicle, and with zones that were postponed or ended."""

from datetime import date

import pytest

from reporting.figures import FIGURES, Row
from reporting.letter import facts
from reporting.models import MailTopic, SiteMonth, SiteMonthVersion
from reporting.period import Period
from reporting.returns import months
from tests.reporting.cases import counted, moment
from tests.reporting.test_handed_in import UTRECHT, handed_in
from zones.models import Municipality, Zone

pytestmark = pytest.mark.django_db


def rows(figure: str, first: str, last: str) -> dict[str, Row]:
    days = date.fromisoformat(first), date.fromisoformat(last)
    return {row.key: row for row in FIGURES[figure].compute(Period(*days, days[1]))}


# --- Months of the site ----------------------------------------------------------------------------------


def site_month(month: str, *, at: str = "2025-07-31", **numbers: int) -> SiteMonthVersion:
    one = SiteMonth.objects.create(month=date.fromisoformat(f"{month}-01"))
    return SiteMonthVersion.objects.create(
        site_month=one, number=1, delivered_at=moment(at), source="De helpdesk", **numbers
    )


def test_a_month_that_lacks_at_the_start_of_a_period_is_no_zero_and_not_left_out():
    for month in ("2025-04", "2025-05", "2025-07"):
        site_month(month, conversations=100, visitors=9, mails=5)

    assert counted("R19", "2025-06-01", "2025-07-31") == {"2025-06": None, "2025-07": 100}
    assert counted("R20", "2025-06-01", "2025-07-31") == {"2025-06": None, "2025-07": 5}
    assert counted("R18", "2025-06-01", "2025-06-30", "2025-07-31") == {"2025-06:visitors": None, "2025-06:pages": None}


def test_months_before_anybody_handed_in_are_not_there_and_make_the_rest_a_part():
    site_month("2025-05", conversations=100)

    assert not rows("R19", "2025-03-01", "2025-04-30")
    assert rows("R19", "2025-04-01", "2025-07-31")["2025-05"].partial
    assert not rows("R19", "2025-05-01", "2025-07-31")["2025-05"].partial


def test_mails_by_topic_are_those_of_the_period():
    for month in ("2025-05", "2025-06"):
        MailTopic.objects.create(version=site_month(month, mails=5), topic="Laden", tone="other", count=2)

    assert counted("R20", "2025-06-01", "2025-07-31").keys() == {"2025-06", "2025-06:Laden:other", "2025-07"}


# --- Classes of vehicle ----------------------------------------------------------------------------------


def test_a_sum_says_of_which_class_a_month_lacks():
    handed_in(UTRECHT, "2025-02", at="2025-03-03", fines_van=10, fines_truck=2)
    handed_in(UTRECHT, "2025-03", at="2025-03-31", fines_van=8)

    whole = rows("R15", "2025-02-01", "2025-03-31")[UTRECHT]

    assert (whole.count, whole.partial) == (20, True)
    assert whole.note == "vrachtauto's: 1 van de 2 maanden aangeleverd"


def test_a_number_is_a_part_where_a_month_lacks():
    handed_in(UTRECHT, "2025-02", at="2025-02-28", warnings=10)

    assert rows("R14", "2025-02-01", "2025-03-31")[UTRECHT].partial
    assert not rows("R14", "2025-02-01", "2025-02-28")[UTRECHT].partial


# --- Months with a zone ----------------------------------------------------------------------------------


def told(first: str, last: str) -> facts.Facts:
    days = date.fromisoformat(first), date.fromisoformat(last)
    return facts.gather_facts(Period(*days, days[1]))


def asked_of_utrecht() -> list[date]:
    utrecht = Municipality.objects.get(cbs_code=UTRECHT)
    return months.find_months([utrecht], date(2026, 3, 10))[utrecht]


def test_a_zone_that_was_postponed_counts_nowhere_before_it_begins():
    zones = Zone.objects.filter(name="Utrecht")
    same = {"municipality": zones.get().municipality, "name": "Utrecht", "source": "Raadsbesluit"}
    before = counted("R17", "2025-01-01", "2025-12-31")["zones"]
    zones.update(valid_until=date(2024, 12, 1))
    Zone.objects.create(valid_from=date(2024, 12, 1), starts_on=date(2026, 1, 1), **same)

    assert counted("R17", "2025-01-01", "2025-12-31")["zones"] == before - 1
    assert UTRECHT not in counted("R14", "2025-01-01", "2025-12-31")
    assert told("2025-01-01", "2025-12-31")["returns"]["expected"] == before - 1
    assert asked_of_utrecht() == [date(2026, 2, 1), date(2026, 1, 1)]


def test_a_zone_that_ended_is_asked_for_until_then():
    Zone.objects.filter(name="Utrecht").update(valid_until=date(2025, 6, 1))
    handed_in(UTRECHT, "2025-05", at="2025-06-10", warnings=1)

    found = rows("R14", "2025-05-01", "2025-06-30")[UTRECHT]
    letter = told("2025-05-01", "2025-06-30")

    assert (found.count, found.note) == (1, "")
    assert "Utrecht" not in {one["name"] for one in letter["returns"]["missing"]}
    assert letter["zones"]["count"] == counted("R17", "2025-05-01", "2025-06-30")["zones"] == 16
    assert UTRECHT not in counted("R14", "2025-06-01", "2025-06-30")
    assert asked_of_utrecht()[0] == date(2025, 5, 1)
