"""The run decides: one new decision and one letter a case, the objection with it, and a person where one is needed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.models import Deadline, Letter
from exemptions.models import Decision, Ground, Status
from renewals import engine, tasks
from renewals.models import ItemState, Renewal, RenewalStatus
from renewals.publication import make_list
from tests import given
from tests.renewals import changes
from tests.renewals.changes import far_day, version
from tests.renewals.running import finished, letters
from tests.renewals.test_dry_run import TRUCK, euro_six_until

# --- Granting -------------------------------------------------------------------------------------------


def test_a_case_gets_one_new_decision_and_one_letter(reject, begin, team_lead, other_team_lead):
    decision = reject()
    run = finished(begin(version()))

    item = run.items.get()
    assert (run.status, item.state) == (RenewalStatus.DONE, ItemState.DONE)
    assert letters(decision) == ["renewed"]
    new = item.new_decision
    assert (new.outcome, new.starts_on, new.ends_on) == ("granted", timezone.localdate(), far_day())
    assert (new.prepared_by, new.taken_by) == (team_lead, other_team_lead)
    assert (new.thresholds, item.letter.kind) == (run.thresholds, "renewed")


def test_the_old_decision_stays_readable_as_replaced_and_the_plate_has_access(reject, begin):
    decision = reject()
    item = finished(begin(version())).items.get()

    decision.refresh_from_db()
    assert decision.replaced_by == item.new_decision
    assert decision.application.exemptions.get().is_valid(now=timezone.now())


def test_the_letter_says_what_changed_and_what_that_means_here(reject, begin):
    decision = reject()
    type(decision.application).objects.update(language="en")
    item = finished(begin(version(), explanation_en="The limit was lowered.")).items.get()

    assert "The limit was lowered." in item.letter.body
    assert "1,400" in item.letter.body


def test_the_applicant_can_object_to_the_new_decision(reject, begin):
    decision = reject()
    finished(begin(version()))

    assert decision.application.dossier.deadlines.open().get().kind == Deadline.Kind.OBJECT


def test_an_exemption_begins_on_the_day_of_the_run_and_not_before_it_was_asked(reject, team_lead, other_team_lead):
    early, late = reject(), reject()
    long_ago = timezone.localdate() - timedelta(days=60)
    type(early.application).objects.filter(pk=early.application.pk).update(
        received_at=timezone.localtime() - timedelta(days=90), wanted_from=None
    )
    run = make_list(version(), by=team_lead)
    run.list_again(by=team_lead, starts_on=long_ago)
    run.propose(by=team_lead, explanation_nl="De grens is verlaagd.")
    run.approve(by=other_team_lead)
    run.start(by=other_team_lead)
    finished(run)

    first_days = dict(run.items.values_list("decision", "new_decision__starts_on"))
    assert first_days == {early.pk: long_ago, late.pk: timezone.localdate()}


def test_the_day_of_the_reviewer_counts_where_nothing_limits_the_end(reject, begin):
    reject(wanted_until=None)

    item = finished(begin(version(), ends_on=far_day())).items.get()

    assert item.new_decision.ends_on == far_day()


def test_a_changed_kind_grants_within_its_new_limits(reject, begin):
    decision = reject(code="VHZ", ground="too_old", facts=TRUCK)
    kind = changes.newer_kind("VHZ", below_age_years=20)
    item = finished(begin(kind)).items.get()

    decision.application.refresh_from_db()
    assert (item.problem, item.state, decision.application.kind) == ("", ItemState.DONE, kind)


def test_what_was_left_out_gets_nothing(reject, team_lead, other_team_lead):
    decision, _other = reject(), reject()
    run = make_list(version(), by=team_lead)
    run.exclude(by=team_lead, item=run.items.get(decision=decision), because="Wil het zelf niet meer.")
    run.propose(by=team_lead, explanation_nl="De grens is verlaagd.")
    run.approve(by=other_team_lead)
    run.start(by=other_team_lead)
    finished(run)

    assert letters(decision) == []
    assert run.items.get(decision=decision).state == ItemState.EXCLUDED


def test_started_twice_nothing_happens_twice(reject, begin):
    decision = reject()
    run = begin(version())

    assert [tasks.run(run.pk), tasks.run(run.pk), tasks.resume()] == [1, 0, 0]
    assert letters(decision) == ["renewed"]


def test_two_runs_about_one_decision_decide_once(reject, begin, team_lead, other_team_lead):
    decision = reject()
    first = begin(version())
    second = begin(version(valid_from=timezone.localdate() - timedelta(days=1)))
    finished(first)
    item = finished(second).items.get()

    assert letters(decision) == ["renewed"]
    assert item.state == ItemState.NEEDS_HUMAN


def test_a_stopped_run_decides_nothing_until_it_goes_on(reject, begin, team_lead, other_team_lead):
    decision = reject()
    run = begin(version())
    run.stop(by=team_lead)
    assert tasks.resume() == 0
    assert letters(decision) == []

    run.go_on(by=other_team_lead)
    assert tasks.resume() == 1


# --- What needs a person --------------------------------------------------------------------------------


def test_a_decision_that_was_replaced_meanwhile_is_for_a_person(reject, begin, objection_officer):
    decision = reject()
    run = begin(version())
    decision.application.revise(
        by=objection_officer,
        cause="objection",
        ground=given.ground(Ground.Outcome.GRANT, decision.application),
        starts_on=timezone.localdate(),
        ends_on=far_day(),
        explanation=given.SHORTER,
    )
    item = finished(run).items.get()

    assert (item.state, item.new_decision) == (ItemState.NEEDS_HUMAN, None)
    assert item.problem
    assert decision.application.decisions.count() == 2


def test_who_lost_the_role_meanwhile_decides_nothing_more(reject, begin, other_team_lead):
    decision = reject()
    run = begin(version())
    other_team_lead.groups.clear()
    item = finished(run).items.get()

    assert (item.state, letters(decision)) == (ItemState.NEEDS_HUMAN, [])


def test_one_failing_case_does_not_hold_up_the_others_and_can_be_tried_again(reject, begin, other_team_lead):
    broken, fine = reject(), reject()
    run = begin(version())
    original = break_case(broken)
    finished(run)
    states = dict(run.items.values_list("decision", "state"))
    assert states == {broken.pk: ItemState.FAILED, fine.pk: ItemState.DONE}
    assert letters(broken) == []

    mend_case(broken, original)
    run.try_again(by=other_team_lead)
    finished(run)

    assert letters(broken) == ["renewed"]
    assert run.status == RenewalStatus.DONE


def break_case(decision: Decision) -> dict[str, Any]:
    """The facts of this case cannot be read any more."""
    record = decision.application.facts_records.latest("pk")
    original: dict[str, Any] = record.facts
    type(record).objects.filter(pk=record.pk).update(facts={"first_admission": "not a day"})
    return original


def mend_case(decision: Decision, original: dict[str, Any]) -> None:
    record = decision.application.facts_records.latest("pk")
    type(record).objects.filter(pk=record.pk).update(facts=original)


# --- Telling --------------------------------------------------------------------------------------------


@pytest.fixture
def needless(applicant, caseworker):
    """An exemption that the new rule makes needless."""
    from zones.models import AccessRule

    AccessRule.objects.all().delete()
    return changes.granted(by=applicant, desk=caseworker)


def test_a_holder_is_told_once_and_keeps_the_exemption(needless, begin, team_lead):
    rule = euro_six_until(needless.ends_on + timedelta(days=100))
    run = finished(begin(rule, explanation_nl="Euro 4 mag langer."))

    item = run.items.get()
    assert (item.problem, item.state, item.letter.kind) == ("", ItemState.DONE, "exemption_needless")
    assert "Euro 4 mag langer." in item.letter.body
    needless.refresh_from_db()
    assert needless.is_valid(now=timezone.now())
    assert needless.application.status == Status.GRANTED
    assert not make_list(rule, by=team_lead).items.exists()


def test_an_exemption_that_was_revoked_meanwhile_is_for_a_person(needless, begin):
    run = begin(euro_six_until(needless.ends_on + timedelta(days=100)))
    type(needless).objects.update(revoked_at=timezone.now())

    assert finished(run).items.get().state == ItemState.NEEDS_HUMAN
    assert not Letter.objects.filter(kind="exemption_needless").exists()


def test_when_its_time_is_up_a_worker_leaves_the_rest_for_its_next_turn(reject, begin):
    decision = reject()
    run = begin(version())

    assert engine.work_on_run(run.pk, seconds=0) == 0
    assert Renewal.objects.running().get() == run
    assert letters(decision) == []
