"""Hearing the objector at the desk: the usual days, who hears, the report, and the grounds for no hearing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework.current_policy import CurrentPolicy
from casework.deadline_words import format_day, format_moment
from objections.models import Hearing
from tests import contest, given
from tests.desk import pages
from tests.desk.pages import status

pytestmark = pytest.mark.django_db


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def handling(rejected, applicant, objection_officer):
    return contest.handling(rejected, by=applicant, desk=objection_officer)


def pdf(name):
    return SimpleUploadedFile(name, given.PDF, "application/pdf")


def initial(client, objection, name):
    return client.get(pages.step(objection, name)).context["form"].initial


def test_a_hearing_is_offered_with_the_usual_term(as_objection_officer, handling):
    days = CurrentPolicy.on(timezone.localdate()).number("hearing_reply_days")
    reply_until = initial(as_objection_officer, handling, "offer_hearing")["reply_until"]
    assert reply_until >= timezone.localdate() + timedelta(days=days)

    pages.send(as_objection_officer, handling, "offer_hearing", reply_until=reply_until)

    assert status(handling) == "hearing_offered"


def test_an_answer_by_phone_is_noted(as_objection_officer, rejected, applicant, objection_officer):
    objection = contest.hearing_offered(rejected, by=applicant, desk=objection_officer)

    assert pages.send(as_objection_officer, objection, "answer_hearing").status_code == 422
    pages.send(as_objection_officer, objection, "answer_hearing", wants="no", reply="Te druk.")

    assert status(objection) == "handling"
    assert objection.current_hearing.wanted is False


def plan(objection_officer, **fields):
    return {
        "day": given.working_day(22),
        "hour": "10:30",
        "place": "Stadskantoor, kamer 3",
        "heard_by": objection_officer.pk,
        **fields,
    }


def test_a_hearing_is_planned_so_that_a_week_is_left_for_papers(as_objection_officer, handling, objection_officer):
    usual = initial(as_objection_officer, handling, "plan_hearing")
    assert usual["day"] >= timezone.localdate() + timedelta(days=18)

    pages.send(as_objection_officer, handling, "plan_hearing", **plan(objection_officer))

    held_at = timezone.localtime(handling.current_hearing.held_at)
    assert status(handling) == "hearing_planned"
    assert (held_at.date(), held_at.hour, held_at.minute) == (given.working_day(22), 10, 30)
    page = pages.text(as_objection_officer.get(pages.case(handling)))
    assert f"hoorzitting gepland: {format_moment(held_at)}" in page.lower()
    assert "Hoorzitting verzetten" in page
    assert "Hoorzitting plannen" not in page


def test_who_was_involved_is_not_in_the_lists_of_who_hears(
    as_objection_officer, handling, caseworker, other_caseworker, municipal_caseworker, objection_officer
):
    form = as_objection_officer.get(pages.step(handling, "plan_hearing")).context["form"]

    assert set(form.fields["members"].queryset) == {municipal_caseworker, objection_officer}
    assert set(form.fields["heard_by"].queryset) == {objection_officer}


@pytest.mark.parametrize("fields", [{"day": "2020-01-01"}, {"hour": "25:00"}, {"place": ""}, {"heard_by": "0"}])
def test_a_bad_plan_is_refused(as_objection_officer, handling, objection_officer, fields):
    answer = pages.send(as_objection_officer, handling, "plan_hearing", **plan(objection_officer, **fields))

    assert answer.status_code == 422
    assert status(handling) == "handling"


def test_too_soon_for_papers_is_refused(as_objection_officer, handling, objection_officer):
    soon = timezone.localdate() + timedelta(days=5)

    answer = pages.send(as_objection_officer, handling, "plan_hearing", **plan(objection_officer, day=soon))

    first = format_day(timezone.localdate() + timedelta(days=18))
    assert f"Plan de hoorzitting op {first} of later" in pages.text(answer)
    assert answer.status_code == 422


def test_the_days_before_a_hearing_pass_without_anybody_being_late(
    login, rejected, applicant, objection_officer, time_machine
):
    objection = contest.hearing_planned(rejected, by=applicant, desk=objection_officer)
    time_machine.move_to(objection.current_hearing.file_open_from + timedelta(days=1))

    dues = login(objection_officer).get(pages.case(objection)).context["deadlines"]

    passed = [due for due in dues if due.deadline.kind in ("papers", "file_open")]
    assert [(due.state, due.urgency) for due in passed] == [("voorbij", ""), ("voorbij", "")]


def test_a_hearing_is_called_off_at_the_desk(login, rejected, applicant, objection_officer):
    objection = contest.hearing_planned(rejected, by=applicant, desk=objection_officer)

    pages.send(login(objection_officer), objection, "cancel_hearing", because="De voorzitter is ziek.")

    assert status(objection) == "handling"
    assert objection.current_hearing.held_at is None


def test_the_report_and_its_files_join_the_file(login, rejected, applicant, objection_officer, time_machine):
    objection = contest.hearing_planned(rejected, by=applicant, desk=objection_officer)
    time_machine.move_to(objection.current_hearing.held_at + timedelta(hours=2))
    fields = {"attended": "yes", "report": "Aanwezig: mevrouw De Bakker.", "documents": [pdf("verslag.pdf")]}

    pages.send(login(objection_officer), objection, "hold_hearing", **fields)

    assert status(objection) == "handling"
    assert objection.current_hearing.report == "Aanwezig: mevrouw De Bakker."
    assert objection.documents.get().name == "verslag.pdf"


def grounds_offered(client, objection):
    form = client.get(pages.step(objection, "waive_hearing")).context["form"]
    return [value for value, _label in form.fields["ground"].choices]


def test_only_grounds_that_can_hold_are_offered_for_no_hearing(
    as_objection_officer, rejected, applicant, objection_officer
):
    objection = contest.hearing_offered(rejected, by=applicant, desk=objection_officer)
    assert not {"waived", "no_reply"} & set(grounds_offered(as_objection_officer, objection))

    objection.answer_hearing(by=applicant, wants=False)

    assert grounds_offered(as_objection_officer, objection)[0] == "waived"


def test_silence_is_a_ground_once_the_term_has_passed(login, rejected, applicant, objection_officer, time_machine):
    objection = contest.hearing_offered(rejected, by=applicant, desk=objection_officer)
    time_machine.move_to(timezone.localtime() + timedelta(weeks=4))
    client = login(objection_officer)

    assert grounds_offered(client, objection)[0] == "no_reply"
    pages.send(client, objection, "waive_hearing", ground="no_reply", because="Twee keer gebeld.")

    assert Hearing.objects.get().skipped == "no_reply"
