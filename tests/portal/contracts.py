"""Contracts as suppliers make them, as PDF."""

import io
from datetime import date

import pikepdf
import typst

ORDER = """
= Orderbevestiging

Van Dijk Trucks B.V., KvK 12345678

#table(columns: 2,
  [Orderdatum], [12 maart 2026],
  [Verwachte leverdatum], [1 februari 2027],
  [Merk en type:], [Volvo FE Electric],
)

Koopovereenkomst tussen Van Dijk Trucks B.V. (verkoper) en Timmerbedrijf De Zaag, KvK-nummer 23456789 (koper).
"""
LEASE = """
= Leaseovereenkomst

Gesloten op 5-1-2026 tussen leasemaatschappij Rijk (KvK: 34567890) en lessee De Zaag.

Voertuig: Mercedes-Benz eActros 300

Looptijd: 60 maanden. Het voertuig wordt naar verwachting geleverd op 15-11-2026.
"""
GERMAN = """
= Kaufvertrag

Bestelldatum: 3. März 2026

Fahrzeug: MAN eTGX

Voraussichtlicher Liefertermin: 30.06.2027
"""
ENGLISH = """
= Purchase agreement

Order date: March 12, 2026

Make and model: Scania 25 P

Expected delivery: 2027-02-01
"""
PROSE = """
= Koopcontract

De verkoper verkoopt aan de koper een nieuwe elektrische vrachtwagen.

Merk: DAF

Type: XD Electric

De levering vindt plaats uiterlijk op 1 april 2027. Getekend te Utrecht op 20 februari 2026.
"""


def order(*, ordered_on: date, expected_on: date) -> str:
    """The order of ORDER, with other days."""
    return ORDER.replace("12 maart 2026", f"{ordered_on:%d-%m-%Y}").replace(
        "1 februari 2027", f"{expected_on:%d-%m-%Y}"
    )


def as_pdf(words: str) -> bytes:
    """These words, set by typst."""
    made: bytes = typst.compile(words.encode())
    return made


def scan() -> bytes:
    """A page without words."""
    made, written = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    made.save(written)
    return written.getvalue()
