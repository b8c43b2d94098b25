"""The catalogue: what DCAT-AP-NL 3.0 demands, with addresses that work."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from casework.models import Policy
from reporting.figures import PUBLIC
from tests.reporting.api.conftest import MUNICIPAL, NATIONAL

pytestmark = pytest.mark.django_db
MANDATORY = {
    "dcat:Catalog": ["dct:title", "dct:description", "dct:publisher", "dcat:contactPoint", "dcat:dataset"],
    "dcat:Dataset": [
        *("dct:title", "dct:description", "dct:identifier", "dct:publisher", "dct:creator"),
        *("dcat:contactPoint", "dct:accessRights", "dcat:theme"),
    ],
    "dcat:Distribution": ["dcat:accessURL", "dct:license"],
    "dcat:DataService": [
        *("dct:title", "dct:description", "dct:identifier", "dct:publisher", "dcat:contactPoint", "dct:accessRights"),
        *("dct:license", "dcat:theme", "dcat:endpointURL", "dcat:endpointDescription"),
    ],
}
"""From the SHACL shapes of the profile, and of DCAT-AP 3.0 beneath it."""


@pytest.fixture
def catalogue(ask) -> Any:
    answer = ask("catalogus")
    assert answer["Content-Type"].startswith("application/ld+json")
    return answer.json()


def nodes(found: Any) -> Iterator[dict[str, Any]]:
    """Every node, at any depth."""
    for one in found if isinstance(found, list) else found.values() if isinstance(found, dict) else []:
        yield from nodes(one)
    if isinstance(found, dict):
        yield found


@pytest.mark.parametrize("kind", MANDATORY)
def test_nothing_that_is_mandatory_lacks(catalogue, kind):
    found = [node for node in nodes(catalogue) if node.get("@type") == kind]

    assert found
    assert [(node["@id"], name) for node in found for name in MANDATORY[kind] if not node.get(name)] == []


def test_every_prefix_is_declared(catalogue):
    names = {name for node in nodes(catalogue) for name in node if not name.startswith("@")}
    prefixes = {name.split(":")[0] for name in names if ":" in name}

    assert prefixes <= set(catalogue["@context"])


def test_every_public_figure_is_a_data_set(catalogue):
    assert [one["dct:identifier"] for one in catalogue["dcat:dataset"]] == list(PUBLIC)


def test_every_distribution_is_there_in_its_form(catalogue, ask):
    found = [node for node in nodes(catalogue) if node.get("@type") == "dcat:Distribution"]

    assert len(found) == 2 * (len(NATIONAL) + len(MUNICIPAL))
    for one in found:
        cache.clear()  # there may be more than one visitor may ask for in a minute
        path, form = one["dcat:downloadURL"]["@id"].split("/api/v1/")[1].split("?format=")
        assert ask(path, format=form)["Content-Type"].split(";")[0] in one["dcat:mediaType"]["@id"]


def test_it_tells_which_time_it_is_about_and_since_when(catalogue):
    time = catalogue["dcat:dataset"][0]["dct:temporal"]

    assert time["dcat:startDate"]["@value"] == "2024-07-01"
    assert time["dcat:endDate"]["@value"] == "2025-03-31"
    assert catalogue["dct:modified"]["@value"] == "2025-04-01"


def test_the_contact_is_that_of_the_settings(catalogue, ask):
    assert "vcard:hasEmail" not in catalogue["dcat:contactPoint"]
    Policy.objects.create(name="contact_email", valid_from="2025-01-01", value="loket@example.org", source="proef")

    contact = ask("catalogus").json()["dcat:contactPoint"]

    assert contact["vcard:hasEmail"] == {"@id": "mailto:loket@example.org"}


def test_nobody_gives_each_node_two_meanings(catalogue):
    named = [node["@id"] for node in nodes(catalogue) if "@id" in node and node.get("@type") == "dcat:Dataset"]

    assert len(named) == len(set(named))
