"""A run over decisions under attack: the objection is settled along with it, or a person looks."""

from datetime import timedelta

from django.utils import timezone

from exemptions.models import Decision
from objections.models import Hearing, Objection, ObjectionStatus
from renewals.models import ItemState
from tests import given
from tests.renewals import changes
from tests.renewals.changes import version
from tests.renewals.running import finished, letters


def test_an_open_objection_is_settled_in_the_same_run_with_one_letter(reject, begin, applicant, other_team_lead):
    decision = reject()
    objection = changes.objection(decision, by=applicant)
    item = finished(begin(version())).items.get()

    objection.refresh_from_db()
    assert (item.problem, item.state, objection.status) == (item.problem, ItemState.DONE, ObjectionStatus.UPHELD)
    assert letters(decision) == ["objection_receipt", "objection_upheld"]
    decided = objection.decisions.get()
    assert (decided.taken_by, decided.new_decision) == (other_team_lead, item.new_decision)
    assert objection.current_hearing.skipped == Hearing.Skipped.UPHELD


def test_costs_that_were_asked_are_for_a_person(reject, begin, applicant):
    decision = reject()
    objection = changes.objection(decision, by=applicant, costs_asked=True)
    item = finished(begin(version())).items.get()

    objection.refresh_from_db()
    assert (item.state, objection.status) == (ItemState.NEEDS_HUMAN, ObjectionStatus.REGISTERED)
    assert letters(decision) == ["objection_receipt"]


def test_a_planned_hearing_is_for_a_person(reject, begin, applicant, objection_officer):
    objection = changes.objection(reject(), by=applicant)
    objection.admit(by=objection_officer)
    when = timezone.localtime() + timedelta(days=30)
    objection.plan_hearing(by=objection_officer, held_at=when, place="Utrecht", heard_by=objection_officer)

    assert finished(begin(version())).items.get().state == ItemState.NEEDS_HUMAN


def test_a_late_objection_is_for_a_person(reject, begin, applicant):
    decision = reject()
    long_ago = timezone.localtime() - timedelta(days=90)
    with given.rewriting():
        Decision.objects.filter(pk=decision.pk).update(taken_at=long_ago, made_known_on=long_ago.date())
    decision.refresh_from_db()
    changes.objection(decision, by=applicant, late_reason="Ik was ziek.")

    assert finished(begin(version())).items.get().state == ItemState.NEEDS_HUMAN


def test_who_took_the_decision_under_attack_does_not_decide_on_the_objection(
    old_version, applicant, caseworker, team_lead, other_team_lead
):
    decision = changes.rejected(by=applicant, desk=caseworker, second=other_team_lead)
    objection = changes.objection(decision, by=applicant)

    item = finished(changes.running(version(), by=team_lead, second=other_team_lead)).items.get()

    assert item.state == ItemState.NEEDS_HUMAN
    assert Objection.objects.get(pk=objection.pk).status == ObjectionStatus.REGISTERED


def test_a_case_before_the_court_is_for_a_person(reject, begin, applicant, objection_officer):
    decision = reject()
    objection = changes.objection(decision, by=applicant)
    objection.admit(by=objection_officer)
    objection.declare_unfounded(by=objection_officer, explanation="De grens geldt.", skip_hearing=True)
    appeal = objection.appeals.create(dossier=decision.application.dossier, court="Rechtbank Midden-Nederland")
    appeal.lodge(by=objection_officer, filed_on=timezone.localdate())

    item = finished(begin(version())).items.get()

    assert item.state == ItemState.NEEDS_HUMAN
    assert "6:19" in item.problem
