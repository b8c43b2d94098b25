"""The data sets as DCAT-AP-NL 3.0 in JSON-LD: one data set per figure, with its URLs as distributions.

https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from casework.current_policy import CurrentPolicy
from reporting.api import resources
from reporting.api.serializers import LANGUAGE, build_address
from reporting.figures import PUBLIC, Figure
from reporting.period import ONE_DAY

Node = dict[str, Any]
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
EU = "http://publications.europa.eu/resource/authority"
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
FORMATS = {"json": ("JSON", "application/json"), "csv": ("CSV", "text/csv")}
"""The European code and the media type, by the name in the URL."""
KEYWORDS = ("zero-emissiezone", "ontheffing", "bestelauto", "vrachtauto", "handhaving")


def make_catalogue() -> Node:
    """The whole catalogue, in Dutch."""
    opened, until = resources.get_public_window()
    with translation.override(LANGUAGE):
        about = build_common_properties(timezone.localdate())
        sets = [build_dataset(one, about, opened=opened, until=until) for one in PUBLIC.values()]
        return {
            "@context": CONTEXT,
            "@id": build_address("api_catalogue"),
            "@type": "dcat:Catalog",
            "dct:title": make_dutch_literal("Cijfers over de zero-emissiezones"),
            "dct:description": make_dutch_literal(
                "Wat ondernemers aanvragen en wat gemeenten handhaven, per hele maand."
            ),
            **about,
            "dct:license": make_resource(CC0),
            "dct:modified": make_date_literal(until + ONE_DAY),
            "foaf:homepage": {"@id": build_address("open_data"), "@type": "foaf:Document"},
            "dcat:themeTaxonomy": make_resource(f"{EU}/data-theme"),
            "dcat:service": build_service(about, [one["@id"] for one in sets]),
            "dcat:dataset": sets,
        }


def build_common_properties(today: date) -> Node:
    """Properties shared by the catalogue, the data sets and the service: who publishes, and in which language."""
    policy = CurrentPolicy.on(today)
    mail = policy.text("contact_email")
    name = policy.text("site_owner") or policy.text("sender_name")
    agent = {"@id": f"{settings.SITE_URL}/", "@type": "foaf:Organization", "foaf:name": make_dutch_literal(name)}
    contact = {
        "@id": f"{build_address('open_data')}#contact",
        "@type": "vcard:Organization",
        "vcard:fn": name,
        **({"vcard:hasEmail": {"@id": f"mailto:{mail}"}} if mail else {}),
        "vcard:hasURL": {"@id": build_address("open_data")},
    }
    return {
        "dct:publisher": agent,
        "dct:creator": {"@id": agent["@id"]},
        "dcat:contactPoint": contact,
        "dct:language": make_resource(f"{EU}/language/NLD"),
    }


def build_dataset(one: Figure, about: Node, *, opened: date, until: date) -> Node:
    """A figure as a data set."""
    words = f"Geteld: {one.numerator}. Geteld op: {one.counted_on}. Van: {one.denominator}. Zaken: {one.scope}."
    return {
        "@id": f"{build_address('api_figures')}#{one.id}",
        "@type": "dcat:Dataset",
        "dct:identifier": one.id,
        "dct:title": make_dutch_literal(str(one.title)),
        "dct:description": make_dutch_literal(words),
        **about,
        "dct:accessRights": make_resource(f"{EU}/access-right/PUBLIC"),
        "dcat:theme": [make_resource(f"{EU}/data-theme/{theme}") for theme in ("TRAN", "GOVE")],
        "dcat:keyword": [make_dutch_literal(word) for word in KEYWORDS],
        "dct:accrualPeriodicity": make_resource(f"{EU}/frequency/MONTHLY"),
        "dct:spatial": make_resource(f"{EU}/country/NLD"),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": make_date_literal(opened.replace(day=1)),
            "dcat:endDate": make_date_literal(until),
        },
        "dct:modified": make_date_literal(until + ONE_DAY),
        "dcat:landingPage": {"@id": build_address("open_data"), "@type": "foaf:Document"},
        "dcat:distribution": list(list_distributions(one)),
    }


def list_distributions(one: Figure) -> Iterator[Node]:
    """The distributions of a figure: for all zones together and by municipality, in each format."""
    where = (
        ("api_figure", one.is_national, "alle zones samen"),
        ("api_figure_places", one.is_municipal, "per gemeente"),
    )
    for name, is_there, words in where:
        if is_there:
            yield from (build_distribution(one, build_address(name, one.id), words, form) for form in FORMATS)


def build_distribution(one: Figure, where: str, words: str, form: str) -> Node:
    """One URL in one format."""
    code, media_type = FORMATS[form]
    url = {"@id": f"{where}?format={form}"}
    return {
        "@id": f"{where}?format={form}#bestand",
        "@type": "dcat:Distribution",
        "dct:title": make_dutch_literal(f"{one.title}, {words} ({code})"),
        "dcat:accessURL": url,
        "dcat:downloadURL": url,
        "dcat:accessService": {"@id": service_id()},
        "dct:format": make_resource(f"{EU}/file-type/{code}"),
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
        "dct:license": make_resource(CC0),
    }


def service_id() -> str:
    """The identifier of the API."""
    return f"{settings.SITE_URL}/api/v1#service"


def build_service(about: Node, sets: list[str]) -> Node:
    """The API that serves the data sets."""
    return {
        "@id": service_id(),
        "@type": "dcat:DataService",
        "dct:identifier": service_id(),
        "dct:title": make_dutch_literal("API van het Centraal Loket"),
        "dct:description": make_dutch_literal("De cijfers als JSON en CSV, volgens de NLgov REST API Design Rules."),
        **about,
        "dct:accessRights": make_resource(f"{EU}/access-right/PUBLIC"),
        "dcat:theme": [make_resource(f"{EU}/data-theme/TRAN")],
        "dct:license": make_resource(CC0),
        "dcat:endpointURL": {"@id": f"{settings.SITE_URL}/api/v1"},
        "dcat:endpointDescription": {"@id": build_address("api_openapi")},
        "dcat:servesDataset": [make_resource(name) for name in sets],
    }


def make_dutch_literal(words: str) -> Node:
    """A Dutch text."""
    return {"@value": words, "@language": LANGUAGE}


def make_date_literal(one: date) -> Node:
    """A date."""
    return {"@value": one.isoformat(), "@type": "xsd:date"}


def make_resource(url: str) -> Node:
    """A reference to something defined elsewhere."""
    return {"@id": url}
