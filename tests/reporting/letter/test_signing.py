"""Signing a letter to parliament: what one saw, the version and the numbers, and what is kept for good."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from reporting.letter import lifecycle, page, views
from reporting.letter.blocks import Document
from reporting.letter.document import Source, compose_letter
from reporting.models import ReportToParliament
from reporting.period import Period
from tests.reporting.cases import case
from tests.reporting.letter import history
from tests.reporting.letter.doors import address, edit, take
from tests.reporting.test_handed_in import UTRECHT, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(report, reporter):
    history.leave_out_own_texts(report, reporter)
    return report


def buttons(client: Client, report: ReportToParliament) -> list[str]:
    return [button.name for button in client.get(address(report)).context["buttons"]]


def test_each_sees_only_the_steps_that_are_theirs(
    as_reporter: Client, as_other_reporter: Client, as_team_lead: Client, report
):
    assert buttons(as_reporter, report) == []
    assert buttons(as_other_reporter, report) == ["approve"]
    take(as_other_reporter, report, "approve")

    assert buttons(as_team_lead, report) == ["publish", "send_back"]
    assert buttons(as_reporter, report) == ["send_back"]


def test_signing_for_an_older_version_is_refused_with_what_happened(
    as_reporter: Client, as_other_reporter: Client, report
):
    seen = report.fingerprint()
    edit(as_reporter, report, "Anders.")

    answer = take(as_other_reporter, report, "approve", seen)

    assert answer.status_code == 409
    assert ReportToParliament.objects.get().status == "draft"


def test_numbers_that_changed_since_the_page_was_opened_are_looked_at_first(
    as_other_reporter: Client, as_team_lead: Client, report
):
    take(as_other_reporter, report, "approve")
    page = as_team_lead.get(address(report)).context
    told = {"seen": page["seen"], "numbers_seen": page["numbers_seen"], "sure": "on"}
    handed_in(UTRECHT, "2025-06", at="2025-07-10", warnings=7)

    answer = as_team_lead.post(address(report, "letter_step", "publish"), told)

    assert answer.status_code == 409
    assert answer.context["numbers_seen"] != told["numbers_seen"]
    assert take(as_team_lead, report, "publish").status_code == 302


def test_what_a_colleague_kept_while_the_page_was_made_is_not_signed(
    as_other_reporter: Client, reporter, report, monkeypatch: pytest.MonkeyPatch
):
    def meanwhile(source: Source) -> Document:
        report.write(by=reporter, block="zones", body="Intussen.", seen="")
        return compose_letter(source)

    with monkeypatch.context() as between:
        between.setattr(views, "compose_letter", meanwhile)
        seen = as_other_reporter.get(address(report)).context["seen"]

    assert take(as_other_reporter, report, "approve", seen).status_code == 409


def test_who_sends_no_numbers_has_seen_none(as_other_reporter: Client, report):
    told = {"seen": report.fingerprint()}

    assert as_other_reporter.post(address(report, "letter_step", "approve"), told).status_code == 409


def test_a_letter_whose_day_is_not_over_offers_no_signature_and_says_why(as_other_reporter: Client, reporter):
    today = timezone.localdate()
    report = history.begun(reporter, Period(today.replace(day=1), today, today))

    page = as_other_reporter.get(address(report))

    assert page.context["buttons"] == []
    assert page.context["waiting"]
    assert take(as_other_reporter, report, "approve").status_code == 409


def test_a_period_that_goes_on_after_what_is_known_is_told(as_other_reporter: Client, reporter):
    report = history.begun(reporter, Period(date(2025, 6, 1), date(2025, 7, 31), date(2025, 7, 9)))
    history.leave_out_own_texts(report, reporter)

    assert "stand op" in as_other_reporter.get(address(report)).context["waiting"]


def test_a_step_that_is_past_gives_the_page_of_a_changed_case(as_other_reporter: Client, report):
    take(as_other_reporter, report, "approve")

    assert take(as_other_reporter, report, "approve").status_code == 409


def test_from_draft_to_published(as_other_reporter: Client, as_team_lead: Client, as_reporter: Client, report):
    take(as_other_reporter, report, "approve")
    take(as_team_lead, report, "publish")

    report = ReportToParliament.objects.get()
    page = as_reporter.get(address(report)).content.decode()
    assert report.status == "published"
    assert report.sha256 in page
    assert all(one.sha256 in page for one in report.files.all())
    assert edit(as_reporter, report, "Anders.").status_code == 409


def test_a_published_file_is_the_one_that_was_kept(as_reporter: Client, published):
    for kept in published.files.all():
        answer = as_reporter.get(address(published, "letter_file", kept.format))

        assert hashlib.sha256(b"".join(answer)).hexdigest() == kept.sha256
        assert 'filename="kamerbrief-2025-06-01-2025-07-31' in answer["Content-Disposition"]


def test_a_file_of_a_draft_says_so_in_its_name(as_reporter: Client, report):
    answer = as_reporter.get(address(report, "letter_file", "pdf"))

    assert answer["Content-Disposition"] == 'attachment; filename="concept-kamerbrief-2025-06-01-2025-07-31.pdf"'


def test_a_published_letter_shows_what_was_kept(as_reporter: Client, published):
    before = as_reporter.get(address(published)).context["parts"]
    case(file="2025-07-20", plate="VAA33A")

    assert as_reporter.get(address(published)).context["parts"] == before


# --- Once more before it is for good --------------------------------------------------------------------


def to_publish(client: Client, report: ReportToParliament, **more: str):
    """The button 'Sign and publish' as the page of the letter has it."""
    page = client.get(address(report)).context
    told = {"seen": page["seen"], "numbers_seen": page["numbers_seen"], **more}
    return client.post(address(report, "letter_step", "publish"), told)


def test_before_publishing_one_reads_what_is_missing(as_other_reporter: Client, as_team_lead: Client, report):
    take(as_other_reporter, report, "approve")

    page = to_publish(as_team_lead, report)

    assert ReportToParliament.objects.get().status == "checked"
    missing = lifecycle.build_source(report).numbers["facts"]["returns"]["missing"]
    assert missing
    assert f"{len(missing)} gemeenten hebben niet alles" in page.content.decode()
    assert page.context["lacking"][0].parts == [f"{one['name']}: {one['months']}" for one in missing]


def test_without_the_tick_nothing_is_published(as_other_reporter: Client, as_team_lead: Client, report):
    take(as_other_reporter, report, "approve")

    page = to_publish(as_team_lead, report, recap="on")

    assert page.status_code == 422
    assert "Vink aan" in page.content.decode()
    assert ReportToParliament.objects.get().status == "checked"


def test_with_the_tick_it_is_published(as_other_reporter: Client, as_team_lead: Client, report):
    take(as_other_reporter, report, "approve")

    assert to_publish(as_team_lead, report, recap="on", sure="on").status_code == 302
    assert ReportToParliament.objects.get().status == "published"


def test_who_may_not_publish_reads_no_recap(as_other_reporter: Client, as_reporter: Client, report):
    take(as_other_reporter, report, "approve")

    assert to_publish(as_reporter, report).status_code == 403


def test_a_letter_that_says_who_signs_nowhere_tells_so(report, reporter):
    source = lifecycle.build_source(report)
    unsigned = replace(source, draft=replace(source.draft, signed_by=" "))

    assert any("ondertekent" in one.sentence for one in page.list_all_gaps(unsigned, compose_letter(unsigned)))
