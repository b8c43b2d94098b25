"""Two people at once, a second click, two objections to one decision."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from exemptions.models import Application, Exemption
from objections.models import Objection, ObjectionDecision
from tests import contest
from tests.locks import wait_until_blocked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def handled(rejected, applicant, objection_officer):
    """Admitted, and still to be decided."""
    return contest.handling(rejected, by=applicant, desk=objection_officer)


def attempt(step, *args, **detail):
    """In a thread of its own, so with a connection of its own."""
    try:
        step(*args, **detail)
    except (TransitionNotAllowed, IntegrityError):
        return "lost"
    finally:
        connection.close()
    return "won"


def both_waiting_for(objection, *steps):
    """Start the steps while the row is locked, then let go; returns who won."""
    with ThreadPoolExecutor(len(steps)) as desk:
        with transaction.atomic():
            Objection.objects.select_for_update().get(pk=objection.pk)
            tried = [desk.submit(attempt, step, copy(objection), by=by) for step, by in steps]
            wait_until_blocked(len(steps))
        return sorted(one.result() for one in tried)


def copy(objection):
    return Objection.objects.get(pk=objection.pk)


def test_of_two_officers_one_decides(handled, objection_officer, other_officer):
    steps = (contest.upheld, objection_officer), (contest.unfounded, other_officer)

    assert both_waiting_for(handled, *steps) == ["lost", "won"]
    assert ObjectionDecision.objects.count() == 1


def test_a_double_click_grants_once(handled, objection_officer):
    click = (contest.upheld, objection_officer)

    assert both_waiting_for(handled, click, click) == ["lost", "won"]
    assert Exemption.objects.valid_at(timezone.now()).count() == 1
    assert Application.objects.get(pk=handled.application.pk).decisions.count() == 2


def test_who_takes_it_back_and_who_decides_do_not_both_win(handled, applicant, objection_officer):
    steps = (Objection.withdraw, applicant), (contest.unfounded, objection_officer)

    assert both_waiting_for(handled, *steps) == ["lost", "won"]
    assert copy(handled).decisions.count() == (copy(handled).status == "unfounded")


def test_of_two_objections_begun_at_once_one_is_kept(rejected, applicant, colleague):
    with ThreadPoolExecutor(2) as portal:
        tried = [portal.submit(attempt, contest.draft, rejected, by=person) for person in (applicant, colleague)]

    assert sorted(one.result() for one in tried) == ["lost", "won"]
    assert Objection.objects.count() == 1


def test_sending_twice_sends_once(rejected, applicant):
    draft, today = contest.draft(rejected, by=applicant), timezone.localdate()
    with ThreadPoolExecutor(2) as portal:
        tried = [portal.submit(attempt, copy(draft).file, by=applicant, received_on=today) for _click in range(2)]

    assert sorted(one.result() for one in tried) == ["lost", "won"]
    assert copy(draft).dossier.letters.filter(kind="objection_receipt").count() == 1
