"""Handing in a month of the site: the next version, never a change of the last; idempotent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from reporting.deliveries.deliver import DeliveryRefused, Overtaken
from reporting.figures import FIGURES
from reporting.models import MailTopic, SiteMonth, SiteMonthVersion
from reporting.period import Period
from tests.reporting.site.handing_in import JUNE, NUMBERS, hand_in

pytestmark = pytest.mark.django_db

TOPICS = {("Kentekens", "complaint"): 50, ("Kentekens", "informing"): 100}


def test_a_first_delivery_is_version_one_with_its_topics(editor):
    version = hand_in(by=editor, topics=TOPICS)

    assert (version.number, version.visitors, version.source, version.delivered_by) == (1, 27000, "Statistiek", editor)
    assert {(one.topic, one.tone): one.count for one in version.topics.all()} == TOPICS


def test_a_correction_is_the_next_version_and_the_first_stays(editor):
    hand_in(topics=TOPICS)
    hand_in(numbers={**NUMBERS, "mails": 300}, by=editor)

    assert list(SiteMonthVersion.objects.values_list("number", "mails")) == [(1, 208), (2, 300)]
    assert MailTopic.objects.filter(version__number=1).count() == 2


def test_what_is_left_out_is_not_handed_in(editor):
    version = hand_in(numbers={"visitors": 0})

    assert (version.visitors, version.pages, version.mails) == (0, None, None)


@pytest.mark.parametrize("given", [{}, {"topics": TOPICS}])
def test_the_same_again_is_no_new_version(given):
    assert hand_in(**given)
    assert hand_in(**given) is None
    assert SiteMonthVersion.objects.count() == 1


def test_other_topics_alone_are_a_correction():
    hand_in(topics=TOPICS)

    assert hand_in(topics={("Kentekens", "complaint"): 51}).number == 2


def test_who_did_not_see_the_last_version_overwrites_nothing(editor, reporter):
    hand_in(by=reporter)

    with pytest.raises(Overtaken) as met:
        hand_in(by=editor, numbers={"visitors": 1}, expected=0)

    assert met.value.newest.delivered_by == reporter
    assert SiteMonthVersion.objects.get().visitors == 27000


@pytest.mark.parametrize(
    ("month", "sentence"),
    [
        (date(2025, 8, 1), "not over yet"),
        (date(2026, 1, 1), "not over yet"),
        (date(2023, 12, 1), "too long ago: we count from January 2024"),
        (date(2025, 6, 15), "15 June 2025 is a day, not a month"),
    ],
)
def test_a_month_that_cannot_be_is_refused(month, sentence):
    with pytest.raises(DeliveryRefused, match=sentence):
        hand_in(month)

    assert not SiteMonth.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"numbers": {}}, "Nothing is filled in"),
        ({"source": "  "}, "where the numbers come from"),
        ({"source": "x" * 201}, "too long"),
        ({"context": "x" * 4001}, "too long"),
        ({"numbers": {"visitors": -1}}, "zero or more"),
        ({"numbers": {"mails": 149}, "topics": TOPICS}, "together have 150 emails, but 149 came in"),
        ({"numbers": {"visitors": 1}, "topics": TOPICS}, "Fill in all emails of the month too"),
        ({"topics": {("Kentekens", "angry"): 1}}, "not a topic with a tone"),
        ({"topics": {(" ", "other"): 1}}, "not a topic with a tone"),
        ({"topics": {("Kentekens", "other"): 1, ("kentekens ", "other"): 2}}, "is there twice"),
        ({"topics": {("Kentekens", "other"): -1}}, "zero or more"),
    ],
)
def test_numbers_that_cannot_be_are_refused(wrong, sentence):
    with pytest.raises(DeliveryRefused, match=sentence):
        hand_in(**wrong)

    assert not SiteMonth.objects.exists()


def test_a_number_that_we_do_not_keep_is_a_mistake_of_the_program():
    with pytest.raises(TypeError, match="visits"):
        hand_in(numbers={"visits": 1})


@pytest.mark.parametrize("person", ["applicant", "caseworker", "municipal_reporter", "objection_officer"])
def test_who_does_not_keep_the_site_hands_in_nothing(person, request):
    with pytest.raises(PermissionDenied):
        hand_in(by=request.getfixturevalue(person))


@pytest.mark.parametrize("person", ["editor", "reporter", "administrator"])
def test_editor_reporter_and_administrator_hand_in(person, request):
    assert hand_in(by=request.getfixturevalue(person)).number == 1


def test_a_report_as_of_an_earlier_day_keeps_the_earlier_numbers():
    hand_in(at=datetime(2025, 7, 3, 12, tzinfo=ZoneInfo("Europe/Amsterdam")))
    hand_in(numbers={**NUMBERS, "visitors": 26000})

    def visitors(as_of):
        return FIGURES["R18"].compute(Period(JUNE, date(2025, 6, 30), as_of))[0].count

    assert (visitors(date(2025, 8, 4)), visitors(date(2025, 8, 5))) == (27000, 26000)


def test_another_explanation_alone_is_a_correction(editor):
    hand_in()

    assert hand_in(context="De telling is hersteld.", by=editor).context == "De telling is hersteld."
    assert hand_in(context=" De telling is hersteld. ", by=editor) is None


def test_why_a_month_is_hard_to_compare_stands_beside_its_figures(editor):
    hand_in(date(2025, 5, 1), numbers={"visitors": 1}, context="Twee dagen storing.")
    hand_in(numbers={}, context="De telling lag stil.")

    def notes(figure):
        period = Period(date(2025, 5, 1), date(2025, 7, 31), date(2025, 8, 5))
        return {row.key: (row.count, row.note) for row in FIGURES[figure].compute(period)}

    assert notes("R18") == {
        "2025-05:visitors": (1, "Twee dagen storing."),
        "2025-05:pages": (None, "not handed in; Twee dagen storing."),
        "2025-06:visitors": (None, "not handed in; De telling lag stil."),
        "2025-06:pages": (None, "not handed in; De telling lag stil."),
        "2025-07:visitors": (None, "not handed in"),
        "2025-07:pages": (None, "not handed in"),
    }
    assert notes("R19")["2025-05"] == (None, "not handed in; Twee dagen storing.")


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_first_and_the_other_is_told(editor):
    def send(visitors):
        try:
            hand_in(by=editor, numbers={"visitors": visitors}, expected=0)
        except Overtaken:
            return "told"
        finally:
            connection.close()
        return "first"

    with ThreadPoolExecutor(2) as people:
        assert sorted(people.map(send, (1, 2))) == ["first", "told"]

    assert SiteMonthVersion.objects.count() == 1


def test_killed_half_way_nothing_is_kept(monkeypatch):
    def dies(*_args, **_about):
        raise KeyboardInterrupt

    monkeypatch.setattr(MailTopic.objects, "bulk_create", dies)
    with pytest.raises(KeyboardInterrupt):
        hand_in(topics=TOPICS)

    assert not SiteMonthVersion.objects.exists()
