"""What the letter says in one place agrees with what it says in another."""

import re
from datetime import date
from typing import Any

import pytest

from casework.models import Deadline
from exemptions.models import ThresholdVersion
from reporting.letter import html, lifecycle
from reporting.letter.document import compose_letter
from reporting.period import Period
from tests.reporting.cases import case, day_exemption, moment
from tests.reporting.disputes import appeal, objection
from tests.reporting.letter.history import TWO_MONTHS
from tests.reporting.test_handed_in import UTRECHT, handed_in
from zones.models import Municipality

pytestmark = pytest.mark.django_db
EARLY_2026 = Period(date(2026, 1, 1), date(2026, 2, 28), date(2026, 2, 28))


def words(period: Period = TWO_MONTHS) -> str:
    """The letter in its standard words, on one line."""
    period.memory.clear()
    page = html.render_html(compose_letter(lifecycle.build_standard_source(period)).blocks)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def part(text: str, begin: str, end: str) -> str:
    """What stands between two headings."""
    return text[text.index(begin) : text.index(end, text.index(begin))]


# --- Kinds ----------------------------------------------------------------------------------------------


def test_a_kind_is_local_or_national_as_it_was_on_the_last_day():
    assert "lokale ontheffing ‘Bedrijfseconomische omstandigheden’." in words()
    assert "landelijke ontheffing ‘Bedrijfseconomische omstandigheden’ of de landelijke ontheffing ‘Netcongestie’" in (
        words(EARLY_2026)
    )


def test_no_kind_is_offered_before_it_existed():
    assert "etcongestie" not in words()


def test_a_kind_that_became_national_is_told_where_it_was_counted_as_local():
    moved = "‘Bedrijfseconomische omstandigheden’ is sinds 1 januari 2026 landelijk"

    assert moved not in words()
    assert moved in part(words(EARLY_2026), "Lokale ontheffingen worden", "Dagontheffingen ")


def test_each_kind_has_one_name():
    case("NEV", file="2025-06-03", take_up="2025-06-04", reject="2025-06-30", ground="repeated", plate="VAA01A")

    assert "‘Niet uitstootvrij te koop’" in words()
    assert "emissieloos verkrijgbaar" not in words()


# --- Fines ----------------------------------------------------------------------------------------------


def test_fines_are_told_of_where_there_were_any_and_not_where_only_the_warnings_ended():
    handed_in(UTRECHT, "2025-06", at="2025-07-10", warnings=0, fines_van=0, fines_truck=0)
    text = words()

    assert "de waarschuwingsperiode in 9 van de 18 gemeenten met een ZE-zone voorbij" in text
    assert "Beboetbare overtredingen zijn in juni en juli 2025 niet gemeld" in text
    assert "boetes opgelegd." not in part(text, "Conclusie en vervolgstappen", "Hoogachtend")


def test_a_municipality_with_an_offence_is_one_that_fined():
    handed_in(UTRECHT, "2025-06", at="2025-07-10", warnings=3, fines_van=2, fines_truck=1)
    text = words()

    assert "In 1 gemeente zijn in juni en juli 2025 boetes opgelegd, voor ten minste 3 beboetbare overtredingen" in text
    assert "Van 17 gemeenten is door ontbrekende gegevens niet bekend of daar boetes zijn opgelegd" in text
    assert "In 1 daarvan zijn in juni en juli 2025 boetes opgelegd" in part(text, "Conclusie", "Hoogachtend")


def test_a_month_that_nobody_handed_in_is_told_once_and_what_is_known_is_no_whole():
    codes = list(Municipality.objects.exclude(zones=None).values_list("cbs_code", flat=True).distinct())
    for code in codes:
        handed_in(code, "2026-01", at="2026-02-10", warnings=1, fines_van=2, passages_van=9, compliant_van=9)
    text = words(EARLY_2026)

    gap = "Over februari 2026 heeft geen enkele van de 19 gemeenten met een ZE-zone gegevens gedeeld."
    assert f"{gap} Over de rest van januari en februari 2026 hebben zij dat alle gedaan." in text
    assert "Niet aangeleverd: " not in part(text, "Aangeleverde gegevens door gemeenten", "Bijlage")
    assert "verstuurden er in januari en februari 2026, voor zover aangeleverd, samen 19." in text
    assert "boetes opgelegd, voor ten minste 38 beboetbare overtredingen" in text
    assert "ANPR-camera’s aangeleverd, maar niet steeds over elke maand." in text


# --- National and local ---------------------------------------------------------------------------------


def test_under_national_only_national_applications_are_compared():
    case("HAR", file="2025-05-06", where="Utrecht", plate="VAA01A")
    case("HAR", file="2025-07-09", where="Utrecht", plate="VAA02A")
    case("HAR", file="2025-07-09", where="Utrecht", plate="VAA03A")
    case(file="2025-07-08", plate="VAA04A")
    text = words()

    national = part(text, "Landelijke ontheffingen In", "Bezwaren en beroep")
    assert "is 1 landelijke ontheffing aangevraagd, tegen geen in april en mei 2025" in national
    assert "zijn 2 lokale ontheffingen aangevraagd, 1 meer dan in april en mei 2025 (toen 1)" in text
    assert "Figuur" not in national


def test_the_same_number_of_before_is_not_compared_twice():
    for number in range(3):
        case(file="2025-05-06", plate=f"VAA0{number}A")
        case("HAR", file="2025-07-09", where="Utrecht", plate=f"VBB0{number}A")
        day_exemption("2025-05-06", plate=f"VCC0{number}A")

    told = re.findall(r"(\w+) (?:aangevraagd|toegekend), (?:\d+%? (?:meer|minder) dan|tegen)", words())

    assert len(told) == 3  # national, local and day exemptions: each once


# --- Late -----------------------------------------------------------------------------------------------


def test_a_late_case_that_is_still_open_spoils_the_percentage():
    term = {"decision_term": {"received": "2025-06-03", "due": "2025-07-29", "suspended_days": 0}}
    case(file="2025-06-03", take_up="2025-06-04", grant="2025-06-20", term=term, plate="VAA01A")
    late = case(file="2025-05-05", take_up="2025-05-06", plate="VAA02A")
    late.dossier.deadlines.create(
        case_type=late.CASE_TYPE,
        case_id=late.pk,
        kind=Deadline.Kind.DECIDE,
        due=date(2025, 6, 30),
        opened_at=moment("2025-05-05"),
    )

    told = part(words(), "Doorlooptijden ", "Lokale ontheffingen")

    assert "is op aanvragen en bezwaren met een wettelijke termijn 1 beslissing bekendgemaakt" in told
    assert "Op 31 juli 2025 was er nog 1 zaak waarvan de termijn was verstreken" in told
    assert "bekendgemaakt, binnen de termijn. Op 31 juli" in told
    assert "Die zaak is te laat." in told
    assert "Zo geteld is 50% binnen de termijn afgehandeld" in told


# --- Zones ----------------------------------------------------------------------------------------------


def test_a_zone_with_a_name_of_its_own_is_named_on_its_day():
    text = part(words(EARLY_2026), "Algemene update", "Data voor monitoring")

    assert "Op 1 januari 2026 heeft Haarlemmermeer (Schiphol) een ZE-zone ingevoerd." in text
    assert "Op 28 februari 2026 waren er daarmee 19 gemeenten met een ZE-zone." in text
    assert "Alle ZE-zones waarvan bekend is dat zij in 2026 worden ingevoerd, zijn van kracht." in text


def test_zones_that_are_still_to_begin_in_the_year_are_named():
    text = words(Period(date(2025, 4, 1), date(2025, 5, 31), date(2025, 5, 31)))

    assert "voor 2025: Haarlem (per 1 juni 2025); Enschede (per 1 juli 2025)." in text


# --- Objections -----------------------------------------------------------------------------------------


def upheld_objection(**more: Any) -> Any:
    return objection("NEV", received="2025-05-05", register="2025-05-06", admit="2025-05-07", uphold="2025-07-10")


def test_upheld_objections_are_told_with_the_thresholds_that_changed_because_of_them():
    version = ThresholdVersion.objects.begin(valid_from=date(2025, 7, 17), source="Test", reason_nl="Test")
    upheld_objection().led_to_thresholds.add(version)

    assert "In juni en juli 2025 is één keer geheel of gedeeltelijk aan een bezwaar tegemoetgekomen. " in words()
    assert "Naar aanleiding van dit bezwaar zijn de drempelwaarden aangepast, met ingang van 17 juli 2025." in words()


def test_what_appeals_are_about_is_told_by_kind():
    refused = objection("PAR", received="2025-05-05", register="2025-05-06", declare_unfounded="2025-06-10")
    appeal(refused, lodge="2025-07-01")

    assert "Het gaat over een besluit op een aanvraag van deze soort: Particulier gebruik bestelauto: 1" in words()
