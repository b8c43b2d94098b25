"""Countries of plates and addresses: the Netherlands first, the others in the reader's alphabetical order."""

import unicodedata

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

NAMES = {
    "NL": _("Netherlands"),
    "AL": _("Albania"),
    "AD": _("Andorra"),
    "AT": _("Austria"),
    "BY": _("Belarus"),
    "BE": _("Belgium"),
    "BA": _("Bosnia and Herzegovina"),
    "BG": _("Bulgaria"),
    "HR": _("Croatia"),
    "CY": _("Cyprus"),
    "CZ": _("Czechia"),
    "DK": _("Denmark"),
    "EE": _("Estonia"),
    "FI": _("Finland"),
    "FR": _("France"),
    "GE": _("Georgia"),
    "DE": _("Germany"),
    "GR": _("Greece"),
    "HU": _("Hungary"),
    "IS": _("Iceland"),
    "IE": _("Ireland"),
    "IT": _("Italy"),
    "XK": _("Kosovo"),
    "LV": _("Latvia"),
    "LI": _("Liechtenstein"),
    "LT": _("Lithuania"),
    "LU": _("Luxembourg"),
    "MT": _("Malta"),
    "MD": _("Moldova"),
    "MC": _("Monaco"),
    "ME": _("Montenegro"),
    "MA": _("Morocco"),
    "MK": _("North Macedonia"),
    "NO": _("Norway"),
    "PL": _("Poland"),
    "PT": _("Portugal"),
    "RO": _("Romania"),
    "RS": _("Serbia"),
    "SK": _("Slovakia"),
    "SI": _("Slovenia"),
    "ES": _("Spain"),
    "SE": _("Sweden"),
    "CH": _("Switzerland"),
    "TR": _("Türkiye"),
    "UA": _("Ukraine"),
    "GB": _("United Kingdom"),
}

SIGNS = {
    "AD": "AND",
    "AT": "A",
    "BA": "BIH",
    "BE": "B",
    "DE": "D",
    "EE": "EST",
    "ES": "E",
    "FI": "FIN",
    "FR": "F",
    "GB": "UK",
    "HU": "H",
    "IE": "IRL",
    "IT": "I",
    "LI": "FL",
    "LU": "L",
    "ME": "MNE",
    "MK": "NMK",
    "MT": "M",
    "NO": "N",
    "PT": "P",
    "RS": "SRB",
    "SE": "S",
    "SI": "SLO",
    "XK": "RKS",
}
"""The letters on a vehicle abroad (Convention on Road Traffic, annex 3), if they differ from the country's code."""


def list_country_choices() -> list[tuple[str, str]]:
    """The countries as choices of a select."""
    home, *others = ((code, str(name)) for code, name in NAMES.items())
    return [home, *sorted(others, key=lambda country: without_accents(country[1]))]


def without_accents(name: str) -> str:
    """A sort key: Österreich among the O, Łotwa among the L, Іспанія after every И."""
    parts = unicodedata.normalize("NFKD", name.replace("Ł", "L").replace("ł", "l"))
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign)).casefold()
    return bare.replace("і", "ия").replace("є", "ея")


def get_country_name(code: str) -> str:
    """The name of a country; its code if we have no name for it."""
    return str(NAMES[code]) if code in NAMES else code


def on_envelope(code: str) -> str:
    """The last line of an address abroad: in English and in capitals, as postal services ask."""
    with override("en"):
        return get_country_name(code).upper()


def get_distinguishing_sign(code: str) -> str:
    """The letters that a country's vehicles carry abroad."""
    return SIGNS.get(code, code)
