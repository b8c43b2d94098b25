"""Editors add a question and say on what it rests; it is flagged when that changes, as those that were shipped."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exemptions.models import KindVersion
from helpdesk.assistant.intents import rank_labels
from helpdesk.information import review
from helpdesk.models import Topic
from helpdesk.tasks import look_at_topics
from zones.models import AccessRule

pytestmark = pytest.mark.django_db
ADD = "/loket/helpdesk/topic/add/"
NEW = {
    "slug": "euro-5-in-2027",
    "group": "toegang",
    "question_nl": "Mag Euro 5 nog in 2027?",
    "answer_nl": "Tot {rule:V2:until}. Zie ook [de kosten](page:prices).",
    "question_en": "May Euro 5 still enter in 2027?",
    "answer_en": "Until {rule:V2:until}.",
    "on_rule": ["rule:T5"],
    "on_kind": ["kind:LEV"],
}


@pytest.fixture
def added(as_editor):
    as_editor.post(ADD, NEW)
    return Topic.objects.get(slug=NEW["slug"])


def rest(topic):
    return reverse("admin:helpdesk_topic_rest", args=[topic.pk])


def move(code):
    """A new version of a rule: another last day."""
    AccessRule.objects.filter(code=code).update(until=date(2031, 1, 1))


def flagged():
    look_at_topics()
    return set(Topic.objects.exclude(flagged_at=None).values_list("slug", flat=True))


# --- Adding -----------------------------------------------------------------------------------------------


def test_it_is_on_the_site_at_once_in_both_languages(added, client, editor):
    page = client.get("/vragen/euro-5-in-2027/").content.decode()
    english = client.get("/vragen/euro-5-in-2027/", HTTP_ACCEPT_LANGUAGE="en").content.decode()

    assert "Tot 1 januari 2027." in page
    assert "Until 1 January 2027." in english
    assert (added.reviewed_by, added.flagged_at) == (editor, None)
    assert set(added.rests_on) == {"rule:T5", "kind:LEV"}


def test_the_list_leads_to_adding(as_editor):
    assert ADD in as_editor.get("/loket/helpdesk/topic/").content.decode()


def test_the_assistant_knows_its_question_at_once(as_editor):
    as_editor.post(ADD, {**NEW, "slug": "ijscowagen", "question_nl": "Mag een ijscowagen met muziek rondrijden?"})

    assert rank_labels("mag een ijscowagen met muziek rondrijden")[0].label == "ijscowagen"


def test_it_stands_last_below_its_heading(added):
    assert Topic.objects.filter(group="toegang").order_by("position").last() == added


@pytest.mark.parametrize("code", ["T5", "V2"], ids=["what was ticked", "what the text fills in"])
def test_it_is_flagged_when_a_rule_changes(added, code):
    assert added.slug not in flagged()

    move(code)

    assert added.slug in flagged()


def test_it_is_flagged_when_a_fee_changes(added):
    KindVersion.objects.filter(kind="LEV").update(fee_eur=999)

    assert added.slug in flagged()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("slug", "kosten-dagontheffing!", ""),
        ("slug", "bestelauto-emissieklasse-5", "Er is al een vraag met deze naam."),
        ("answer_nl", "Tot {rule:ZZ:until}.", "{rule:ZZ:until}"),
        ("answer_en", "[x](topic:nowhere)", "topic:nowhere"),
        ("question_en", "", ""),
        ("on_rule", ["rule:ZZ"], ""),
    ],
)
def test_what_is_not_right_is_told_and_nothing_is_added(as_editor, field, value, said):
    before = Topic.objects.count()

    page = as_editor.post(ADD, {**NEW, field: value})

    assert page.status_code == 422
    assert said in str(page.context["form"].errors[field])
    assert "Mag Euro 5 nog in 2027?" in page.content.decode()
    assert Topic.objects.count() == before


def test_a_text_may_link_to_itself(as_editor):
    assert as_editor.post(ADD, {**NEW, "answer_nl": "[Dit](topic:euro-5-in-2027)."}).status_code == 302


def test_of_two_who_add_the_same_name_the_second_is_told(added, editor):
    with pytest.raises(review.SlugTaken):
        review.add_topic(slug=added.slug, group="basis", rests_on=[], texts={"nl": ("Q", "A")}, by=editor)

    assert added.texts.count() == 2


def test_who_edits_no_questions_adds_none(as_caseworker, caseworker, added):
    assert as_caseworker.post(ADD, {**NEW, "slug": "anders"}).status_code == 403
    assert as_caseworker.post(rest(added), {"seen": ""}).status_code == 403
    with pytest.raises(PermissionDenied):
        review.add_topic(slug="anders", group="basis", rests_on=[], texts={}, by=caseworker)


# --- On what it rests -------------------------------------------------------------------------------------


def test_a_rule_that_it_rests_on_from_now_on_flags_it_when_it_changes(as_editor, added):
    as_editor.post(
        rest(added), {"seen": "rule:T5 kind:LEV", "on_rule": ["rule:T5", "rule:T4"], "on_kind": ["kind:LEV"]}
    )
    assert added.slug not in flagged()

    move("T4")

    assert added.slug in flagged()


def test_a_rule_that_it_rests_on_no_longer_does_not(as_editor, added):
    as_editor.post(rest(added), {"seen": "rule:T5 kind:LEV", "on_kind": ["kind:LEV"]})
    added.refresh_from_db()
    assert added.rests_on == ["kind:LEV"]

    move("T5")

    assert added.slug not in flagged()


def test_what_changed_before_stays_to_be_read(as_editor, added):
    move("T5")
    AccessRule.objects.filter(code="T4").delete()

    as_editor.post(rest(added), {"seen": "rule:T5 kind:LEV", "on_rule": ["rule:T5"]})

    assert added.slug in flagged()


def test_a_rule_that_is_gone_keeps_its_flag_and_its_box(as_editor, added):
    AccessRule.objects.filter(code="T5").delete()
    assert "T5 – bestaat vandaag niet" in as_editor.get(rest(added)).content.decode()

    as_editor.post(rest(added), {"seen": "rule:T5 kind:LEV", "on_rule": ["rule:T5"]})

    assert added.slug in flagged()


def test_who_is_second_is_told_and_keeps_what_was_ticked(as_editor, added):
    answer = as_editor.post(rest(added), {"seen": "rule:V0", "on_rule": ["rule:T4"]})

    assert answer.status_code == 409
    assert "Een collega veranderde dit" in answer.content.decode()
    added.refresh_from_db()
    assert set(added.rests_on) == {"rule:T5", "kind:LEV"}


def test_the_boxes_say_which_version_holds(as_editor, added):
    page = as_editor.get(rest(added)).content.decode()

    assert "versie sinds" in page
    assert page.count("checked") == 2


def test_what_it_rests_on_takes_the_same_queries_however_much_there_is(as_editor, added, django_assert_num_queries):
    as_editor.get(rest(added))
    with CaptureQueriesContext(connection) as captured:
        as_editor.get(rest(added))
    few = len(captured)
    Topic.objects.filter(pk=added.pk).update(rests_on=["rule:T5", "rule:V2", "kind:LEV", "kind:NEV", "zones"])
    as_editor.get(rest(added))  # what changed is read once

    with django_assert_num_queries(few):
        assert as_editor.get(rest(added)).status_code == 200
