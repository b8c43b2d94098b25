"""Number plates: stored bare (AB12CD), shown as on the vehicle (AB-12-CD)."""

import re
import unicodedata
from itertools import groupby

from django.utils.translation import gettext as _

# The fourteen forms in which Dutch plates are issued (sidecodes 1 to 14): X a letter, 9 a digit.
SIDECODES = (
    "XX-99-99",
    "99-99-XX",
    "99-XX-99",
    "XX-99-XX",
    "XX-XX-99",
    "99-XX-XX",
    "99-XXX-9",
    "9-XXX-99",
    "XX-999-X",
    "X-999-XX",
    "XXX-99-X",
    "X-99-XXX",
    "9-XX-999",
    "999-XX-9",
)
_FORMS = {form.replace("-", ""): (number, form) for number, form in enumerate(SIDECODES, start=1)}
SHORTEST, LONGEST = 2, 12
_LATIN = str.maketrans("АВЕІКМНОРСТУХ", "ABEIKMHOPCTYX")
"""Ukrainian plates only have letters that look the same in both alphabets, and people type them in either."""


def normalise(typed: str) -> str:
    """A plate as stored: capitals and digits only, without accents; Cyrillic look-alikes become Latin letters."""
    if typed.isascii() and typed.isalnum() and typed == typed.upper():
        return typed  # the usual input of programs, which send many thousands at a time
    bare = unicodedata.normalize("NFKD", typed).upper().translate(_LATIN)
    return re.sub(r"[^A-Z0-9]", "", bare)


def find_sidecode(plate: str) -> int | None:
    """The number of the Dutch sidecode that a plate fits, if any."""
    known = _FORMS.get(_find_form(normalise(plate)))
    return known[0] if known else None


def spell_plate(plate: str, *, country: str = "NL") -> str:
    """The plate as people read it: with dashes if it is Dutch, otherwise bare."""
    bare = normalise(plate)
    known = _FORMS.get(_find_form(bare))
    if country != "NL" or not known:
        return bare
    letters = iter(bare)
    return "".join(place if place == "-" else next(letters) for place in known[1])


def find_plate_problem(typed: str, *, country: str = "NL", dutch_only: bool = False) -> str:
    """What is wrong with a plate, in a helpful sentence; empty if the plate is possible.

    `dutch_only`: the page offers no choice of country. Deliberately lenient: plates have no check digit, and new forms
    are added. The register has the last word.
    """
    bare = normalise(typed)
    if not bare:
        return _("Type the number plate, for example AB-12-CD.")
    if country != "NL":
        fits = SHORTEST <= len(bare) <= LONGEST
        return "" if fits else _("A number plate has 2 to 12 letters and digits. Check what you typed.")
    if len(bare) != 6 and dutch_only:
        return _("A Dutch number plate has 6 letters and digits. Apply for a foreign vehicle by itself, not in a list.")
    if len(bare) != 6:
        return _("A Dutch number plate has 6 letters and digits. If it is a foreign plate, choose the country.")
    if bare.isalpha() or bare.isdigit():
        return _("A Dutch number plate has letters and digits. Check what you typed.")
    return ""


def _find_form(bare: str) -> str:
    return "".join(("9" if is_digit else "X") * len(list(run)) for is_digit, run in groupby(bare, key=str.isdigit))
