"""Invented applicants, plates and vehicles. Dutch plates have no vowels, so these have never existed."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from random import Random

from django.db.models import Q

from accounts.models import User
from exemptions.models import Applicant
from zones.access import VehicleFacts

FIRST_NAMES = (
    "Aaltje",
    "Bilal",
    "Corrie",
    "Dirk",
    "Esra",
    "Frits",
    "Gerda",
    "Hassan",
    "Ilse",
    "Jaap",
    "Karima",
    "Lies",
)
SURNAMES = ("Akkerman", "Blom", "Cornelisse", "Duin", "Erdem", "Faber", "Groot", "Hoekstra", "Idrissi", "Jacobs", "Kok")
TRADES = (
    "Loodgietersbedrijf",
    "Schildersbedrijf",
    "Hoveniersbedrijf",
    "Bouwbedrijf",
    "Transportbedrijf",
    "Groothandel",
    "Marktkoopman",
    "Elektrotechniek",
    "Glaszetterij",
    "Cateringbedrijf",
    "Timmerbedrijf",
)
PLACES = ("Utrecht", "Amsterdam", "Rotterdam", "Den Haag", "Eindhoven", "Tilburg", "Groningen", "Nijmegen", "Assen")
VOWELS = "AEIOU"
MAKES = {"van": ("NOORDERSTER", "WINDMOLEN", "POLDER"), "truck": ("ZWAARTEKRACHT", "DIJKMAN", "LASTDIER")}
FIRST_KVK = 10
APPLICANTS = 2400
FROM_ABROAD = ("07", "40", "73")


def make_plates(*, van: str = "V", truck: str = "T") -> dict[str, Iterator[str]]:
    """12,500 plates for each class of vehicle, with an initial letter of its own."""
    return {"van": _make_plates(van), "truck": _make_plates(truck)}


def _make_plates(letter: str) -> Iterator[str]:
    for second, third, number, last in product(VOWELS, VOWELS, range(100), VOWELS):
        yield f"{letter}{second}{third}{number:02}{last}"


def choose_country(plate: str) -> str:
    """About three in a hundred vehicles with a day exemption are foreign."""
    return "DE" if plate[3:5] in FROM_ABROAD else "NL"


def invent_vehicle(rng: Random, *, vehicle_class: str, plug_in_hybrid: bool = False) -> VehicleFacts:
    """A diesel that may no longer enter, or soon will not."""
    truck = vehicle_class == "truck"
    make = rng.choice(MAKES[vehicle_class])
    return VehicleFacts(
        category=vehicle_class,
        subtype="rigid" if truck else None,
        emission_class="6" if truck else rng.choice("45"),
        first_admission=date(rng.randint(2015, 2018) if truck else rng.randint(2010, 2016), rng.randint(1, 12), 15),
        plug_in_hybrid=plug_in_hybrid or None,
        make=make,
        model=f"{make[:2]} {rng.randint(1, 9) * 100}",
        kind="Vrachtauto" if truck else "Bedrijfsauto",
        european_category="N2" if truck else "N1",
        fuels=("Diesel", "Elektriciteit") if plug_in_hybrid else ("Diesel",),
        max_mass_kg=12000 if truck else 3500,
    )


OF_THE_YEAR = Q(email__startswith="aanvrager-")
"""The applicants of the year."""


def email_of(number: int) -> str:
    """The address of one of the year's applicants."""
    return f"aanvrager-{number}@example.org"


def make_applicants(rng: Random) -> list[tuple[Applicant, User]]:
    """People and organisations, each with a user who cannot log in."""
    return [_make_applicant(rng, number) for number in range(APPLICANTS)]


def _make_applicant(rng: Random, number: int) -> tuple[Applicant, User]:
    person = number % 4 == 0
    surname = f"{rng.choice(SURNAMES)}-{rng.choice(SURNAMES)}"
    who = f"{rng.choice(FIRST_NAMES)} {surname}"
    email = email_of(number)
    user = User(email=email, name=who, is_active=False)
    user.set_unusable_password()
    applicant = Applicant(
        form=Applicant.Form.PERSON if person else Applicant.Form.ORGANISATION,
        name=who if person else f"{rng.choice(TRADES)} {surname}",
        kvk_number="" if person else f"{FIRST_KVK + number:08}",
        street=f"Voorbeeldstraat {rng.randint(1, 400)}",
        postcode=f"{rng.randint(1000, 9999)} AA",
        city=rng.choice(PLACES),
        email=email,
    )
    return applicant, user
