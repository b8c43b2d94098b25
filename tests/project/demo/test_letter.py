"""The year of the demo gives the letter to parliament of 29 September 2025, to the unit."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from demo.plan import LAST
from exemptions.models import Application
from exemptions.terms import start_of_day

pytestmark = pytest.mark.django_db


def report(first: str, last: str, as_of: str) -> dict[str, Any]:
    """What the command prints."""
    out = io.StringIO()
    call_command("report", "--from", first, "--to", last, "--as-of", as_of, "--format", "json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.fixture(scope="module")
def letter(demo: None, django_db_blocker: Any) -> dict[str, Any]:
    """The figures of the letter."""
    with django_db_blocker.unblock():
        figures: dict[str, Any] = report("2024-07-01", "2025-07-31", "2025-07-31")["figures"]
    return figures


def counts(figure: dict[str, Any]) -> dict[str, int]:
    return {row["key"]: row["count"] for row in figure["rows"]}


def percents(figure: dict[str, Any]) -> list[int]:
    return [row["percent"] for row in figure["rows"]]


def test_applications_received(letter):
    assert counts(letter["R01"]) == {"national": 4102, "local": 849, "day": 8351}


def test_outcomes_of_the_national_ones(letter):
    assert counts(letter["R02"]) == {"granted": 3577, "set_aside": 277, "rejected": 84, "pending": 164}
    assert percents(letter["R02"]) == [87, 7, 2, 4]
    assert {row["of"] for row in letter["R02"]["rows"]} == {4102}


def test_reasons_set_aside(letter):
    assert counts(letter["R03"]) == {
        "withdrawn_before_taking_up": 130,
        "no_response": 69,
        "converted": 70,
        "wrong_data": 8,
    }
    assert percents(letter["R03"]) == [47, 25, 25, 3]


def test_reasons_rejected(letter):
    assert counts(letter["R04"]) == {"conditions_not_met": 75, "withdrawn_in_review": 4, "other": 5}
    assert percents(letter["R04"]) == [89, 5, 6]


def test_every_week_since_the_opening(letter):
    weeks = counts(letter["R05"])

    assert list(weeks)[0] == "2024-W27"
    assert list(weeks)[-1] == "2025-W31"
    assert len(weeks) == 57
    assert sum(weeks.values()) == 4102 + 849


def test_day_exemptions_a_month_by_class(letter):
    months = counts(letter["R06"])

    assert list(months)[:2] == ["2024-11:van", "2024-11:truck"]
    assert list(months)[-1] == "2025-07:truck"
    assert sum(count for key, count in months.items() if key.endswith(":van")) == 3006
    assert sum(count for key, count in months.items() if key.endswith(":truck")) == 5345


def test_day_exemptions_by_class(letter):
    assert counts(letter["R07"]) == {"van": 3006, "truck": 5345}


def test_use_of_the_maximum(letter):
    used = counts(letter["R08"])

    assert list(used) == [str(times) for times in range(1, 13)]
    assert sum(int(times) * vehicles for times, vehicles in used.items()) == 8351


def test_local_exemptions_by_kind(letter):
    assert counts(letter["R09"]) == {"BEO": 441, "HAR": 408}


def test_objections_by_kind(letter):
    assert counts(letter["R10"]) == {"PAR": 15, "HAN": 1, "NEV": 8}


def test_objections_by_how_they_stand(letter):
    assert counts(letter["R11"]) == {"upheld": 5, "open_or_decided": 11, "withdrawn": 6, "appealed": 2}
    assert list(counts(letter["R11"])) == ["upheld", "open_or_decided", "withdrawn", "appealed"]


def test_appeals_by_result(letter):
    results = counts(letter["R12"])

    assert list(results) == ["inadmissible", "withdrawn", "unfounded", "upheld", "settled", "pending"]
    assert {result: count for result, count in results.items() if count} == {"inadmissible": 1, "withdrawn": 1}


def test_decisions_taken_again_after_the_thresholds_changed(letter):
    assert counts(letter["R13"]) == {"thresholds:2025-07-17": 6}


def test_lead_times_of_every_kind_and_of_objections(letter):
    times = counts(letter["R22"])

    assert times["NEV:median"] < times["NEV:p90"] <= 56 + times["NEV:suspended_days"]
    assert times["objection:in_time"] == 15  # of the 24: 6 were withdrawn, 3 were pending
    assert not any(key.startswith("DAG:") for key in times)


def test_before_june_2025_nobody_was_upheld():
    figures = report("2024-07-01", "2025-05-31", "2025-05-31")["figures"]

    assert counts(figures["R11"])["upheld"] == 0
    assert counts(figures["R13"]) == {}


def test_what_was_pending_is_decided_in_the_weeks_after():
    assert counts(report("2024-07-01", "2025-07-31", "2025-10-31")["figures"]["R02"])["pending"] == 0


def test_a_moment_inside_the_period_that_was_published():
    then = counts(report("2024-07-01", "2025-02-02", "2025-02-02")["figures"]["R01"])

    assert then["national"] == 2427
    assert sum(then.values()) == 3785


def test_the_live_cases_stay_outside_the_period(letter):
    live = Application.objects.filter(received_at__gte=start_of_day(LAST + timedelta(days=1)), converted_from=None)

    assert 90 <= live.filter(received_at__gte=timezone.localtime() - timedelta(days=365)).count() <= 130
    assert counts(letter["R01"]) == {"national": 4102, "local": 849, "day": 8351}


def test_zones_and_warning_periods(letter):
    assert counts(letter["R17"]) == {"zones": 18, "fining": 14}


def test_visits_conversations_and_mails_of_june_and_july(letter):
    visits, talks, mails = (counts(letter[name]) for name in ("R18", "R19", "R20"))

    assert (visits["2025-06:visitors"], visits["2025-06:pages"]) == (27000, 170000)
    assert (visits["2025-07:visitors"], visits["2025-07:pages"]) == (38000, 194000)
    assert (talks["2025-06"], talks["2025-07"]) == (4552, 4148)
    assert (mails["2025-06"], mails["2025-07"]) == (208, 246)


def test_finable_offences_of_july_2025_as_they_were_published(demo):
    july = counts(report("2025-07-01", "2025-07-31", "2025-07-31")["figures"]["R15"])

    assert sum(count for key, count in july.items() if ":" not in key) == 6724
    assert july["GM0599"] == 3037


def test_passages_comply_as_the_letter_says(letter):
    assert min(percents(letter["R16"])) >= 95
