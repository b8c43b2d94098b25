"""A question that goes on with the one before it, one question back, and the values of what is named."""

from datetime import date

import pytest
from django.urls import reverse

from helpdesk.assistant import replies, values
from helpdesk.assistant.follow_ups import complete_question
from helpdesk.assistant.intents import judge_scores
from helpdesk.assistant.matcher import Match
from helpdesk.assistant.replies import Context, compose_reply, is_undecided
from helpdesk.models import Question
from tests.looping import each

pytestmark = pytest.mark.django_db


def ask(client, question):
    return client.post(reverse("assistant"), {"question": question}, follow=True).content.decode()


# --- Going on ------------------------------------------------------------------------------------------


@each(
    "before, asked, meant",
    [
        ("Hoe hoog is de boete met een bus?", "en met een vrachtwagen?", "hoe hoog is de boete met een vrachtwagen?"),
        ("Vanaf wanneer beboet Leiden?", "en in Utrecht?", "vanaf wanneer beboet utrecht?"),
        ("How much is the fine?", "and with a lorry?", "how much is the fine with a lorry?"),
        ("Darf ein Transporter mit Euro 5 rein?", "und mit Euro 6?", "darf ein transporter mit euro 6 rein?"),
        ("Combien coûte l'amende ?", "et pour un camion ?", "combien coute l'amende pour un camion?"),
        ("Ile wynosi mandat?", "a dla ciężarówki?", "ile wynosi mandat dla ciezarowki?"),
        ("Mag een euro 5 bus erin?", "en in 2028?", "mag een euro 5 bus erin in 2028?"),
        ("Mag [kenteken] in Utrecht?", "en een vrachtauto?", "mag vrachtauto in utrecht?"),
    ],
)
def test_what_is_named_takes_the_place_of_what_was_named_before(before, asked, meant):
    assert complete_question(asked, [before]) == meant


@each(
    "asked", ["en waar vraag ik dat aan?", "en op zondag?", "wat kost een ontheffing voor een vrachtauto in Utrecht?"]
)
def test_a_question_that_asks_something_stands_alone(asked):
    assert complete_question(asked, ["Hoe hoog is de boete?"]) == asked


def test_the_first_question_of_a_conversation_stands_alone():
    assert complete_question("en in Utrecht?", []) == "en in Utrecht?"


def test_a_conversation_goes_on_for_several_questions(client):
    ask(client, "Hoe hoog is de boete met een bestelauto?")

    assert "€\xa0310" in ask(client, "en met een vrachtwagen?").rpartition("assistant-answer")[2]
    assert "In Leiden kunt u sinds" in ask(client, "en in Leiden?").rpartition("assistant-answer")[2]


# --- Asking back ---------------------------------------------------------------------------------------


def test_where_two_topics_are_as_likely_it_asks_which():
    assert is_undecided(judge_scores([Match("kosten", 0.3), Match("betalen", 0.25)]))
    assert not is_undecided(judge_scores([Match("kosten", 0.3), Match("betalen", 0.15)]))


def test_it_asks_back_once(client, monkeypatch):
    monkeypatch.setattr(replies, "AS_LIKELY", 1.0)
    asked = "kan ik binnen twee dagen weer een bekeuring krijgen"

    assert compose_reply(asked).answer.choices
    assert compose_reply(asked, context=Context([asked], asked_back=True)).answer.topics


def test_a_choice_is_a_button_that_needs_no_script(client, monkeypatch):
    monkeypatch.setattr(replies, "AS_LIKELY", 1.0)
    page = ask(client, "kan ik binnen twee dagen weer een bekeuring krijgen")

    assert "Welke van deze twee vragen bedoelt u?" in page
    assert 'name="question" value="Hoe hoog is de boete?"' in page


def test_what_was_named_before_the_choice_still_counts():
    context = Context(["kan ik weer een bekeuring krijgen met een vrachtwagen"], asked_back=True)

    assert "De boete voor een vrachtauto" in compose_reply("Hoe hoog is de boete?", context=context).answer.text


# --- Values --------------------------------------------------------------------------------------------


@each(
    "asked, words",
    [
        ("Hoe hoog is de boete met een vrachtwagen?", "De boete voor een vrachtauto is €\xa0310"),
        ("Hoe hoog is de boete voor een busje in Leiden?", "In Leiden kunt u sinds 1 augustus 2025 een boete krijgen"),
        ("How much is the fine for a lorry?", "The fine for a truck is €\xa0310 (amount of 2025)"),
        ("Mag een bestelauto met euro 5 in Breda?", "In Breda is nu geen zero-emissiezone"),
    ],
)
def test_an_answer_has_the_values_of_what_was_named(asked, words):
    assert words in compose_reply(asked).answer.text


@each("day, words", [("1 maart 2028", "niet meer in de zone"), ("31 december 2026", "nog in de zone")])
def test_of_a_class_it_says_what_holds_on_the_day(day, words):
    asked = f"Mag mijn euro 5 bus op {day} erin?"

    said = values.describe_class_on_day("bestelauto-emissieklasse-5", asked, today=date(2026, 12, 1))

    assert words in said
    assert day in said


# --- To a person ---------------------------------------------------------------------------------------


def test_a_person_gets_everything_that_was_typed(client):
    ask(client, "Hoe hoog is de boete?")
    ask(client, "en met een vrachtwagen?")

    page = client.get(reverse("assistant_hand_over")).content.decode()

    assert "Hoe hoog is de boete?\nen met een vrachtwagen?" in page
    assert not Question.objects.exists()


def test_who_asks_too_often_reads_so_in_the_part_that_htmx_takes(client):
    for number in range(15):
        client.post(reverse("assistant"), {"question": f"vraag {number}"})

    page = client.post(reverse("assistant"), {"question": "nog een"}, headers={"HX-Request": "true"})

    assert page.status_code == 429
    assert "veel vragen" in page.content.decode().partition('id="conversation"')[2]
