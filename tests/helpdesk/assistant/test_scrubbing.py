"""What could point to a person never stays in a question."""

import time

import pytest
from hypothesis import given, settings, strategies

from helpdesk.assistant.plates import POSTCODE, plates_in
from helpdesk.assistant.redaction import redact_text
from zones.plates import SIDECODES, normalise

LETTERS, DIGITS = strategies.sampled_from("BDFGHJKLNPRSTVXZ"), strategies.sampled_from("0123456789")


@strategies.composite
def plates(draw):
    form = draw(strategies.sampled_from(SIDECODES))
    plate = "".join({"X": draw(LETTERS), "9": draw(DIGITS)}.get(sign, sign) for sign in form)
    plate = plate.replace("-", draw(strategies.sampled_from(["-", ""])))
    return draw(strategies.sampled_from([plate, plate.lower()]))


@given(
    plate=plates(),
    before=strategies.sampled_from(["mag ", "Kan ik met ", ""]),
    after=strategies.sampled_from([" in Utrecht?", "?", ""]),
)
def test_no_dutch_plate_stays(plate, before, after):
    assert plate not in redact_text(f"{before}{plate}{after}")


@given(number=strategies.from_regex(r"\A0[1-9]\d{8}\Z"))
def test_no_telephone_number_stays(number):
    assert number not in redact_text(f"bel me op {number} graag")
    assert number[2:] not in redact_text(f"bel me op {number[:2]}-{number[2:]}")


@given(number=strategies.from_regex(r"\A[1-9]\d{7,8}\Z"))
def test_no_number_of_a_person_or_company_stays(number):
    assert number not in redact_text(f"mijn bsn of kvk is {number}.")


@given(text=strategies.text(max_size=600))
def test_any_text_can_be_scrubbed(text):
    assert isinstance(redact_text(text), str)


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("mag AB-12-C erin", "AB-12-C"),
        ("duitse bus B-MW 4711", "4711"),
        ("duitse bus b-mw 4711 in Utrecht", "mw"),
        ("mag ab-123-cd erin", "123"),
        ("poolse wagen WX 12345", "12345"),
        ("1-ABC-234 uit belgie", "ABC"),
        ("mail naar jan.de.vries@voorbeeld.nl", "vries"),
        ("dossier ZES-2026-00447", "00447"),
        ("ik heet Jan de Vries en mijn bus", "Vries"),
        ("My name is Mary Jones, may I", "Jones"),
        ("ik woon op 3511 AB in Utrecht", "3511"),
        ("rekening NL91ABNA0417164300", "ABNA"),
    ],
)
def test_each_sort_is_taken_out(typed, gone):
    assert gone not in redact_text(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "mag mijn euro 5 in 2027 nog erin",
        "EURO6 op hvo100",
        "uit 2019",
        "vanaf 01-03-2027",
        "12 dagontheffingen in 2026",
        "mijn bus van 2021 in 2030 erin",
        "is een Euro 4-bus nog welkom, of een 3-tonner",
    ],
)
def test_what_is_no_personal_data_stays(typed):
    assert redact_text(typed) == typed


@pytest.mark.parametrize("typed", ["\ue000\ue0005\ue00199\ue001", "\ue0000\ue001", "op 1-3-2027 \ue0007\ue001"])
def test_signs_of_our_own_that_somebody_types_are_left_out(typed):
    assert "\ue000" not in redact_text(typed)
    assert "\ue001" not in redact_text(typed)


@pytest.mark.parametrize("part", ["a-", "a", "A", "1", "'", "a1-", "12-12-", "0.", "é"])
def test_a_mail_without_spaces_takes_no_time(part):
    began = time.monotonic()

    redact_text(part * 5000)

    assert time.monotonic() - began < 2


@pytest.mark.parametrize("typed", ["Dorpsstraat 5", "van 's-Gravenhageweg 12 a", "(oude-kerkstraat 7)", "LAAN 100"])
def test_no_street_with_its_number_stays(typed):
    assert "[adres]" in redact_text(f"ik woon op {typed} daar")


# --- Plates -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Voor 30 euro een dag, klopt dat?",
        "Kost 30 euro per dag normaal?",
        "Maak 30 euro over naar NL91ABNA0417164300",
        "Maak 30 euro over naar NL91 ABNA 0417 1643 00",
        "VW LT 35 euro 3",
        "Iveco 35 S 14 mag de zone in?",
        "BMW 118",
        "Postcode 3511 AB ligt die in de zone?",
        "Ligt Dam 1 1012 JS in de zone?",
        "3511AB",
        "DAF XF 480 en MAN TGE 3.180",
        "Mercedes Sprinter 316 CDI, HVO100, EURO6, een Euro 4-bus",
        "IN 2027, 12 km 30, om 12 uur 30, op 31-12-2026",
    ],
)
def test_what_is_no_plate_is_not_taken_for_one(text):
    assert plates_in(text) == []


@settings(max_examples=400)
@given(plate=plates(), around=strategies.sampled_from(["mag {} erin", "{}?", "kenteken {} in Utrecht", "({})"]))
def test_every_dutch_form_is_found_whole(plate, around):
    found = plates_in(around.format(plate))

    assert [normalise(one.text) for one in found if one.is_in_register] in ([normalise(plate)], [])
    assert found or POSTCODE.fullmatch(plate)


@pytest.mark.parametrize("form", SIDECODES)
@pytest.mark.parametrize("around", ["mag {} de zone in", "Can I drive into Rotterdam with plate {}?"])
def test_no_tail_of_a_plate_stays(form, around):
    plate = form.replace("X", "B").replace("9", "1")

    assert redact_text(around.format(plate)) == around.format("[kenteken]")


@pytest.mark.parametrize(
    ("text", "plates"),
    [
        ("mag V-123-BX Delft in, of neem ik VX-882-K?", ["V-123-BX", "VX-882-K"]),
        ("kenteken 98 34 gb", ["98-34-GB"]),
        ("mijn VX 882 K", ["VX-882-K"]),
        ("tru01e", ["TRU-01-E"]),
        ("duitse bus B-MW 4711", ["B-MW 4711"]),
        ("duitse bus b-mw 4711", ["B-MW 4711"]),
        ("zo-n 1000 euro", []),
        ("poolse wagen WX 12345", ["WX 12345"]),
        ("1-ABC-234 uit belgie", ["1-ABC-234"]),
        ("UK van AB12 CDE", ["AB12 CDE"]),
        ("AB-123-CD", ["AB-123-CD"]),
    ],
)
def test_plates_are_found_as_they_stand_on_the_vehicle(text, plates):
    assert [str(plate) for plate in plates_in(text)] == plates
