"""A dossier holds several types of case: each event is described in the words of its own type."""

from dataclasses import replace

import pytest
from django.db import models
from django.utils.translation import override

from casework.desk import timeline
from casework.models import CaseKey
from objections.models import Appeal
from tests import given
from zesportal import wiring

pytestmark = pytest.mark.django_db


class Stage(models.TextChoices):
    BEGUN = "begun", "begun"
    SUBMITTED = "submitted", "laid before the court"


class Plea(models.TextChoices):
    GOOD = "good", "well founded"


@pytest.fixture
def dossier(applicant, caseworker, monkeypatch):
    """Of an application; a second type of case, that knows the steps `file` and `assign` too, did something in it."""
    said = {"file": "Notice of appeal", "assign": "Given to a lawyer"}
    plea = replace(timeline.build_wording(Appeal, codes={"plea": Plea}), said=said, statuses=dict(Stage.choices))
    monkeypatch.setattr(wiring, "TIMELINES", {**wiring.TIMELINES, "plea": plea})
    return given.taken_up(by=applicant, desk=caseworker).dossier


def happened(dossier, step, case_type="plea", **detail):
    CaseKey.objects.get_or_create(case_type=case_type, case_id=1)
    dossier.events.create(
        case_type=case_type, case_id=1, step=step, from_status="begun", to_status="submitted", detail=detail
    )
    with override("en"):
        return timeline.build_timeline(dossier)[0]


def test_one_step_name_has_the_words_of_each_sort(dossier):
    line = happened(dossier, "file", plea="good", ends_on="2026-03-02")

    assert str(line) == "Notice of appeal, well founded, until 2 March 2026"
    assert line.status == "laid before the court"
    with override("en"):
        assert "Sent by the applicant" in [line.what for line in timeline.build_timeline(dossier)]


def test_a_colleague_is_named_in_every_sort(dossier, other_caseworker):
    assert happened(dossier, "assign", to=other_caseworker.pk).details == [str(other_caseworker)]


def test_a_sort_without_words_shows_the_name_of_the_step(dossier):
    assert happened(dossier, "reopen", case_type="unheard of", item=1).what == "reopen"


def test_a_dossier_with_more_events_asks_no_more(dossier, other_caseworker, django_assert_num_queries):
    for _time in range(20):
        happened(dossier, "assign", to=other_caseworker.pk)

    with django_assert_num_queries(2):  # the events, the colleagues
        timeline.build_timeline(dossier)
