"""Deciding on an objection each way, what it does to the application, and who may (Awb 7:11, 7:12, 7:15, 10:3)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from accounts.models import User
from exemptions.models import Application, Exemption, Ground, Status
from objections.models import Objection, ObjectionDecision, ObjectionStatus
from tests import contest, given
from tests.casework.days import on
from tests.objections.look import letters, refused, terms


@pytest.fixture
def handled(rejected, applicant, objection_officer):
    """Admitted; the costs are not asked."""
    return contest.handling(rejected, by=applicant, desk=objection_officer)


@pytest.fixture
def set_aside(applicant, caseworker):
    """Set aside: asked once, answered with wrong data."""
    application = given.supplied(by=applicant, desk=caseworker)
    application.set_aside(by=caseworker, ground=Ground.objects.get(code="wrong_data"), explanation=given.EXPLAINED)
    return application


def grant_terms(objection: Objection, *, days: int = 100) -> dict[str, Any]:
    first = timezone.localdate()
    grounds = given.ground(Ground.Outcome.GRANT, objection.application)
    return {"ground": grounds, "starts_on": first, "ends_on": first + timedelta(days=days)}


def also_officer(user: User, officer: User) -> User:
    """Somebody who changed desks: now an objection officer too."""
    user.groups.add(officer.groups.get())
    return User.objects.get(pk=user.pk)


# --- Each way -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "until"), [("Tue 2025-11-25", "Tue 2026-01-06"), ("Thu 2025-11-20", "Mon 2026-01-05")]
)
def test_after_every_decision_one_can_go_to_the_court(handled, objection_officer, go_to, sent, until):
    go_to(sent)

    contest.unfounded(handled, by=objection_officer)

    assert terms(handled) == {"appeal": on(until)}
    assert handled.decisions.get().appeal_until == on(until)


def test_unfounded_leaves_the_decision(handled, objection_officer):
    contest.unfounded(handled, by=objection_officer)

    assert handled.application.decisions.standing().get() == handled.decision
    assert handled.decisions.get().new_decision is None
    assert letters(handled)[-1] == "objection_unfounded"


def test_upheld_in_part_is_a_grant_after_a_hearing_or_none_wanted(handled, applicant, objection_officer):
    with refused(handled):
        handled.uphold_in_part(by=objection_officer, explanation="Korter.", **grant_terms(handled))
    handled.offer_hearing(by=objection_officer, reply_until=given.working_day(14))
    handled.answer_hearing(by=applicant, wants=False)
    handled.waive_hearing(by=objection_officer, ground="waived")

    handled.uphold_in_part(by=objection_officer, explanation="Korter.", **grant_terms(handled, days=30))

    assert handled.status == ObjectionStatus.UPHELD_IN_PART
    assert handled.decisions.get().new_decision == handled.application.decisions.standing().get()
    assert letters(handled)[-1] == "objection_upheld_in_part"


def test_an_upheld_one_gives_one_letter_and_no_new_term_to_object(handled, objection_officer):
    before = len(letters(handled))

    contest.upheld(handled, by=objection_officer)

    assert letters(handled)[before:] == ["objection_upheld"]
    assert set(terms(handled)) == {"appeal"}
    assert terms(handled.application) == {}


# --- Revoked, and what comes in its place (Awb 7:11(2)) -----------------------------------------------------------


@pytest.fixture
def against_setting_aside(set_aside, applicant, objection_officer):
    """Admitted, and the objector wants no hearing."""
    objection = contest.handling(set_aside, by=applicant, desk=objection_officer)
    return contest.heard(objection, by=applicant, desk=objection_officer)


def test_7_11_what_was_set_aside_is_replaced_by_a_rejection(against_setting_aside, objection_officer):
    contest.upheld_and_rejected(against_setting_aside, by=objection_officer)

    application = Application.objects.get(pk=against_setting_aside.application.pk)
    new = application.decisions.standing().get()
    assert (against_setting_aside.status, application.status) == (ObjectionStatus.UPHELD, Status.REJECTED)
    assert (against_setting_aside.decisions.get().new_decision, new.replaces) == (new, against_setting_aside.decision)
    assert terms(application) == {}
    assert set(terms(against_setting_aside)) == {"appeal"}


def test_7_11_or_by_a_grant(against_setting_aside, objection_officer):
    contest.upheld(against_setting_aside, by=objection_officer)

    assert Application.objects.get(pk=against_setting_aside.application.pk).status == Status.GRANTED


def test_7_11_the_letter_names_the_new_decision_its_ground_and_the_court(against_setting_aside, objection_officer):
    contest.upheld_and_rejected(against_setting_aside, by=objection_officer)

    letter, new = against_setting_aside.dossier.letters.last(), against_setting_aside.decisions.get().new_decision
    assert letter.kind == "objection_reopened"
    assert new.ground.text("text", "nl")[:30] in letter.body
    assert new.reference.split("-")[0] in letter.body
    assert "beroep gaan bij de rechtbank" in letter.body


def test_7_11_a_rejection_on_a_wrong_ground_is_replaced_too(handled, applicant, objection_officer):
    contest.heard(handled, by=applicant, desk=objection_officer)
    contest.upheld_and_rejected(handled, by=objection_officer)

    assert handled.application.decisions.standing().get().replaces == handled.decision


def test_7_3_what_gives_nothing_is_not_decided_unheard(handled, objection_officer):
    with refused(handled):
        contest.upheld_and_rejected(handled, by=objection_officer)


def test_7_11_meanwhile_its_own_term_runs_and_the_facts_are_looked_into(against_setting_aside, objection_officer):
    own = terms(against_setting_aside)

    against_setting_aside.application.correct_facts(by=objection_officer, facts=given.VAN, reason="Kenteken gezien.")

    assert terms(against_setting_aside) == own
    assert against_setting_aside.application.current_facts.by == objection_officer


def test_7_10_asking_what_we_need_to_know_suspends_nothing(against_setting_aside, objection_officer):
    own = terms(against_setting_aside)

    against_setting_aside.ask_information(by=objection_officer, question="De order.", ends_on=given.working_day(14))

    assert terms(against_setting_aside) == own
    assert letters(against_setting_aside)[-1] == "objection_information"
    assert "De order." in against_setting_aside.dossier.letters.last().body


@pytest.mark.parametrize(("question", "days"), [(" ", 14), ("De order.", 1)])
def test_what_is_asked_is_said_and_leaves_time(against_setting_aside, objection_officer, question, days):
    with refused(against_setting_aside):
        against_setting_aside.ask_information(by=objection_officer, question=question, ends_on=given.working_day(days))


def test_facts_of_what_was_decided_stay_where_nobody_objects(rejected, caseworker, objection_officer):
    for person in (caseworker, objection_officer):
        with refused(rejected, TransitionNotAllowed):
            rejected.correct_facts(by=person, facts=given.VAN, reason="Kenteken gezien.")


@pytest.mark.parametrize("explanation", ["", "  "])
def test_a_decision_has_reasons(handled, objection_officer, explanation):
    with refused(handled):
        handled.declare_unfounded(by=objection_officer, explanation=explanation, skip_hearing=True)


# --- Costs ----------------------------------------------------------------------------------------------------


@pytest.fixture
def with_costs(rejected, applicant, objection_officer):
    """The objector asks to be paid their costs."""
    return contest.handling(rejected, by=applicant, desk=objection_officer, costs_asked=True)


@pytest.mark.parametrize("decide", [contest.upheld, contest.unfounded])
def test_who_asks_for_costs_gets_an_answer(with_costs, objection_officer, decide):
    with refused(with_costs):
        decide(with_costs, by=objection_officer)

    decide(with_costs, by=objection_officer, costs_because="Eén punt voor het bezwaarschrift.")

    assert with_costs.decisions.get().costs_because


def test_the_costs_are_paid(with_costs, objection_officer):
    contest.upheld(with_costs, by=objection_officer, costs_eur=Decimal("647.00"), costs_because="Eén punt.")

    assert with_costs.decisions.get().costs_eur == Decimal("647.00")
    assert "647,00" in with_costs.dossier.letters.last().body


def test_costs_can_be_asked_until_we_decide(handled, applicant, objection_officer):
    handled.ask_costs(by=applicant)
    with refused(handled):
        contest.unfounded(handled, by=objection_officer)

    contest.unfounded(handled, by=objection_officer, costs_because="Wij herroepen niets.")

    with refused(handled, TransitionNotAllowed):
        handled.ask_costs(by=applicant)


def test_costs_that_nobody_asked_are_not_paid(handled, objection_officer):
    with refused(handled):
        contest.upheld(handled, by=objection_officer, costs_eur=Decimal("647.00"))


# --- The decider (Awb 10:3) -------------------------------------------------------------------------------------


def test_who_took_the_first_decision_does_not_decide_on_the_one_that_replaced_it(
    rejected, applicant, objection_officer, other_officer, other_caseworker
):
    contest.upheld(contest.handling(rejected, by=applicant, desk=objection_officer), by=objection_officer)
    second = contest.handling(rejected, by=applicant, desk=other_officer)

    for earlier in (also_officer(other_caseworker, objection_officer), objection_officer):
        with refused(second, PermissionDenied):
            contest.unfounded(second, by=earlier)

    contest.unfounded(second, by=other_officer)
    assert second.status == ObjectionStatus.UNFOUNDED


@pytest.mark.parametrize("who", ["other_caseworker", "objection_officer"])
def test_the_database_refuses_them_too(request, rejected, applicant, objection_officer, who):
    contest.upheld(contest.handling(rejected, by=applicant, desk=objection_officer), by=objection_officer)
    second = contest.handling(rejected, by=applicant, desk=objection_officer)

    with pytest.raises(IntegrityError, match="10:3"), transaction.atomic():
        by_hand(second, taken_by=request.getfixturevalue(who))


def test_nor_does_it_let_the_decider_be_changed_afterwards(handled, objection_officer, other_caseworker):
    contest.unfounded(handled, by=objection_officer)

    with pytest.raises(IntegrityError, match="10:3"), transaction.atomic():
        ObjectionDecision.objects.update(taken_by=other_caseworker)


def by_hand(objection: Objection, *, taken_by: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO objections_objectiondecision (objection_id, outcome, inadmissible_because, explanation,"
            " reference, taken_at, taken_by_id, costs_because, deviation_because, penalty_because)"
            " VALUES (%s, 'unfounded', '', 'Nee.', 'ABCD', now(), %s, '', '', '')",
            [objection.pk, taken_by.pk],
        )


def test_who_prepared_may_advise_but_the_one_who_took_it_may_not_decide(
    handled, objection_officer, caseworker, other_caseworker
):
    assert handled.was_decided_by(other_caseworker)
    assert not handled.was_decided_by(caseworker)
    assert handled.was_involved(caseworker)


@pytest.mark.parametrize("person", ["team_lead", "caseworker", "applicant", "reporter", "administrator"])
def test_others_do_not_decide(request, handled, person):
    with refused(handled, PermissionDenied):
        contest.unfounded(handled, by=request.getfixturevalue(person))


def test_the_system_never_decides(handled):
    with refused(handled, ValueError):
        contest.unfounded(handled, by=None)


# --- In a run of deciding again -----------------------------------------------------------------------------------


def settle(objection, *, decider, prepared_by=None):
    objection.settle_by_renewal(
        by=None, decider=decider, prepared_by=prepared_by, explanation="Regel gewijzigd.", **grant_terms(objection)
    )


def test_a_changed_rule_settles_what_nobody_must_weigh(handled, team_lead, objection_officer):
    settle(handled, decider=team_lead, prepared_by=objection_officer)

    assert (handled.status, handled.decisions.get().taken_by) == (ObjectionStatus.UPHELD, team_lead)
    assert Exemption.objects.valid_at(timezone.now()).get().application == handled.application


@pytest.mark.parametrize("about", [{"costs_asked": True}, {"direct_appeal_asked": True}])
def test_what_somebody_must_weigh_it_leaves(rejected, applicant, objection_officer, team_lead, about):
    objection = contest.handling(rejected, by=applicant, desk=objection_officer, **about)

    with refused(objection):
        settle(objection, decider=team_lead)


def test_it_has_no_decider_of_the_chain_either(handled, other_caseworker):
    with refused(handled):
        settle(handled, decider=other_caseworker)


def test_no_person_takes_that_step_by_hand(handled, objection_officer, team_lead):
    with refused(handled, PermissionDenied):
        handled.settle_by_renewal(
            by=objection_officer, decider=team_lead, prepared_by=None, explanation="Ja.", **grant_terms(handled)
        )
