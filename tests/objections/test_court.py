"""Cases before a court, and what a judgment does to the decision."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from exemptions.models import Application, Exemption, Ground, Status
from objections.models import Appeal, AppealStatus, Objection, ObjectionStatus
from tests import contest, given
from tests.objections.look import letters, refused, terms

TODAY = timezone.localdate


@pytest.fixture
def unfounded(rejected, applicant, objection_officer):
    """The objection was unfounded."""
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    return contest.unfounded(objection, by=objection_officer)


@pytest.fixture
def appeal(unfounded, objection_officer):
    """The court has told of an appeal."""
    return contest.appeal(unfounded, desk=objection_officer)


@pytest.fixture
def against_silence(rejected, applicant, objection_officer, time_machine):
    """We are late, and the objector went to the court (Awb 6:12)."""
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    time_machine.move_to(timezone.localtime() + timedelta(days=110), tick=False)
    objection.receive_default_notice(by=applicant, received_on=TODAY())
    return contest.appeal(objection, desk=objection_officer, against=Appeal.Against.SILENCE)


def grant(appeal, *, days=100):
    reason = given.ground(Ground.Outcome.GRANT, appeal.objection.application)
    term = {"starts_on": TODAY(), "ends_on": TODAY() + timedelta(days=days)}
    return {"ground": reason, **term, "explanation": given.SHORTER}


def won(appeal, *, by, **terms_of):
    appeal.win_with_grant(by=by, judged_on=TODAY(), judgment="Het beroep is gegrond.", **{**grant(appeal), **terms_of})


def ordered(appeal, *, by, days=42):
    appeal.win_with_order(by=by, judged_on=TODAY(), judgment="Beslis opnieuw.", until=TODAY() + timedelta(days=days))


def again(case):
    return type(case).objects.get(pk=case.pk)


# --- To and fro ---------------------------------------------------------------------------------------------


def test_an_appeal_ends_the_term_to_appeal_and_opens_that_for_the_papers(unfounded, objection_officer):
    appeal = Appeal.objects.create(dossier=unfounded.dossier, objection=unfounded, court="Rechtbank Gelderland")

    appeal.lodge(by=objection_officer, filed_on=TODAY(), papers_due=given.working_day(28))

    assert terms(unfounded) == {}
    assert terms(appeal) == {"court_papers": given.working_day(28)}


def test_papers_sent_to_the_court_end_that_term(unfounded, objection_officer):
    appeal = Appeal.objects.create(dossier=unfounded.dossier, objection=unfounded, court="Rechtbank Gelderland")
    appeal.lodge(by=objection_officer, filed_on=TODAY(), papers_due=given.working_day(28))

    appeal.send_papers(by=objection_officer, title="Verweerschrift", dated_on=TODAY())

    assert (appeal.status, terms(appeal)) == (AppealStatus.PENDING, {})
    assert appeal.papers.get().direction == "to"


def test_papers_and_the_number_can_come_after_the_judgment(appeal, objection_officer):
    appeal.find_unfounded(by=objection_officer, judged_on=TODAY(), judgment="Ongegrond.")

    appeal.receive_paper(by=objection_officer, title="Uitspraak", dated_on=TODAY())
    appeal.take_number(by=objection_officer, court="Rechtbank Gelderland", case_number="ARN 26/123")

    assert str(appeal) == "Rechtbank Gelderland ARN 26/123"


def test_one_case_at_a_time_runs_before_a_court(appeal, objection_officer):
    second = Appeal.objects.create(dossier=appeal.dossier, objection=appeal.objection, court="Rechtbank Gelderland")

    with refused(second):
        second.lodge(by=objection_officer, filed_on=TODAY())


@pytest.mark.parametrize("days", [1, -1])
def test_days_that_cannot_be_are_refused(appeal, objection_officer, days):
    with refused(appeal):
        appeal.find_unfounded(by=objection_officer, judged_on=TODAY() + timedelta(days=days), judgment="Ongegrond.")


@pytest.mark.parametrize("person", ["applicant", "team_lead", "caseworker", "stranger"])
def test_only_the_objection_officer_keeps_the_case(request, appeal, person):
    with refused(appeal, PermissionDenied):
        appeal.settle(by=request.getfixturevalue(person), judged_on=TODAY(), judgment="Geschikt.")


@pytest.mark.parametrize(
    ("step", "status"),
    [
        ("withdraw", AppealStatus.WITHDRAWN),
        ("settle", AppealStatus.SETTLED),
        ("find_inadmissible", AppealStatus.INADMISSIBLE),
        ("find_unfounded", AppealStatus.UNFOUNDED),
        ("win_without_change", AppealStatus.UPHELD),  # the court left the effects as they are
    ],
)
def test_these_ends_leave_every_decision(appeal, objection_officer, step, status):
    getattr(appeal, step)(by=objection_officer, judged_on=TODAY(), judgment="Klaar.")

    assert appeal.status == status
    assert appeal.objection.decisions.standing().exists()
    assert again(appeal.objection.application).status == Status.REJECTED


# --- Won ------------------------------------------------------------------------------------------------------


def test_a_won_appeal_gives_the_exemption(appeal, objection_officer):
    won(appeal, by=objection_officer)

    application = again(appeal.objection.application)
    assert (appeal.status, application.status) == (AppealStatus.UPHELD, Status.GRANTED)
    assert Exemption.objects.valid_at(timezone.now()).get().application == application
    assert not appeal.objection.decisions.standing().exists()
    assert letters(appeal)[-1] == "judgment_granted"
    assert terms(application) == {}


def test_a_direct_appeal_can_be_won_too(rejected, applicant, objection_officer):
    objection = contest.filed(rejected, by=applicant, direct_appeal_asked=True)
    objection.agree_direct_appeal(by=objection_officer, court="Rechtbank Gelderland", none_to_come=True)

    won(objection.appeals.get(), by=objection_officer)

    assert Application.objects.get(pk=rejected.pk).status == Status.GRANTED


def test_an_order_takes_the_objection_up_again_until_the_day_that_the_court_gave(appeal, objection_officer):
    ordered(appeal, by=objection_officer)

    objection = again(appeal.objection)
    assert objection.status == ObjectionStatus.HANDLING
    assert terms(objection) == {"decide_objection": TODAY() + timedelta(days=42)}
    assert objection.decisions.get().annulled_on == TODAY()


def test_after_an_order_there_is_a_new_decision_with_a_new_term_to_appeal(appeal, objection_officer):
    ordered(appeal, by=objection_officer)

    objection = contest.upheld(again(appeal.objection), by=objection_officer)

    assert objection.decisions.count() == 2
    assert objection.decisions.standing().get().outcome == "upheld"
    assert set(terms(objection)) == {"appeal"}


def test_an_order_to_decide_at_last_sets_the_day_of_an_open_objection(against_silence, objection_officer):
    ordered(against_silence, by=objection_officer, days=14)

    objection = again(against_silence.objection)
    assert objection.status == ObjectionStatus.HANDLING
    assert terms(objection)["decide_objection"] == TODAY() + timedelta(days=14)


def test_where_there_is_no_decision_yet_a_judgment_can_only_order_one(against_silence, objection_officer):
    with refused(against_silence):
        won(against_silence, by=objection_officer)


def test_an_order_makes_way_for_itself(appeal, applicant, objection_officer):
    begun = contest.draft(appeal.objection.application, by=applicant)  # and not sent

    ordered(appeal, by=objection_officer)

    assert not Objection.objects.filter(pk=begun.pk).exists()


def test_beside_another_open_objection_it_waits(appeal, applicant, objection_officer):
    contest.filed(appeal.objection.application, by=applicant)

    with refused(appeal):
        ordered(appeal, by=objection_officer)


# --- Higher -----------------------------------------------------------------------------------------------------


def test_a_higher_appeal_is_a_case_of_its_own(appeal, objection_officer):
    appeal.find_unfounded(by=objection_officer, judged_on=TODAY(), judgment="Ongegrond.")

    higher = contest.appeal(
        appeal.objection,
        desk=objection_officer,
        court="ABRvS",
        instance=Appeal.Instance.HIGHER,
        against=Appeal.Against.JUDGMENT,
        higher_than=appeal,
    )
    won(higher, by=objection_officer)

    assert (again(appeal).status, higher.status) == (AppealStatus.UNFOUNDED, AppealStatus.UPHELD)
    assert again(appeal.objection.application).status == Status.GRANTED


def test_a_judgment_that_cannot_work_leaves_no_trace(appeal, objection_officer):
    with refused(appeal):
        won(appeal, by=objection_officer, starts_on=TODAY() - timedelta(days=400))


def test_what_has_ended_is_not_judged_again(appeal, objection_officer):
    appeal.find_unfounded(by=objection_officer, judged_on=TODAY(), judgment="Ongegrond.")

    with refused(appeal, TransitionNotAllowed):
        won(appeal, by=objection_officer)
