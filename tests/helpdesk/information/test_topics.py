"""The 54 frequent questions: loaded once, shown with the facts of today, in the reader's language or a stand-in."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.reference import read_rows
from helpdesk import markup, reference
from helpdesk.facts import Facts
from helpdesk.information import topics
from helpdesk.models import Phrase, Topic, TopicText
from zones.models import AccessRule

pytestmark = pytest.mark.django_db


def test_all_topics_are_there_in_dutch_and_english():
    assert Topic.objects.count() == len(read_rows(reference.DATA / "topics.csv")) == 54
    for language in ("nl", "en"):
        assert TopicText.objects.filter(language=language).values("topic").distinct().count() == 54


def test_every_shipped_text_names_facts_and_pages_that_exist():
    slugs = set(Topic.objects.values_list("slug", flat=True))
    for text in TopicText.objects.all():
        facts = Facts.on(timezone.localdate(), language=text.language)
        assert facts.unknown(text.answer) == [], text
        for target in markup.list_link_targets(text.answer):
            sort, name = target.split(":")
            assert name in slugs if sort == "topic" else markup.resolve_link(target), (str(text), target)


def test_what_a_topic_rests_on_exists():
    facts = Facts.on(timezone.localdate(), language="nl")
    for topic in Topic.objects.all():
        for one in topic.rests_on:
            assert facts.state([one]), (topic.slug, one)


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Topic, TopicText, Phrase)]


def test_loading_twice_is_as_once():
    before = everything()

    reference.load()
    reference.load(overwrite=True)

    assert everything() == before


def test_what_an_editor_wrote_stays(editor):
    topic = Topic.objects.get(slug="kosten")
    TopicText.objects.create(topic=topic, language="nl", version=2, question="Q?", answer="Ons.\n", written_by=editor)

    reference.load(overwrite=True)

    assert topics.find_topic("kosten", language="nl").answer == "Ons.\n"


def test_new_words_of_the_product_become_a_version_where_no_editor_wrote():
    TopicText.objects.filter(topic__slug="kosten", language="nl").update(answer="Oud.\n")

    reference.load()

    newest = TopicText.objects.filter(topic__slug="kosten", language="nl").order_by("-version")[0]
    assert (newest.version, newest.answer == "Oud.\n") == (2, False)


def test_a_way_to_ask_that_the_product_no_longer_has_goes_but_not_that_of_an_editor():
    topic = Topic.objects.get(slug="kosten")
    topic.phrases.create(language="nl", phrase="wat schuift dat van vroeger", is_shipped=True)
    topic.phrases.create(language="nl", phrase="wat schuift dat")

    reference.load()

    assert not topic.phrases.filter(phrase="wat schuift dat van vroeger").exists()
    assert topic.phrases.filter(phrase="wat schuift dat").exists()
    assert Phrase.objects.count() == len(read_rows(reference.DATA / "phrases.csv")) + 1


def test_a_way_to_ask_that_the_product_moved_means_the_other_question():
    moved = Topic.objects.get(slug="hoogte-boete").phrases.filter(language="en")[0]
    Phrase.objects.filter(pk=moved.pk).update(topic=Topic.objects.get(slug="kosten"))

    reference.load()

    assert Phrase.objects.get(language="en", phrase=moved.phrase).topic.slug == "hoogte-boete"


def test_a_language_that_lacks_a_text_has_english_then_dutch():
    TopicText.objects.filter(topic__slug="kosten", language="de").delete()
    assert topics.find_topic("kosten", language="de").language == "en"
    TopicText.objects.filter(topic__slug="kosten", language="en").delete()
    assert topics.find_topic("kosten", language="de").language == "nl"


def test_a_new_rule_stands_in_every_answer_at_once(client, time_machine):
    time_machine.move_to("2026-11-30T12:00Z")
    url = reverse("topic", args=["bestelauto-emissieklasse-5"])
    assert "tot en met 31 december 2026" in client.get(url).content.decode()

    AccessRule.objects.filter(code="V2").update(until=date(2031, 1, 1))

    page = client.get(url).content.decode()
    assert "tot en met 31 december 2030" in page
    assert "Een regel in dit antwoord is veranderd" in page


def test_published_takes_one_query_whatever_their_number(django_assert_num_queries):
    topics.list_published(language="nl")
    with django_assert_num_queries(1):
        before = topics.list_published(language="nl")

    for number in range(20):
        topic = Topic.objects.create(slug=f"extra-{number}", group="basis")
        TopicText.objects.create(topic=topic, language="nl", version=1, question="Q?", answer="A.\n")
    assert len(topics.list_published(language="nl")) == len(before) + 20
    with django_assert_num_queries(1):
        topics.list_published(language="nl")


def test_a_topic_page_tells_when_it_was_read_and_on_what_it_rests(client):
    page = client.get(reverse("topic", args=["bestelauto-emissieklasse-5"])).content.decode()

    for words in ("Voor het laatst door ons nagekeken", "RVV 1990 art. 86e lid 3", "Zie ook"):
        assert words in page
    assert "V2" not in re.sub(r"<[^>]*>", "", page)  # a token of a form may have any letters


@pytest.mark.parametrize("slug", ["nothing", "x" * 60])
def test_a_question_that_does_not_exist_is_not_found(client, slug):
    assert client.get(reverse("topic", args=[slug])).status_code == 404


def test_all_questions_stand_below_their_groups(client):
    page = client.get(reverse("faq")).content.decode()

    for topic in Topic.objects.all():
        assert f'href="{reverse("topic", args=[topic.slug])}"' in page
