"""A result is handed in as any other return, with what it rests on; what is no result is refused."""

import json
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from exemptions.terms import AMSTERDAM
from reporting.models import ReturnVersion
from reporting.returns.kind import RETURNS

pytestmark = pytest.mark.django_db

RESULT: dict[str, Any] = {
    "format": 1,
    "zone": "GM0344",
    "from": "2025-06-01",
    "to": "2025-06-30",
    "passages": 1010,
    "rows": [
        {"part_of_day": "morning", "vehicle_class": "van", "why": "rule", "count": 900},
        {"part_of_day": "morning", "vehicle_class": "van", "why": "not_allowed", "count": 100},
        {"part_of_day": "night", "vehicle_class": "unknown", "why": "unknown", "count": 10},
    ],
    "return": {
        "month": "2025-06",
        "passages_van": 1000,
        "compliant_van": 900,
        "passages_truck": 0,
        "compliant_truck": 0,
    },
    "rests_on": {
        "counted_at": "2025-08-05T10:00:00+02:00",
        "rules": [{"code": "V2", "valid_from": "2025-01-01"}],
        "rules_sha256": "a" * 64,
        "exemptions_sha256": "b" * 64,
        "facts_from": "register",
    },
}


@pytest.fixture(autouse=True)
def on_5_august_2025():
    with time_machine.travel(datetime(2025, 8, 5, 10, tzinfo=AMSTERDAM), tick=False):
        yield


def send(browser, content=None, **changes):
    told = json.dumps({**RESULT, **changes}) if content is None else content
    return browser.post("/opgaven/passages/", {"file": SimpleUploadedFile("result.json", told.encode())})


def accept(browser, address):
    return browser.post(address, {"seen": browser.get(address).context["seen"]})


def test_a_result_is_looked_at_and_then_handed_in_with_what_it_rests_on(as_municipal_reporter):
    address = send(as_municipal_reporter).url
    assert not ReturnVersion.objects.exists()

    accept(as_municipal_reporter, address)

    version = ReturnVersion.objects.get()
    assert (version.channel, version.passages_van, version.compliant_van, version.passages_truck) == (
        "passages",
        1000,
        900,
        0,
    )
    assert version.compliance["rests_on"]["rules"] == [{"code": "V2", "valid_from": "2025-01-01"}]
    assert version.compliance["rows"] == RESULT["rows"]


def test_the_page_of_the_month_says_on_which_rules_it_rests(as_municipal_reporter):
    accept(as_municipal_reporter, send(as_municipal_reporter).url)

    page = as_municipal_reporter.get("/opgaven/GM0344/2025/6/").content.decode()

    assert "V2 (2025-01-01)" in page
    assert "aaaaaaaaaaaa" in page


def test_the_other_numbers_of_the_month_stay(as_municipal_reporter, municipal_reporter):
    values = {**dict.fromkeys(RETURNS.values_of(None), ""), "warnings": "12", "seen": "0"}
    as_municipal_reporter.post("/opgaven/GM0344/2025/6/", values)

    accept(as_municipal_reporter, send(as_municipal_reporter).url)

    newest = ReturnVersion.objects.order_by("-number").first()
    assert (newest.number, newest.warnings, newest.passages_van) == (2, 12, 1000)
    assert newest.monthly_return.month == date(2025, 6, 1)


def test_nothing_but_what_we_know_is_kept(as_municipal_reporter):
    address = send(as_municipal_reporter, plates=["V123BX"], rests_on={**RESULT["rests_on"], "note": "V123BX"}).url

    accept(as_municipal_reporter, address)

    assert "V123BX" not in json.dumps(ReturnVersion.objects.get().compliance)


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"zone": "GM0363"},
        {"zone": 5},
        {"from": "2025-07-01"},
        {"to": "yesterday"},
        {"passages": 3},
        {"passages": -5},
        {"rows": "none"},
        {"rows": [{**RESULT["rows"][0], "count": 2}]},
        {"rows": [{**RESULT["rows"][0], "why": "<script>"}]},
        {"rows": [RESULT["rows"][0]] * 201},
        {"rows": [{**RESULT["rows"][0], "count": 5000}]},
        {"return": {**RESULT["return"], "month": None}},
        {"return": {**RESULT["return"], "passages_van": True}},
        {"return": {**RESULT["return"], "compliant_van": 2000}},
        {"return": {"month": "2025-06"}},
        {"rests_on": {}},
        {"rests_on": {**RESULT["rests_on"], "rules_sha256": "V123BX"}},
        {"rests_on": {**RESULT["rests_on"], "rules": [{"code": "<b>", "valid_from": "2025-01-01"}]}},
    ],
)
def test_what_no_count_writes_is_refused_with_a_sentence(as_municipal_reporter, changes):
    response = send(as_municipal_reporter, **changes)

    assert response.status_code == 200
    assert response.context["form"].errors["file"]


@pytest.mark.parametrize("content", ["", "[]", "null", "plate,country,at\nV123BX,NL,x", "[" * 100_000, "x" * 300_000])
def test_what_is_no_result_is_refused_and_not_repeated(as_municipal_reporter, content):
    response = send(as_municipal_reporter, content)

    assert response.context["form"].errors["file"]
    assert "V123BX" not in response.content.decode()


def test_a_month_that_is_not_over_is_refused(as_municipal_reporter):
    found = {"from": "2025-08-01", "to": "2025-08-04", "return": {**RESULT["return"], "month": "2025-08"}}

    assert send(as_municipal_reporter, **found).context["form"].errors["file"]


def test_the_page_tells_the_command_for_the_own_municipality(as_municipal_reporter):
    page = as_municipal_reporter.get("/opgaven/passages/").content.decode()

    assert "--zone GM0344" in page
    assert "GM0363" not in page


def test_who_hands_in_nothing_does_not_find_the_page(as_caseworker):
    assert as_caseworker.get("/opgaven/passages/").status_code == 404
