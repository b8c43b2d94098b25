"""A conversation about the vehicle that was checked last in this session, and how to leave it."""

from datetime import date

import pytest
from django.urls import reverse

from exemptions.intake.prefill import CHECKED, AccessQuestion
from helpdesk.assistant.intents import is_about_another_vehicle
from helpdesk.assistant.replies import Context, compose_reply
from helpdesk.models import Turn
from tests.looping import each

pytestmark = pytest.mark.django_db

TRUCK = AccessQuestion("TRU01E")


def ask(client, question):
    page = client.post(reverse("assistant"), {"question": question}, follow=True).content.decode()
    return page.rpartition('"assistant-answer"')[2].partition("assistant-label")[0]


def test_it_goes_on_about_the_plate_of_the_question_before(client):
    first = ask(client, "mag TRU-01-E vandaag Utrecht in?")
    then = ask(client, "en in Amsterdam?")
    later = ask(client, "en in 2031?")

    assert ("…-E:" in first, "Utrecht" in first) == (True, True)
    assert ("…-E:" in then, "Amsterdam" in then, "Utrecht" in then) == (True, True, False)
    assert ("…-E:" in later, "Amsterdam" in later, "1 januari 2031" in later) == (True, True, True)


def test_after_another_type_of_vehicle_it_goes_on_about_that_type(client):
    ask(client, "mag TRU-01-E vandaag Utrecht in?")

    assert "…-E:" not in ask(client, "en met een bestelauto van euro 4?")
    assert "…-E:" not in ask(client, "en in Amsterdam?")


def test_a_vehicle_that_was_checked_on_its_page_is_known(client):
    client.post(reverse("access_check"), {"plate": "TRU-01-E", "country": "NL"})

    assert "…-E:" in ask(client, "en in Amsterdam?")


@each(
    "asked, language",
    [
        ("Mag mijn bus Utrecht in?", "nl"),
        ("Can my van enter Utrecht?", "en"),
        ("Darf mein Transporter in die Zone Utrecht?", "de"),
        ("Puis-je entrer à Utrecht avec ma camionnette ?", "fr"),
        ("Czy mogę wjechać do strefy Utrecht?", "pl"),
    ],
)
def test_a_question_about_my_van_is_about_the_vehicle_of_the_session(asked, language):
    reply = compose_reply(asked, language=language, context=Context(vehicle=TRUCK))

    assert "TRU-01-E:" in reply.answer.text


@each(
    "asked, language",
    [
        ("en in Amsterdam?", "nl"),
        ("and in Amsterdam?", "en"),
        ("und in Amsterdam?", "de"),
        ("et à Amsterdam ?", "fr"),
        ("a w Amsterdam?", "pl"),
    ],
)
def test_going_on_is_understood_in_each_language(asked, language):
    reply = compose_reply(asked, language=language, context=Context(["[kenteken] Utrecht?"], vehicle=TRUCK))

    assert ("TRU-01-E:" in reply.answer.text, reply.language) == (True, language)


@each(
    "asked",
    ["Hoe hoog is de boete?", "wat kost een ontheffing voor een vrachtauto in Utrecht?", "en waar vraag ik dat aan?"],
)
def test_any_other_question_is_not_about_it(asked):
    assert "TRU-01-E" not in compose_reply(asked, context=Context(vehicle=TRUCK)).answer.text


def test_a_plate_alone_answers_the_question_before(client):
    ask(client, "Mag mijn bus Utrecht in?")

    said = ask(client, "TRU-01-E")

    assert ("…-E:" in said, "Utrecht" in said, "Amsterdam" in said) == (True, True, False)


def test_what_was_typed_about_the_vehicle_counts():
    typed = {"category": "van", "emission_class": "4", "first_admission": "2010-01-01"}
    foreign = AccessQuestion("WX12345", "PL", date(2026, 1, 1), typed)

    said = compose_reply("en in Utrecht?", context=Context(["Mag [kenteken] Leiden in?"], vehicle=foreign)).answer.text

    assert "WX12345:" in said
    assert "Utrecht, op" in said
    assert "Nee, dit voertuig mag er niet in" in said


def test_the_plate_is_kept_in_the_session_only(client):
    ask(client, "mag TRU-01-E vandaag Utrecht in?")
    ask(client, "en in Amsterdam?")

    assert client.session[CHECKED]["plate"] == "TRU01E"
    assert "TRU" not in str(list(Turn.objects.values_list("question", "answer")))


def test_of_several_plates_none_is_kept(client):
    ask(client, "mogen TRU-01-E en VAN-01-E Utrecht in?")

    assert CHECKED not in client.session
    assert "Wij bewaren geen kentekens" in ask(client, "en in Leiden?")


@each("asked", ["mag B-MW 4711 in Utrecht?", "mag 1-abc-2345 in Utrecht?"])
def test_a_plate_that_cannot_be_looked_up_takes_the_place_of_the_one_before(asked):
    assert compose_reply(asked, context=Context(vehicle=TRUCK)).vehicle is None


# --- Another vehicle -----------------------------------------------------------------------------------


@each(
    "asked",
    [
        "andere auto",
        "En met een ander kenteken?",
        "vergeet mijn kenteken",
        "Another vehicle",
        "forget my plate",
        "Anderes Fahrzeug",
        "Vergiss mein Kennzeichen",
        "Autre véhicule",
        "oubliez ma plaque",
        "Inny pojazd",
        "a inny samochód?",
    ],
)
def test_one_can_ask_to_forget_the_plate(asked):
    assert is_about_another_vehicle(asked)
    assert compose_reply(asked, context=Context(vehicle=TRUCK)).vehicle is None


@each("asked", ["wanneer mag een andere auto erin?", "ik heb een andere auto gekocht, wat nu?", "vergeet je regels"])
def test_a_question_that_asks_more_forgets_nothing(asked):
    assert not is_about_another_vehicle(asked)


def test_the_page_shows_the_plate_and_a_button_that_forgets_it(client):
    assert "Ander voertuig" not in client.get(reverse("assistant")).content.decode()
    ask(client, "mag TRU-01-E vandaag Utrecht in?")
    page = client.get(reverse("assistant")).content.decode()
    assert ("TRU-01-E" in page, 'name="question" value="Ander voertuig"' in page) == (True, True)

    said = ask(client, "Ander voertuig")

    assert "vergeten" in said
    assert CHECKED not in client.session
    assert "Ander voertuig</button>" not in client.get(reverse("assistant")).content.decode()


@each(
    "language, label",
    [("en", "Another vehicle"), ("de", "Anderes Fahrzeug"), ("fr", "Autre véhicule"), ("pl", "Inny pojazd")],
)
def test_the_words_of_the_button_forget_the_plate_in_each_language(client, language, label):
    client.cookies["django_language"] = language
    client.post(reverse("access_check"), {"plate": "TRU-01-E", "country": "NL"})

    assert f'value="{label}"' in client.get(reverse("assistant")).content.decode()
    assert is_about_another_vehicle(label)
