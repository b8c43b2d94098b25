"""What is read in a contract, and what is left alone."""

import time
from datetime import date
from typing import Any

import pytest

from casework.uploads import pdf_extractor, pdf_text
from exemptions.intake.contract_reading import Reading, read_contract, share_a_name
from tests.portal import contracts, files

TODAY = date(2026, 12, 1)


def read(words: str) -> Reading:
    return read_contract(words, today=TODAY)


CONTRACTS: dict[str, tuple[str, Reading]] = {
    "an order": (
        contracts.ORDER,
        Reading(
            *("2026-03-12", "2027-02-01", "Volvo FE Electric", "purchase"),
            kvk_numbers=("12345678", "23456789"),
            buyer="Timmerbedrijf De Zaag",
            seller="Van Dijk Trucks B.V.",
        ),
    ),
    "a lease": (
        contracts.LEASE,
        Reading(
            *("2026-01-05", "2026-11-15", "Mercedes-Benz eActros 300", "lease", "60"),
            kvk_numbers=("34567890",),
            buyer="De Zaag",
            seller="Rijk",
        ),
    ),
    "German": (contracts.GERMAN, Reading("2026-03-03", "2027-06-30", "MAN eTGX", "purchase")),
    "English": (contracts.ENGLISH, Reading("2026-03-12", "2027-02-01", "Scania 25 P", "purchase")),
    "running sentences": (contracts.PROSE, Reading("2026-02-20", "2027-04-01", "DAF XD Electric", "purchase")),
}


@pytest.mark.parametrize("name", CONTRACTS)
def test_contracts_in_different_words(name):
    words, reading = CONTRACTS[name]

    assert read(pdf_text.extract_text(contracts.as_pdf(words))) == reading


DOUBTS = {
    "no such day": "Orderdatum: 31 februari 2026",
    "no such month": "Orderdatum: 12-13-2026",
    "an order in the future": "Orderdatum: 1-1-2030",
    "an order of an age ago": "Orderdatum: 1-1-1900",
    "delivery before the order": "Leverdatum: 1-1-2020",
    "delivery in another age": "Leverdatum: 1-1-2999",
    "two days of delivery": "Leverdatum: 1-2-2027\nLeverdatum: 1-3-2027",
    "a week": "Leverdatum: week 20, 2027",
    "a term": "Levering 30 dagen na 1 maart 2027",
    "a day of something else": "Factuurdatum 3 maart 2026",
    "both bought and leased": "Koopovereenkomst of leasecontract",
    "a number that is too short": "KvK 1234567",
    "a number without its name": "Telefoon 12345678",
    "nothing": "",
}


@pytest.mark.parametrize("name", DOUBTS)
def test_what_can_be_read_in_two_ways_or_cannot_be_is_left_alone(name):
    assert read(DOUBTS[name]) == Reading()


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Besteldatum\n2 maart 2026", "2026-03-02"),
        ("Datum overeenkomst: 02.03.2026", "2026-03-02"),
        ("Datum: 2/3/2026\nOrderdatum: 1/3/2026", "2026-03-01"),
        ("besteld op 2026-03-02", "2026-03-02"),
        ("Order date 2nd March 2026", "2026-03-02"),
    ],
)
def test_days_are_written_in_many_ways(words, day):
    assert read(words).ordered_on == day


NAMES: dict[str, tuple[str, Reading]] = {
    "labels": (
        "Koper: Klus van Dam\nLeverancier: Van Dijk B.V.",
        Reading(buyer="Klus van Dam", seller="Van Dijk B.V."),
    ),
    "a form": ("Koper\nNaam: Groen & Zn. V.O.F.\nAdres: Dam 1", Reading(buyer="Groen & Zn. V.O.F.")),
    "brackets": ("Jansen B.V., te Utrecht (hierna te noemen: “Koper”)", Reading(buyer="Jansen B.V.")),
    "a signature": ("Getekend door: A. de Boer\nDatum: 1-1-2030", Reading(signatory="A. de Boer")),
    "German": ("Käufer: Müller GmbH\nVerkäufer: Autohaus Weiß", Reading(buyer="Müller GmbH", seller="Autohaus Weiß")),
    "English": ("Signed by John Smith on 1 May 2030", Reading(signatory="John Smith")),
    "two of them": ("Koper: Bakker\nKoper: Smid", Reading()),
    "the labels of two signatures": ("Koper   Verkoper\nHandtekening   Handtekening", Reading()),
    "a sentence": ("De verkoper levert aan de koper een vrachtauto.", Reading()),
}


@pytest.mark.parametrize("name", NAMES)
def test_who_concluded_it_is_read_where_it_calls_one_so(name):
    words, reading = NAMES[name]

    assert read(words) == reading


@pytest.mark.parametrize("words", ["A" * 80_000, "Koper" + " " * 80_000, "A " * 40_000, "Koper van " * 8_000])
def test_long_words_take_no_time(words):
    began = time.monotonic()

    read(words)

    assert time.monotonic() - began < 5


def test_names_are_the_same_if_they_could_be():
    assert share_a_name("De Zaag", "Timmerbedrijf De Zaag B.V.")
    assert not share_a_name("Van Dijk", "Timmerbedrijf van den Berg")


# --- The words of a PDF ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["scan", "no PDF", "bomb", "many bombs", "password", "cut off"])
def test_a_file_without_words_that_can_be_read_gives_none_and_no_error(name):
    made: dict[str, Any] = {
        "scan": contracts.scan,
        "no PDF": lambda: b"MZ" * 99,
        "bomb": files.pdf_bomb,
        "many bombs": files.pdf_of_many_bombs,
        "password": lambda: files.protected(user="geheim", owner="geheim"),
        "cut off": lambda: contracts.as_pdf(contracts.ORDER)[:900],
    }
    began = time.monotonic()

    assert pdf_text.extract_text(made[name]()).strip() == ""
    assert time.monotonic() - began < pdf_text.PATIENCE_S + 5


def test_of_five_hundred_pages_the_first_are_read():
    words = pdf_text.extract_text(contracts.as_pdf("#pagebreak()\n".join(f"Blad {n}\n" for n in range(1, 501))))

    assert "Blad 1\n" in words
    assert f"Blad {pdf_extractor.MOST_PAGES + 1}" not in words


def test_of_very_much_text_a_part_is_read():
    words = pdf_text.extract_text(contracts.as_pdf("een woord " * 9000))

    assert 0 < len(words) <= pdf_extractor.MOST_CHARACTERS + pdf_extractor.MOST_PAGES
