import math
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zones.register import facts_from_rows
from zones.vehicles import CATEGORIES, EMISSION_CLASSES, SUBTYPES, VehicleFacts


def fuel(name="Diesel", code=None, level=None, hybrid=None):
    told = {
        "brandstof_omschrijving": name,
        "emissiecode_omschrijving": code,
        "uitlaatemissieniveau": level,
        "klasse_hybride_elektrisch_voertuig": hybrid,
    }
    return {key: value for key, value in told.items() if value is not None}


def lorry(**more):
    return {"voertuigsoort": "Bedrijfsauto", "toegestane_maximum_massa_voertuig": "18000", **more}


# --- Category and subtype ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "mass", "european", "category"),
    [
        ("Bedrijfsauto", "3500", "N1", "van"),
        ("Bedrijfsauto", "3501", "N2", "truck"),
        ("bedrijfsauto", 3500, None, "van"),
        ("Bedrijfsauto", "4250", "N1", "truck"),
        ("Bedrijfsauto", "3500", "N2", "van"),
        ("Bedrijfsauto", "3500.5", None, "truck"),
        ("Bedrijfsauto", "18,000", None, "truck"),
        ("Bedrijfsauto", "0", "N1", "van"),
        ("Bedrijfsauto", None, "N3", "truck"),
        ("Bedrijfsauto", "onbekend", "n2", "truck"),
        ("Bedrijfsauto", None, None, None),
        ("Personenauto", "2100", "M1", "other"),
        ("Bus", "18000", "M3", "other"),
        ("Land- of bosbouwtrekker", None, None, "other"),
        (None, "3000", "N1", "van"),
        ("Niet geregistreerd", None, "N2", "truck"),
        (None, None, "M1", "other"),
        (None, "3000", None, None),
    ],
)
def test_the_category_goes_by_kind_and_mass(kind, mass, european, category):
    told = {
        "voertuigsoort": kind,
        "toegestane_maximum_massa_voertuig": mass,
        "europese_voertuigcategorie": european,
    }
    main = {key: value for key, value in told.items() if value is not None}

    assert facts_from_rows(main).category == category


@pytest.mark.parametrize(
    ("layout", "codes", "subtype"),
    [
        ("opleggertrekker", [], "tractor"),
        ("Opleggertrekker", ["BA"], "tractor"),
        ("Niet geregistreerd", ["BC"], "tractor"),
        (None, ["bc", "BA"], "tractor"),
        ("gesloten opbouw", [], "rigid"),
        (None, ["BA"], "rigid"),
        ("aanhangwagentrekker", ["BD"], "rigid"),
        ("Niet geregistreerd", [], None),
        ("N.v.t.", [""], None),
        (None, [], None),
    ],
)
def test_a_tractor_unit_is_known_by_its_body(layout, codes, subtype):
    main = lorry(inrichting=layout) if layout else lorry()

    assert facts_from_rows(main, body=[{"carrosserietype": code} for code in codes]).subtype == subtype


def test_a_van_has_no_subtype():
    van = {"voertuigsoort": "Bedrijfsauto", "toegestane_maximum_massa_voertuig": "3000", "inrichting": "open wagen"}

    assert facts_from_rows(van).subtype is None


# --- Emission class ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "emission_class"),
    [
        ([fuel(code="6", level="EURO 6 DG")], "6"),
        ([fuel(code="0", level="EURO 0")], "0"),
        ([fuel(code=5)], "5"),
        ([fuel(code=" 4 ")], "4"),
        ([fuel("Elektriciteit", "Z", "AX")], "Z"),
        ([fuel("Elektriciteit", "z")], "Z"),
        ([fuel("Waterstof", "Z"), fuel("Elektriciteit", "Z")], "Z"),
        ([fuel("Benzine", "5", "EURO 5 J", "NOVC-HEV"), fuel("Elektriciteit", "Z", "EURO 5 J", "NOVC-HEV")], "5"),
        ([fuel("Diesel", "6", None, "OVC-HEV"), fuel("Elektriciteit", "Z", None, "OVC-HEV")], "6"),
        ([fuel("Benzine"), fuel("Elektriciteit", "Z", "EURO 6 AP")], None),
        ([fuel("Benzine", None, "EURO 6 AP"), fuel("Elektriciteit", "Z")], "6"),
        ([fuel("Elektriciteit", "Z", None, "OVC-HEV")], None),
        ([fuel("Benzine", "4"), fuel("LPG", "4")], "4"),
        ([fuel("Benzine", "6"), fuel("LPG", "5"), fuel("Elektriciteit", "Z")], "5"),
        ([fuel("Benzine", "6"), fuel("LPG")], "6"),
        ([fuel(level="EURO 5 A")], "5"),
        ([fuel(level="EURO 4")], "4"),
        ([fuel("Elektriciteit", None, "EURO 6 AP")], None),
        ([fuel("Elektriciteit", None, "AX")], None),
        ([fuel(level="AX")], None),
        ([fuel(level="EURO VI")], None),
        ([fuel(level="EURO 9")], None),
        ([fuel(level="EURO 66")], None),
        ([fuel(code="E")], None),
        ([fuel(code="R", level="EURO 5")], "5"),
        ([fuel(code="Niet geregistreerd")], None),
        ([{}], None),
        ([], None),
    ],
)
def test_the_emission_class_in_every_order_of_the_rows(rows, emission_class):
    assert {facts_from_rows({}, fuel=order).emission_class for order in permutations(rows)} == {emission_class}


@pytest.mark.parametrize(
    ("rows", "plug_in"),
    [
        ([fuel("Diesel", "6", hybrid="OVC-HEV"), fuel("Elektriciteit", "Z", hybrid="OVC-HEV")], True),
        ([fuel("Waterstof", "Z", hybrid="OVC-FCHV")], True),
        ([fuel("Benzine", "6", hybrid="novc-hev"), fuel("Elektriciteit", "Z")], False),
        ([fuel("Diesel", "6")], False),
        ([fuel("Elektriciteit", "Z")], False),
        ([fuel("Benzine", "6"), fuel("Elektriciteit", "Z")], None),
        ([], None),
    ],
)
def test_a_plug_in_hybrid_is_known_by_its_class(rows, plug_in):
    assert facts_from_rows({}, fuel=rows).plug_in_hybrid is plug_in


# --- Codes, dates, numbers ---------------------------------------------------------------------------


def test_codes_have_no_leading_zeros_and_no_blanks():
    facts = facts_from_rows(
        lorry(),
        body=[{"carrosserietype": "sf"}, {"carrosserietype": ""}, {}],
        body_spec=[{"carrosseriecode": "03"}, {"carrosseriecode": 15}, {"carrosseriecode": 27.0}],
        remarks=[{"bijzonderheid_code": "055"}, {"bijzonderheid_code": "146"}, {"bijzonderheid_code": "0"}],
    )

    assert facts.body_codes == {"SF", "3", "15", "27"}
    assert facts.remark_codes == {"55", "146"}


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ({"datum_eerste_toelating": "20220725"}, date(2022, 7, 25)),
        ({"datum_eerste_toelating": 20220725}, date(2022, 7, 25)),
        ({"datum_eerste_toelating_dt": "2022-07-25T00:00:00.000"}, date(2022, 7, 25)),
        ({"datum_eerste_toelating_dt": "2022-07-25T00:00:00"}, date(2022, 7, 25)),
        ({"datum_eerste_toelating": "2022-07-25"}, date(2022, 7, 25)),
        ({"datum_eerste_toelating_dt": "07/02/2023 12:00:00 AM"}, date(2023, 7, 2)),
        ({"datum_eerste_toelating": "0", "datum_eerste_toelating_dt": "2022-07-25T00:00:00.000"}, date(2022, 7, 25)),
        ({"Datum eerste toelating": "20220725"}, date(2022, 7, 25)),
        ({"datum_eerste_toelating": "20221325"}, None),
        ({"datum_eerste_toelating": "19000000"}, None),
        ({"datum_eerste_toelating": "0"}, None),
        ({"datum_eerste_toelating": None}, None),
        ({}, None),
    ],
)
def test_a_date_is_read_in_every_form_that_is_published(told, day):
    assert facts_from_rows(told).first_admission == day


@pytest.mark.parametrize(
    ("told", "kilograms"),
    [("1745", 1745), ("103.00", 103), ("1,796", 1796), (7.5, 8), ("0", None), ("-1", None), ("x", None), (True, None)],
)
def test_a_number_is_whole_and_above_zero(told, kilograms):
    assert facts_from_rows({"laadvermogen": told}).payload_kg == kilograms


@pytest.mark.parametrize("told", [math.inf, math.nan, "inf", "nan", "1e999"])
def test_what_is_no_number_is_not_known(told):
    assert facts_from_rows({"laadvermogen": told}).payload_kg is None


def test_the_names_of_the_csv_export_are_read_too():
    facts = facts_from_rows(
        {"\ufeffKenteken": "AB12CD", "Voertuigsoort": "Bedrijfsauto", "Toegestane maximum massa voertuig": "2,800"},
        fuel=[{"Brandstof omschrijving": "Diesel", "Emissieklasse": "6"}],
    )

    assert (facts.category, facts.emission_class) == ("van", "6")


def test_what_a_reader_likes_to_see():
    facts = facts_from_rows(
        lorry(merk="MAXUS", handelsbenaming="MAXUS EDELIVER 9", aantal_zitplaatsen="3", oplegger_geremd="40000"),
        fuel=[
            {"brandstof_omschrijving": "Elektriciteit", "actieradius": "0", "actie_radius_extern_opladen_wltp": "236"}
        ],
        axles=[{"as_nummer": "1", "hefas": "n"}, {"as_nummer": "2"}, {"as_nummer": "3"}],
    )

    assert (facts.make, facts.model, facts.seats, facts.axles) == ("MAXUS", "EDELIVER 9", 3, 3)
    assert (facts.towing_kg, facts.electric_range_km, facts.fuels) == (40000, 236, ("Elektriciteit",))


# --- Whatever comes ----------------------------------------------------------------------------------

names = st.sampled_from(
    [
        "voertuigsoort",
        "inrichting",
        "datum_eerste_toelating",
        "datum_eerste_toelating_dt",
        "toegestane_maximum_massa_voertuig",
        "emissiecode_omschrijving",
        "uitlaatemissieniveau",
        "brandstof_omschrijving",
        "klasse_hybride_elektrisch_voertuig",
        "carrosserietype",
        "carrosseriecode",
        "bijzonderheid_code",
        "as_nummer",
    ]
)
likely = st.sampled_from(
    ["Z", "6", "EURO 6 DG", "Elektriciteit", "Bedrijfsauto", "20200101", "3500", "N.v.t.", "0", "٣"]
)
values = likely | st.none() | st.text(max_size=9) | st.integers() | st.floats() | st.booleans() | st.lists(st.none())
garbage = st.lists(st.dictionaries(names | st.text(max_size=5), values, max_size=6) | st.none() | st.text(), max_size=4)


@given(garbage, garbage, garbage, garbage, garbage, garbage)
def test_no_row_makes_it_fail_or_say_what_no_vehicle_has(main, fuels, body, body_spec, axles, remarks):
    facts = facts_from_rows(main, fuel=fuels, body=body, body_spec=body_spec, axles=axles, remarks=remarks)

    assert facts.category in {None, *CATEGORIES}
    assert facts.subtype in {None, *SUBTYPES}
    assert facts.emission_class in {None, *EMISSION_CLASSES}


@pytest.mark.parametrize("nothing", [{}, [], None])
def test_no_row_gives_no_fact(nothing):
    assert facts_from_rows(nothing) == VehicleFacts()


@given(st.lists(st.builds(fuel, st.sampled_from(["Diesel", "Elektriciteit"]), st.sampled_from(["5", "6", "Z", None]))))
def test_a_vehicle_with_one_fuel_that_is_not_z_is_never_z(rows):
    if any(row.get("emissiecode_omschrijving") != "Z" for row in rows) or not rows:
        assert facts_from_rows({}, fuel=rows).emission_class != "Z"
