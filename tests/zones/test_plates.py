import pytest
from django.utils import translation

from zones.plates import SIDECODES, find_plate_problem, find_sidecode, normalise, spell_plate


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ab-12-cd", "AB12CD"),
        (" ab 12.cd ", "AB12CD"),
        ("AB12CD", "AB12CD"),
        ("MÜ-AB 123", "MUAB123"),
        ("1-ABC-234", "1ABC234"),
        ("АА 1234 ВВ", "AA1234BB"),  # typed in Cyrillic
        ("'; drop--", "DROP"),
        ("", ""),
    ],
)
def test_a_plate_is_stored_bare(typed, stored):
    assert normalise(typed) == stored


@pytest.mark.parametrize("form", SIDECODES)
def test_each_dutch_form_is_known_and_shown_with_its_dashes(form):
    plate = form.replace("X", "B").replace("9", "4")

    assert find_sidecode(plate) == SIDECODES.index(form) + 1
    assert spell_plate(plate.replace("-", "").lower()) == plate


@pytest.mark.parametrize(("plate", "country"), [("1ABC234", "B"), ("AB12CD", "D"), ("123456", "NL")])
def test_a_plate_of_no_dutch_form_is_shown_bare(plate, country):
    assert spell_plate(plate, country=country) == plate


@pytest.mark.parametrize(
    ("typed", "country", "sentence"),
    [
        ("", "NL", "Type the number plate"),
        ("- -", "D", "Type the number plate"),
        ("AB-12-C", "NL", "If it is a foreign plate"),
        ("1-ABC-234", "NL", "If it is a foreign plate"),
        ("ABCDEF", "NL", "letters and digits"),
        ("123456", "NL", "letters and digits"),
        ("A", "B", "2 to 12"),
        ("A123456789012", "PL", "2 to 12"),
    ],
)
def test_what_cannot_be_a_plate_is_answered_with_a_sentence_that_helps(typed, country, sentence):
    with translation.override("en"):
        assert sentence in find_plate_problem(typed, country=country)


@pytest.mark.parametrize(("typed", "country"), [("ab-12-cd", "NL"), ("A1B2C3", "NL"), ("1-ABC-234", "B"), ("W 1", "A")])
def test_what_can_be_a_plate_is_no_problem(typed, country):
    assert find_plate_problem(typed, country=country) == ""
