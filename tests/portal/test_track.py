"""Where an application is, on each of its pages, and by when most are decided."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from exemptions.models import Application, KindVersion
from exemptions.portal.track import build_track, describe_usual
from helpdesk.models import MeasuredTime
from tests import given
from tests.looping import each

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)
CAME_IN = datetime(2026, 11, 20, 11, tzinfo=UTC)


def application(status, **about):
    kind = KindVersion(kind_id="LEV", scope=about.pop("scope", "national"))
    return Application(status=status, kind=kind, **{"received_at": CAME_IN, **about})


@each(
    "status, places",
    [
        ("submitted", ["now", "later", "later"]),
        ("in_review", ["done", "now", "later"]),
        ("waiting", ["done", "now", "later"]),
        ("hearing", ["done", "now", "later"]),
        ("proposed", ["done", "now", "later"]),
        ("granted", ["done", "done", "done"]),
        ("withdrawn", ["done", "done", "done"]),
    ],
)
def test_today_is_at_one_of_three_stages(status, places):
    assert [stage.place for stage in build_track(application(status), usual_days=None, today=TODAY)] == places


def test_a_draft_and_what_is_decided_at_once_have_no_track():
    assert build_track(application("draft", received_at=None), usual_days=9, today=TODAY) == []
    assert build_track(application("granted", scope="day"), usual_days=9, today=TODAY) == []


def test_who_is_waited_for_reads_so():
    assert "Wacht op u" in [one.label for one in build_track(application("waiting"), usual_days=None, today=TODAY)]


def test_the_usual_day_counts_from_receipt_and_is_no_promise_once_it_has_passed():
    one = application("in_review")

    assert build_track(one, usual_days=32, today=TODAY)[-1].note == "meestal uiterlijk op 22 december 2026"
    assert "binnen 32 dagen" in describe_usual(one, 32, today=TODAY)
    assert build_track(one, usual_days=10, today=TODAY)[-1].note == ""
    assert "duurt langer" in describe_usual(one, 10, today=TODAY)


def test_a_last_day_by_law_before_the_usual_one_is_told_instead():
    noted = {"usual_days": 32, "today": TODAY}

    assert build_track(application("in_review", decide_by=date(2026, 12, 18)), **noted)[-1].note == (
        "uiterlijk op 18 december 2026"
    )
    assert build_track(application("in_review", decide_by=date(2026, 12, 22)), **noted)[-1].note == (
        "meestal uiterlijk op 22 december 2026"
    )
    assert build_track(application("in_review", decide_by=date(2026, 11, 30)), **noted)[-1].note == ""


def test_without_enough_decisions_and_after_one_nothing_is_promised():
    assert describe_usual(application("in_review"), None, today=TODAY) == ""
    assert describe_usual(application("granted"), 32, today=TODAY) == ""


# --- On the pages ---------------------------------------------------------------------------------------


def measure(decided):
    day = timezone.localdate()
    about = {"first": day - timedelta(365), "last": day, "median": 20, "p90": 32}
    MeasuredTime.objects.create(kind_id="LEV", decided=decided, **about)


def test_every_page_of_a_case_has_it(as_applicant, applicant, caseworker):
    one = given.taken_up(by=applicant, desk=caseworker)
    letter = one.dossier.letters.first()
    measure(decided=10)

    for url in (
        reverse("application", args=[one.key]),
        reverse("receipt", args=[one.key]),
        reverse("withdraw", args=[one.key]),
        reverse("letter", args=[one.key, letter.pk]),
    ):
        page = as_applicant.get(url).content.decode()
        assert page.count('class="loket-track"') == 1, url
        assert ("In behandeling" in page, "binnen 32 dagen" in page) == (True, True), url


def test_of_few_decisions_nothing_is_told(as_applicant, applicant):
    one = given.filed(by=applicant)
    measure(decided=9)

    assert "32 dagen" not in as_applicant.get(reverse("application", args=[one.key])).content.decode()


def test_a_stranger_sees_no_track(as_stranger, applicant):
    one = given.filed(by=applicant)

    assert as_stranger.get(reverse("receipt", args=[one.key])).status_code == 404
