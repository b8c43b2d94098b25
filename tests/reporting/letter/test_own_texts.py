"""What no data can tell is asked of an editor: a draft shows the gap, and no letter goes out with one."""

import pytest
from django.test import Client

from casework.steps import StepRefused
from reporting.letter import html, lifecycle, wording
from reporting.letter.chapters import OWN_TEXTS
from reporting.letter.document import compose_letter
from reporting.models import ReportToParliament
from tests.reporting.letter import history
from tests.reporting.letter.doors import address

pytestmark = pytest.mark.django_db
ASKED = "[nog in te vullen: "
AGENDA = "own-agenda"


def words(report: ReportToParliament) -> str:
    return html.render_html(compose_letter(lifecycle.build_source(report)).blocks)


def fill_in(report: ReportToParliament, by, body: str, block: str = AGENDA) -> None:
    report.write(by=by, block=block, body=body, seen=report.stamp(block))


def test_a_draft_shows_what_is_still_to_be_filled_in(report, reporter):
    case = history.case(file="2025-06-10", take_up="2025-06-11", reject="2025-06-30", ground="repeated", plate="VAX01A")

    assert words(report).count(ASKED) == len(OWN_TEXTS)
    assert case


def test_what_was_filled_in_stands_in_its_place_with_its_footnote(report, reporter):
    fill_in(report, reporter, "Het gaat goed.^[Kamerstuk 31 305, nr. 523.]")

    assert "Het gaat goed.<sup>" in words(report)
    assert "Kamerstuk 31 305, nr. 523." in words(report)
    assert words(report).count(ASKED) == len(OWN_TEXTS) - 1


def test_what_was_left_empty_leaves_no_hole(report, reporter):
    history.leave_out_own_texts(report, reporter)

    assert ASKED not in words(report)
    assert '<p class="utrecht-paragraph"></p>' not in words(report)


def test_a_number_in_an_own_text_is_live(report, reporter):
    fill_in(report, reporter, "Bij {{ R01.national }} aanvragen bleef het rustig.")

    assert "Bij 3 aanvragen bleef het rustig." in words(report)


def test_a_letter_with_a_gap_is_not_published(report, other_reporter, team_lead):
    report.approve(by=other_reporter, seen=report.fingerprint())

    with pytest.raises(StepRefused, match="UAZ"):
        lifecycle.publish_letter(report, by=team_lead, seen=report.fingerprint())
    assert not report.files.exists()


def test_its_page_says_which_texts_are_asked_and_offers_no_publishing(as_team_lead: Client, report, other_reporter):
    report.approve(by=other_reporter, seen=report.fingerprint())
    page = as_team_lead.get(address(report))

    assert page.content.decode().count("(nog in te vullen)") == len(OWN_TEXTS)
    assert [button.name for button in page.context["buttons"]] == ["send_back"]
    assert "Er moet nog iets worden ingevuld" in page.context["waiting"]


def test_its_form_is_empty_and_kept_empty_it_is_settled(as_reporter: Client, report):
    where = address(report, "letter_block", AGENDA)
    page = as_reporter.get(where)
    assert page.context["form"]["body"].value() == ""
    assert ASKED in page.content.decode()

    as_reporter.post(where, {"body": "", "seen": report.stamp(AGENDA), "action": "keep"})

    assert report.words() == {AGENDA: ""}


def test_asked_again_it_is_a_gap_again(as_reporter: Client, report, reporter):
    fill_in(report, reporter, "Het gaat goed.")

    where = address(report, "letter_block", AGENDA)
    as_reporter.post(where, {"seen": report.stamp(AGENDA), "action": "restore", "sure": "on"})

    assert words(report).count(ASKED) == len(OWN_TEXTS)


# --- Which letter it is ---------------------------------------------------------------------------------


def test_a_letter_says_which_of_the_series_it_is(report):
    assert "Deze eerste monitoringsbrief gaat over juni en juli 2025" in words(report)


def test_the_next_letter_follows_the_highest_number_that_was_published(published, reporter):
    assert lifecycle.find_next_number() == published.number + 1


def test_without_a_number_no_hole_is_left(as_reporter: Client, report):
    form = as_reporter.get(address(report, "letter_details")).context["form"]
    data = {name: value for name, value in form.initial.items() if value is not None}

    as_reporter.post(address(report, "letter_details"), {**data, "number": ""})

    assert "Deze monitoringsbrief gaat over juni en juli 2025" in words(ReportToParliament.objects.get())


@pytest.mark.parametrize(("number", "word"), [(4, "vierde"), (12, "twaalfde"), (13, "13e")])
def test_a_number_as_it_is_read(number: int, word: str):
    assert wording.format_ordinal(number) == word
