"""What a municipality's letters say of who decides: one row for a day, and what was known before comes through."""

from datetime import date

import pytest
from django.db import IntegrityError

from zones.models import MunicipalAuthority, Municipality

pytestmark = pytest.mark.django_db
CHANGES_ON = date(2027, 1, 1)


def version_of(name: str, *, court: str, valid_from: date) -> MunicipalAuthority:
    """A row like that of a municipality, with another court; not saved."""
    row = MunicipalAuthority.objects.get(municipality__name=name)
    row.pk, row._state.adding = None, True
    row.court, row.valid_from, row.valid_until = court, valid_from, None
    return row


def court_of(name: str, *, on: date) -> str:
    """Which court a letter of a day names."""
    return MunicipalAuthority.objects.find_for(Municipality.objects.get(name=name), on=on).court


@pytest.mark.parametrize(
    ("on", "court"),
    [(date(2026, 12, 31), "Midden-Nederland"), (CHANGES_ON, "Gelderland"), (date(2030, 1, 1), "Gelderland")],
)
def test_8_7_the_court_is_that_of_the_day(on: date, court: str) -> None:
    row = version_of("Utrecht", court="Gelderland", valid_from=CHANGES_ON)
    MunicipalAuthority.objects.add_version(row, key=["municipality"])

    assert court_of("Utrecht", on=on) == court
    assert court_of("Zwolle", on=on) == "Overijssel"


def test_two_rows_never_hold_on_one_day() -> None:
    row = version_of("Utrecht", court="Gelderland", valid_from=CHANGES_ON)

    with pytest.raises(IntegrityError, match="municipalauthority_never_twice_at_once"):
        row.save()


def test_a_row_does_not_end_before_it_begins() -> None:
    with pytest.raises(IntegrityError, match="municipalauthority_holds_for_a_while"):
        MunicipalAuthority.objects.filter(municipality__name="Utrecht").update(valid_until=date(2024, 7, 1))


def test_a_day_without_a_row_has_the_executive_and_no_court() -> None:
    utrecht = Municipality.objects.get(name="Utrecht")

    own = MunicipalAuthority.objects.find_for(utrecht, on=date(2024, 6, 30))

    assert own.authority_nl == "het college van burgemeester en wethouders van Utrecht"
    assert (own.court, own.policy_rules, own.mandate) == ("", "", "")
