"""Answers of the applicant are on top of the case, newest first, and say what they answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exemptions.models import Application
from tests import given
from tests.desk import pages
from tests.desk.test_start import counts

pytestmark = pytest.mark.django_db
COMPLETED, SEEN = "Hier is het getekende contract.", "Dat klopt niet meer sinds maart."
SILENT = "termijn voorbij zonder antwoord"


def shown(client, application):
    return pages.text(client.get(pages.case(application)))


def late(application, request, time_machine):
    """The day after the last one."""
    time_machine.move_to(request.ends_on + timedelta(days=1))
    return application


def test_a_completion_stands_above_the_evidence_and_is_new(as_caseworker, applicant, caseworker):
    application = given.supplied(by=applicant, desk=caseworker)

    page = shown(as_caseworker, application)

    assert page.index('id="answers"') < page.index(COMPLETED) < page.index('id="evidence"')
    assert "beantwoord: aanvulling" in page
    assert page.count(COMPLETED) == 1
    assert ">nieuw sinds vandaag</span>" in page


def test_a_view_says_that_it_is_one(as_caseworker, applicant, caseworker):
    page = shown(as_caseworker, given.heard(by=applicant, desk=caseworker))

    assert "beantwoord: zienswijze" in page
    assert SEEN in page.split('id="answers"')[1].split("</section>")[0]


def test_it_is_new_until_the_case_goes_on(as_caseworker, applicant, caseworker):
    application = given.supplied(by=applicant, desk=caseworker)
    application.take_up(by=caseworker)

    page = shown(as_caseworker, application)

    assert COMPLETED in page
    assert ">nieuw sinds" not in page


def test_the_newest_answer_is_first_and_the_others_are_folded_away(as_caseworker, applicant, caseworker):
    application = given.supplied(by=applicant, desk=caseworker)
    application.take_up(by=caseworker)
    application.offer_hearing(by=caseworker, differences=given.DIFFERING, ends_on=given.working_day())
    application.give_view(by=applicant, view=SEEN)

    answers = shown(as_caseworker, application).split('id="answers"')[1].split("</section>")[0]

    assert answers.index(SEEN) < answers.index("Eerdere antwoorden") < answers.index(COMPLETED)


def test_the_files_that_came_with_it_stand_with_it(as_caseworker, applicant, caseworker):
    application = given.waiting(by=applicant, desk=caseworker)
    asked = application.open_request().items.get().item
    given.attach(asked, name="getekend.pdf")
    application.supply(by=applicant)

    (answer,) = as_caseworker.get(pages.case(application)).context["given_answers"]

    assert [document.name for document in answer.files] == ["getekend.pdf"]


def test_a_case_that_has_ended_keeps_its_answers_with_the_requests(as_caseworker, applicant, caseworker):
    application = given.supplied(by=applicant, desk=caseworker)
    given.grant(application, desk=caseworker)

    page = shown(as_caseworker, application)

    assert 'id="answers"' not in page
    assert COMPLETED in page.split('id="requests"')[1]


# --- Silence ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", ["completion", "view"])
def test_silence_is_not_waiting_for_the_applicant(login, applicant, caseworker, time_machine, sort):
    application = given.waiting(by=applicant, desk=caseworker)
    if sort == "view":
        application.supply(by=applicant, answer=COMPLETED)
        application.offer_hearing(by=caseworker, differences=given.DIFFERING, ends_on=given.working_day())
    assert counts(caseworker)["waiting"] == 1
    asked = application.open_request() if sort == "completion" else application.view_requests.get()

    late(application, asked, time_machine)

    now = counts(caseworker)
    assert ("waiting" not in now, now["silent"]) == (True, 1)
    client = login(caseworker)
    assert SILENT in pages.text(client.get(pages.worklist("silent"))).split("<tbody>")[1]
    assert SILENT in shown(client, application)
    assert SILENT in pages.text(client.get(pages.step(application, "note")))


def test_a_case_after_the_last_request_waits_for_us(login, applicant, caseworker, time_machine):
    application = given.waiting(by=applicant, desk=caseworker)
    late(application, application.open_request(), time_machine).ask_again(by=None)
    assert counts(caseworker)["waiting"] == 1
    late(application, application.open_request(), time_machine).let_lapse(by=None)

    assert "waiting" not in counts(caseworker)
    assert counts(caseworker)["silent"] == counts(caseworker)["to-set-aside"] == 1


def test_a_list_knows_who_is_silent_without_asking_for_each(as_caseworker, applicant, caseworker, time_machine):
    application = given.waiting(by=applicant, desk=caseworker)
    late(application, application.open_request(), time_machine)
    (row,) = Application.objects.for_list()

    assert row.stands_as == Application.objects.get(pk=application.pk).stands_as == SILENT


def test_an_answer_after_the_last_day_ends_the_silence(as_caseworker, applicant, caseworker, time_machine):
    application = given.waiting(by=applicant, desk=caseworker)
    late(application, application.open_request(), time_machine)
    (row,) = Application.objects.for_list()
    row.supply(by=applicant, answer=COMPLETED)

    assert row.stands_as == "beantwoord"
    assert timezone.localdate() == row.completion_requests.get().answered_on


# --- Assigned -----------------------------------------------------------------------------------------------


def test_what_is_assigned_is_new_no_more_and_its_colleague_finds_it(as_team_lead, applicant, caseworker, team_lead):
    application = given.filed(by=applicant)
    assert counts(team_lead)["new"] == 1

    pages.send(as_team_lead, application, "assign", to=caseworker.pk)

    assert "new" not in counts(team_lead)
    assert counts(team_lead)["assigned"] == 1
    assert counts(caseworker)["mine"] == 1
    application.take_up(by=caseworker)
    assert "assigned" not in counts(team_lead)


def test_the_picker_tells_how_much_each_colleague_has(as_team_lead, applicant, caseworker, other_caseworker):
    for plate in ("V001AA", "V002AA"):
        given.taken_up(by=applicant, desk=caseworker, plate=plate)
    given.granted(by=applicant, desk=caseworker, plate="V003AA")
    application = given.taken_up(by=applicant, desk=other_caseworker, plate="V004AA")

    page = pages.text(as_team_lead.get(pages.step(application, "assign")))

    assert f"{caseworker} (2 open zaken)" in page
    assert f"{other_caseworker} (1 open zaak)" in page


def test_the_picker_is_one_query_however_many_colleagues(
    as_team_lead, applicant, caseworker, other_caseworker, team_lead, django_assert_num_queries
):
    application = given.taken_up(by=applicant, desk=caseworker)
    form = as_team_lead.get(pages.step(application, "assign")).context["form"]

    with django_assert_num_queries(1):
        assert sum(1 for _choice in form["to"].field.choices) == 4
