"""Cases around today, the people of the demo, and loading it again."""

import io
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework.models import CourtOrder, Deadline, DefaultNotice, Message, PendingStep
from casework.models.pending_step import Ending
from complaints.models import Complaint
from demo import deliveries, evidence
from demo.people import EVERYBODYS, LOGINS
from demo.plan import LAST
from exemptions import worklists
from exemptions.intake import answer_days
from exemptions.models import Application, Channel, Exemption, KindQuestion, Proposal, Status, ThresholdVersion
from exemptions.terms import months_later, start_of_day
from objections.models import Appeal, AppealStatus, Hearing, Objection, ObjectionDecision, ObjectionStatus
from renewals.models import Action, Renewal
from reporting.models import ReturnVersion
from reporting.team.quality import count_answers, list_samples

pytestmark = pytest.mark.django_db
NOT_IN_THE_DEMO = (ObjectionStatus.DRAFT, ObjectionStatus.FORWARDED)


# --- Loading ---------------------------------------------------------------------------------------------


def test_twice_is_as_once():
    before = rows_per_table()

    call_command("load_demo")

    assert rows_per_table() == before


def rows_per_table() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def test_nothing_is_loaded_where_real_people_work(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")
    with pytest.raises(CommandError):
        call_command("demo_logins")


# --- Around today ----------------------------------------------------------------------------------------


def test_every_worklist_has_something_for_the_team_lead():
    lead = User.objects.get(email="teamleider@example.org")

    counted = [one for one in worklists.APPLICATIONS.counted_for(lead) if not one.worklist.is_own]
    found = {one.worklist.name: one.count for one in counted}

    assert all(found.values()), found
    assert (found["duplicate"], found["day-unverified"], found["not-carried-out"]) == (2, 3, 1)
    assert Message.objects.failed().count() == 2


def test_a_request_was_overtaken_and_its_maker_goes_on_with_what_was_typed():
    pending = PendingStep.objects.get()
    application = Application.objects.get(pk=pending.case_id)

    assert (pending.ending, pending.made_by) == (Ending.OVERTAKEN, application.assigned_to)
    assert "voertuiggegevens" in pending.because
    assert pending.made_at < pending.due_at == pending.ended_at
    assert pending.typed["explanation"]
    assert not application.completion_requests.exists()


def test_a_proposal_was_sent_back_and_waits_for_its_maker():
    proposal = Proposal.objects.sent_back().filter(application__received_at__gt=start_of_day(LAST)).latest("made_at")

    assert proposal.settled_by.email == "teamleider@example.org"
    assert proposal.application in Application.objects.sent_back(to=proposal.made_by)


def test_a_sample_was_drawn_and_one_case_of_it_reviewed_by_who_took_no_part():
    sample = list_samples().get()
    review = sample.reviews.exclude(reviewed_at=None).get()

    assert (sample.drawn, sample.reviewed) == (10, 1)
    assert review.reviewed_by not in (review.decision.taken_by, review.decision.prepared_by)
    assert any(tally.no for tally in count_answers(sample))


def test_one_colleague_is_away_and_another_will_be(client):
    client.force_login(User.objects.get(email="teamleider@example.org"))

    page = client.get(reverse("team")).content.decode()

    assert "afwezig tot en met" in page
    assert "afwezig vanaf" in page


def test_no_answer_contradicts_another_or_its_own_day():
    for application in Application.objects.filed().exclude(answers={}).select_related("kind").order_by("-pk")[:500]:
        asked, today = list(application.chosen_kind.questions.all()), application.received_on
        said = [answer_days.find_day_problem(one, application.answers, among=asked, today=today) for one in asked]
        assert not any(said), application


def test_every_question_is_answered_in_words_of_its_own():
    words = (KindQuestion.Answer.TEXT, KindQuestion.Answer.LONG_TEXT)
    for question in KindQuestion.objects.filter(answer__in=words):
        assert question.code in evidence.invented_answers(), question.code


def test_no_month_is_handed_in_before_it_is_over_but_that_of_the_letter():
    delivered = ReturnVersion.objects.values_list("monthly_return__month", "delivered_at")
    early = {month for month, at in delivered if timezone.localdate(at) < months_later(month, 1)}

    assert early == {deliveries.LETTER}


@pytest.mark.parametrize("login", ["behandelaar", "behandelaar2", "utrecht", "amsterdam"])
def test_every_caseworker_has_work_of_their_own(login: str):
    user = User.objects.get(email=f"{login}@example.org")

    found = {counted.worklist.name: counted.count for counted in worklists.APPLICATIONS.counted_for(user)}

    assert found["mine"]
    assert found["new"]
    assert found["due"] + found["overdue"]


@pytest.mark.parametrize("login", ["bloemist", "collega", "gemachtigde", "vervoerder"])
def test_every_applicant_has_cases_and_a_draft(login: str):
    own = Application.objects.of_applicant(User.objects.get(email=f"{login}@example.org"))

    assert own.drafts().exists()
    assert own.open().exists()
    assert own.filter(status=Status.GRANTED).exists()


def test_special_cases_are_there():
    live = Application.objects.open()

    assert live.filter(facts_verified=False, country="NL").exists()
    assert live.exclude(country="NL").exists()
    assert live.exclude(facts_disputed="").exists()
    assert live.filter(status=Status.HEARING).exists()


@pytest.mark.parametrize("days", [60, 30, 7])
def test_exemptions_end_soon(days: int):
    assert Exemption.objects.filter(day_use=None, ends_on=timezone.localdate() + timedelta(days=days)).exists()


def test_everybody_can_log_in_with_the_password_that_the_command_prints():
    out = io.StringIO()
    call_command("demo_logins", stdout=out)

    for login in LOGINS:
        assert login.email in out.getvalue()
        assert EmailAddress.objects.filter(email=login.email, verified=True, primary=True).exists()
    assert EVERYBODYS in out.getvalue()
    assert Client().login(email="bloemist@example.org", password=EVERYBODYS)


# --- Objections around today ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [status for status in ObjectionStatus if status not in NOT_IN_THE_DEMO])
def test_the_objection_officer_has_objections_at_every_stage(status: str):
    officer = User.objects.get(email="bezwaar@example.org")
    around_today = Objection.objects.at_desk_of(officer).filter(received_on__gt=LAST)

    assert around_today.filter(status=status).exists()


def test_objections_that_ask_for_attention_are_there():
    today = timezone.localdate()
    objections = Objection.objects.all()

    assert objections.due_between(today, today + timedelta(days=7)).exists()
    assert objections.overdue(today=today).count() == 1
    assert objections.to_check().filter(channel=Objection.Channel.POST).exists()
    assert objections.to_check().exclude(late_reason="").exists()
    assert objections.filter(direct_appeal_asked=True, costs_asked=True).exists()
    assert Hearing.objects.filter(
        objection__status=ObjectionStatus.HEARING_PLANNED, held_at__gt=timezone.now()
    ).exists()


def test_every_outcome_can_still_be_taken_to_the_court():
    today = timezone.localdate()
    running = Deadline.objects.open().filter(kind=Deadline.Kind.APPEAL, due__gte=today).values("case_id")
    outcomes = ObjectionDecision.objects.filter(objection__in=running).values_list("outcome", flat=True)

    assert set(outcomes) == set(ObjectionDecision.Outcome.values)
    assert ObjectionDecision.objects.filter(objection__decision__outcome="set_aside", outcome="upheld").exists()


def test_a_case_is_before_the_court_with_papers_and_relief_asked():
    waiting, appeal = Appeal.objects.open().exclude(objection=None).order_by("-filed_on")

    assert set(appeal.papers.values_list("direction", flat=True)) == {"to", "from"}
    assert all(paper.document.file.open().read().startswith(b"%PDF") for paper in appeal.papers.all())
    assert appeal.objection.reliefs.filter(outcome="").exists()
    assert waiting.status == AppealStatus.FILED
    assert not waiting.papers.exists()


def test_silence_is_before_the_court_and_a_court_gave_us_a_last_day():
    silent = Appeal.objects.open().get(objection=None)
    order = CourtOrder.objects.get()

    assert silent.against == Appeal.Against.SILENCE
    assert not silent.premature
    assert order.until >= timezone.localdate()
    assert order.euros_a_day > 0


def test_applications_came_in_on_paper_too():
    found = Application.objects.filed().exclude(channel=Channel.PORTAL)

    assert set(found.values_list("channel", flat=True)) == {Channel.POST, Channel.COUNTER, Channel.PHONE}
    assert all(one.received_on == one.registration.came_in_on for one in found)


def test_complaints_wait_are_in_hand_and_have_ended():
    statuses = set(Complaint.objects.values_list("status", flat=True))

    assert {"received", "handling", "concluded", "settled"} <= statuses
    assert Complaint.objects.filter(complainant__email="bloemist@example.org").exists()


def test_penalties_run_on_an_objection_and_on_an_application():
    today = timezone.localdate()
    running = DefaultNotice.objects.running()

    assert {notice.case_type for notice in running} == {"objection", "application"}
    assert all(notice.amount(today=today) > 0 for notice in running)


def test_a_draft_of_thresholds_and_a_listed_run_wait_for_the_team_leads():
    run = Renewal.objects.to_review().get()

    assert ThresholdVersion.objects.filter(published_at=None).count() == 1
    assert run.items.filter(action=Action.GRANT).count() == 4
    assert Objection.objects.open().filter(decision__in=run.items.values("decision")).count() == 1


@pytest.mark.parametrize("login", ["bloemist", "gemachtigde", "vervoerder"])
def test_applicants_of_the_demo_have_objections(login: str):
    assert Objection.objects.of_applicant(User.objects.get(email=f"{login}@example.org")).open().exists()
