"""What others hand in, as figures: missing is missing, and a correction counts from the day it came."""

import csv
import io
from datetime import date

import pytest
import time_machine
from openpyxl import load_workbook

from reporting.figures import FIGURES
from reporting.models import BranchSignal, MailTopic, MonthlyReturn, ReturnVersion, SiteMonth, SiteMonthVersion
from reporting.period import Period
from reporting.report import compute_report
from reporting.report_files import as_csv, as_xlsx
from tests.reporting.cases import case, counted, moment
from zones.models import Municipality

pytestmark = pytest.mark.django_db

UTRECHT, ASSEN = "GM0344", "GM0106"


def handed_in(code: str, month: str, *, at: str, **numbers: object) -> None:
    """A delivery, the next version of its month."""
    place = Municipality.objects.get(cbs_code=code)
    one, _created = MonthlyReturn.objects.get_or_create(municipality=place, month=date.fromisoformat(f"{month}-01"))
    number = one.versions.count() + 1
    ReturnVersion.objects.create(monthly_return=one, number=number, delivered_at=moment(at), channel="form", **numbers)


def rows(figure: str, first: date, last: date) -> dict[str, object]:
    return {row.key: row for row in FIGURES[figure].compute(Period(first, last, last))}


def test_months_are_summed_and_what_nobody_handed_in_is_no_zero():
    handed_in(UTRECHT, "2025-02", at="2025-03-03", warnings=10)
    handed_in(UTRECHT, "2025-03", at="2025-03-31", warnings=5)

    found = counted("R14", "2025-02-01", "2025-03-31")

    assert (found[UTRECHT], found[ASSEN]) == (15, None)


def test_a_month_that_lacks_is_said():
    handed_in(UTRECHT, "2025-02", at="2025-03-03", warnings=0)

    found = rows("R14", date(2025, 2, 1), date(2025, 3, 31))

    assert found[UTRECHT].count == 0
    assert "1" in str(found[UTRECHT].note)
    assert found[ASSEN].note


def test_what_one_must_know_to_compare_goes_where_the_numbers_go():
    handed_in(UTRECHT, "2025-02", at="2025-03-03", zone_km2="2.61", interval_days=14)
    handed_in(UTRECHT, "2025-03", at="2025-03-31", warnings=5, interval_days=7, context="=Camera's stuk.")
    report = compute_report(Period(date(2025, 2, 1), date(2025, 3, 31), date(2025, 3, 31)))
    told = "zone van 2,61 km²; 7 dagen tussen twee brieven of boetes voor een voertuig; =Camera's stuk"

    in_csv = {row["key"]: row["note"] for row in csv.DictReader(io.StringIO(as_csv(report).decode()))}
    in_xlsx = {row[0].value: row[5].value for row in load_workbook(io.BytesIO(as_xlsx(report)))["R15"].rows}

    assert report.figures["R14"].rows[-1].remark == "niet aangeleverd"
    assert in_csv[UTRECHT] == in_xlsx[UTRECHT] == f"niet aangeleverd; {told}"
    assert in_csv[f"{UTRECHT}:van"] == "niet aangeleverd"


def test_what_people_typed_is_no_part_of_the_open_data(client):
    handed_in(UTRECHT, "2025-02", at="2025-03-03", warnings=50, context="Bel Jan.")

    with time_machine.travel("2025-04-10T12:00+02:00", tick=False):
        answer = client.get("/api/v1/cijfers/R14/gemeenten", {"month": "2025-02"})

    assert answer.status_code == 200
    assert "Jan" not in answer.content.decode()


def test_a_correction_counts_from_the_day_it_came():
    handed_in(UTRECHT, "2025-02", at="2025-03-03", fines_van=10, fines_truck=2)
    handed_in(UTRECHT, "2025-02", at="2025-05-05", fines_van=8, fines_truck=2)

    before = counted("R15", "2025-02-01", "2025-02-28", as_of="2025-05-04")
    after = counted("R15", "2025-02-01", "2025-02-28", as_of="2025-05-05")

    assert (before[UTRECHT], before[f"{UTRECHT}:van"]) == (12, 10)
    assert (after[UTRECHT], after[f"{UTRECHT}:van"]) == (10, 8)


def test_compliance_only_where_passages_were_handed_in():
    handed_in(UTRECHT, "2025-02", at="2025-02-28", passages_van=200, compliant_van=190, passages_truck=50)

    found = rows("R16", date(2025, 2, 1), date(2025, 2, 28))

    assert (found[UTRECHT].count, found[UTRECHT].of, found[UTRECHT].percent) == (190, 200, 95)
    assert found[ASSEN].count is None


def test_the_warning_period_ends_as_the_municipality_says():
    before = counted("R17", "2025-02-01", "2025-03-31")["fining"]

    handed_in(UTRECHT, "2025-02", at="2025-02-28", warning_until=date(2025, 3, 30))

    assert counted("R17", "2025-02-01", "2025-03-31")["fining"] == before + 1
    assert counted("R17", "2025-02-01", "2025-03-30")["fining"] == before  # the last day of the warnings


def test_a_month_of_the_site_that_lacks_is_no_zero():
    for month in ("2025-01", "2025-03"):
        one = SiteMonth.objects.create(month=date.fromisoformat(f"{month}-01"))
        SiteMonthVersion.objects.create(
            site_month=one, number=1, delivered_at=moment("2025-03-31"), visitors=27000, conversations=4552, source="x"
        )

    found = counted("R19", "2025-01-01", "2025-03-31")

    assert found == {"2025-01": 4552, "2025-02": None, "2025-03": 4552}


def test_mails_by_topic_and_tone():
    one = SiteMonth.objects.create(month=date(2025, 1, 1))
    version = SiteMonthVersion.objects.create(
        site_month=one, number=1, delivered_at=moment("2025-01-31"), mails=208, source="x"
    )
    MailTopic.objects.create(version=version, topic="Kentekens", tone="informing", count=50)

    found = counted("R20", "2025-01-01", "2025-01-31")

    assert found == {"2025-01": 208, "2025-01:Kentekens:informing": 50}


def test_a_signal_counts_in_the_period_it_speaks_about():
    about = {"topic": "Laadinfrastructuur", "text": "Te weinig.", "noted_at": moment("2025-02-01")}
    BranchSignal.objects.create(organisation="A", first=date(2025, 1, 1), last=date(2025, 2, 28), **about)
    BranchSignal.objects.create(organisation="B", first=date(2025, 4, 1), last=date(2025, 4, 30), **about)

    assert counted("R21", "2025-02-01", "2025-03-31") == {"Laadinfrastructuur": 1}


def test_plates_from_abroad_by_municipality():
    case("LEV", plate="VX123Z", file="2025-03-03")
    case("LEV", plate="WARS1", country="PL", file="2025-03-04")

    found = rows("R24", date(2025, 3, 1), date(2025, 3, 31))["national"]

    assert (found.count, found.of, found.percent) == (1, 2, 50)
