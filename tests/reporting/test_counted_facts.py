"""What figures count stands in the event of the step, as the step found it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from casework import clock
from casework.models import Deadline, Event
from exemptions import day_exemptions
from exemptions.models import Applicant, Application, FactsRecord
from exemptions.steps.statuses import DECIDED
from objections.models import Appeal, Objection
from objections.steps.statuses import DECIDED as OBJECTION_DECIDED
from reporting.lead_times import DECIDE
from tests import contest, given
from tests.reporting.cases import counted
from zones.access import VehicleFacts
from zones.models import Municipality

pytestmark = pytest.mark.django_db


def told(step: str, name: str) -> object:
    """A detail of the one event of a step."""
    return Event.objects.get(step=step).detail[name]


def first_decisions(case: Any, decided: Sequence[str]) -> set[str]:
    """The steps that end a case by a decision that replaces no other."""
    moves = case.get_all_status_transitions()
    return {move.name for move in moves if move.target in decided and move.source not in decided}


def test_lead_times_measure_every_first_decision():
    found = first_decisions(Application(), DECIDED) | first_decisions(Objection(), OBJECTION_DECIDED)

    again = {"revise", "reject_instead"}  # also in place of a conversion, with the decision on an objection
    assert found - {"grant_at_once"} - again == set(DECIDE) - {"post_letters", "uphold_and_reopen"} - again


def test_a_decision_tells_its_term_with_what_had_moved_it(applicant: User, caseworker: User):
    application = given.waiting(by=applicant, desk=caseworker)
    came_in = application.received_on
    with clock.at(clock.now() + timedelta(days=4)):
        application.supply(by=applicant, answer="Hier is het.")
        given.grant(application, desk=caseworker)

    term = Deadline.objects.filter(kind="decide").latest("opened_at")
    stood_still = term.basis["suspended_days"]
    expected = {"received": came_in.isoformat(), "due": term.due.isoformat(), "suspended_days": stood_still}
    assert told("grant", "decision_term") == expected
    assert stood_still > 0


def test_so_does_a_decision_on_an_objection(
    applicant: User, caseworker: User, other_caseworker: User, objection_officer: User
):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    contest.unfounded(objection, by=objection_officer)

    due = Deadline.objects.get(kind="decide_objection").due
    expected = {"received": objection.came_in_on.isoformat(), "due": due.isoformat(), "suspended_days": 0}
    assert told("declare_unfounded", "decision_term") == expected


def test_lodging_tells_the_court_and_the_objection(
    applicant: User, caseworker: User, other_caseworker: User, objection_officer: User
):
    rejected = given.rejected(by=applicant, desk=caseworker, second=other_caseworker)
    objection = contest.handling(rejected, by=applicant, desk=objection_officer)
    contest.unfounded(objection, by=objection_officer)
    contest.appeal(objection, desk=objection_officer)

    assert (told("lodge", "objection_id"), told("lodge", "instance")) == (objection.pk, Appeal.Instance.DISTRICT)


def test_a_vehicle_counts_as_what_it_was_when_its_day_was_granted(applicant: User, caseworker: User):
    application = day_exemptions.ask_day_exemption(
        by=applicant,
        applicant=Applicant.objects.of(applicant)[0],
        facts=VehicleFacts(category="van"),
        source=FactsRecord.Source.APPLICANT,
        plate="VX123Z",
        country="NL",
        municipality=Municipality.objects.get(name="Utrecht"),
        day=timezone.localdate() + timedelta(days=3),
        language="nl",
    )
    application.correct_facts(by=caseworker, facts=VehicleFacts(category="truck"), reason="Foto gezien")

    year = timezone.localdate().year
    assert Application.objects.get(pk=application.pk).vehicle_class == "truck"
    assert counted("R07", f"{year}-01-01", f"{year}-12-31") == {"van": 1, "truck": 0}
