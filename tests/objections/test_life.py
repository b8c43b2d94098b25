"""The life of an objection, from the steps alone."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.models import Deadline
from exemptions.models import Status
from objections.models import ObjectionDecision, ObjectionStatus
from tests import contest, given


@pytest.fixture
def rejected(applicant, caseworker, other_caseworker):
    return given.rejected(by=applicant, desk=caseworker, second=other_caseworker)


def test_an_upheld_objection_gives_the_exemption_after_all(rejected, applicant, objection_officer):
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)

    contest.upheld(objection, by=objection_officer)

    rejected.refresh_from_db()
    old, new = rejected.decisions.order_by("pk")
    assert (rejected.status, old.replaced_by, new.exemption.is_valid(now=timezone.now())) == (Status.GRANTED, new, True)
    assert objection.decisions.get().new_decision == new
    assert rejected.dossier.letters.last().kind == "objection_upheld"


def test_the_one_who_rejected_cannot_decide(rejected, applicant, objection_officer, other_caseworker):
    other_caseworker.user_permissions.set(objection_officer.groups.get().permissions.all())
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)

    with pytest.raises(PermissionDenied):
        contest.unfounded(objection, by=type(other_caseworker).objects.get(pk=other_caseworker.pk))


def test_the_database_refuses_that_decider_too(rejected, applicant, objection_officer, other_caseworker):
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)

    with pytest.raises(IntegrityError, match="chain under attack"), transaction.atomic():
        ObjectionDecision.objects.create(
            objection=objection, outcome="unfounded", explanation="Nee.", taken_by=other_caseworker
        )


def test_repair_moves_the_last_day_to_decide(rejected, applicant, objection_officer):
    objection = contest.filed(rejected, by=applicant, grounds="")
    before = objection.decide_by

    with time_machine.travel(timezone.localtime() + timedelta(days=43), tick=False):
        objection.ask_repair(by=objection_officer, items=["grounds"], ends_on=given.working_day(14))

    assert objection.status == ObjectionStatus.REPAIR
    assert objection.decide_by > before
    assert objection.dossier.deadlines.open().get(kind=Deadline.Kind.REPAIR).due == given.working_day(57)


def test_a_hearing_has_its_terms(rejected, applicant, objection_officer):
    objection = contest.hearing_planned(rejected, by=applicant, desk=objection_officer)
    day = objection.current_hearing.day

    terms = dict(objection.dossier.deadlines.open().values_list("kind", "due"))

    assert terms[Deadline.Kind.PAPERS] == day - timedelta(days=11)
    assert terms[Deadline.Kind.FILE_OPEN] == day - timedelta(days=7)
