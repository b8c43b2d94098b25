"""The desk: topics of the editors, outages, and advisers of the administrators."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from helpdesk.models import Adviser, Outage, Topic, TopicText
from zones.models import AccessRule, Municipality

pytestmark = pytest.mark.django_db
LIST = "/loket/helpdesk/topic/"


@pytest.fixture
def topic():
    return Topic.objects.get(slug="bestelauto-emissieklasse-5")


def address(topic, name, *more):
    return reverse(f"admin:helpdesk_topic_{name}", args=[topic.pk, *more])


def typed(topic, **other):
    newest = topic.texts.filter(language="nl").order_by("-version")[0]
    return {"question": "Mag Euro 5?", "answer": "Tot {rule:V2:until}.", "version": newest.version, **other}


def test_what_changed_stands_first_with_words(as_editor):
    AccessRule.objects.filter(code="T5").update(until=date(2031, 1, 1))

    page = as_editor.get(LIST)

    rows = page.context["cl"].result_list
    assert rows[0].slug == "vrachtauto-toegang"
    assert "1 januari 2030 → 1 januari 2031" in page.content.decode()


def test_the_list_costs_the_same_for_more_topics(as_editor, django_assert_max_num_queries):
    as_editor.get(LIST)
    with django_assert_max_num_queries(60) as before:
        as_editor.get(LIST)
    for number in range(20):
        extra = Topic.objects.create(slug=f"extra-{number}", group="basis")
        TopicText.objects.create(topic=extra, language="nl", version=1, question="Q?", answer="A.\n")
    as_editor.get(LIST)

    with django_assert_max_num_queries(60) as after:
        as_editor.get(LIST)
    assert len(after) == len(before)


def test_still_right_at_the_desk(as_editor, topic):
    AccessRule.objects.filter(code="V2").update(until=date(2031, 1, 1))
    mark = as_editor.get(address(topic, "change")).context["mark"]

    as_editor.post(address(topic, "review"), {"mark": mark})

    assert "geeft toegang tot" not in as_editor.get(address(topic, "change")).content.decode()


def test_a_rule_that_changed_meanwhile_must_be_read_first(as_editor, topic):
    mark = as_editor.get(address(topic, "change")).context["mark"]
    AccessRule.objects.filter(code="V2").update(until=date(2031, 1, 1))

    page = as_editor.post(address(topic, "review"), {"mark": mark}, follow=True).content.decode()

    assert "Lees het antwoord nog een keer" in page
    topic.refresh_from_db()
    assert topic.reviewed_by is None


def test_a_new_version_stands_on_the_site_at_once(as_editor, topic, client):
    answer = as_editor.post(address(topic, "write", "nl"), typed(topic))

    assert answer.status_code == 302
    page = client.get(reverse("topic", args=[topic.slug])).content.decode()
    assert "Mag Euro 5?" in page
    assert "Tot 1 januari 2027." in page


def test_the_preview_shows_the_facts_and_keeps_nothing(as_editor, topic):
    page = as_editor.post(address(topic, "write", "nl"), typed(topic, action="preview"))

    assert "Tot 1 januari 2027." in page.content.decode()
    assert topic.texts.filter(language="nl").count() == 1


def test_the_pages_of_a_question_name_it_by_its_words(as_editor, topic):
    for name, more in (("write", ["nl"]), ("rest", [])):
        page = as_editor.get(address(topic, name, *more)).content.decode()

        assert f">{topic.texts.get(language='nl').question}</a>" in page
        assert f">{topic.slug}</a>" not in page


def test_the_preview_while_typing(as_editor, topic):
    page = as_editor.post(address(topic, "preview", "en"), {"answer": "Until {rule:V2:until} <script>"})

    assert page.content.decode().strip() == '<p class="utrecht-paragraph">Until 1 January 2027 &lt;script&gt;</p>'


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("Tot {rule:ZZ:until}.", "{rule:ZZ:until}"),
        ("Tot {{ rule:V2:until }}.", "Accolades mogen alleen om een feit"),
        ("Tot {{rule:V2:until}}.", "{{rule:V2:until}}"),
        ("[x](page:nowhere)", "page:nowhere"),
        ("[x](topic:nowhere)", "topic:nowhere"),
        ("", ""),
    ],
)
def test_a_text_that_names_nothing_is_told_and_stays_in_the_form(as_editor, topic, answer, said):
    page = as_editor.post(address(topic, "write", "nl"), typed(topic, answer=answer))

    assert page.status_code == 422
    assert said in str(page.context["form"].errors["answer"])
    assert topic.texts.filter(language="nl").count() == 1


def test_the_second_tab_is_told_and_loses_nothing(as_editor, topic):
    old = typed(topic, answer="Van de tweede.")
    as_editor.post(address(topic, "write", "nl"), typed(topic))

    page = as_editor.post(address(topic, "write", "nl"), old)

    assert page.status_code == 409
    assert "Van de tweede." in page.content.decode()
    assert "Eva Redacteur" in page.content.decode()


def test_a_language_without_a_text_gets_its_first(as_editor, topic):
    TopicText.objects.filter(topic=topic, language="pl").delete()

    as_editor.post(address(topic, "write", "pl"), {"question": "Q?", "answer": "A.", "version": 0})

    assert topic.texts.get(language="pl").version == 1


@pytest.mark.parametrize("language", ["xx", "nl-be"])
def test_a_language_that_we_do_not_have_is_not_found(as_editor, topic, language):
    assert as_editor.get(address(topic, "write", language)).status_code == 404


@pytest.mark.parametrize("object_id", ["0", "abc", "9" * 30])
def test_a_topic_that_does_not_exist_is_not_found(as_editor, object_id):
    assert as_editor.get(f"{LIST}{object_id}/change/").status_code == 404


def test_an_expired_login_loses_no_text(client, login, editor, topic):
    client.post(address(topic, "write", "nl"), typed(topic, answer="Half getypt."))
    client.force_login(editor)

    assert "Half getypt." in client.get(address(topic, "write", "nl")).content.decode()


@pytest.mark.parametrize("name", ["review", "preview"])
def test_who_is_no_editor_sends_nothing(as_reporter, topic, name):
    more = ["nl"] if name == "preview" else []

    assert as_reporter.post(address(topic, name, *more), {"mark": "x", "answer": "x"}).status_code == 403


# --- Outages and advisers -----------------------------------------------------------------------------------


def test_an_outage_is_noted_under_a_name_and_ended(as_editor, editor, client):
    began = timezone.localtime() - timedelta(hours=1)
    as_editor.post(
        "/loket/helpdesk/outage/add/",
        {"began_at": f"{began:%Y-%m-%dT%H:%M}", "what_nl": "Stuk.", "what_en": "Broken."},
    )
    outage = Outage.objects.get()
    assert (outage.noted_by, outage.ended_at) == (editor, None)

    as_editor.post("/loket/helpdesk/outage/", {"action": "end", "_selected_action": [outage.pk]})

    outage.refresh_from_db()
    assert outage.ended_at is not None
    assert LogEntry.objects.filter(object_id=outage.pk, user=editor).count() == 2
    assert "Stuk." in client.get(reverse("outages")).content.decode()
    assert f"{timezone.localtime(outage.began_at):%H:%M}" in str(outage)


def test_an_end_before_the_beginning_is_told(as_editor):
    now = timezone.localtime()
    before = now - timedelta(days=1)
    page = as_editor.post(
        "/loket/helpdesk/outage/add/",
        {"began_at": f"{now:%Y-%m-%dT12:00}", "ended_at": f"{before:%Y-%m-%dT12:00}", "what_nl": "x", "what_en": "x"},
    )

    assert "na het begin" in page.content.decode()
    assert not Outage.objects.exists()


def test_ending_again_keeps_the_first_end(as_editor):
    now = timezone.now()
    outage = Outage.objects.create(
        began_at=now - timedelta(days=2), ended_at=now - timedelta(days=1), what_nl="x", what_en="x"
    )

    as_editor.post("/loket/helpdesk/outage/", {"action": "end", "_selected_action": [outage.pk]})

    before = outage.ended_at
    outage.refresh_from_db()
    assert outage.ended_at == before


def test_the_administrator_keeps_the_advisers(as_administrator):
    place = Municipality.objects.get(name="Utrecht")

    as_administrator.post(
        "/loket/helpdesk/adviser/add/", {"municipality": place.pk, "name": "Lotte", "email": "l@example.org"}
    )

    assert Adviser.objects.get().email == "l@example.org"
