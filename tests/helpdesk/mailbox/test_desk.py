"""The editors at their desk: what waits, one question, and each step; whoever comes second gets a message."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.desk.conflict import seen_now
from casework.models import Message
from helpdesk.mailbox import attachments
from helpdesk.mailbox.parts import File
from helpdesk.mailbox.questions import open_question
from helpdesk.models import Conversation, Question, Topic, TopicText, Turn
from tests import given
from tests.helpdesk.mailbox.editing import answered
from tests.portal.files import DOCX, PDF

pytestmark = pytest.mark.django_db
SEND = {"action": "send"}


def ask(text: str = "Mag ik erin?", **about: object) -> Question:
    """Somebody asked."""
    files = attachments.check_files([File(name, content) for name, content in about.pop("files", ())])  # type: ignore[attr-defined]
    values = {"channel": "form", "email": "anna@example.org", "subject": text, "text": text, "files": files, **about}
    return open_question(**values)  # type: ignore[arg-type]


def page_of(question: Question) -> str:
    return f"/loket/vragen/{question.number}/"


@pytest.fixture
def desk(login, editor):
    return login(editor)


def test_the_oldest_waits_on_top_and_the_start_page_counts(desk):
    first, second = ask("De eerste"), ask("De tweede")
    Question.objects.filter(pk=second.pk).update(changed_at=timezone.localtime() - timedelta(days=3))

    page = desk.get("/loket/vragen/").content.decode()
    assert page.index(second.number) < page.index(first.number)
    assert '<span class="desk-lists__count">2</span>' in desk.get("/loket/").content.decode()


def test_lists_topics_and_words_are_ways_to_find_a_question(desk):
    topic = Topic.objects.order_by("pk")[0]
    spam, about, other = ask("Koop", is_spam=True), ask("Over iets"), ask("Een zeldzaam woord: kwinkeleren")
    Question.objects.filter(pk=about.pk).update(topic=topic)
    Question.objects.filter(pk=other.pk).update(suggested_topic=None)

    assert spam.number in desk.get("/loket/vragen/?list=spam").content.decode()
    filtered = desk.get(f"/loket/vragen/?topic={topic.slug}").content.decode()
    assert (about.number in filtered, other.number in filtered) == (True, False)
    searched = desk.post("/loket/vragen/", {"q": "KWINKELEREN"}, follow=True).content.decode()
    assert (other.number in searched, about.number in searched) == (True, False)


def test_a_longer_list_asks_no_more_of_the_database(desk, django_assert_max_num_queries):
    for number in range(3):
        ask(f"Vraag {number}")
    with django_assert_max_num_queries(30) as few:
        desk.get("/loket/vragen/")
    for number in range(20):
        ask(f"Nog een {number}")
    with django_assert_max_num_queries(len(few)):
        desk.get("/loket/vragen/")


def test_a_longer_thread_asks_no_more_of_the_database(desk, receive, django_assert_max_num_queries):
    question = ask()
    desk.get(page_of(question))
    with django_assert_max_num_queries(40) as few:
        desk.get(page_of(question))
    for number in range(12):
        mail = question.mails.create(direction="in", message_id=f"<{number}@x>", text="Nog iets")
        attachments.store_files(mail, attachments.check_files([File("a.pdf", PDF)]))
    with django_assert_max_num_queries(len(few)):
        desk.get(page_of(question))


def test_an_answer_goes_out_with_topic_and_tone(desk, editor):
    question, topic = ask(), Topic.objects.order_by("pk")[0]
    sent = {
        "answer-answer": "Ja, dat mag {x}.",
        "answer-topic": topic.pk,
        "answer-tone": "practical",
        "seen": seen_now(question),
        **SEND,
    }

    desk.post(f"{page_of(question)}answer/", sent)

    question.refresh_from_db()
    assert (question.status, question.topic, question.tone) == ("answered", topic, "practical")
    assert (question.handled_by, question.answered_at is None) == (editor, False)
    assert "Ja, dat mag {x}." in Message.objects.get(kind="mail_question_answered").body


def test_no_text_goes_out_that_nobody_chose(desk):
    question, topic = ask("Hoe hoog is de boete?"), Topic.objects.get(slug="hoogte-boete")
    Question.objects.filter(pk=question.pk).update(suggested_topic=topic)

    page = desk.get(page_of(question))

    assert page.context["answer_form"]["answer"].value() in (None, "")
    assert "Gebruik deze tekst" in page.content.decode()


def test_a_text_of_the_site_is_put_below_what_was_written_in_the_language_of_the_sender(desk):
    question, topic = ask(language="en"), Topic.objects.order_by("pk")[0]
    TopicText.objects.create(topic=topic, language="en", version=99, question="May I?", answer="You **may**.")
    typed = {"answer-answer": "Hello Anna,", "answer-tone": "practical", "seen": seen_now(question)}

    page = desk.post(f"{page_of(question)}answer/", {**typed, "use": topic.slug})

    form = page.context["answer_form"]
    assert form["answer"].value().startswith("Hello Anna,\n\nYou may.")
    assert (form["topic"].value(), form["tone"].value()) == (topic.pk, "practical")
    assert not Message.objects.filter(kind="mail_question_answered").exists()


def test_an_answer_is_looked_at_before_it_is_sent(desk):
    question = ask(language="en")
    typed = {"answer-answer": "Yes, you may.", "answer-tone": "practical", "seen": seen_now(question)}

    page = desk.post(f"{page_of(question)}answer/", typed)

    shown = page.content.decode()
    assert all(said in shown for said in ("anna@example.org", "Yes, you may.", question.number, "in het Engels"))
    assert not Message.objects.filter(kind="mail_question_answered").exists()
    changed = desk.post(f"{page_of(question)}answer/", {**typed, "action": "change"})
    assert changed.context["answer_form"]["answer"].value() == "Yes, you may."


def test_what_is_shown_is_what_goes_out(desk):
    question = ask()
    typed = {"answer-answer": "Ja, dat mag.", "answer-tone": "practical", "seen": seen_now(question)}

    shown = desk.post(f"{page_of(question)}answer/", typed).context["mail"]
    desk.post(f"{page_of(question)}answer/", {**typed, **SEND})

    sent = Message.objects.get(kind="mail_question_answered")
    assert (sent.subject, sent.body) == (shown.subject, shown.body)


def test_a_question_that_changed_meanwhile_is_told_before_the_preview(desk):
    question = ask()
    typed = {"answer-answer": "Ja, dat mag.", "answer-tone": "practical", "seen": seen_now(question)}
    question.receive(by=None, at=timezone.now())

    assert desk.post(f"{page_of(question)}answer/", typed).status_code == 409


def test_an_empty_answer_is_not_sent_and_says_so(desk):
    question = ask()
    response = desk.post(f"{page_of(question)}answer/", {"answer-answer": " ", "answer-tone": ""})

    assert response.status_code == 422
    assert 'href="#id_answer-answer"' in response.content.decode()
    assert not Message.objects.filter(kind="mail_question_answered").exists()


def test_of_two_editors_the_second_reads_what_happened_and_keeps_what_they_typed(desk, login, reporter):
    question = ask()
    sent = {"answer-answer": "Het eerste antwoord", "answer-tone": "informing", "seen": seen_now(question), **SEND}
    desk.post(f"{page_of(question)}answer/", sent)

    late = desk.post(f"{page_of(question)}answer/", {**sent, "answer-answer": "Het tweede antwoord"})

    assert late.status_code == 409
    assert "Het tweede antwoord" in late.content.decode()
    assert Message.objects.filter(kind="mail_question_answered").count() == 1


def test_a_button_that_is_clicked_twice_does_one_thing(desk):
    question = ask()
    sent = {"answer-answer": "Een antwoord", "answer-tone": "informing", "seen": seen_now(question), **SEND}
    answers = [desk.post(f"{page_of(question)}answer/", sent) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Message.objects.filter(kind="mail_question_answered").count() == 1


def test_a_second_answer_that_is_clicked_twice_goes_out_once(desk, editor):
    question = ask()
    answered(question, "Ja.", by=editor)
    sent = {"answer-answer": "Ook morgen.", "answer-tone": "informing", "seen": seen_now(question), **SEND}

    assert [desk.post(f"{page_of(question)}answer/", sent).status_code for _click in range(2)] == [302, 302]
    assert Message.objects.filter(body__contains="Ook morgen.").count() == 1


def test_after_a_conflict_one_goes_on_with_ones_own_text(desk):
    question = ask()
    typed = {"answer-answer": "Ja, dat mag.", "answer-tone": "practical", "seen": seen_now(question)}
    question.receive(by=None, at=timezone.now())
    late = desk.post(f"{page_of(question)}answer/", {**typed, **SEND})

    assert ("Toon", "praktische vraag") in late.context["typed"]
    sent = {**dict(late.context["sent"]), "seen": late.context["seen"], "action": "change"}
    page = desk.post(f"{page_of(question)}answer/", sent)
    assert page.context["answer_form"]["answer"].value() == "Ja, dat mag."


def test_what_happened_to_a_question_stands_on_its_page(desk, editor):
    question = ask()
    question.close(by=editor)

    lines = desk.get(page_of(question)).context["timeline"]
    assert [(line.what, line.who) for line in lines] == [
        ("Gesloten zonder antwoord", str(editor)),
        ("Bericht ontvangen", "het systeem"),
    ]


def test_a_mail_that_comes_in_while_somebody_answers_is_not_passed_over(desk):
    question = ask()
    seen = seen_now(question)
    question.receive(by=None, at=timezone.now())

    late = desk.post(f"{page_of(question)}close/", {"seen": seen})

    assert late.status_code == 409


def test_close_spam_and_reopen(desk):
    question = ask()
    for verb, status in (("close", "closed"), ("reopen", "open"), ("mark_as_spam", "spam"), ("reopen", "open")):
        question.refresh_from_db()
        desk.post(f"{page_of(question)}{verb}/", {"seen": seen_now(question)})
        question.refresh_from_db()
        assert question.status == status


def test_an_editor_files_a_question_by_hand_and_a_wrong_number_is_told(desk, applicant):
    case, question = given.filed(by=applicant), ask()
    wrong = desk.post(f"{page_of(question)}file/", {"file-dossier": "ZES-2020-000001", "seen": seen_now(question)})
    desk.post(f"{page_of(question)}file/", {"file-dossier": case.dossier.number, "seen": seen_now(question)})

    question.refresh_from_db()
    assert (wrong.status_code, question.case_dossier) == (422, case.dossier)


def test_a_named_dossier_is_a_hint_for_the_editor(desk, applicant):
    case = given.filed(by=applicant)
    question = ask(named_dossier=case.dossier.number, email="sven@example.org")

    assert "niet bekend" in desk.get(page_of(question)).content.decode()


def test_the_conversation_with_the_assistant_stands_beside_it(desk):
    conversation = Conversation.objects.create(language="nl")
    Turn.objects.create(conversation=conversation, number=1, question="Wat kost het?", answer="Dat weet ik niet.")

    page = desk.get(page_of(ask(channel="assistant", conversation=conversation))).content.decode()

    assert "Wat kost het?" in page
    assert "Dat weet ik niet." in page


def test_markup_in_a_mail_is_shown_as_words(desk):
    page = desk.get(page_of(ask("<script>alert(1)</script>", name="<b>Anna"))).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_files_are_for_editors_only_and_can_do_nothing(desk, as_caseworker, client):
    question = ask(files=[("kaart.pdf", PDF), ("tekst.docx", DOCX)])
    shown, saved = question.mails.get(direction="in").attachments.order_by("pk")
    address = f"{page_of(question)}bijlagen/"

    picture, document = desk.get(f"{address}{shown.pk}/"), desk.get(f"{address}{saved.pk}/")
    assert b"".join(picture.streaming_content) == PDF
    assert picture["X-Content-Type-Options"] == "nosniff"
    assert document["Content-Disposition"].startswith("attachment")
    assert [browser.get(f"{address}{shown.pk}/").status_code for browser in (as_caseworker, client)] == [404, 302]
    assert desk.get(f"{page_of(ask())}bijlagen/{shown.pk}/").status_code == 404


def test_an_answer_that_meets_an_expired_login_is_there_again_after_it(client, editor):
    question = ask()
    typed = {"answer-answer": "Ja, tot 2030.", "seen": seen_now(question), "answer-tone": "informing"}
    address = f"{page_of(question)}answer/"
    client.post(address, typed)
    client.force_login(editor)

    page = client.get(address).content.decode()

    assert "Ja, tot 2030." in page
    assert client.get(address).url == page_of(question)
    assert not Message.objects.filter(kind="mail_question_answered").exists()


def test_the_suggested_answer_has_addresses_that_one_can_follow(desk, settings):
    text = TopicText.objects.filter(language="en", answer__contains="(page:").first()
    question = ask(language="en")
    Question.objects.filter(pk=question.pk).update(suggested_topic=text.topic)

    page = desk.get(page_of(question)).content.decode()

    assert "(page:" not in page
    assert "You can read more here" in page
    assert settings.SITE_URL in page


def test_the_list_says_how_long_a_question_waits(desk):
    question = ask()
    Question.objects.filter(pk=question.pk).update(changed_at=timezone.localtime() - timedelta(days=9))

    assert "wacht 1\xa0week, 2\xa0dagen" in desk.get("/loket/vragen/").content.decode()


def test_no_verb_but_those_and_never_by_following_a_link(desk):
    question = ask()

    assert desk.post(f"{page_of(question)}destroy/", {"seen": seen_now(question)}).status_code == 404
    assert desk.get(f"{page_of(question)}mark_as_spam/").url == page_of(question)
