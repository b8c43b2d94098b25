"""The life of a run: two people look at it before anything happens, and every step keeps to its place."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from casework import workflow_drawing
from casework.models import Event
from casework.steps import StepRefused
from renewals.models import Action, ItemState, Renewal, RenewalStatus
from renewals.publication import make_list
from tests.renewals import changes
from tests.renewals.changes import HEAVY, far_day, version

TABLE = {
    "list_again": ({"listed"}, None),
    "exclude": ({"listed"}, None),
    "include": ({"listed"}, None),
    "grant_too": ({"listed"}, None),
    "propose": ({"listed"}, "proposed"),
    "send_back": ({"proposed", "approved"}, "listed"),
    "approve": ({"proposed"}, "approved"),
    "cancel": ({"listed", "proposed", "approved"}, "cancelled"),
    "start": ({"approved"}, "running"),
    "stop": ({"running"}, "stopped"),
    "go_on": ({"stopped"}, "running"),
    "finish": ({"running"}, "done"),
    "try_again": ({"running", "stopped", "done"}, "running"),
    "settle": ({"running", "stopped", "done"}, None),
}
WORDS = {"explanation_nl": "De grens is verlaagd."}


@pytest.fixture
def run(reject, team_lead):
    """A list with two cases."""
    reject(), reject()
    return make_list(version(), by=team_lead)


@pytest.fixture
def approved(run, team_lead, other_team_lead):
    run.propose(by=team_lead, **WORDS)
    run.approve(by=other_team_lead)
    return run


def test_the_table_is_the_code():
    moves = {(move.name, move.source, move.target) for move in workflow_drawing.all_moves(Renewal)}

    assert moves == {(step, source, to) for step, (sources, to) in TABLE.items() for source in sources}


@pytest.mark.parametrize("status", RenewalStatus.values)
def test_a_step_that_does_not_follow_is_refused_and_leaves_no_trace(status, run, team_lead, other_team_lead, subtests):
    seen_by = {"proposed_by": team_lead, "approved_by": other_team_lead}
    Renewal.objects.filter(pk=run.pk).update(status=status, **seen_by)

    for step in (step for step, (sources, _to) in TABLE.items() if status not in sources):
        with subtests.test(step=step), pytest.raises(TransitionNotAllowed):
            getattr(run, step)(by=None)

    assert run.dossier.events.count() == 1


def test_a_run_keeps_its_own_history(approved):
    walked = approved.dossier.events.values_list("step", "to_status")

    assert list(walked) == [("list_again", "listed"), ("propose", "proposed"), ("approve", "approved")]


def test_who_reviewed_the_list_does_not_approve_it(run, team_lead):
    run.propose(by=team_lead, **WORDS)

    with pytest.raises(PermissionDenied):
        run.approve(by=team_lead)


def test_the_database_refuses_one_pair_of_eyes(approved, team_lead):
    with pytest.raises(IntegrityError), transaction.atomic():
        Renewal.objects.filter(pk=approved.pk).update(approved_by=team_lead)


def test_the_database_refuses_a_run_that_nobody_approved(run):
    with pytest.raises(IntegrityError), transaction.atomic():
        Renewal.objects.filter(pk=run.pk).update(status="running")


def test_the_database_refuses_two_causes_and_none(run):
    for causes in ({"thresholds": None}, {"kind": changes.given.kind()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Renewal.objects.filter(pk=run.pk).update(**causes)


@pytest.mark.parametrize("who", ["caseworker", "objection_officer", "administrator", "reporter"])
def test_only_a_team_lead_takes_the_steps(who, run, request):
    with pytest.raises(PermissionDenied):
        run.propose(by=request.getfixturevalue(who), **WORDS)


def test_a_list_without_an_explanation_is_not_proposed(run, team_lead):
    with pytest.raises(StepRefused):
        run.propose(by=team_lead, explanation_nl=" ")


def test_a_list_on_which_nothing_is_to_be_done_is_not_proposed(run, team_lead):
    for item in run.items.all():
        run.exclude(by=team_lead, item=item, because="Al geregeld.")

    with pytest.raises(StepRefused):
        run.propose(by=team_lead, **WORDS)


def test_where_nothing_limits_the_end_the_reviewer_gives_a_day(reject, team_lead):
    reject(wanted_until=None)
    run = make_list(version(), by=team_lead)

    with pytest.raises(StepRefused):
        run.propose(by=team_lead, **WORDS)
    run.propose(by=team_lead, ends_on=far_day(), **WORDS)

    assert run.ends_on == far_day()


def test_the_last_day_is_neither_past_nor_far(run, team_lead):
    for day in (timezone.localdate() - timedelta(days=1), timezone.localdate() + timedelta(days=14 * 366)):
        with pytest.raises(StepRefused):
            run.propose(by=team_lead, ends_on=day, **WORDS)


def test_sent_back_the_list_can_be_changed_again(approved, team_lead, other_team_lead):
    approved.send_back(by=other_team_lead, remark="Kijk nog eens naar de eerste.")

    assert (approved.status, approved.proposed_by, approved.approved_by) == ("listed", None, None)
    approved.exclude(by=team_lead, item=approved.items.all()[0], because="Klopt, die niet.")


def test_a_case_that_was_left_out_says_why_and_can_come_back(run, team_lead):
    item = run.items.all()[0]

    run.exclude(by=team_lead, item=item, because="Heeft al een ontheffing.")
    item.refresh_from_db()
    assert (item.state, item.excluded_by) == (ItemState.EXCLUDED, team_lead)
    run.include(by=team_lead, item=item)

    item.refresh_from_db()
    assert (item.state, item.excluded_because) == (ItemState.WAITING, "")


def test_leaving_out_asks_a_reason(run, team_lead):
    with pytest.raises(StepRefused):
        run.exclude(by=team_lead, item=run.items.all()[0], because="  ")


def test_a_case_of_another_run_is_no_case_of_this_one(run, reject, team_lead):
    other = make_list(version(valid_from=timezone.localdate() + timedelta(days=1)), by=team_lead)

    with pytest.raises(StepRefused):
        run.exclude(by=team_lead, item=other.items.all()[0], because="Vergissing.")


def test_what_a_person_looked_at_is_granted_with_the_others(reject, team_lead):
    reject(facts=replace(HEAVY, payload_kg=None))
    run = make_list(version(), by=team_lead)

    run.grant_too(by=team_lead, item=run.items.get(), because="Weegbrief: 1.420 kg.")

    item = run.items.get()
    assert item.action == Action.GRANT
    assert item.reasons_nl.endswith("Weegbrief: 1.420 kg.")


def test_nothing_starts_before_the_change_holds(reject, team_lead, other_team_lead):
    reject()
    tomorrow = timezone.localdate() + timedelta(days=1)
    run = changes.approved(version(valid_from=tomorrow), by=team_lead, second=other_team_lead)

    with pytest.raises(StepRefused):
        run.start(by=other_team_lead)


def test_what_a_person_must_look_at_is_theirs_from_the_start(reject, team_lead, other_team_lead):
    reject(), reject(facts=replace(HEAVY, payload_kg=None))

    run = changes.running(version(), by=team_lead, second=other_team_lead)

    assert run.items.get(action=Action.LOOK).state == ItemState.NEEDS_HUMAN


def test_a_run_is_done_when_nothing_waits_and_nobody_says_so_by_hand(approved, other_team_lead):
    approved.start(by=other_team_lead)

    with pytest.raises(TransitionNotAllowed):
        approved.finish(by=None)
    approved.items.update(state=ItemState.FAILED)
    with pytest.raises(PermissionDenied):
        approved.finish(by=other_team_lead)
    approved.finish(by=None)

    assert approved.status == RenewalStatus.DONE


def test_what_is_left_is_tried_again_or_settled_by_a_person(approved, team_lead, other_team_lead):
    approved.start(by=other_team_lead)
    approved.items.update(state=ItemState.FAILED, problem="Er ging iets mis.")
    approved.finish(by=None)
    first, second = approved.items.all()

    approved.settle(by=team_lead, item=first, because="Met de hand besloten.")
    approved.try_again(by=other_team_lead)

    assert list(approved.items.values_list("state", flat=True)) == [ItemState.EXCLUDED, ItemState.WAITING]
    assert (approved.status, approved.done_at) == (RenewalStatus.RUNNING, None)


def test_a_cancelled_run_leaves_room_for_another(run, team_lead):
    run.cancel(by=team_lead, remark="Verkeerde versie.")

    assert make_list(run.thresholds, by=team_lead) != run


def test_the_dossier_of_a_run_outlives_the_sweep_of_old_drafts(run):
    from exemptions.intake.drafts import drop_old_drafts

    type(run.dossier).objects.filter(pk=run.dossier.pk).update(opened_at=timezone.localtime() - timedelta(days=999))

    drop_old_drafts(today=timezone.localdate())

    assert Event.objects.of(run).exists()
