"""Admissible or not: late and excused (Awb 6:11), incomplete and repaired (6:6), and never by the machine."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_fsm import TransitionNotAllowed

from objections.models import ObjectionStatus
from tests import contest, given
from tests.casework.days import on
from tests.objections.look import letters, refused, terms


@pytest.fixture
def late(rejected_on_2_september, applicant, go_to):
    """Sent a day too late, with a reason."""
    go_to("Wed 2025-10-15")
    return contest.filed(rejected_on_2_september, by=applicant, late_reason="Ik lag in het ziekenhuis.")


@pytest.fixture
def without_grounds(rejected_on_2_september, applicant, go_to):
    """In time, and it does not say why."""
    go_to("Tue 2025-10-14")
    return contest.filed(rejected_on_2_september, by=applicant, grounds="")


def ask(objection, *, by, items=("grounds",), days=14):
    objection.ask_repair(by=by, items=list(items), ends_on=given.working_day(days))


# --- Late ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [{}, {"excused": True}, {"excused": True, "because": " "}, {"because": "Ziek."}])
def test_a_late_one_is_not_admitted_without_reasons(late, objection_officer, said):
    with refused(late):
        late.admit(by=objection_officer, **said)


def test_a_late_one_is_excused_with_reasons(late, objection_officer):
    late.admit(by=objection_officer, excused=True, because="Opname en datum staan in de brief van de arts.")

    assert (late.status, late.excused) == (ObjectionStatus.HANDLING, True)
    assert late.dossier.events.last().detail == {"excused": True}


def test_one_that_was_excused_is_not_asked_again_after_repair(late, applicant, objection_officer):
    late.admit(by=objection_officer, excused=True, because="Ziekenhuis.")
    ask(late, by=objection_officer)
    late.repair(by=applicant, answer="Meer gronden.")

    late.admit(by=objection_officer)

    assert (late.status, late.excused) == (ObjectionStatus.HANDLING, True)


def test_an_excused_one_is_no_longer_inadmissible_for_being_late(late, objection_officer):
    late.admit(by=objection_officer, excused=True, because="Ziekenhuis.")

    with refused(late):
        contest.inadmissible(late, by=objection_officer)


def test_a_late_one_is_declared_inadmissible_by_a_person_with_reasons(late, objection_officer):
    contest.inadmissible(late, by=objection_officer)

    assert (late.status, late.excused) == (ObjectionStatus.INADMISSIBLE, False)
    assert late.decisions.get().inadmissible_because == "late"
    assert late.current_hearing.skipped == "manifestly_inadmissible"
    assert late.excused_because


def test_one_in_time_is_never_inadmissible_for_being_late(without_grounds, objection_officer):
    with refused(without_grounds):
        contest.inadmissible(without_grounds, by=objection_officer)


def test_who_came_late_by_post_is_asked_why_first(rejected_on_2_september, applicant, objection_officer, go_to):
    go_to("Wed 2025-10-22")
    objection = contest.by_post(rejected_on_2_september, desk=objection_officer, received_on=timezone.localdate())
    ask(objection, by=objection_officer, items=["signature"])
    objection.repair(by=applicant, answer="Getekend.")

    with refused(objection):  # they were asked for a signature, not why they are late
        contest.inadmissible(objection, by=objection_officer)

    ask(objection, by=objection_officer, items=["late"])
    objection.repair(by=applicant, answer="Vergeten.")
    assert objection.late_reason == "Vergeten."
    contest.inadmissible(objection, by=objection_officer)


# --- Incomplete -----------------------------------------------------------------------------------------


def test_without_grounds_it_is_not_admitted(without_grounds, objection_officer):
    with refused(without_grounds):
        without_grounds.admit(by=objection_officer)


def test_repair_suspends_the_term_to_decide(without_grounds, applicant, objection_officer, go_to):
    go_to("Mon 2025-10-20")
    ask(without_grounds, by=objection_officer)
    assert terms(without_grounds)["repair"] == on("Mon 2025-11-03")

    go_to("Mon 2025-11-03")
    without_grounds.repair(by=applicant, answer="U rekende met de verkeerde actieradius.")

    assert terms(without_grounds) == {"decide_objection": on("Mon 2025-12-08")}
    assert (without_grounds.status, without_grounds.grounds) == (
        ObjectionStatus.REGISTERED,
        "U rekende met de verkeerde actieradius.",
    )


def test_an_earlier_answer_gives_days_back(without_grounds, applicant, objection_officer, go_to):
    go_to("Mon 2025-10-20")
    ask(without_grounds, by=objection_officer)

    go_to("Tue 2025-10-21")
    without_grounds.repair(by=applicant, answer="Hier zijn ze.")

    assert without_grounds.decide_by == on("Tue 2025-11-25")


def test_a_request_after_the_term_suspends_nothing(without_grounds, objection_officer, go_to):
    go_to("Wed 2025-11-26")

    ask(without_grounds, by=objection_officer)

    assert without_grounds.is_late
    assert terms(without_grounds)["decide_objection"] == on("Tue 2025-11-25")


@pytest.mark.parametrize(("items", "days"), [([], 14), (["grounds"], 3), (["grounds"], 500)])
def test_a_request_names_what_is_missing_and_a_term_that_is_a_chance(without_grounds, objection_officer, items, days):
    with refused(without_grounds):
        ask(without_grounds, by=objection_officer, items=items, days=days)


def test_a_term_of_our_own_ends_on_a_working_day(without_grounds, objection_officer):
    with refused(without_grounds):
        without_grounds.ask_repair(by=objection_officer, items=["grounds"], ends_on=on("Sun 2025-11-02"))


def test_an_empty_answer_repairs_nothing(without_grounds, applicant, objection_officer):
    ask(without_grounds, by=objection_officer)

    with refused(without_grounds):
        without_grounds.repair(by=applicant, answer="  ")


def test_the_desk_reminds_once(without_grounds, objection_officer):
    ask(without_grounds, by=objection_officer)
    without_grounds.remind_repair(by=objection_officer)

    with refused(without_grounds, TransitionNotAllowed):
        without_grounds.remind_repair(by=objection_officer)

    assert letters(without_grounds)[-1] == "objection_repair_reminder"


def test_a_term_lapses_the_day_after_its_last(without_grounds, objection_officer, go_to):
    go_to("Mon 2025-10-20")
    ask(without_grounds, by=objection_officer)

    go_to("Mon 2025-11-03")
    with refused(without_grounds, TransitionNotAllowed):
        without_grounds.let_repair_lapse(by=None)

    go_to("Tue 2025-11-04")
    without_grounds.let_repair_lapse(by=None)
    assert without_grounds.status == ObjectionStatus.REGISTERED
    assert terms(without_grounds) == {"decide_objection": on("Mon 2025-12-08")}


def test_an_answer_after_the_last_day_still_counts_but_adds_no_days(
    without_grounds, applicant, objection_officer, go_to
):
    go_to("Mon 2025-10-20")
    ask(without_grounds, by=objection_officer)

    go_to("Fri 2025-11-07")
    without_grounds.repair(by=applicant, answer="Te laat, maar hier zijn ze.")

    assert without_grounds.decide_by == on("Mon 2025-12-08")


def test_not_repaired_is_inadmissible_only_after_a_chance(without_grounds, objection_officer, go_to):
    with refused(without_grounds):
        contest.inadmissible(without_grounds, by=objection_officer, because="not_repaired")

    ask(without_grounds, by=objection_officer)
    go_to("Wed 2025-10-29")
    without_grounds.let_repair_lapse(by=None)
    contest.inadmissible(without_grounds, by=objection_officer, because="not_repaired")

    assert without_grounds.status == ObjectionStatus.INADMISSIBLE


def test_being_asked_why_it_is_late_is_no_chance_to_repair(late, objection_officer):
    ask(late, by=objection_officer, items=["late"])
    late.repair(by=objection_officer, answer="Ziekenhuis.")

    with refused(late):
        contest.inadmissible(late, by=objection_officer, because="not_repaired")


def test_inadmissible_has_a_reason_of_the_law(late, objection_officer):
    with refused(late):
        late.declare_inadmissible(by=objection_officer, because="rude", explanation="Nee.", skip_hearing=True)


def test_an_objection_in_repair_is_not_decided(without_grounds, objection_officer):
    ask(without_grounds, by=objection_officer)

    with refused(without_grounds, TransitionNotAllowed):
        contest.unfounded(without_grounds, by=objection_officer)


def test_a_file_is_an_answer_too(without_grounds, applicant, objection_officer):
    ask(without_grounds, by=objection_officer)
    paper = given.attach(without_grounds.application.evidence_items.first())

    without_grounds.repair(by=applicant, answer="", documents=[paper])

    assert without_grounds.grounds.strip()
    assert list(without_grounds.documents.all()) == [paper]


def test_the_last_day_to_decide_is_told_on_the_row_and_in_the_deadline(without_grounds, objection_officer):
    ask(without_grounds, by=objection_officer)

    assert without_grounds.decide_by == terms(without_grounds)["decide_objection"]
    assert without_grounds.decide_by > on("Tue 2025-11-25") + timedelta(days=9)
