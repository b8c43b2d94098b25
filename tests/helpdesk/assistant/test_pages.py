"""The page of the assistant, and that of the editors."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from helpdesk.assistant import months
from helpdesk.models import Conversation, MonthOfConversations, Phrase, Question, Turn
from tests import given

pytestmark = pytest.mark.django_db


def ask(client, question):
    return client.post(reverse("assistant"), {"question": question}, follow=True)


def test_it_says_that_it_is_a_machine(client):
    assert "een computer" in client.get(reverse("assistant")).content.decode()


def test_an_answer_stands_on_the_page_with_its_source(client):
    page = ask(client, "wat kost een dagontheffing").content.decode()

    assert 'href="/vragen/kosten/"' in page
    assert "wat kost een dagontheffing" in page


def test_a_stranger_does_not_see_the_conversation(client, as_applicant):
    ask(client, "wat kost een dagontheffing")

    assert "wat kost een dagontheffing" not in as_applicant.get(reverse("assistant")).content.decode()


def test_no_plate_and_no_name_is_kept(client):
    ask(client, "ik heet Jan de Vries, mag TRU-01-E volgend jaar Utrecht in?")

    turn = Turn.objects.get()
    assert "TRU" not in turn.question + turn.answer
    assert "…-E:" in turn.answer
    assert "Vries" not in turn.question


def test_what_is_told_of_ones_own_case_is_shown_and_not_kept(as_applicant, applicant, caseworker):
    mine = given.waiting(by=applicant, desk=caseworker)

    page = ask(as_applicant, "wat is de status van mijn aanvraag").content.decode()

    assert str(mine.dossier) in page
    assert Turn.objects.get().answer == ""


@pytest.mark.parametrize("typed", ["{}", "{} graag", "zes{}"])
def test_of_many_cases_the_one_whose_number_was_typed_is_told(as_applicant, applicant, typed):
    cases = [given.filed(by=applicant, plate=f"VX10{number}Z") for number in range(5)]
    asked, number = cases[2], str(cases[2].dossier)
    typed = typed.format(number.removeprefix("ZES") if typed.startswith("zes") else number)

    page = ask(as_applicant, f"wat is de status van mijn aanvraag {typed}").content.decode()

    answer = page.split("assistant-answer", 1)[1].split("assistant-label", 1)[0]
    assert [str(one.dossier) in answer for one in cases] == [one == asked for one in cases]
    assert number not in Turn.objects.get().question


def test_the_number_of_somebody_elses_case_tells_nothing_of_it(as_applicant, applicant, stranger):
    given.filed(by=applicant)
    other = given.filed(by=stranger, plate="V009AA")

    page = ask(as_applicant, f"wat is de status van mijn aanvraag {other.dossier}").content.decode()

    assert str(other.dossier) not in page


@pytest.mark.parametrize(
    ("question", "status"), [("", 422), ("   ", 422), ("???", 422), ("a" * 1001, 422), ("x " * 5000, 422)]
)
def test_what_is_no_question_is_refused_and_kept_in_the_form(client, question, status):
    answer = client.post(reverse("assistant"), {"question": question})

    assert answer.status_code == status
    assert question.strip() in answer.content.decode()
    assert not Turn.objects.exists()


def test_markup_is_text(client):
    page = ask(client, "<script>alert(1)</script> wat kost een ontheffing").content.decode()

    assert "<script>alert(1)" not in page


def test_who_asks_too_often_waits(client):
    answers = [client.post(reverse("assistant"), {"question": f"vraag {number}"}).status_code for number in range(16)]

    assert answers[-1] == 429


def test_saying_that_it_helped(client):
    ask(client, "wat kost een dagontheffing")

    client.post(reverse("assistant_helped"), {"turn": "1", "helped": "yes"})

    assert Turn.objects.get().helped is True


@pytest.mark.parametrize(
    "sent", [{}, {"turn": "x", "helped": "yes"}, {"turn": "9", "helped": "yes"}, {"turn": "1", "helped": "ja"}]
)
def test_only_an_answer_of_ones_own_can_be_judged(client, sent):
    ask(client, "wat kost een dagontheffing")

    assert client.post(reverse("assistant_helped"), sent).status_code == 404


def test_a_person_gets_the_conversation_once(client):
    ask(client, "wat voor weer wordt het")
    key = "0b0a3a52-6f0e-4b53-9a11-0c1f0a1b2c3d"
    sent = {"email": "jan@example.org", "name": "Jan", "text": "En nu?", "key": key}

    for _click in range(2):
        client.post(reverse("assistant_hand_over"), sent)

    question = Question.objects.get()
    assert question.channel == Question.Channel.ASSISTANT
    assert question.conversation == Conversation.objects.get()
    assert question.conversation.handed_over_at


# --- Months -------------------------------------------------------------------------------------------


def ended(**ago):
    Conversation.objects.update(last_at=timezone.now() - timedelta(**ago), began_at=timezone.now() - timedelta(**ago))


def test_a_conversation_counts_once_and_its_numbers_stay(client):
    ask(client, "wat kost een dagontheffing")
    client.post(reverse("assistant_helped"), {"turn": "1", "helped": "no"})
    ended(days=40)

    for _night in range(2):
        months.count_ended(now=timezone.now())
        months.remove_old(now=timezone.now())

    assert not Conversation.objects.exists()
    rows = {row.topic: (row.conversations, row.questions, row.not_helped) for row in MonthOfConversations.objects.all()}
    assert rows == {"": (1, 1, 1), "kosten": (1, 1, 1)}


def test_a_conversation_that_goes_on_is_not_counted(client):
    ask(client, "wat kost een dagontheffing")

    assert months.count_ended(now=timezone.now()) == 0


def test_after_it_was_counted_another_conversation_begins(client):
    ask(client, "wat kost een dagontheffing")
    ended(hours=5)
    months.count_ended(now=timezone.now())
    ask(client, "hoe hoog is de boete")

    assert Conversation.objects.count() == 2


# --- Desk ----------------------------------------------------------------------------------------------


def test_editors_see_what_was_not_known_and_teach_it(client, as_editor):
    ask(client, "Flapdrol wibra kwik")
    assert "flapdrol wibra kwik" in as_editor.get(reverse("assistant_desk")).content.decode()

    sent = {"phrase": "flapdrol wibra kwik", "language": "nl", "topic": "kosten"}
    as_editor.post(reverse("assistant_desk"), sent)
    as_editor.post(reverse("assistant_desk"), sent)

    assert not Phrase.objects.get(phrase="flapdrol wibra kwik").is_shipped
    assert "flapdrol wibra kwik" not in as_editor.get(reverse("assistant_desk")).content.decode()


def test_one_phrase_means_one_topic(as_editor):
    Phrase.objects.create(topic=Phrase.objects.first().topic, language="nl", phrase="iets eigens")
    other = Phrase.objects.exclude(topic__phrases__phrase="iets eigens").first().topic

    sent = {"phrase": "iets eigens", "language": "nl", "topic": other.slug}

    assert as_editor.post(reverse("assistant_desk"), sent).status_code == 422


def test_the_desk_asks_as_often_whatever_there_is(as_editor, client, django_assert_num_queries):
    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as found:
            as_editor.get(reverse("assistant_desk"))
        return len(found)

    ask(client, "flapdrol een")
    queries()
    few = queries()
    for number in range(8):
        ask(client, f"flapdrol {number} wibra")

    assert queries() == few
