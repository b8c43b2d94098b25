"""Cases before a court at the desk: registered as the court reports them, papers to and fro, each way to end."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework import court_orders, deadlines
from casework.models import CourtOrder, EquatedDay
from exemptions.models import Application, Ground
from objections.admin.appeal_steps import APPEALS
from objections.admin.fields import HIGHEST_COURT
from objections.models import Appeal
from objections.worklists import APPEALS as LISTS
from tests import contest, given
from tests.desk import pages
from tests.desk.pages import status

pytestmark = pytest.mark.django_db

NAME = "objections_appeal"
KEPT = {"note", "receive_paper", "take_number"}
OPEN = {
    *KEPT,
    "send_papers",
    "withdraw",
    "settle",
    "find_inadmissible",
    "find_unfounded",
    "win_with_grant",
    "win_with_court_grant",
    "win_with_order",
    "win_without_change",
    "receive_interim_judgment",
}


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


@pytest.fixture
def lost(rejected, applicant, objection_officer):
    """An objection that was declared unfounded."""
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    return contest.unfounded(objection, by=objection_officer)


@pytest.fixture
def appeal(lost, objection_officer):
    return contest.appeal(lost, desk=objection_officer)


def lodge(objection):
    return reverse("admin:objections_appeal_lodge", args=[objection.pk])


def told(**fields):
    """What the court reports."""
    usual = {"against": "decision", "court": "Rechtbank Gelderland", "filed_on": timezone.localdate()}
    return {**usual, **fields}


# --- Registering -----------------------------------------------------------------------------------------


def test_the_way_stands_on_the_page_of_the_objection(as_objection_officer, lost):
    page = pages.text(as_objection_officer.get(pages.case(lost)))

    assert f'href="{lodge(lost)}"' in page


def test_every_court_is_proposed_and_any_other_can_be_typed(as_objection_officer, lost):
    page = pages.text(as_objection_officer.get(lodge(lost)))

    assert page.count('<option value="Rechtbank ') == 11
    assert HIGHEST_COURT in page


def test_an_appeal_is_registered_with_the_term_for_our_papers(as_objection_officer, lost, objection_officer):
    answer = as_objection_officer.post(lodge(lost), told(case_number="ARN 26/123", papers_due=given.working_day(28)))

    appeal = Appeal.objects.get()
    assert answer.url == pages.case(appeal)
    assert (appeal.status, appeal.instance, appeal.against) == ("filed", "district", "decision")
    assert appeal.assigned_to == objection_officer
    assert appeal.dossier.deadlines.open().get(kind="court_papers").due == given.working_day(28)


@pytest.mark.parametrize("ago", [14, 3])
def test_8_42_the_usual_day_is_counted_from_that_on_which_the_court_sent_it(as_objection_officer, lost, ago):
    sent = timezone.localdate() - timedelta(days=ago)

    as_objection_officer.post(lodge(lost), told(sent_on=sent))

    term = Appeal.objects.get().dossier.deadlines.open().get(kind="court_papers")
    assert term.due == deadlines.court_papers_due(sent, calendar=EquatedDay.calendar())
    assert term.basis == {"sent": sent.isoformat()}


def test_4_19_an_appeal_can_be_about_the_penalty_too(as_objection_officer, lost, caseworker):
    assert "about_penalty" not in as_objection_officer.get(lodge(lost)).context["form"].fields
    given.penalty(lost.application, by=caseworker)

    as_objection_officer.post(lodge(lost), told(about_penalty="on"))

    assert Appeal.objects.get().about_penalty
    assert "Awb 4:19" in pages.text(as_objection_officer.get(pages.case(Appeal.objects.get())))


def test_a_second_click_registers_it_once(as_objection_officer, lost):
    first, second = (as_objection_officer.post(lodge(lost), told()) for _click in range(2))

    assert first.url == second.url == pages.case(Appeal.objects.get())


def test_silence_is_what_one_appeals_while_the_objection_is_open(as_objection_officer, rejected, applicant):
    objection = contest.filed(rejected, by=applicant)
    form = as_objection_officer.get(lodge(objection)).context["form"]
    assert [value for value, _label in form.fields["against"].choices] == ["silence"]

    as_objection_officer.post(lodge(objection), told(against="silence"))

    assert Appeal.objects.get().against == "silence"


def test_a_higher_appeal_of_ours_is_against_the_judgment(as_objection_officer, appeal, lost, objection_officer):
    appeal.find_unfounded(by=objection_officer, judged_on=timezone.localdate(), judgment="Het besluit blijft.")
    fields = told(against="judgment", higher_than=appeal.pk, by_us="us", court=HIGHEST_COURT)

    as_objection_officer.post(lodge(lost), fields)

    higher = Appeal.objects.get(instance="higher")
    assert (higher.higher_than, higher.by_us, higher.court) == (appeal, True, HIGHEST_COURT)
    assert pages.case(appeal) in pages.text(as_objection_officer.get(pages.case(higher)))
    assert pages.case(higher) in pages.text(as_objection_officer.get(pages.case(appeal)))


def test_a_higher_appeal_without_its_judgment_is_refused(as_objection_officer, appeal, lost, objection_officer):
    appeal.find_unfounded(by=objection_officer, judged_on=timezone.localdate(), judgment="Het besluit blijft.")

    bare = told(against="judgment", by_us="objector", higher_than="")
    assert as_objection_officer.post(lodge(lost), bare).status_code == 422
    assert as_objection_officer.post(lodge(lost), told(by_us="us")).status_code == 422
    assert Appeal.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [{"court": ""}, {"filed_on": ""}, {"filed_on": "9999-12-31"}, {"filed_on": "2020-01-01"}, {"against": "direct"}],
)
def test_what_cannot_be_is_refused_and_makes_nothing(as_objection_officer, lost, fields):
    assert as_objection_officer.post(lodge(lost), told(**fields)).status_code == 422
    assert not Appeal.objects.exists()


def test_after_a_withdrawal_there_is_nothing_to_go_to_court_about(as_objection_officer, rejected, applicant):
    objection = contest.filed(rejected, by=applicant)
    objection.withdraw(by=applicant)

    assert as_objection_officer.get(lodge(objection)).status_code == 404


# --- Buttons and steps -------------------------------------------------------------------------------------


def test_the_buttons_of_an_open_and_of_an_ended_appeal(appeal, objection_officer, team_lead):
    assert {step.name for step in APPEALS.offered(appeal, objection_officer)} == OPEN
    assert APPEALS.offered(appeal, team_lead) == []

    appeal.withdraw(by=objection_officer, judged_on=timezone.localdate())

    assert {step.name for step in APPEALS.offered(appeal, objection_officer)} == KEPT


def main_steps(appeal, user):
    return [step.name for step in APPEALS.offered(appeal, user) if step.main]


def test_the_way_on_is_our_papers_then_the_number_then_what_the_court_sends(appeal, objection_officer):
    assert main_steps(appeal, objection_officer) == ["send_papers"]

    appeal.send_papers(by=objection_officer, title="Verweerschrift", dated_on=timezone.localdate())
    Appeal.objects.update(case_number="")
    appeal.refresh_from_db()
    assert main_steps(appeal, objection_officer) == ["take_number"]

    appeal.take_number(by=objection_officer, court="Rechtbank Gelderland", case_number="ARN 26/123")
    assert main_steps(appeal, objection_officer) == ["receive_paper"]


def test_the_number_of_the_court_is_noted(as_objection_officer, appeal):
    assert pages.send(as_objection_officer, appeal, "take_number", court="Rechtbank Limburg").status_code == 422

    pages.send(as_objection_officer, appeal, "take_number", court="Rechtbank Limburg", case_number="ROE 26/9")

    appeal.refresh_from_db()
    assert str(appeal) == "Rechtbank Limburg ROE 26/9"


@pytest.mark.parametrize(("step", "direction"), [("send_papers", "to"), ("receive_paper", "from")])
def test_a_paper_is_kept_and_opens_from_the_page(as_objection_officer, appeal, step, direction):
    file = SimpleUploadedFile("stuk.pdf", given.PDF, "application/pdf")
    fields = {"title": "Verweerschrift", "dated_on": timezone.localdate(), "document": file}

    pages.send(as_objection_officer, appeal, step, **fields)

    paper = appeal.papers.get()
    address = pages.document(appeal, paper.document.pk)
    assert (paper.direction, paper.title) == (direction, "Verweerschrift")
    assert address in pages.text(as_objection_officer.get(pages.case(appeal)))
    assert as_objection_officer.get(address)["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("fields", [{"title": ""}, {"dated_on": ""}, {"document": b"MZ\x90"}])
def test_a_bad_paper_is_refused(as_objection_officer, appeal, fields):
    good = {"title": "Verweerschrift", "dated_on": timezone.localdate()}
    if "document" in fields:
        fields = {"document": SimpleUploadedFile("stuk.pdf", fields["document"])}

    assert pages.send(as_objection_officer, appeal, "send_papers", **{**good, **fields}).status_code == 422
    assert not appeal.papers.exists()


@pytest.mark.parametrize(
    ("step", "reached"),
    [
        ("withdraw", "withdrawn"),
        ("settle", "settled"),
        ("find_inadmissible", "inadmissible"),
        ("find_unfounded", "unfounded"),
        ("win_without_change", "upheld"),
    ],
)
def test_each_way_to_end(as_objection_officer, appeal, step, reached):
    fields = {"judged_on": timezone.localdate(), "judgment": "De rechtbank heeft gesproken."}
    assert pages.send(as_objection_officer, appeal, step, **{**fields, "judged_on": "9999-12-31"}).status_code == 422

    pages.send(as_objection_officer, appeal, step, **fields)

    assert status(appeal) == reached
    assert "De rechtbank heeft gesproken." in pages.text(as_objection_officer.get(pages.case(appeal)))


def test_a_judgment_that_grants_shows_its_letter_first(as_objection_officer, appeal):
    today, application = timezone.localdate(), appeal.objection.application
    fields = {
        "judged_on": today,
        "judgment": "De aanvrager heeft gelijk.",
        "ground": given.ground(Ground.Outcome.GRANT, application).pk,
        "starts_on": today,
        "ends_on": today + timedelta(days=60),
        "explanation": given.SHORTER,
        "remedy": "appeal",
    }
    preview = pages.send(as_objection_officer, appeal, "win_with_grant", action="preview", **fields)
    assert [letter.kind for letter, _words in preview.context["letters"]] == ["judgment_granted"]

    pages.send(as_objection_officer, appeal, "win_with_grant", **fields)

    assert status(appeal) == "upheld"
    assert status(application) == "granted"


def test_an_order_puts_the_objection_back_in_hand(as_objection_officer, appeal, lost):
    until = given.working_day(30)
    fields = {"judged_on": timezone.localdate(), "judgment": "Opnieuw.", "until": until}

    pages.send(as_objection_officer, appeal, "win_with_order", **fields)

    assert status(lost) == "handling"
    assert lost.decide_by == until


def test_a_note_on_the_appeal_stands_with_those_on_the_objection(as_objection_officer, appeal, lost):
    pages.send(as_objection_officer, appeal, "note", text="Zitting op 3 maart.")

    for case in (appeal, lost):
        assert "Zitting op 3 maart." in pages.text(as_objection_officer.get(pages.case(case)))


# --- Lists -------------------------------------------------------------------------------------------------


def counts(user):
    return {counted.worklist.name: counted.count for counted in LISTS.counted_for(user) if counted.count}


def test_papers_that_the_court_waits_for_are_a_list_of_their_own(as_objection_officer, lost, objection_officer):
    as_objection_officer.post(lodge(lost), told(papers_due=given.working_day(28)))
    assert counts(objection_officer) == {"papers": 1, "open": 1}

    appeal = Appeal.objects.get()
    appeal.send_papers(by=objection_officer, title="Stukken", dated_on=timezone.localdate())

    assert counts(objection_officer) == {"open": 1}


def test_a_row_tells_where_it_is_and_until_when(as_objection_officer, lost):
    as_objection_officer.post(lodge(lost), told(papers_due=given.working_day(28), case_number="ARN 26/123"))

    page = as_objection_officer.get(pages.worklist("open", of=NAME))

    assert "Rechtbank Gelderland ARN 26/123" in pages.text(page)
    assert page.context["cl"].result_list[0].papers_by == given.working_day(28)


def test_an_ended_appeal_is_on_the_list_of_ended_ones(as_objection_officer, appeal, objection_officer):
    appeal.withdraw(by=objection_officer, judged_on=timezone.localdate())

    assert str(appeal) in pages.text(as_objection_officer.get(pages.worklist("ended", of=NAME)))


def test_the_number_of_queries_does_not_grow_with_the_rows(
    as_objection_officer, applicant, caseworker, other_caseworker, objection_officer, django_assert_num_queries
):
    def another(number):
        case = given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate=f"V{number:03}AA")
        objection = contest.handling(case, by=applicant, desk=objection_officer)
        contest.appeal(contest.unfounded(objection, by=objection_officer), desk=objection_officer)

    another(0)
    address = pages.worklist("open", of=NAME)
    as_objection_officer.get(address)
    with CaptureQueriesContext(connection) as few:
        as_objection_officer.get(address)
    assert len(few) < 16
    for number in range(1, 6):
        another(number)

    with django_assert_num_queries(len(few)):
        as_objection_officer.get(address)


# --- Silence, and orders of a court --------------------------------------------------------------------------


@pytest.fixture
def late(applicant, caseworker, time_machine):
    """An application that nobody decided on."""
    application = given.taken_up(by=applicant, desk=caseworker)
    time_machine.move_to(timezone.localtime() + timedelta(days=70), tick=False)
    return Application.objects.get(pk=application.pk)


def silence(application):
    return reverse("admin:objections_appeal_silence", args=[application.pk])


def test_6_12_an_appeal_against_silence_is_registered_from_the_application(late, as_objection_officer):
    assert f'href="{silence(late)}"' in pages.text(as_objection_officer.get(pages.case(late)))

    answer = as_objection_officer.post(silence(late), told(against="silence"), follow=True)

    appeal = Appeal.objects.get()
    assert (appeal.objection, appeal.contested, appeal.premature) == (None, late, True)
    assert "Prematuur" in pages.text(answer)
    assert pages.case(appeal) in pages.text(as_objection_officer.get(pages.case(late)))


def test_6_12_nothing_is_registered_about_an_application_in_time(as_objection_officer, applicant, caseworker):
    in_time = given.taken_up(by=applicant, desk=caseworker)

    assert silence(in_time) not in pages.text(as_objection_officer.get(pages.case(in_time)))
    assert as_objection_officer.get(silence(in_time)).status_code == 404


def test_6_12_who_does_not_keep_the_appeals_registers_none(late, as_caseworker):
    assert as_caseworker.get(silence(late)).status_code == 404


def test_8_55d_an_order_stands_on_the_page_and_in_a_list(late, as_objection_officer, as_caseworker, objection_officer):
    appeal = contest.appeal_against_silence(late, desk=objection_officer)
    form = as_objection_officer.get(pages.step(appeal, "win_with_order")).context["form"]
    assert [form.initial[name] for name in ("euros_a_day", "most_eur")] == [100, 15_000]
    until, today = timezone.localdate() + timedelta(days=14), timezone.localdate()
    fields = {"judged_on": today, "judgment": "Beslis.", "until": until, "euros_a_day": 100, "unheard": "on"}

    pages.send(as_objection_officer, appeal, "win_with_order", **fields)

    assert "In opdracht van de rechter:" in pages.text(as_caseworker.get(pages.case(late)))
    [row] = as_caseworker.get(pages.worklist("running", of="casework_courtorder")).context["cl"].result_list
    assert (row.until, row.case) == (until, late)


def test_the_list_of_orders_asks_as_much_for_nine_as_for_three(as_caseworker, applicant, caseworker):
    def order(count):
        for _number in range(count):
            plate = f"V{CourtOrder.objects.count():03}AA"
            case, today = given.taken_up(by=applicant, desk=caseworker, plate=plate), timezone.localdate()
            court_orders.give_order(case, sent_on=today, until=today, euros_a_day=100)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            as_caseworker.get(pages.worklist("running", of="casework_courtorder"))
        return len(queries)

    order(3)
    few = asked()
    order(6)
    assert asked() == few
