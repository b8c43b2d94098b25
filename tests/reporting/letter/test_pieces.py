"""Words of the letter are edited without code: figures and choices are shown between them as one reads them."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from reporting.letter import lifecycle, pieces
from reporting.letter.chapters import CHAPTERS
from tests.reporting.letter.doors import address, edit

pytestmark = pytest.mark.django_db
TEXT = "Er zijn {{ R01.national }} aanvragen.\n\n{% if R01.day|missing %}Geen dagen.{% else %}Wel dagen.{% endif %}"


CODES = (
    "{% if R01.national|rises %}",
    "{% elif R01.national|falls %}",
    "{% else %}",
    "{% endif %}",
    "{{ R01.all }}",
    "{# x #}",
)
ANY_TEXT = st.lists(st.sampled_from(CODES) | st.text(st.characters(exclude_characters="\r"))).map("".join)


def page_of(client: Client, report):
    return client.get(address(report, "letter_block", "zones"))


def send(client: Client, report, source: str, action: str = "keep", **words: str):
    data = {"source": source, "seen": report.stamp("zones"), "action": action, **words}
    return client.post(address(report, "letter_block", "zones"), data)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one.slug)
def test_the_pieces_of_a_standard_text_are_that_text(chapter):
    assert "".join(one.source for one in pieces.split_into_pieces(chapter.standard, {}, {})) == chapter.standard
    assert pieces.replace_words(chapter.standard, {}) == chapter.standard


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda one: one.slug)
def test_sending_a_standard_text_as_it_is_changes_no_sign(chapter):
    shown = enumerate(pieces.split_into_pieces(chapter.standard, {}, {}))
    typed = {f"words-{place}": one.words for place, one in shown if one.is_editable}

    assert pieces.replace_words(chapter.standard, typed) == chapter.standard


@given(ANY_TEXT)
def test_any_text_comes_back_from_its_pieces_sign_for_sign(text: str):
    shown = enumerate(pieces.split_into_pieces(text, {}, {}))
    typed = {f"words-{place}": one.words for place, one in shown if one.is_editable}

    assert pieces.replace_words(text, typed) == text


def test_a_figure_shows_its_number_and_what_it_counts(as_reporter: Client, report):
    edit(as_reporter, report, TEXT)

    figure, *choices = [one for one in page_of(as_reporter, report).context["pieces"] if one.sort != "words"]

    assert figure.value == "3"
    assert figure.said.startswith("R01 ")
    assert [one.said.partition(":")[0] for one in choices] == ["Alleen als", "Anders", "Vanaf hier altijd"]


def test_no_code_is_met_outside_advanced(as_reporter: Client, report):
    said = [one.said for one in page_of(as_reporter, report).context["pieces"]]

    assert not [words for words in said if "{" in words or "|" in words or "_" in words]


def test_words_are_changed_and_figures_stay_live(as_reporter: Client, report):
    edit(as_reporter, report, TEXT)

    send(as_reporter, report, TEXT, **{"words-0": "Wij telden"})

    assert report.words() == {"zones": TEXT.replace("Er zijn", "Wij telden")}


def test_looking_first_keeps_what_was_typed_in_a_piece(as_reporter: Client, report):
    page = send(as_reporter, report, TEXT, "preview", **{"words-0": "Wij telden"})

    assert "Wij telden 3 aanvragen." in page.content.decode()
    assert page.context["pieces"][0].words == "Wij telden"
    assert report.words() == {}


def test_words_that_spoil_a_text_are_refused_with_a_sentence(as_reporter: Client, report):
    page = send(as_reporter, report, TEXT, **{"words-0": "Er zijn {{ onbekend }}"})

    assert page.context["form"].errors["body"]
    assert "{{ onbekend }}" in page.content.decode()
    assert report.words() == {}


def test_a_login_that_expired_keeps_the_pieces(client: Client, report, reporter):
    where = address(report, "letter_block", "zones")
    client.post(where, {"source": TEXT, "seen": "", "words-0": "Lang over nagedacht:"})
    client.force_login(reporter)

    assert "Lang over nagedacht:" in client.get(where).content.decode()


def test_text_without_code_is_one_field(as_reporter: Client, report):
    edit(as_reporter, report, "Alleen woorden.")

    assert "pieces" not in page_of(as_reporter, report).context


def test_a_condition_is_read_as_words(report):
    titles = lifecycle.build_source(report).numbers["current"]["figures"]

    assert (
        pieces.in_words("zones.ended_count > 1", titles)
        == "aantal gemeenten waar de waarschuwingsperiode afliep is meer dan 1"
    )
    assert pieces.in_words("R01.national|rises and total.R01.day", titles).startswith("R01 ")
