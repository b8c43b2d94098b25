"""The answers are light markup: links to this site only, and whatever else somebody types is plain text."""

import pytest

from helpdesk import markup


def test_pages_and_questions_become_links():
    html = markup.render_markup("Zie [de prijzen](page:prices) en [de boete](topic:hoogte-boete).")

    assert 'href="/kosten/">de prijzen</a>' in html
    assert 'href="/vragen/hoogte-boete/">de boete</a>' in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[klik](javascript:alert(1))",
        "[klik](https://example.org)",
        "[klik](//example.org)",
        "[klik](page:../../)",
        "[klik](topic:a/b)",
        "![x](page:prices)",
        "<a href='https://example.org'>x</a>",
        "[x]: https://example.org",
        "<https://example.org>",
    ],
)
def test_nothing_leads_elsewhere_or_runs(hostile):
    html = markup.render_markup(hostile)

    assert "<script" not in html
    assert "example.org" not in [part.split('"')[0] for part in html.split('href="')[1:]]
    assert "<img" not in html
    assert all(part.startswith("/") for part in html.split('href="')[1:])


def test_a_link_to_a_page_that_is_not_there_is_words():
    assert markup.render_markup("[daar](page:nowhere)") == '<p class="utrecht-paragraph">daar</p>'


def test_lists_headings_and_bold_as_in_letters():
    html = markup.render_markup("## Kop\n\n- een\n- **twee**\n")

    assert "<h2" in html
    assert html.count("<li") == 2
    assert "<strong>twee</strong>" in html


TABLE = "Wie:\n\n| Wagen | Van | Tot |\n|---|---|---|\n| Bakwagen | 2017 | 2027 |\n| Trekker | 2020 | 2029 |\n\nSlot.\n"


def test_a_table_has_cells_with_headings():
    html = markup.render_markup(TABLE)

    assert html.count('scope="col"') == 3
    assert '<td class="utrecht-table__cell" data-label="Tot">2027</td>' in html


def test_where_no_table_can_be_shown_its_rows_are_a_list():
    assert markup.without_tables(TABLE) == "Wie:\n\n- Bakwagen, 2017: 2027\n- Trekker, 2020: 2029\n\nSlot.\n"
    assert markup.without_tables("| no table |\n") == "| no table |\n"


def test_the_words_alone():
    text = "Een **zin** met [link](page:prices).\n\n## Kop\n\n- een\n- twee\n"

    assert markup.render_plain_words(text) == "Een zin met link.\nKop\neen\ntwee"
    assert markup.extract_lead(text) == "Een zin met link."
    assert markup.list_link_targets(text) == ["page:prices"]


def test_a_text_without_a_paragraph_has_no_lead():
    assert markup.extract_lead("## Kop") == ""
    assert markup.render_markup("") == ""
