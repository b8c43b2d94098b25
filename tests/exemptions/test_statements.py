"""How much a step asks of the database: a step that everybody takes is as quick as its rows.

Where text messages are sent, a step that places a letter asks once more: who wants them.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework import clock
from exemptions.models import FactsRecord, Ground
from exemptions.steps.amendment import Vehicle
from tests import contest, given
from tests.looping import each
from tests.statements import MAY_ASK, know_rights, listening

pytestmark = pytest.mark.django_db
PLATES = ("VX124Z", "VX125Z")
OTHER = Vehicle("V99ABC", "NL", given.VAN, FactsRecord.Source.REGISTER)
ABOVE = {
    "approve_change": 18,  # settles the proposal of a colleague, and asks whether the holder was heard
    "ask_completion": 17,  # two terms, the request and its items beside the letter
    "end_on_request": 16,  # on a later day: a shorter exemption is given, and who asks may be the holder
    "convert": 38,  # two cases, each with its letter, mail, event and term; the second is made of copies
}
"""The steps that ask more than most may, and why."""


@pytest.fixture(autouse=True)
def kept(settings):
    """A worker that has taken such steps before."""
    settings.REFERENCE_ANSWERS_KEPT = 500
    settings.SMS_GATEWAY_URL = ""


def count(take) -> int:
    """The statements of a step, without the savepoints that a transaction within that of the test costs."""
    with CaptureQueriesContext(connection) as asked:
        take()
    return sum("SAVEPOINT" not in one["sql"] for one in asked)


def fresh(case):
    return type(case).objects.get(pk=case.pk)


def test_filing(applicant):
    given.filed(by=applicant, plate="VX120Z")
    draft = fresh(given.draft(by=applicant))

    assert count(lambda: draft.file(by=applicant)) <= 16


def test_taking_up_noting_and_assigning(applicant, caseworker, other_caseworker):
    filed = fresh(given.filed(by=applicant))

    assert count(lambda: filed.take_up(by=caseworker)) <= 7
    assert count(lambda: filed.note(by=caseworker, text="Gebeld.")) <= 7
    assert count(lambda: filed.assign(by=caseworker, to=other_caseworker)) <= 4


def test_the_answer_of_the_applicant(applicant, caseworker):
    waiting = fresh(given.waiting(by=applicant, desk=caseworker))

    assert count(lambda: waiting.supply(by=applicant, answer="Zie de bijlage.")) <= 14


def test_asking_what_is_missing(applicant, caseworker):
    given.waiting(by=applicant, desk=caseworker, plate="VX120Z")
    judged = fresh(given.judged(by=applicant, desk=caseworker))
    asked = {"items": {judged.evidence_items.first(): "Onleesbaar."}, "ends_on": given.working_day(21)}

    assert asked_by(judged, "ask_completion", by=caseworker, **asked) <= may_ask("ask_completion")


def test_granting(applicant, caseworker):
    given.granted(by=applicant, desk=caseworker, plate="VX120Z")
    judged = fresh(given.judged(by=applicant, desk=caseworker))
    term = {"starts_on": judged.wanted_from, "ends_on": given.working_day(120), "explanation": given.SHORTER}
    ground = given.ground(Ground.Outcome.GRANT, judged)

    assert count(lambda: judged.grant(by=caseworker, ground=ground, **term)) <= 15


def test_rejecting(applicant, caseworker, other_caseworker):
    given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate="VX120Z")
    proposed = fresh(given.proposed(by=applicant, desk=caseworker))

    assert count(lambda: proposed.approve_rejection(by=other_caseworker, doubts_reason=given.EXPLAINED)) <= 17


def test_objecting(applicant, caseworker, other_caseworker, objection_officer):
    first, second = (
        given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate=plate) for plate in PLATES
    )
    contest.filed(first, by=applicant)
    objection = fresh(contest.draft(second, by=applicant))

    assert count(lambda: objection.file(by=applicant, received_on=given.working_day(0))) <= 12
    assert count(lambda: objection.admit(by=objection_officer, excused=None, because="")) <= 5
    assert count(lambda: objection.offer_hearing(by=objection_officer, reply_until=given.working_day(14))) <= 11
    assert count(lambda: objection.answer_hearing(by=applicant, wants=False)) <= 8


def test_deciding_on_an_objection(applicant, caseworker, other_caseworker, objection_officer):
    first, second = (
        given.rejected(by=applicant, desk=caseworker, second=other_caseworker, plate=plate) for plate in PLATES
    )
    contest.unfounded(contest.handling(first, by=applicant, desk=objection_officer), by=objection_officer)
    objection = fresh(contest.handling(second, by=applicant, desk=objection_officer))

    assert count(lambda: contest.unfounded(objection, by=objection_officer)) <= 16


def may_ask(step):
    return ABOVE.get(step, MAY_ASK)


def asked_by(case, step, *, by, **about):
    """The statements of a step that the page before it offered, without what a worker in use has cached."""
    know_rights(by)
    with listening() as asked:
        getattr(case, step)(by=by, **about)
    return len(asked)


CHANGES = {
    "another vehicle": ("replace_vehicle", lambda: {"vehicle": OTHER}),
    "longer": ("lengthen", lambda: {"ends_on": given.working_day(130), "explanation": given.SHORTER}),
    "ended now": ("end_on_request", lambda: {"from_day": clock.today()}),
    "ended later": ("end_on_request", lambda: {"from_day": clock.today() + timedelta(days=20)}),
}


@each("change", CHANGES)
def test_changing_what_was_granted(change, applicant, caseworker):
    step, describe = CHANGES[change]
    granted = fresh(given.granted(by=applicant, desk=caseworker))

    assert asked_by(granted, step, by=caseworker, **describe()) <= may_ask(step)


def test_approving_a_change(applicant, caseworker, other_caseworker):
    granted = fresh(given.granted(by=applicant, desk=caseworker))
    reasons = {"explanation": given.SHORTER, "unheard_because": given.EXPLAINED}
    ground = Ground.objects.get(code="facts_changed", outcome=Ground.Outcome.REVOKE)
    granted.propose_suspension(by=caseworker, ground=ground, **reasons)

    assert asked_by(granted, "approve_change", by=other_caseworker) <= may_ask("approve_change")
    assert asked_by(granted, "lift_suspension", by=caseworker, explanation=given.SHORTER) <= MAY_ASK


def test_converting(applicant, caseworker):
    taken_up = fresh(given.taken_up(by=applicant, desk=caseworker))
    about = {"kind": given.kind("BEO"), "reason": given.SHORTER}

    assert asked_by(taken_up, "convert", by=caseworker, **about) <= may_ask("convert")


def test_a_step_that_changes_nothing_in_the_row_does_not_write_it(applicant, caseworker):
    filed = fresh(given.taken_up(by=applicant, desk=caseworker))

    with CaptureQueriesContext(connection) as asked:
        filed.note(by=caseworker, text="Gebeld.")

    assert not any(one["sql"].startswith('UPDATE "exemptions_application"') for one in asked)
