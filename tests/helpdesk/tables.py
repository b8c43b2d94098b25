"""The tables of the help desk as they come with the product, and the topics that they must have."""

import csv
from pathlib import Path

SLUGS = [
    "wat-is-een-ze-zone",
    "verschil-milieuzone",
    "personenauto-of-camper",
    "welke-gemeenten",
    "bestelauto-emissieklasse-4",
    "bestelauto-emissieklasse-5",
    "bestelauto-emissieklasse-6",
    "nieuwe-diesel-2025",
    "vrachtauto-toegang",
    "hvo-of-gas",
    "wanneer-uitstootvrij",
    "wat-is-vrijstelling",
    "oldtimer-40-jaar",
    "rolstoelbus",
    "aanpassing-handicap",
    "waar-aanvragen",
    "kosten",
    "dagontheffing-aantal",
    "dagontheffing-duur",
    "dagontheffing-achteraf",
    "rijden-tijdens-behandeling",
    "waar-geldig",
    "lange-levertijd",
    "niet-emissieloos-verkrijgbaar",
    "netcongestie",
    "bedrijfseconomisch",
    "particulier-gebruik",
    "aanvraag-onvolledig",
    "hoogte-boete",
    "buitenlands-kenteken",
    "bezwaar-maken",
    "hulp-logistiek-makelaar",
    "wat-verandert-er",
    "andere-voertuigen",
    "huur-of-vervangend-voertuig",
    "na-2030",
    "ligt-adres-in-zone",
    "nacht-en-zondag",
    "verkeersbord",
    "bewoner",
    "betalen",
    "hardheidsclausule",
    "ander-kenteken",
    "verlengen",
    "hoe-vaak-boete",
    "waarschuwing",
    "boete-met-ontheffing",
    "besluit-duur",
    "inloggen",
    "telefoon",
    "bijzondere-vrachtauto",
    "markt",
    "bezorgers",
    "subsidie",
]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a table by their columns; a quote that is never closed is an error."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))
