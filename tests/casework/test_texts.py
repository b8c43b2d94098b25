"""Texts with placeholders: what is filled in stays plain, and the markup is as light as it says."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import markup
from casework.models import LetterText, letter
from casework.texts import Markup, UnknownPlaceholder, compose_text, fill_text

HOSTILE = [
    "# not a heading",
    "## not a heading",
    "- not a list",
    "1. not a list",
    "+ not a list",
    "**not bold**",
    "_not emphasis_",
    "[not a link](https://evil.example)",
    "![not an image](https://evil.example/x.png)",
    "<script>alert(1)</script>",
    "<https://evil.example>",
    "`not code`",
    "> not a quote",
    "back\\slash",
    "&lt;b&gt;",
    "{number}",
    "Titel\n=====",
    "    indented",
]


def text(body, *, subject="Onderwerp", language="nl", channel=LetterText.Channel.LETTER, version=1):
    return LetterText(kind="note", channel=channel, language=language, version=version, subject=subject, body=body)


def filled(body, **context):
    return fill_text(text(body), context=context)


def words_of(nodes):
    return "".join(
        "\n" if node["kind"] == "break" else node.get("text", "") + words_of(node.get("children", [])) for node in nodes
    )


# --- Filling in ---------------------------------------------------------------------------------------


def test_a_name_takes_the_place_of_its_placeholder():
    assert filled("Geachte {applicant},", applicant="Bakkerij De Korst").body == "Geachte Bakkerij De Korst,"


def test_brackets_around_nothing_go():
    words = "Uiterlijk op {decide_by} ({why})."

    assert filled(words, decide_by="7 mei", why="").body == "Uiterlijk op 7 mei."
    assert filled(words, decide_by="7 mei", why="8 weken").body == "Uiterlijk op 7 mei (8 weken)."


def test_nothing_between_two_sentences_leaves_one_space():
    words = "Het besluit blijft gelden. {other_ways} U vindt het in het portaal."

    assert filled(words, other_ways="").body == "Het besluit blijft gelden. U vindt het in het portaal."


def test_of_a_day_that_is_open_it_is_said_once_that_it_follows():
    words = "Uiterlijk op {decide_by} ({explanation_of_deadline})."

    follows = letter.explain_open_days(words, language="nl")

    assert follows == "Uiterlijk op (deze dag staat hier zodra wij de brief hebben gepost)."
    assert letter.fill_open_days(words, {"decide_by": "7 mei", "explanation_of_deadline": ""}) == "Uiterlijk op 7 mei."


@pytest.mark.parametrize(("language", "written"), [("nl", "7 mei 2026"), ("en", "7 May 2026")])
def test_a_date_is_written_in_the_language_of_the_text(language, written):
    assert fill_text(text("{decide_by}", language=language), context={"decide_by": date(2026, 5, 7)}).body == written


def test_a_placeholder_without_a_value_is_an_error_that_names_it():
    with pytest.raises(UnknownPlaceholder, match="decide_by, number"):
        filled("{number} {decide_by}")


def test_what_somebody_wrote_cannot_name_a_placeholder():
    assert "ZES" not in filled("{explanation} {number}", explanation="{number}", number="7").body.replace("7", "")
    assert filled("{explanation}", explanation="{number}").body == "\\{number\\}"


def test_a_mail_is_plain_text_and_keeps_every_sign():
    mail = text("{explanation}", channel=LetterText.Channel.MAIL)

    assert fill_text(mail, context={"explanation": "a*b_c"}).body == "a*b_c"


def test_a_subject_is_one_line_without_backslashes():
    words = fill_text(text("", subject="Besluit: {applicant}"), context={"applicant": "A.B. (de)\nKorst*"})

    assert words.subject == "Besluit: A.B. (de) Korst*"


def test_markup_of_our_own_keeps_its_shape():
    assert markup.render_markup(filled("{items}", items=Markup("- **een**")).body).count("<strong>") == 1


@pytest.mark.django_db
def test_a_letter_falls_back_to_dutch_where_a_language_has_no_text():
    text("Dag.").save()

    assert compose_text("note", language="en", context={}).language == "nl"


@pytest.mark.django_db
def test_the_newest_version_speaks():
    text("Oud.").save()
    text("Nieuw.", version=2).save()

    assert compose_text("note", language="nl", context={}).body == "Nieuw."


# --- Nobody's words change the shape of a letter -----------------------------------------------------


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_filled_in_stays_plain_text(words):
    (paragraph,) = markup.parse_markup(filled("{explanation}", explanation=words).body)

    assert paragraph["kind"] == "paragraph"
    assert {node["kind"] for node in paragraph["children"]} <= {"text", "break"}
    assert words_of([paragraph]) == words.strip()


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_any_words_come_out_as_they_went_in(words):
    (paragraph,) = markup.parse_markup(filled("{explanation}", explanation=words).body)

    assert words_of([paragraph]) == words


# --- The light markup -----------------------------------------------------------------------------------

PIECES = [
    "\n",
    "\n\n",
    "\n \n",
    " ",
    "  ",
    "\t",
    "woord",
    "een\ntwee",
    "**vet**",
    "_",
    "- een",
    "* ",
    "1. een",
    "2) ",
    "+",
    "# Kop",
]
PIECES += ["| a | b |\n| - | - |\n| c | d |", "\\", "---", ">", "\u00a0", "\r\n\r\n"]


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("Een\n\nTwee", '<p class="utrecht-paragraph">Een</p><p class="utrecht-paragraph">Twee</p>'),
        ("Een\nTwee", '<p class="utrecht-paragraph">Een<br>Twee</p>'),
        ("## Kop", '<h2 class="utrecht-heading-2">Kop</h2>'),
        ("**vet**", '<p class="utrecht-paragraph"><strong>vet</strong></p>'),
        (
            "- een\n- twee",
            '<ul class="utrecht-unordered-list"><li class="utrecht-unordered-list__item">een</li>'
            '<li class="utrecht-unordered-list__item">twee</li></ul>',
        ),
    ],
)
def test_the_markup_becomes_html(body, html):
    assert markup.render_markup(body) == html


@pytest.mark.parametrize("body", ["<b>x</b>", '<img src="x" onerror="alert(1)">', "<!-- x -->", "&amp;"])
def test_html_in_a_text_is_shown_as_it_stands(body):
    assert markup.render_markup(body).count("<") == 2  # our own paragraph's


@pytest.mark.parametrize("body", ["", "\n\n", "##", "- ", "-\n-", "{explanation}"])
def test_what_has_no_words_leaves_no_trace(body):
    assert markup.render_markup(filled(body, explanation="").body) == ""


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_a_text_in_parts_reads_as_the_whole_would(body):
    whole = markup.PARSER.parse(body)

    assert markup.parse_markup(body) == list(markup._build_nodes(iter(whole), ""))


def test_headings_stand_below_the_title_of_the_page():
    assert markup.render_markup("# Kop", heading=3) == '<h3 class="utrecht-heading-3">Kop</h3>'


def test_an_address_of_the_site_itself_becomes_a_link(settings):
    address = f"{settings.SITE_URL}/controle/K7RT-4MWD-9XHC"

    html = markup.render_markup(filled("Kijk op {verify_url}.", verify_url=address).body)

    assert html == f'<p class="utrecht-paragraph">Kijk op <a class="utrecht-link" href="{address}">{address}</a>.</p>'


@pytest.mark.parametrize("address", ["https://evil.example/", "{site}.evil.example/", "{site}@evil.example/"])
def test_an_address_elsewhere_stays_text(settings, address):
    assert "href" not in markup.render_markup(filled("{link}", link=address.format(site=settings.SITE_URL)).body)
