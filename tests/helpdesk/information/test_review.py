"""A topic whose facts changed is flagged, until an editor says that it is right; a change is a new version."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from helpdesk.information import review
from helpdesk.models import Topic
from helpdesk.tasks import look_at_topics
from zones.models import AccessRule

pytestmark = pytest.mark.django_db
SLUG = "bestelauto-emissieklasse-5"
ON_V2 = {SLUG, "wat-verandert-er"}
"""Which answers rest on the rule for Euro 5."""


@pytest.fixture
def topic():
    return Topic.objects.get(slug=SLUG)


@pytest.fixture
def changed():
    """The end of the rule for Euro 5 moves."""
    AccessRule.objects.filter(code="V2").update(until=date(2031, 1, 1))


@pytest.fixture
def read_in_2026(editor, time_machine):
    """Every answer was read, and found right, while the rule for Euro 5 still held."""
    time_machine.move_to("2026-12-30T12:00Z")
    for topic in Topic.objects.all():
        review.review_topic(topic, by=editor)


def flagged():
    return set(Topic.objects.exclude(flagged_at=None).values_list("slug", flat=True))


def test_nothing_is_flagged_as_shipped():
    assert look_at_topics() == 0
    assert flagged() == set()


@pytest.mark.usefixtures("changed")
def test_the_daily_task_flags_what_rests_on_a_changed_rule():
    assert look_at_topics() == len(ON_V2)

    assert flagged() == ON_V2


@pytest.mark.usefixtures("read_in_2026")
def test_an_end_of_which_the_texts_tell_by_themselves_needs_no_editor(time_machine):
    time_machine.move_to("2027-01-15T12:00Z")

    assert look_at_topics() == 0


@pytest.mark.usefixtures("read_in_2026")
def test_an_end_of_which_one_text_does_not_tell_does(topic, editor, time_machine):
    review.write_version(
        topic, language="en", question="Q?", answer="Until {rule:V2:last_day}.", on_top_of=1, by=editor
    )
    time_machine.move_to("2027-01-15T12:00Z")

    look_at_topics()
    assert flagged() == {SLUG}


@pytest.mark.usefixtures("changed")
def test_looking_twice_keeps_since_when(topic):
    look_at_topics()
    topic.refresh_from_db()
    since = topic.flagged_at

    look_at_topics()

    topic.refresh_from_db()
    assert topic.flagged_at == since


@pytest.mark.usefixtures("changed")
def test_a_rule_that_is_as_before_takes_the_flag_away():
    look_at_topics()
    AccessRule.objects.filter(code="V2").update(until=date(2027, 1, 1))

    assert look_at_topics() == 0
    assert flagged() == set()


@pytest.mark.usefixtures("changed")
def test_still_right_takes_the_flag_away_under_a_name(topic, editor):
    look_at_topics()

    held = review.review_topic(topic, by=editor)

    assert (held.flagged_at, held.reviewed_by) == (None, editor)
    look_at_topics()
    assert flagged() == ON_V2 - {SLUG}


def test_a_rule_that_changed_behind_the_page_is_not_reviewed(topic, editor):
    seen = review.compute_state(topic, review.current_texts()[topic.pk], on=timezone.localdate())
    AccessRule.objects.filter(code="V2").update(until=date(2031, 1, 1))

    review.review_topic(topic, by=editor, seen=seen)

    look_at_topics()
    assert SLUG in flagged()


@pytest.mark.usefixtures("changed")
def test_writing_does_not_count_as_reading_the_other_languages(topic, editor):
    look_at_topics()

    review.write_version(topic, language="nl", question="Q?", answer="Nieuw.", on_top_of=1, by=editor)

    look_at_topics()
    assert SLUG in flagged()


def test_a_version_is_added_and_never_changed(topic, editor):
    text = review.write_version(topic, language="nl", question="Q?", answer="Nieuw.\r\n\r\nEn.", on_top_of=1, by=editor)

    assert (text.version, text.answer, text.written_by) == (2, "Nieuw.\n\nEn.\n", editor)
    assert topic.texts.filter(language="nl").count() == 2


def test_a_fact_that_a_text_fills_in_counts_without_being_named(topic, editor):
    review.write_version(topic, language="nl", question="Q?", answer="Tot {rule:T4:until}.", on_top_of=1, by=editor)
    review.review_topic(topic, by=editor)

    AccessRule.objects.filter(code="T4").update(until=date(2033, 1, 1))

    look_at_topics()
    assert SLUG in flagged()


def test_the_second_of_two_writers_is_told_and_nothing_is_lost(topic, editor):
    review.write_version(topic, language="nl", question="Q?", answer="Eerst.", on_top_of=1, by=editor)

    with pytest.raises(review.NewerVersion) as told:
        review.write_version(topic, language="nl", question="Q?", answer="Later.", on_top_of=1, by=editor)

    assert told.value.newest.answer == "Eerst.\n"


def test_who_is_no_editor_writes_and_reviews_nothing(topic, reporter):
    with pytest.raises(PermissionDenied):
        review.review_topic(topic, by=reporter)
    with pytest.raises(PermissionDenied):
        review.write_version(topic, language="nl", question="Q?", answer="A.", on_top_of=1, by=reporter)
