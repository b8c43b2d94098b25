"""Which vehicle."""

import pytest
from django.urls import reverse

from tests.limits import find_most
from tests.portal.wizard import goes_to, started

pytestmark = pytest.mark.django_db


def test_the_register_tells_and_the_applicant_confirms(as_applicant):
    begun = started(as_applicant)

    begun.send("vehicle", plate="van-01-e", country="NL")
    assert "Is dit uw voertuig?" in begun.look("vehicle")
    answer = begun.send("vehicle", verdict="right")

    draft = begun.draft
    assert goes_to(answer, begun, "kind")
    assert (draft.plate, draft.vehicle_class, draft.facts_verified, draft.facts_disputed) == ("VAN01E", "van", True, "")


def test_these_data_are_wrong(as_applicant):
    begun = started(as_applicant)
    begun.send("vehicle", plate="VAN01E", country="NL")

    assert "Vertel wat er niet klopt" in begun.send("vehicle", verdict="wrong").content.decode()
    begun.send("vehicle", verdict="wrong", wrong="Het is euro 6, zie het kentekenbewijs.")

    assert begun.draft.facts_disputed == "Het is euro 6, zie het kentekenbewijs."


def test_a_passenger_car_needs_nothing_unless_the_register_is_wrong(as_applicant):
    begun = started(as_applicant)
    begun.send("vehicle", plate="CAR01E", country="NL")

    assert "geen ontheffing nodig" in begun.send("vehicle", verdict="right").content.decode()
    answer = begun.send("vehicle", verdict="wrong", wrong="Het is een grijs kenteken.", vehicle_class="van")

    assert goes_to(answer, begun, "kind")
    assert begun.draft.vehicle_class == "van"


def test_an_unknown_plate_can_be_right_all_the_same(as_applicant):
    begun = started(as_applicant)

    page = begun.send("vehicle", plate="XX99XX", country="NL").content.decode()
    assert "kent dit kenteken niet" in page
    assert 'value="XX99XX"' in page
    begun.send("vehicle", plate="XX99XX", country="NL", unknown_plate="1")

    assert begun.draft.plate == "XX99XX"
    assert "Vertel ons over het voertuig" in begun.look("vehicle")


@pytest.mark.parametrize(("plate", "country"), [("VAN99E", "NL"), ("WXAB123", "DE")])
def test_where_the_register_cannot_tell_the_applicant_types_and_it_is_unverified(as_applicant, plate, country):
    begun = started(as_applicant)

    begun.send("vehicle", plate=plate, country=country)
    answer = begun.send("vehicle", category="truck", subtype="rigid", emission_class="5", first_admission="2012-05-10")

    draft = begun.draft
    assert goes_to(answer, begun, "kind")
    assert (draft.country, draft.vehicle_class, draft.facts_verified) == (country, "truck", False)
    assert (draft.current_facts.source, draft.current_facts.vehicle.emission_class) == ("applicant", "5")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Kies wat voor voertuig"),
        ({"category": "other"}, "heeft geen ontheffing nodig"),
        ({"category": "van", "first_admission": "1700-01-01"}, "Kijk het jaar na"),
        ({"category": "van", "first_admission": "gisteren"}, "Dit is geen datum"),
        ({"category": "van", "emission_class": "9"}, "geldige keuze"),
    ],
)
def test_nonsense_about_a_vehicle_is_named(as_applicant, typed, words):
    begun = started(as_applicant)
    begun.send("vehicle", plate="WXAB123", country="DE")

    assert words in begun.send("vehicle", **typed).content.decode()


def test_another_plate_takes_the_place_of_the_first_with_all_its_data(as_applicant):
    begun = started(as_applicant)
    begun.send("vehicle", plate="VAN01E", country="NL")

    begun.send("vehicle", "?part=plate", plate="TRU01E", country="NL")

    assert [record.vehicle.category for record in begun.draft.facts_records.all()] == ["truck"]
    assert (begun.draft.plate, begun.draft.vehicle_class) == ("TRU01E", "truck")


def test_a_vehicle_without_a_plate_can_only_ask_what_needs_none(as_applicant):
    begun = started(as_applicant)

    begun.send("vehicle", no_plate="1")
    begun.send("vehicle", category="truck")

    offered = begun.client.get(begun.url("kind")).context["form"].cards
    assert list(offered) == ["NEV"]


@pytest.mark.parametrize("button", [{}, {"later": "1"}])
def test_who_looks_up_many_vehicles_waits_and_types_nothing_again(as_applicant, button):
    begun = started(as_applicant)
    for _time in range(find_most("vehicle_lookups_a_minute")):
        begun.send("vehicle", "?part=plate", plate="VAN01E", country="NL")

    answer = begun.send("vehicle", "?part=plate", plate="TRU01E", country="NL", **button)

    assert answer.status_code == 429
    assert "Wacht een minuut" in answer.content.decode()
    assert 'value="TRU01E"' in answer.content.decode()
    assert begun.draft.plate == "VAN01E"


def test_checking_access_and_applying_share_what_one_may_look_up(as_applicant):
    for _time in range(find_most("vehicle_lookups_a_minute")):
        as_applicant.post(reverse("access_check"), {"plate": "VAN01E"}, follow=True)

    assert started(as_applicant).send("vehicle", plate="VAN01E", country="NL").status_code == 429
