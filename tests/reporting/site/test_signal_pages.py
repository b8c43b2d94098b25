"""The pages of the signals of branch organisations: the list, the form, and who comes second."""

from dataclasses import replace
from datetime import date

import pytest

from reporting.models import BranchSignal
from reporting.site.signals import services
from tests.reporting.site.test_signals import SAID

pytestmark = pytest.mark.django_db

LIST, NEW = "/cijfers/signalen/", "/cijfers/signalen/nieuw/"


def typed(**given):
    """What a browser sends."""
    return {**{name: str(value) for name, value in vars(SAID).items()}, **given}


def address(signal, step=""):
    return f"{LIST}{signal.pk}/{step}"


def test_a_signal_is_noted_changed_and_withdrawn_on_its_pages(as_editor):
    as_editor.post(NEW, typed(organisation=" Bond  van Vervoerders "))
    signal = BranchSignal.objects.get()
    as_editor.post(address(signal), typed(topic="Netcongestie"))
    newest = BranchSignal.objects.standing().get()
    as_editor.post(address(newest, "intrekken/"))

    assert (services.read_signal(signal), newest.topic) == (SAID, "Netcongestie")
    page = as_editor.get(address(newest))
    assert [one.topic for one in page.context["history"]] == ["Netcongestie", "Laadinfrastructuur"]
    assert "This signal was withdrawn" in page.content.decode()


def test_an_older_signal_leads_to_the_one_that_stands(as_editor, editor):
    old = services.note_signal(said=SAID, by=editor)
    newest = services.change_signal(old, said=replace(SAID, text="Geen stroom."), by=editor)

    page = as_editor.get(address(old)).content.decode()

    assert address(newest) in page
    assert "<textarea" not in page


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"organisation": " "}, "organisation", "which organisation"),
        ({"topic": "x" * 201}, "topic", "at most 200"),
        ({"text": ""}, "text", "what they ask attention for"),
        ({"text": "x" * 4001}, "text", "at most 4000"),
        ({"text": "a\0b"}, "text", "Null"),
        ({"first": "2025-08-01"}, "last", "before the first day"),
        ({"first": ""}, "first", "Fill in this day"),
        ({"last": "1025-07-31"}, "last", "The year 1025 cannot be right"),
        ({"last": "9999-07-31"}, "last", "The year 9999 cannot be right"),
        ({"first": "gisteren"}, "first", "date"),
    ],
)
def test_a_wrong_field_gets_a_sentence_and_keeps_what_was_typed(as_editor, wrong, field, sentence):
    page = as_editor.post(NEW, typed(**wrong))

    assert sentence in page.context["form"].errors[field][0]
    assert page.context["form"]["organisation"].value() == wrong.get("organisation", SAID.organisation)
    assert not BranchSignal.objects.exists()


def test_an_old_page_changes_nothing_and_gives_back_what_was_typed(as_editor, editor, reporter):
    signal = services.note_signal(said=SAID, by=editor)
    services.change_signal(signal, said=replace(SAID, text="Geen stroom."), by=reporter)

    page = as_editor.post(address(signal), typed(text="Veel te weinig palen."))

    assert page.status_code == 409
    assert "Rik Rapporteur changed this signal" in page.content.decode()
    assert "Veel te weinig palen." in page.content.decode()
    assert BranchSignal.objects.standing().get().text == "Geen stroom."


def test_who_withdraws_second_is_told_who_was_first(as_editor, editor, reporter):
    signal = services.note_signal(said=SAID, by=editor)
    services.withdraw_signal(signal, by=reporter)

    page = as_editor.post(address(signal, "intrekken/"))

    assert page.status_code == 409
    assert "Rik Rapporteur withdrew this signal" in page.content.decode()
    assert BranchSignal.objects.get().withdrawn_by == reporter


def test_the_list_has_what_stands_of_a_period_and_a_topic(as_editor, editor):
    early = services.note_signal(said=replace(SAID, first=date(2025, 1, 1), last=date(2025, 2, 28)), by=editor)
    power = services.note_signal(said=replace(SAID, topic="Netcongestie"), by=editor)
    services.withdraw_signal(services.note_signal(said=replace(SAID, topic="Parkeren"), by=editor), by=editor)

    def listed(**asked):
        return list(as_editor.get(LIST, asked).context["page_obj"])

    assert listed() == [power, early]
    assert listed(last="2025-02-28") == [early]
    assert listed(first="2025-03-01", topic="Netcongestie") == [power]
    assert listed(topic="Parkeren") == [power, early]


@pytest.mark.parametrize(
    "value", ["a\0b", "9" * 5000, "-1", "²", "0001-01-01", "9999-12-31", "<script>alert(1)</script>"]
)
def test_what_no_honest_browser_sends_is_met_with_a_page(as_editor, editor, value):
    signal = services.note_signal(said=SAID, by=editor)

    asked = as_editor.get(LIST, dict.fromkeys(("first", "last", "topic", "page"), value))
    sent = [as_editor.post(where, dict.fromkeys(vars(SAID), value)) for where in (NEW, address(signal))]

    assert [answer.status_code for answer in sent] == [200, 200]
    assert asked.status_code == (400 if "\0" in value else 200)
    assert "<script>alert" not in asked.content.decode()


def test_a_signal_that_does_not_exist(as_editor):
    assert [as_editor.get(f"{LIST}{path}").status_code for path in ("0/", "0/intrekken/", f"{'9' * 30}/")] == [404] * 3


def test_what_was_typed_survives_an_expired_login(client, editor):
    client.post(NEW, typed(text="Lang verhaal."))
    client.force_login(editor)

    assert client.get(NEW).context["form"]["text"].value() == "Lang verhaal."


def test_the_number_of_queries_does_not_grow(as_editor, editor, reporter, django_assert_max_num_queries):
    for number in range(30):
        signal = services.note_signal(
            said=replace(SAID, topic=f"Onderwerp {number}"), by=(editor, reporter)[number % 2]
        )
    for number in range(10):
        signal = services.change_signal(
            signal, said=replace(SAID, text=f"Keer {number}."), by=(editor, reporter)[number % 2]
        )

    for where, most in ((LIST, 9), (f"{LIST}?page=2", 9), (address(signal), 10)):
        with django_assert_max_num_queries(most):
            as_editor.get(where)
