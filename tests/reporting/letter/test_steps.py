"""Two signatures, and what was published stays: the steps and what the database refuses."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from accounts.models import User
from casework import workflow
from casework.models import Event
from casework.steps import StepRefused
from reporting.letter import lifecycle
from reporting.letter.numbers import compute_checksum
from reporting.models import ReportFile, ReportText, ReportToParliament
from reporting.period import Period
from reporting.steps import LetterChanged
from tests.looping import each
from tests.reporting.letter import history

pytestmark = pytest.mark.django_db
TABLE = {
    "write": ({"draft", "checked"}, "draft"),
    "restore": ({"draft", "checked"}, "draft"),
    "adjust": ({"draft", "checked"}, "draft"),
    "approve": ({"draft"}, "checked"),
    "send_back": ({"checked"}, "draft"),
    "publish": ({"checked"}, "published"),
}


@pytest.fixture
def checked(report, reporter, other_reporter):
    history.leave_out_own_texts(report, reporter)
    report.approve(by=other_reporter, seen=report.fingerprint())
    return report


@pytest.fixture
def published(checked, team_lead):
    lifecycle.publish_letter(checked, by=team_lead, seen=checked.fingerprint())
    return checked


def test_the_table_is_the_code():
    moves = {(move.name, move.source, move.target) for move in workflow.all_moves(ReportToParliament)}

    assert moves == {(step, source, to) for step, (sources, to) in TABLE.items() for source in sources}


# --- Begun ----------------------------------------------------------------------------------------------


def test_the_usual_period_is_the_two_months_before(reporter):
    assert lifecycle.usual_period(history.date(2025, 8, 14)) == Period(
        history.date(2025, 6, 1), history.date(2025, 7, 31), history.date(2025, 8, 13)
    )


def test_a_second_click_gives_the_same_letter(reporter):
    assert history.begun(reporter) == history.begun(reporter)


def test_whoever_makes_no_letters_begins_none(caseworker):
    with pytest.raises(PermissionDenied):
        history.begun(caseworker)


# --- Signed ---------------------------------------------------------------------------------------------


def test_a_colleague_signs_that_it_is_right(report, other_reporter):
    report.approve(by=other_reporter, seen=report.fingerprint())

    assert (report.status, report.checked_by) == ("checked", other_reporter)
    assert Event.objects.of(report).last().step == "approve"


def test_nobody_checks_what_they_made(report, reporter):
    with pytest.raises(PermissionDenied):
        report.approve(by=reporter, seen=report.fingerprint())


def change_words(report, by):
    report.write(by=by, block="zones", body=f"{report.words_of('zones') or ''} Anders.", seen=report.stamp("zones"))


def restore_words(report, by):
    report.restore(by=by, block="zones", seen="")


def change_title(report, by):
    adjust(report, by=by, title="Anders")


@pytest.mark.parametrize("change", [change_words, restore_words, change_title])
def test_nobody_checks_what_they_changed(report, other_reporter, team_lead, change):
    change(report, other_reporter)

    with pytest.raises(PermissionDenied):
        report.approve(by=other_reporter, seen=report.fingerprint())
    report.approve(by=team_lead, seen=report.fingerprint())


def test_a_comma_of_a_colleague_does_not_make_ones_words_those_of_the_colleague(report, reporter, other_reporter):
    change_words(report, other_reporter)
    change_words(report, reporter)

    with pytest.raises(PermissionDenied):
        report.approve(by=other_reporter, seen=report.fingerprint())


def test_words_that_a_colleague_checked_are_not_counted_again(report, reporter, other_reporter, team_lead):
    change_words(report, other_reporter)
    report.approve(by=team_lead, seen=report.fingerprint())
    change_words(report, reporter)

    report.approve(by=other_reporter, seen=report.fingerprint())


def test_nobody_checks_their_own_words_after_a_colleague_sent_them_back(report, other_reporter, team_lead):
    change_words(report, other_reporter)
    report.approve(by=team_lead, seen=report.fingerprint())
    report.send_back(by=team_lead)

    with pytest.raises(PermissionDenied):
        report.approve(by=other_reporter, seen=report.fingerprint())


def test_the_database_refuses_one_pair_of_eyes(report, reporter):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportToParliament.objects.filter(pk=report.pk).update(checked_by=reporter)


def test_nobody_signs_for_what_they_have_not_seen(report, reporter, other_reporter):
    seen = report.fingerprint()
    report.write(by=reporter, block="zones", body="Anders.", seen="")

    with pytest.raises(LetterChanged):
        report.approve(by=other_reporter, seen=seen)


def test_whoever_checked_does_not_also_publish(report, team_lead):
    report.approve(by=team_lead, seen=report.fingerprint())

    with pytest.raises(PermissionDenied):
        lifecycle.publish_letter(report, by=team_lead, seen=report.fingerprint())


def test_a_reporter_does_not_publish(checked, reporter):
    with pytest.raises(PermissionDenied):
        lifecycle.publish_letter(checked, by=reporter, seen=checked.fingerprint())


def test_a_draft_is_not_published(report, reporter, team_lead):
    history.leave_out_own_texts(report, reporter)

    with pytest.raises(TransitionNotAllowed):
        lifecycle.publish_letter(report, by=team_lead, seen=report.fingerprint())


def test_a_checked_letter_goes_back(checked, reporter):
    checked.send_back(by=reporter)

    assert (checked.status, checked.checked_by, checked.checked_at) == ("draft", None, None)


def test_other_words_make_a_checked_letter_a_draft(checked, reporter):
    checked.write(by=reporter, block="zones", body="Anders.", seen="")

    assert (checked.status, checked.checked_by) == ("draft", None)
    assert checked.words()["zones"] == "Anders."
    assert Event.objects.of(checked).last().detail == {"block": "zones"}


def test_the_standard_words_come_back(report, reporter):
    report.write(by=reporter, block="zones", body="Anders.", seen="")
    report.restore(by=reporter, block="zones", seen=report.stamp("zones"))

    assert report.words() == {}


def test_of_two_editors_the_second_is_told(report, reporter, other_reporter):
    report.write(by=reporter, block="zones", body="Van de een.", seen="")

    with pytest.raises(LetterChanged):
        report.write(by=other_reporter, block="zones", body="Van de ander.", seen="")
    assert report.words() == {"zones": "Van de een."}


def adjust(report: ReportToParliament, *, by: User, **more):
    about = {
        name: getattr(report, name) for name in ("first", "last", "as_of", "letter_on", "title", "signed_by", "number")
    }
    report.adjust(by=by, **{**about, "seen": report.details_stamp(), **more})


def test_of_two_who_change_the_days_or_the_title_the_second_is_told(report, reporter, other_reporter):
    seen = report.details_stamp()
    adjust(report, by=other_reporter, title="Van de een")

    with pytest.raises(LetterChanged):
        adjust(report, by=reporter, title="Van de ander", seen=seen)
    assert ReportToParliament.objects.get().title == "Van de een"


def test_days_in_the_wrong_order_are_refused(report, reporter):
    days = {"first": report.last, "last": report.first, "as_of": report.as_of}

    with pytest.raises(StepRefused):
        adjust(report, by=reporter, **days)


# --- Published ------------------------------------------------------------------------------------------


def test_publishing_keeps_numbers_words_and_files(published, team_lead):
    numbers = published.numbers["current"]["figures"]["R01"]["rows"]

    assert published.published_by == team_lead
    assert {row["key"]: row["count"] for row in numbers} == {"national": 3, "local": 1, "day": 2}
    assert "{{" not in "".join(published.words().values())
    assert {one.format for one in published.files.all()} == {
        *("pdf", "docx", "xlsx", "csv", "json", "total.xlsx", "total.csv", "total.json")
    }


def test_every_file_and_the_whole_have_a_checksum(published):
    for one in published.files.all():
        assert lifecycle.hashlib.sha256(one.file.read()).hexdigest() == one.sha256
    assert published.sha256 == compute_checksum({"numbers": published.numbers, "texts": published.words()})


def test_what_was_published_says_no_concept(published):
    kept = {one.format: one.file.read() for one in published.files.all()}

    assert "CONCEPT" not in history.docx_text(kept["docx"])
    assert list(json.loads(kept["json"])) == ["from", "to", "as_of", "figures"]


def test_later_cases_do_not_change_it(published):
    before = lifecycle.compose_letter(lifecycle.build_source(published))
    history.case(file="2025-07-20", plate="VAA33A")
    history.day_exemption("2025-07-20", plate="VAA34A")

    assert lifecycle.compose_letter(lifecycle.build_source(published)) == before


def test_nobody_signs_for_a_day_that_is_not_over(reporter, other_reporter):
    today = timezone.localdate()
    report = history.begun(reporter, Period(today - timedelta(days=9), today - timedelta(days=1), today))

    with pytest.raises(StepRefused):
        report.approve(by=other_reporter, seen=report.fingerprint())


def test_a_letter_that_was_checked_too_early_is_not_published(checked, team_lead):
    ReportToParliament.objects.filter(pk=checked.pk).update(as_of=timezone.localdate())
    checked.refresh_from_db()

    with pytest.raises(StepRefused):
        lifecycle.publish_letter(checked, by=team_lead, seen=checked.fingerprint())


def test_a_text_that_breaks_stops_the_publishing(report, reporter, other_reporter, team_lead):
    history.leave_out_own_texts(report, reporter)
    report.write(by=reporter, block="zones", body="{{ onbekend }}", seen="")
    report.approve(by=other_reporter, seen=report.fingerprint())

    with pytest.raises(StepRefused, match="onbekend"):
        lifecycle.publish_letter(report, by=team_lead, seen=report.fingerprint())
    assert not report.files.exists()


@each(
    "change",
    [
        lambda report: ReportToParliament.objects.filter(pk=report.pk).update(title="Anders"),
        lambda report: ReportToParliament.objects.filter(pk=report.pk).update(status="draft"),
        lambda report: ReportToParliament.objects.filter(pk=report.pk)._raw_delete("default"),
        lambda report: ReportText.objects.filter(report=report).update(body="Anders"),
        lambda report: ReportText.objects.filter(report=report)._raw_delete("default"),
        lambda report: ReportText.objects.create(report=report, block="nieuw"),
        lambda report: ReportFile.objects.filter(report=report).update(sha256="0"),
        lambda report: ReportFile.objects.filter(report=report)._raw_delete("default"),
        lambda report: ReportFile.objects.create(report=report, format="odt", sha256="0"),
    ],
)
def test_the_database_refuses_every_change_of_a_published_letter(published, change):
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        change(published)


def test_a_text_cannot_be_moved_away_from_a_published_letter(published, reporter):
    other = history.begun(reporter, Period(published.first, published.last, timezone.localdate() - timedelta(days=1)))

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        ReportText.objects.filter(report=published, block="zones").update(report=other)


def test_every_step_after_publishing_is_refused(published, reporter):
    with pytest.raises(TransitionNotAllowed):
        published.write(by=reporter, block="zones", body="Anders.", seen=published.stamp("zones"))
