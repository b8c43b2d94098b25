"""Thresholds are published by a second person, once, for later days only; the list follows in the same transaction."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from casework import workflow_drawing
from casework.steps import StepRefused
from exemptions.models import ThresholdVersion
from renewals.models import Renewal, RenewalStatus
from renewals.publication import make_list, publish_thresholds
from tests.renewals.changes import version


@pytest.fixture
def draft(team_lead):
    return version(by=team_lead, published=False)


def test_the_steps_are_these():
    moves = {(move.name, move.source, move.target) for move in workflow_drawing.all_moves(ThresholdVersion)}

    assert moves == {("edit", "draft", None), ("publish", "draft", "published")}


def test_a_version_keeps_its_own_history(draft, team_lead, other_team_lead):
    words = {"source": "Regeling", "reason_nl": "De grens is verlaagd."}
    draft.edit(by=team_lead, valid_from=timezone.localdate(), limits={("van", "payload_kg"): 900}, **words)
    publish_thresholds(draft, by=other_team_lead)

    told = [(event.step, event.to_status, event.by) for event in draft.dossier.events.all()]
    assert told == [("edit", "draft", team_lead), ("publish", "published", other_team_lead)]
    assert [limit.limit for limit in draft.limits.all()] == [900]


def test_published_it_holds_and_the_list_is_there(draft, reject, other_team_lead):
    decision = reject()

    run = publish_thresholds(draft, by=other_team_lead)

    assert ThresholdVersion.objects.in_force(on=timezone.localdate()) == draft
    assert (run.status, run.items.get().decision) == (RenewalStatus.LISTED, decision)
    assert run.explanation_nl == draft.reason_nl


def test_who_made_it_does_not_publish_it(draft, team_lead):
    with pytest.raises(PermissionDenied):
        publish_thresholds(draft, by=team_lead)

    assert not Renewal.objects.exists()


def test_the_database_refuses_it_too(draft, team_lead):
    with pytest.raises(IntegrityError), transaction.atomic():
        ThresholdVersion.objects.filter(pk=draft.pk).update(published_at=timezone.now(), approved_by=team_lead)


@pytest.mark.parametrize("who", ["caseworker", "objection_officer", "administrator"])
def test_only_a_team_lead_publishes(who, draft, request):
    with pytest.raises(PermissionDenied):
        publish_thresholds(draft, by=request.getfixturevalue(who))


def test_a_version_without_a_limit_is_not_published(team_lead, other_team_lead):
    with pytest.raises(StepRefused):
        publish_thresholds(version(payload=None, by=team_lead, published=False), by=other_team_lead)


def test_a_version_is_published_once(draft, other_team_lead):
    publish_thresholds(draft, by=other_team_lead)

    with pytest.raises(TransitionNotAllowed):
        publish_thresholds(draft, by=other_team_lead)


def test_the_past_stays_as_it_was(old_version, team_lead, other_team_lead):
    earlier = version(by=team_lead, published=False, valid_from=old_version.valid_from - timedelta(days=1))

    with pytest.raises(StepRefused):
        publish_thresholds(earlier, by=other_team_lead)


@pytest.mark.parametrize("who", ["caseworker", "objection_officer", "administrator"])
def test_only_a_team_lead_makes_a_list(who, draft, request):
    with pytest.raises(PermissionDenied):
        make_list(draft, by=request.getfixturevalue(who))
