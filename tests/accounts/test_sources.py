"""Sources of facts: law and policy are quoted, what a newspaper says is to be confirmed."""

import csv
from pathlib import Path

import pytest

from accounts.sources import find_citable_source, find_press

ROOT = Path(__file__).resolve().parents[2]
TABLES = [
    "zones/reference/municipalities.csv",
    "zones/reference/municipal_authorities.csv",
    "zones/reference/zones.csv",
    "zones/reference/access_rules.csv",
    "exemptions/data/kinds.csv",
    "casework/data/policies.csv",
]


@pytest.mark.parametrize(
    ("source", "quoted", "press"),
    [
        ("RVV 1990 art. 86e lid 4 (Stb. 2023, 241)", "RVV 1990 art. 86e lid 4 (Stb. 2023, 241)", 0),
        ("opwegnaarZES (in De Ondernemer, juni 2025)", "", 1),
        ("https://www.autoreview.nl/nieuws/1; Staatscourant 2025, 13188", "Staatscourant 2025, 13188", 1),
        ("OOG TV, 11 december 2025; Omroep West, 30 juni 2025", "", 2),
        ("https://zoek.officielebekendmakingen.nl/x.html", "https://zoek.officielebekendmakingen.nl/x.html", 0),
        ("", "", 0),
    ],
)
def test_a_newspaper_is_never_quoted(source, quoted, press):
    assert (find_citable_source(source), len(find_press(source))) == (quoted, press)


@pytest.mark.parametrize("table", TABLES)
def test_no_table_of_ours_quotes_a_newspaper(table):
    with (ROOT / table).open(encoding="utf-8", newline="") as file:
        quoted = [find_citable_source(row["source"]) for row in csv.DictReader(file)]

    assert quoted
    assert not [one for one in quoted if find_press(one)]
